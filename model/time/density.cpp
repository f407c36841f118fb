#include "time/density.h"

#include <algorithm>
#include <cmath>

namespace eventloupe {

namespace {
constexpr int samplesPerBucket = 8;
constexpr int growthMilliseconds = 500;
constexpr double shortestMicroseconds = 1000;
} // namespace

Density::Density(StoreClient& client, QObject* parent)
    : QObject(parent)
    , m_client(client)
{
    m_growth.setSingleShot(true);
    m_growth.setInterval(growthMilliseconds);
    connect(&m_growth, &QTimer::timeout, this, [this] { refresh(Detail::Full); });
    connect(&m_client, &StoreClient::headChanged, this, [this] {
        if (m_wanted > 0 && !m_growth.isActive())
            m_growth.start();
    });
    connect(&m_client, &StoreClient::closed, this, [this] { forget(); });
    connect(&m_client, &StoreClient::opened, this, [this] {
        forget();
        refresh(Detail::Boundaries);
    });
}

void Density::request(int buckets)
{
    buckets = std::max(buckets, 0);
    if (buckets == m_wanted)
        return;
    m_wanted = buckets;
    refresh(Detail::Boundaries);
}

void Density::refresh(Detail detail)
{
    m_token.cancel();
    const Position head = m_client.isOpen() && m_wanted > 0 ? m_client.head() : 0;
    QList<Position> missing;
    if (head > 0) {
        missing = positionsOf(head, detail);
        missing.removeIf([this](Position position) { return m_samples.contains(position); });
    }
    if (missing.isEmpty()) {
        apply(head, detail, {});
        return;
    }
    m_token = m_client.run<Samples>(
        StoreClient::Lane::Background, this,
        [missing](
            EventStore& store, const CancelToken& cancel) { return read(store, cancel, missing); },
        [this, head, detail](const Result<Samples>& fresh) {
            // A log that cannot be read is reported by whoever shows its rows.
            if (fresh)
                apply(head, detail, *fresh);
        });
}

Result<Density::Samples> Density::read(
    EventStore& store, const CancelToken& cancel, const QList<Position>& wanted)
{
    Samples samples;
    samples.reserve(wanted.size());
    for (const Position position : wanted) {
        const auto take = [&samples](const EventView& event) {
            const auto stream = event.stream.substr(0, event.stream.find('-'));
            samples.insert(event.position, { event.time, QString::fromUtf8(toBytes(stream)) });
            return false;
        };
        const auto scanned = store.scanLog(
            position, position, ScanColumns(ScanColumn::Stream) | ScanColumn::Time, cancel, take);
        if (!scanned)
            return scanned.error();
    }
    return samples;
}

void Density::apply(Position head, Detail detail, const Samples& fresh)
{
    m_samples.insert(fresh);
    m_buckets.clear();
    const Position width = head > 0 ? widthFor(head) : 1;
    for (Position first = 1; first <= head; first += width)
        m_buckets.append(bucketOf(first, head, detail));
    emit changed();
    if (head == 0)
        return;
    if (detail == Detail::Boundaries) {
        refresh(Detail::Full);
        return;
    }
    Samples kept;
    for (const Position position : positionsOf(head, Detail::Full)) {
        const auto sample = m_samples.constFind(position);
        if (sample != m_samples.constEnd())
            kept.insert(position, *sample);
    }
    m_samples = kept;
}

void Density::forget()
{
    m_token.cancel();
    m_growth.stop();
    m_samples.clear();
    if (m_buckets.isEmpty())
        return;
    m_buckets.clear();
    emit changed();
}

Position Density::widthFor(Position head) const
{
    // Rounded up to steps of about a tenth, so that growth moves the boundaries seldom and most
    // samples that were read before are of use again.
    const Position exact = (head + m_wanted - 1) / m_wanted;
    Position step = 1;
    while (step * 20 <= exact)
        step *= 2;
    return (exact + step - 1) / step * step;
}

QList<Position> Density::positionsOf(Position head, Detail detail) const
{
    const Position width = widthFor(head);
    const Position samples
        = detail == Detail::Full ? std::min<Position>(samplesPerBucket, width) : 1;
    QList<Position> positions;
    for (Position first = 1; first <= head; first += width) {
        for (Position sample = 0; sample < samples; ++sample) {
            const Position position = first + width * sample / samples;
            if (position < head)
                positions.append(position);
        }
    }
    positions.append(head);
    return positions;
}

Density::Bucket Density::bucketOf(Position first, Position head, Detail detail) const
{
    const Position width = widthFor(head);
    Bucket bucket;
    bucket.first = first;
    bucket.last = std::min(first + width - 1, head);
    bucket.start = m_samples.value(first).time;

    // A bucket lasts until the next one's first event; the last one until the head's event, and
    // where that is its only event it is as busy as the one before.
    Position from = first;
    const Position to = std::min(first + width, head);
    if (from == to)
        from = std::max<Position>(first - width, 1);
    const double microseconds = std::abs(static_cast<double>(m_samples.value(to).time.microseconds)
        - static_cast<double>(m_samples.value(from).time.microseconds));
    const auto events = static_cast<double>(std::max<Position>(to - from, 1));
    bucket.eventsPerSecond
        = from == to ? 1 : events * 1e6 / std::max(microseconds, shortestMicroseconds);
    if (detail == Detail::Full)
        bucket.categories = categoriesOf(bucket.first, bucket.last, width);
    return bucket;
}

QList<std::pair<QString, int>> Density::categoriesOf(
    Position first, Position last, Position width) const
{
    const Position samples = std::min<Position>(samplesPerBucket, width);
    QList<std::pair<QString, int>> categories;
    for (Position sample = 0; sample < samples; ++sample) {
        const auto found = m_samples.constFind(first + width * sample / samples);
        if (found == m_samples.constEnd() || found.key() > last)
            continue;
        const auto same = std::find_if(categories.begin(), categories.end(),
            [&found](const auto& category) { return category.first == found->category; });
        if (same == categories.end())
            categories.append({ found->category, 1 });
        else
            ++same->second;
    }
    std::stable_sort(categories.begin(), categories.end(),
        [](const auto& left, const auto& right) { return left.second > right.second; });
    return categories;
}

} // namespace eventloupe
