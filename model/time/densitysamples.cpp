#include "time/densitysamples.h"

#include "value/category.h"

#include <QElapsedTimer>

namespace eventloupe {

namespace {

/// How long one job may hold the background lane: what others wait at most.
constexpr qint64 jobMilliseconds = 20;
constexpr qsizetype mostPositions = 4096;

/// Numbers categories in order of their first use.
int numberOf(const QString& category, QStringList& categories, QHash<QString, int>& numbers)
{
    const auto known = numbers.constFind(category);
    if (known != numbers.constEnd())
        return *known;
    const int number = static_cast<int>(categories.size());
    categories.append(category);
    numbers.insert(category, number);
    return number;
}

} // namespace

Result<DensitySamples::Batch> DensitySamples::read(
    EventStore& store, const CancelToken& cancel, const QList<Position>& wanted, qsizetype start)
{
    const QList<Position> positions = wanted.mid(start, mostPositions);
    Batch batch;
    batch.done = positions.size();
    QHash<QString, int> numbers;
    QElapsedTimer clock;
    clock.start();
    const auto take = [&](const EventView& event) {
        const auto name = categoryOf(event.stream);
        const auto category = QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));
        batch.samples.push_back(
            { event.position, { event.time, numberOf(category, batch.categories, numbers) } });
        if (clock.elapsed() < jobMilliseconds)
            return true;
        batch.done = positions.indexOf(event.position) + 1;
        return false;
    };
    const auto scanned
        = store.scanAt(positions, ScanColumns(ScanColumn::Stream) | ScanColumn::Time, cancel, take);
    if (!scanned)
        return scanned.error();
    return batch;
}

void DensitySamples::add(const Batch& batch)
{
    std::vector<int> numbers;
    for (const QString& category : batch.categories)
        numbers.push_back(numberOf(category, m_categories, m_numbers));
    for (const auto& [position, sample] : batch.samples)
        m_samples.insert(
            position, { sample.time, numbers[static_cast<std::size_t>(sample.category)] });
}

void DensitySamples::clear()
{
    m_samples.clear();
    m_categories.clear();
    m_numbers.clear();
}

const DensitySamples::Sample* DensitySamples::find(Position position) const
{
    const auto found = m_samples.constFind(position);
    return found == m_samples.constEnd() ? nullptr : &*found;
}

} // namespace eventloupe
