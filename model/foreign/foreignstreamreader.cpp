#include "foreign/foreignstreamreader.h"

#include "foreign/foreigntext.h"
#include "store/streamsearch.h"

namespace eventloupe {

std::optional<StreamInfo> ForeignStreamReader::findStream(const QString& name) const
{
    return m_log.index().infoOf(m_log.index().idOfName(name.toStdString()));
}

StreamAt ForeignStreamReader::streamAt(StreamId id, Position position) const
{
    return { m_log.index().infoOf(id).value_or(StreamInfo()),
        m_log.index().versionAt(id, position) };
}

QList<StreamAt> ForeignStreamReader::streamsAt(Position position, StreamId first, int limit) const
{
    QList<StreamAt> streams;
    const qint64 count = m_log.index().streamCountAt(position);
    for (StreamId id = std::max<StreamId>(first, 1); id <= count && streams.size() < limit; ++id)
        streams.append(streamAt(id, position));
    return streams;
}

void ForeignStreamReader::scanNames(StreamId first, StreamId last,
    const std::function<void(StreamId, std::string_view)>& visitor) const
{
    const RankIndex& index = m_log.index();
    const qint64 count = index.streamCountAt(index.head());
    for (StreamId id = std::max<StreamId>(first, 1); id <= std::min(last, count); ++id)
        visitor(id, index.nameOf(id));
}

QList<CategoryAt> ForeignStreamReader::categoriesAt(
    Position position, qint64 first, int limit) const
{
    QList<CategoryAt> categories;
    for (qint64 id = std::max<qint64>(first, 1); categories.size() < limit; ++id) {
        const auto category = m_log.index().categoryAt(id, position);
        if (!category)
            break;
        categories.append(*category);
    }
    return categories;
}

QList<StreamAt> ForeignStreamReader::streamsOfCategoryAt(
    qint64 category, Position position, qint64 skip, int limit) const
{
    QList<StreamAt> streams;
    for (const StreamId id : m_log.index().streamsOfCategory(category, position, skip, limit))
        streams.append(streamAt(id, position));
    return streams;
}

Result<QList<StreamAt>> ForeignStreamReader::searchStreams(const QString& text, Position position,
    StreamId after, int limit, const CancelToken& cancel) const
{
    QList<StreamAt> found;
    const StreamSearch search(text);
    const qint64 count = m_log.index().streamCountAt(position);
    for (StreamId id = std::max<StreamId>(after + 1, 1); id <= count && found.size() < limit;
         ++id) {
        if (cancel.isCancelled())
            return Error { ErrorCode::Cancelled, ForeignText::tr("cancelled") };
        if (search.matches(m_log.index().nameOf(id)))
            found.append(streamAt(id, position));
    }
    return found;
}

Result<Position> ForeignStreamReader::positionAtTime(Timestamp time)
{
    Position low = 0;
    Position high = m_log.index().head() + 1;
    while (high - low > 1) {
        const Position middle = low + (high - low) / 2;
        Timestamp at;
        const auto read
            = m_events.readRun(middle, middle, ScanColumn::Time, {}, [&at](const EventView& event) {
                  at = event.time;
                  return true;
              });
        if (!read)
            return read.error();
        (at <= time ? low : high) = middle;
    }
    return low;
}

} // namespace eventloupe
