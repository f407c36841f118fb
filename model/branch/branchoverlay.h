#pragma once

#include "branch/baselog.h"
#include "branch/branch.h"
#include "branch/reranking.h"

#include <memory>
#include <unordered_map>
#include <vector>

namespace eventloupe {

/// What a branch changes about its log, worked out: which positions are gone, which events stand
/// between, and what becomes of the streams and categories that they touch. All else is the log's,
/// counted anew. Costs what is changed, and one or two seeks of the log for each stream concerned.
/// Immutable once made; refers to no store.
class BranchOverlay final {
public:
    /// An event that stands between those of the log; the texts are UTF-8.
    struct Inserted {
        BranchPlace place; ///< A changed event keeps its place in the log.
        Position anchor = 0; ///< Stands behind this one of the log.
        std::size_t stream = 0; ///< Of touched().
        StreamVersion version = 0;
        QByteArray streamName;
        QByteArray type;
        QByteArray id;
        QByteArray data;
        QByteArray metadata;
        Timestamp time;
    };

    /// A stream with events that are gone or new.
    struct Touched {
        QString name;
        QString category;
        StreamInfo base; ///< As in the log; id 0: it is not there.
        std::vector<StreamVersion> removed; ///< Of its versions in the log.
        std::vector<std::size_t> insertions; ///< In order.
        Reranking versions;
        StreamVersion headVersion = 0; ///< 0: it has no events any more.
        Position firstPosition = 0; ///< On the branch.
        Position headPosition = 0;
        StreamId id = 0; ///< On the branch; 0: it is gone.
        bool isMoved = false; ///< It begins elsewhere than its first event in the log.
    };

    /// A category with streams that come, go or begin elsewhere.
    struct TouchedCategory {
        QString name;
        qint64 base = 0; ///< Its number in the log; 0: it is not there.
        std::vector<qint64> removed; ///< Ranks of streams in the log.
        std::vector<std::size_t> insertions; ///< Touched streams, in order of birth.
        std::vector<Position> births;
        Reranking streams;
        qint64 id = 0; ///< On the branch; 0: it is gone.
        Position birth = 0;
        bool isMoved = false;
    };

    /// NotFound where an edit concerns an event that the log does not have.
    static Result<std::shared_ptr<const BranchOverlay>> make(
        BaseLog& base, const QList<BranchEdit>& edits);

    [[nodiscard]] Position head() const { return m_head; }
    [[nodiscard]] const Reranking& positions() const { return m_positions; }
    [[nodiscard]] const Reranking& streams() const { return m_streams; }
    [[nodiscard]] const Reranking& categories() const { return m_categories; }
    [[nodiscard]] const std::vector<Inserted>& inserted() const { return m_inserted; }
    [[nodiscard]] const std::vector<Touched>& touched() const { return m_touched; }
    [[nodiscard]] const std::vector<TouchedCategory>& touchedCategories() const
    {
        return m_touchedCategories;
    }
    /// Events of the log that are gone, without those that were changed; by position there.
    [[nodiscard]] const QList<Event>& skipped() const { return m_skipped; }

    /// Nothing where the stream has no change.
    [[nodiscard]] const Touched* touchedByName(const QString& name) const;
    [[nodiscard]] const Touched* touchedByBase(StreamId id) const;
    [[nodiscard]] const Touched* touchedById(StreamId id) const;
    [[nodiscard]] const TouchedCategory* categoryByBase(qint64 id) const;
    /// A touched stream that is an insertion of streams(), or a category of categories().
    [[nodiscard]] const Touched& insertedStream(std::size_t insertion) const
    {
        return m_touched[m_insertedStreams[insertion]];
    }
    [[nodiscard]] const TouchedCategory& insertedCategory(std::size_t insertion) const
    {
        return m_touchedCategories[m_insertedCategories[insertion]];
    }
    /// What is at a position, 1..head().
    [[nodiscard]] BranchPlace placeAt(Position position) const;

private:
    friend class OverlayMaker;

    Position m_head = 0;
    Reranking m_positions;
    Reranking m_streams;
    Reranking m_categories;
    std::vector<Inserted> m_inserted;
    std::vector<Touched> m_touched;
    std::vector<TouchedCategory> m_touchedCategories;
    std::vector<std::size_t> m_insertedStreams;
    std::vector<std::size_t> m_insertedCategories;
    QList<Event> m_skipped;
    QHash<QString, std::size_t> m_byName;
    std::unordered_map<StreamId, std::size_t> m_byBase;
    std::unordered_map<StreamId, std::size_t> m_byId;
    std::unordered_map<qint64, std::size_t> m_categoryByBase;
};

} // namespace eventloupe
