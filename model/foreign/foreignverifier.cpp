#include "foreign/foreignverifier.h"

#include "foreign/foreigntext.h"
#include "foreign/rowreader.h"

namespace eventloupe {

namespace {
constexpr qint64 rowsAtOnce = 1024;
} // namespace

Result<qint64> ForeignVerifier::run(
    const CancelToken& cancel, const std::function<void(Position)>& progress)
{
    m_log.waitUntilCounted(std::chrono::hours(1));
    const Counting counting = m_log.counting();
    if (!counting.fault.isEmpty())
        m_report({ 0, counting.fault });
    const ForeignWatch watch(m_database, cancel);
    const Position head = m_log.index().head();
    const LogColumns columns = m_log.sql().columns(columnsFor(m_log.profile(), allScanColumns));
    RowReader reader(m_log.profile(), columns);
    RowPage page;
    ForeignKey after;
    Position position = 0;
    while (position < head) {
        if (cancel.isCancelled())
            return Error { ErrorCode::Cancelled, ForeignText::tr("cancelled") };
        std::vector<ForeignValue> parameters = after;
        parameters.emplace_back(rowsAtOnce);
        const auto bound = after.empty() ? LogSql::Bound::None : LogSql::Bound::After;
        const auto read
            = m_database.select(m_log.sql().select(columns, bound, false, false), parameters, page);
        if (!read)
            return read.error();
        if (page.rows() == 0) {
            m_report({ position + 1,
                ForeignText::tr("events from here on are gone since they were counted") });
            break;
        }
        for (std::size_t row = 0; row < page.rows() && position < head; ++row) {
            reader.setRow(page, row);
            for (qint64 event = 0, events = reader.events(); event < events; ++event) {
                ++position;
                std::vector<RankIndex::Asked> asked(1);
                asked.front().stream = reader.streamKey();
                asked.front().position = position;
                m_log.index().resolve(asked);
                const auto version = reader.version();
                const StreamVersion last = asked.front().number + events - 1 - event;
                if (version && *version != last)
                    m_report({ position,
                        ForeignText::tr("%1 has version %2 here, and is its event %3: its versions "
                                        "have gaps, or are out of order")
                            .arg(QString::fromStdString(asked.front().name))
                            .arg(*version + m_log.profile().versionBase - 1)
                            .arg(asked.front().number) });
                (void)reader.data(event);
                (void)reader.metadata();
                for (const QString& problem : reader.takeProblems())
                    m_report({ position, problem });
            }
            after = reader.key();
        }
        if (progress)
            progress(position);
    }
    return position;
}

} // namespace eventloupe
