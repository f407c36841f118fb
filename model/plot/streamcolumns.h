#pragma once

#include "domain/logevolver.h"
#include "plot/fieldcolumn.h"
#include "store/eventstore.h"

#include <deque>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

namespace eventloupe {

/// All scalar fields of one stream's state over all of its versions, in columns: what plots,
/// sparklines and "where did this hold first" read without folding the stream again. Built a piece
/// at a time, and on as the stream grows. Bounded: a stream that needs more than maximumBytes, or
/// has more than mostColumns fields, has none. What is masked has the sign for a value, a text, and
/// so is no line. Belongs to one thread at a time.
class StreamColumns {
public:
    static constexpr std::size_t maximumBytes = 128U << 20U;
    static constexpr std::size_t mostColumns = 512;
    static constexpr int deepest = 8; ///< What lies deeper is not kept.

    StreamColumns(std::shared_ptr<const Evolver> evolver, const StreamInfo& stream);
    ~StreamColumns();
    Q_DISABLE_COPY_MOVE(StreamColumns)

    [[nodiscard]] const StreamInfo& stream() const { return m_stream; }
    /// Folds up to so many further events; false where there is no further one.
    Result<bool> advance(EventStore& store, qint64 events, const CancelToken& cancel);

    /// The version up to which the stream is folded.
    [[nodiscard]] StreamVersion version() const
    {
        return static_cast<StreamVersion>(m_events.size());
    }
    /// Whether it outgrew its bounds: there are no columns then.
    [[nodiscard]] bool isTooLarge() const { return m_isTooLarge; }
    /// Whether the aggregate ended at some version; its fields are missing then.
    [[nodiscard]] bool hasEnded() const { return m_hasEnded; }
    /// nullptr where there never was a scalar field there.
    [[nodiscard]] const FieldColumn* column(const QByteArray& pointer) const;
    [[nodiscard]] const std::deque<FieldColumn>& columns() const { return m_columns; }
    /// Whether a pointer was, at some version, an object that holds others, or lay too deep.
    [[nodiscard]] bool isInner(const QByteArray& pointer) const;

    /// Of an event, 1 <= version <= version().
    struct EventAt {
        Position position = 0;
        Timestamp time;
        quint32 type = 0;
    };
    [[nodiscard]] const EventAt& event(StreamVersion version) const
    {
        return m_events[static_cast<std::size_t>(version - 1)];
    }
    [[nodiscard]] const QByteArray& typeOf(const EventAt& event) const
    {
        return m_types[event.type];
    }
    /// An entry's value; a text is borrowed from here.
    [[nodiscard]] Value valueOf(const FieldColumn::Entry& entry) const;
    [[nodiscard]] std::size_t bytes() const { return m_bytes; }
    /// Whether the workspace masks the field, or something in it: it has no numbers then.
    [[nodiscard]] bool isMasked(const QByteArray& pointer) const;

private:
    struct Node;
    class Walk;

    void take(const EventView& event);
    void giveUp();
    quint32 numberOfType(std::string_view type);
    quint64 numberOfText(std::string_view literal);

    const std::shared_ptr<const Evolver> m_rules;
    StreamInfo m_stream;
    LogEvolver m_evolver;
    LogState m_state;
    const LogEvolver::Category* m_category;
    std::vector<EventAt> m_events;
    std::vector<QByteArray> m_types;
    std::string m_json; ///< Of the state.
    std::string m_lastJson;
    std::unique_ptr<Node> m_root;
    std::deque<FieldColumn> m_columns;
    std::unordered_map<std::string, quint64> m_texts; ///< Numbers of texts, as JSON literals.
    std::vector<QByteArray> m_textValues;
    std::size_t m_bytes = 0;
    quint32 m_epoch = 0; ///< Counts the walks.
    bool m_isTooLarge = false;
    bool m_hasEnded = false;
};

} // namespace eventloupe
