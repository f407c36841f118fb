#pragma once

#include "store/storeclient.h"

#include <QHash>
#include <QList>
#include <QTimer>

#include <utility>

namespace eventloupe {

/// How busy the log was, along its positions: what the timeline draws behind its slider.
///
/// Samples a few events a bucket, so it costs O(buckets) reads whatever the log's length, never a
/// scan. The first answer knows the buckets' boundaries only; the categories follow. GUI thread,
/// reads on the store's workers. Follows the head, at most twice a second.
class Density final : public QObject {
    Q_OBJECT

public:
    struct Bucket {
        Position first = 0;
        Position last = 0; ///< Inclusive.
        Timestamp start; ///< Time of the first event.
        /// Events over the time that they took, finite whatever the times are: a time of 0 counts
        /// as a millisecond, time that runs backwards as its amount. Spans many magnitudes.
        double eventsPerSecond = 0;
        /// Category and how many of the bucket's samples are of it, most first; the whole is their
        /// sum. Empty in a first answer.
        QList<std::pair<QString, int>> categories;
    };

    explicit Density(StoreClient& client, QObject* parent = nullptr);

    /// Asks for up to so many buckets, all of one width but the last; 0 asks for none.
    void request(int buckets);
    /// In order, from position 1 to the head as of the answer; empty before the first one.
    [[nodiscard]] const QList<Bucket>& buckets() const { return m_buckets; }

signals:
    void changed();

private:
    struct Sample {
        Timestamp time;
        QString category;
    };
    using Samples = QHash<Position, Sample>;
    enum class Detail { Boundaries, Full };

    void refresh(Detail detail);
    void apply(Position head, Detail detail, const Samples& fresh);
    void forget();
    static Result<Samples> read(
        EventStore& store, const CancelToken& cancel, const QList<Position>& wanted);
    [[nodiscard]] QList<Position> positionsOf(Position head, Detail detail) const;
    [[nodiscard]] Bucket bucketOf(Position first, Position head, Detail detail) const;
    [[nodiscard]] QList<std::pair<QString, int>> categoriesOf(
        Position first, Position last, Position width) const;
    [[nodiscard]] Position widthFor(Position head) const;

    StoreClient& m_client;
    QTimer m_growth; ///< Coalesces growth.
    CancelToken m_token;
    QList<Bucket> m_buckets;
    Samples m_samples; ///< A position never changes, so what was read stays good.
    int m_wanted = 0;
};

} // namespace eventloupe
