#pragma once

#include "store/storeclient.h"
#include "time/densitysamples.h"

#include <QList>
#include <QTimer>

#include <utility>

namespace eventloupe {

/// How busy the log was, along its positions: what the timeline draws behind its slider.
///
/// Samples a few events a bucket, so it costs O(buckets) reads whatever the log's length, never a
/// scan. The first answer knows the buckets' boundaries only; the categories follow, from up to 8
/// samples a bucket, then from more and more, up to 64, until the picture stays as it is. Reads in
/// short jobs on the store's background lane, which leave the lane to others in between. What was
/// read is kept: growth and another number of buckets read only what is new. GUI thread. Follows
/// the head, at most twice a second.
class Density final : public QObject {
    Q_OBJECT

public:
    struct Bucket {
        Position first = 0;
        Position last = 0; ///< Inclusive.
        Timestamp start; ///< Time of the first event.
        Timestamp end; ///< Time of the next bucket's first event, or of the head's.
        /// Events over the time that they took, finite whatever the times are: a time of 0 counts
        /// as a millisecond, time that runs backwards as its amount. Spans many magnitudes.
        double eventsPerSecond = 0;
        /// Category and how many of the bucket's samples are of it, most first; the whole is their
        /// sum. Empty where it was not sampled yet.
        QList<std::pair<QString, int>> categories;
    };

    explicit Density(StoreClient& client, QObject* parent = nullptr);

    /// Asks for up to so many buckets, all of one width but the last; 0 asks for none.
    void request(int buckets);
    /// In order, from position 1 to the head as of the answer; empty before the first one.
    [[nodiscard]] const QList<Bucket>& buckets() const { return m_buckets; }
    /// The categories in them, by their share in all, most first.
    [[nodiscard]] const QStringList& categories() const { return m_categories; }
    /// Whether the picture is final for the present head and number of buckets.
    [[nodiscard]] bool isRefined() const { return m_isRefined; }

signals:
    void changed();

private:
    /// Samples a bucket: 1 for the boundaries, then powers of two.
    using Level = int;

    void refresh(Level level);
    void readOn();
    void finishLevel();
    void show();
    void forget();
    void dropOldSamples();
    [[nodiscard]] Position widthFor(Position head) const;
    [[nodiscard]] Position stepOf(Level level) const;
    [[nodiscard]] QList<Position> positionsOf(Level level) const;
    [[nodiscard]] Bucket bucketOf(Position first) const;
    [[nodiscard]] QList<std::pair<QString, int>> categoriesOf(Position first, Position last) const;
    void rankCategories();

    StoreClient& m_client;
    QTimer m_growth; ///< Coalesces growth.
    QTimer m_pause; ///< Between two jobs that only refine.
    CancelToken m_token;
    QList<Bucket> m_buckets;
    QStringList m_categories;
    DensitySamples m_samples;
    QList<Position> m_missing; ///< What the level needs, in order.
    qsizetype m_read = 0; ///< How many of them were read.
    Position m_head = 0; ///< What the samples are taken for.
    Position m_width = 1; ///< Of a bucket.
    Level m_level = 0; ///< Being read.
    Level m_finest = 0; ///< The most that was read of this store.
    int m_wanted = 0;
    bool m_isRefined = false;
};

} // namespace eventloupe
