#pragma once

#include "foreign/foreigneventreader.h"

namespace eventloupe {

/// Streams and categories of another library's log, from its index alone, and the searches by time;
/// see EventStore for what each call promises.
class ForeignStreamReader final {
public:
    ForeignStreamReader(ForeignLog& log, ForeignEventReader& events)
        : m_log(log)
        , m_events(events)
    {
    }

    [[nodiscard]] std::optional<StreamInfo> findStream(const QString& name) const;
    [[nodiscard]] QList<StreamAt> streamsAt(Position position, StreamId first, int limit) const;
    void scanNames(StreamId first, StreamId last,
        const std::function<void(StreamId, std::string_view)>& visitor) const;
    [[nodiscard]] QList<CategoryAt> categoriesAt(Position position, qint64 first, int limit) const;
    [[nodiscard]] QList<StreamAt> streamsOfCategoryAt(
        qint64 category, Position position, qint64 skip, int limit) const;
    [[nodiscard]] Result<QList<StreamAt>> searchStreams(const QString& text, Position position,
        StreamId after, int limit, const CancelToken& cancel) const;
    [[nodiscard]] Result<Position> positionAtTime(Timestamp time);

private:
    [[nodiscard]] StreamAt streamAt(StreamId id, Position position) const;

    ForeignLog& m_log;
    ForeignEventReader& m_events;
};

} // namespace eventloupe
