#include "log/logfilter.h"

#include "domain/eventfilter.h"
#include "log/eventlogmodel.h"
#include "time/timecursor.h"

#include <QElapsedTimer>
#include <QRegularExpression>

#include <algorithm>

namespace eventloupe {

using namespace Qt::Literals::StringLiterals;

namespace {

/// The first chunk is short, so that the first matches show at once; the others are long enough
/// that the hop between threads costs nothing and short enough for the lane's other work.
constexpr qint64 firstChunkMilliseconds = 20;
constexpr qint64 chunkMilliseconds = 80;
/// Events between two looks at the clock.
constexpr qint64 clockInterval = 64;

/// The column that a compiler's message "line:column: ..." begins with; 0 when it does not.
int columnOf(const QString& message)
{
    static const QRegularExpression pattern(uR"(\A\d+:(\d+):)"_s);
    return pattern.match(message).captured(1).toInt();
}

} // namespace

/// What one job found: everything up to `to` was looked at.
struct LogFilter::Chunk {
    Position to = 0;
    std::vector<Position> matches;
};

LogFilter::LogFilter(StoreClient& client, TimeCursor& cursor, EventLogModel& model, QObject* parent)
    : QObject(parent)
    , m_client(client)
    , m_cursor(cursor)
    , m_model(model)
    , m_matches(std::make_shared<const MatchList>())
{
    // The model was connected before, so it has reset itself when these run.
    connect(&m_client, &StoreClient::opened, this, [this] {
        if (isActive())
            restart();
    });
    connect(&m_client, &StoreClient::closed, this, [this] {
        if (isActive())
            restart();
    });
    connect(&m_client, &StoreClient::headChanged, this, [this] {
        if (isActive() && !m_scanning)
            scanOn();
    });
}

LogFilter::~LogFilter()
{
    m_token.cancel();
}

void LogFilter::setExpression(const QString& expression)
{
    const QString trimmed = expression.trimmed();
    if (trimmed.isEmpty()) {
        clear();
        return;
    }
    if (isActive() && trimmed == m_expression)
        return;
    const QByteArray source = trimmed.toUtf8();
    auto filter = EventFilter::compile(viewOf(source));
    if (!filter) {
        const QString& message = filter.error().message;
        emit invalid(message, columnOf(message));
        return;
    }
    m_filter = std::make_shared<const EventFilter>(std::move(*filter));
    m_expression = trimmed;
    emit expressionChanged(m_expression);
    restart();
}

void LogFilter::clear()
{
    if (!isActive())
        return;
    m_token.cancel();
    m_scanning = false;
    m_scanned = 0;
    m_filter.reset();
    m_expression.clear();
    m_matches = std::make_shared<const MatchList>();
    m_model.clearMatches();
    emit expressionChanged(m_expression);
    emit matchesChanged();
}

qint64 LogFilter::matchCount() const
{
    return m_matches->count();
}

bool LogFilter::isComplete() const
{
    return !isActive() || !m_client.isOpen() || m_scanned >= m_client.head();
}

void LogFilter::moveToNextMatch()
{
    const qint64 next = m_matches->lastAtOrBefore(m_cursor.position()) + 1;
    if (next < m_matches->count())
        m_cursor.moveTo(m_matches->at(next));
}

void LogFilter::moveToPreviousMatch()
{
    const qint64 previous = m_matches->lastAtOrBefore(m_cursor.position() - 1);
    if (previous >= 0)
        m_cursor.moveTo(m_matches->at(previous));
}

void LogFilter::restart()
{
    m_token.cancel();
    m_scanning = false;
    m_scanned = 0;
    m_matches = std::make_shared<const MatchList>();
    m_model.setMatches(m_matches);
    emit matchesChanged();
    scanOn();
}

void LogFilter::scanOn()
{
    if (!m_client.isOpen())
        return;
    if (m_scanned >= m_client.head()) {
        emit finished();
        return;
    }
    m_scanning = true;
    const auto scan = [filter = m_filter, from = m_scanned + 1](
                          EventStore& store, const CancelToken& cancel) -> Result<Chunk> {
        const auto head = store.head();
        if (!head)
            return head.error();
        Chunk chunk { from - 1, {} };
        QElapsedTimer clock;
        clock.start();
        const qint64 budget = from == 1 ? firstChunkMilliseconds : chunkMilliseconds;
        const auto look = [&](const EventView& event) {
            if (filter->matches(event))
                chunk.matches.push_back(event.position);
            chunk.to = event.position;
            return event.position % clockInterval != 0 || !clock.hasExpired(budget);
        };
        const auto scanned = store.scanLog(from, *head, allScanColumns, cancel, look);
        if (!scanned)
            return scanned.error();
        return chunk;
    };
    m_token = m_client.run<Chunk>(StoreClient::Lane::Background, this, scan,
        [this](const Result<Chunk>& answer) { take(answer); });
}

void LogFilter::take(const Result<Chunk>& answer)
{
    m_scanning = false;
    if (!answer) {
        if (answer.error().code != ErrorCode::Cancelled)
            emit failed(answer.error());
        return;
    }
    const bool cameOn = answer->to > m_scanned;
    m_scanned = std::max(m_scanned, answer->to);
    if (!answer->matches.empty()) {
        m_matches = std::make_shared<const MatchList>(m_matches->extendedBy(answer->matches));
        m_model.setMatches(m_matches);
    }
    if (cameOn) {
        emit matchesChanged();
        // A slot may have changed the expression meanwhile, which scans by itself.
        if (!m_scanning && isActive())
            scanOn();
    }
}

} // namespace eventloupe
