#include "time/density.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace eventloupe {

namespace {

constexpr int boundaries = 1;
constexpr int firstSamples = 8;
constexpr int mostSamples = 64;
constexpr int growthMilliseconds = 500;
constexpr int pauseMilliseconds = 40;
constexpr double shortestMicroseconds = 1000;
constexpr double stableShare = 0.02;

/// The first point of the grid from a position on.
constexpr Position gridFrom(Position first, Position step)
{
    return (first - 1 + step - 1) / step * step + 1;
}

double sumOf(const Density::Bucket& bucket)
{
    double sum = 0;
    for (const auto& [category, samples] : bucket.categories)
        sum += samples;
    return std::max(sum, 1.0);
}

/// How much of a bar has another colour: 0 to 1.
double differenceOf(const Density::Bucket& one, const Density::Bucket& other)
{
    std::map<QString, double> shares;
    for (const auto& [category, samples] : one.categories)
        shares[category] += samples / sumOf(one);
    for (const auto& [category, samples] : other.categories)
        shares[category] -= samples / sumOf(other);
    double difference = 0;
    for (const auto& [category, share] : shares)
        difference += std::abs(share) / 2;
    return difference;
}

/// Whether finer samples left the picture as it was.
bool isStable(const QList<Density::Bucket>& before, const QList<Density::Bucket>& after)
{
    if (before.size() != after.size() || before.isEmpty())
        return false;
    double difference = 0;
    for (qsizetype i = 0; i < before.size(); ++i)
        difference += differenceOf(before.at(i), after.at(i));
    return difference / static_cast<double>(before.size()) < stableShare;
}

} // namespace

Density::Density(StoreClient& client, QObject* parent)
    : QObject(parent)
    , m_client(client)
{
    m_growth.setSingleShot(true);
    m_growth.setInterval(growthMilliseconds);
    m_pause.setSingleShot(true);
    m_pause.setInterval(pauseMilliseconds);
    connect(&m_growth, &QTimer::timeout, this, [this] { refresh(boundaries); });
    connect(&m_pause, &QTimer::timeout, this, &Density::readOn);
    connect(&m_client, &StoreClient::headChanged, this, [this] {
        if (m_wanted > 0 && !m_growth.isActive())
            m_growth.start();
    });
    connect(&m_client, &StoreClient::closed, this, [this] { forget(); });
    connect(&m_client, &StoreClient::opened, this, [this] {
        forget();
        refresh(boundaries);
    });
}

void Density::request(int buckets)
{
    buckets = std::max(buckets, 0);
    if (buckets == m_wanted)
        return;
    m_wanted = buckets;
    refresh(boundaries);
}

/// Drops what is under way and reads what the level needs.
void Density::refresh(Level level)
{
    m_token.cancel();
    m_pause.stop();
    m_head = m_client.isOpen() && m_wanted > 0 ? m_client.head() : 0;
    m_width = m_head > 0 ? widthFor(m_head) : 1;
    m_level = level;
    m_isRefined = false;
    m_missing.clear();
    m_read = 0;
    if (m_head > 0)
        m_missing = positionsOf(level);
    m_missing.removeIf([this](Position position) { return m_samples.contains(position); });
    if (level > firstSamples && !m_missing.isEmpty())
        m_pause.start();
    else
        readOn();
}

/// One job after the other: others that wait for the lane come in between.
void Density::readOn()
{
    if (m_read >= m_missing.size()) {
        finishLevel();
        return;
    }
    m_token = m_client.run<DensitySamples::Batch>(
        StoreClient::Lane::Background, this,
        [missing = m_missing, start = m_read](EventStore& store, const CancelToken& cancel) {
            return DensitySamples::read(store, cancel, missing, start);
        },
        [this](const Result<DensitySamples::Batch>& batch) {
            // A log that cannot be read is reported by whoever shows its rows.
            if (!batch)
                return;
            m_samples.add(*batch);
            m_read += batch->done;
            if (m_level > firstSamples && m_read < m_missing.size())
                m_pause.start();
            else
                readOn();
        });
}

void Density::finishLevel()
{
    const QList<Bucket> before = m_buckets;
    // What a coarser level brings after growth is shown with the finest one.
    if (m_level <= firstSamples || m_level >= m_finest)
        show();
    m_finest = std::max(m_finest, m_level);
    const bool mayRefine = m_level < mostSamples && m_head > 0 && stepOf(m_level) > 1;
    if (m_level == boundaries && m_head > 0) {
        refresh(firstSamples);
    } else if (mayRefine
        && (m_level == firstSamples || m_level < m_finest || !isStable(before, m_buckets))) {
        refresh(m_level * 2);
    } else {
        m_isRefined = true;
        dropOldSamples();
    }
}

void Density::show()
{
    m_buckets.clear();
    for (Position first = 1; first <= m_head; first += m_width)
        m_buckets.append(bucketOf(first));
    rankCategories();
    emit changed();
}

void Density::forget()
{
    m_token.cancel();
    m_growth.stop();
    m_pause.stop();
    m_samples.clear();
    m_missing.clear();
    m_finest = 0;
    m_isRefined = false;
    if (m_buckets.isEmpty())
        return;
    m_buckets.clear();
    m_categories.clear();
    emit changed();
}

/// What the present buckets do not use is kept as well, for the next size of the window, but not
/// for ever.
void Density::dropOldSamples()
{
    if (m_samples.size() <= 2 * (m_buckets.size() + 1) * (mostSamples + 1))
        return;
    const Position step = stepOf(m_finest);
    m_samples.keepOnly([this, step](Position position) {
        return (position - 1) % step == 0 || (position - 1) % m_width == 0 || position == m_head;
    });
}

Position Density::widthFor(Position head) const
{
    // Rounded up to steps of about a tenth, so that growth moves the boundaries seldom.
    const Position exact = (head + m_wanted - 1) / m_wanted;
    Position step = 1;
    while (step * 20 <= exact)
        step *= 2;
    return (exact + step - 1) / step * step;
}

/// Samples stand on a grid of the log, whatever the buckets: a power of two apart, so that the
/// samples of one size of the window serve the next one.
Position Density::stepOf(Level level) const
{
    Position step = 1;
    while (step * level < m_width)
        step *= 2;
    return step;
}

QList<Position> Density::positionsOf(Level level) const
{
    QList<Position> positions;
    for (Position first = 1; first < m_head; first += m_width)
        positions.append(first);
    positions.append(m_head);
    if (level == boundaries)
        return positions;
    const Position step = stepOf(level);
    for (Position position = 1; position < m_head; position += step)
        positions.append(position);
    std::sort(positions.begin(), positions.end());
    positions.erase(std::unique(positions.begin(), positions.end()), positions.end());
    return positions;
}

Density::Bucket Density::bucketOf(Position first) const
{
    Bucket bucket;
    bucket.first = first;
    bucket.last = std::min(first + m_width - 1, m_head);
    bucket.start = m_samples.timeAt(first);

    // A bucket lasts until the next one's first event; the last one until the head's event, and
    // where that is its only event it is as busy as the one before.
    Position from = first;
    const Position to = std::min(first + m_width, m_head);
    bucket.end = m_samples.timeAt(to);
    if (from == to)
        from = std::max<Position>(first - m_width, 1);
    const double microseconds = std::abs(static_cast<double>(bucket.end.microseconds)
        - static_cast<double>(m_samples.timeAt(from).microseconds));
    const auto events = static_cast<double>(std::max<Position>(to - from, 1));
    bucket.eventsPerSecond
        = from == to ? 1 : events * 1e6 / std::max(microseconds, shortestMicroseconds);
    bucket.categories = categoriesOf(bucket.first, bucket.last);
    return bucket;
}

QList<std::pair<QString, int>> Density::categoriesOf(Position first, Position last) const
{
    QList<std::pair<int, int>> counts; // category's number, samples
    int samples = 0;
    const auto count = [&](Position position) {
        const auto* sample = m_samples.find(position);
        if (!sample)
            return;
        ++samples;
        const auto same = std::find_if(counts.begin(), counts.end(),
            [sample](const auto& known) { return known.first == sample->category; });
        if (same == counts.end())
            counts.append({ sample->category, 1 });
        else
            ++same->second;
    };
    // The boundary itself counts where it is on the grid only, so that all samples stand for
    // stretches of one length.
    const Position step = stepOf(std::max(m_finest, m_level));
    for (Position at = gridFrom(first, step); at <= last; at += step)
        count(at);
    const Position coarse = stepOf(firstSamples);
    const Position due = std::max<Position>(last - gridFrom(first, coarse) + coarse, 0) / coarse;
    if (2 * samples < due)
        return {};
    if (samples == 0)
        count(first);
    std::stable_sort(counts.begin(), counts.end(),
        [](const auto& left, const auto& right) { return left.second > right.second; });
    QList<std::pair<QString, int>> categories;
    for (const auto& [category, number] : counts)
        categories.append({ m_samples.categories().at(category), number });
    return categories;
}

void Density::rankCategories()
{
    QHash<QString, double> shares;
    for (const Bucket& bucket : m_buckets) {
        const double weight = static_cast<double>(bucket.last - bucket.first + 1) / sumOf(bucket);
        for (const auto& [category, samples] : bucket.categories)
            shares[category] += samples * weight;
    }
    m_categories = shares.keys();
    std::sort(m_categories.begin(), m_categories.end(),
        [&shares](const QString& left, const QString& right) {
            const double one = shares.value(left);
            const double other = shares.value(right);
            return one != other ? one > other : left < right;
        });
}

} // namespace eventloupe
