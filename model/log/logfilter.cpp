#include "log/logfilter.h"

#include "log/eventlogmodel.h"
#include "time/timecursor.h"

#include <QRegularExpression>

#include <algorithm>

namespace eventloupe {

using namespace Qt::Literals::StringLiterals;

namespace {

/// Between two times that matches are handed to the model: each lays out the view again.
constexpr int showMilliseconds = 100;
/// Pieces under way for each that runs: none of the threads waits for this one.
constexpr int piecesPerThread = 2;

/// The column that a compiler's message "line:column: ..." begins with; 0 when it does not.
int columnOf(const QString& message)
{
    static const QRegularExpression pattern(uR"(\A\d+:(\d+):)"_s);
    return pattern.match(message).captured(1).toInt();
}

} // namespace

LogFilter::LogFilter(StoreClient& client, TimeCursor& cursor, EventLogModel& model, QObject* parent)
    : QObject(parent)
    , m_client(client)
    , m_cursor(cursor)
    , m_model(model)
    , m_matches(std::make_shared<const MatchList>())
{
    m_showTimer.setSingleShot(true);
    connect(&m_showTimer, &QTimer::timeout, this, &LogFilter::show);
    connect(&m_cursor, &TimeCursor::positionChanged, this, [this] {
        m_wantedStep = Step::None;
        tellStep({});
    });
    // The model was connected before, so it has reset itself when these run.
    connect(&m_client, &StoreClient::opened, this, [this] {
        if (isActive())
            restart();
    });
    connect(&m_client, &StoreClient::closed, this, [this] {
        if (isActive())
            restart();
    });
    // What it found by values that are masked now would tell them.
    connect(&m_client, &StoreClient::masksChanged, this, [this] {
        if (isActive())
            restart();
    });
    connect(&m_client, &StoreClient::headChanged, this, [this] {
        if (isActive())
            scanOn();
    });
}

LogFilter::~LogFilter()
{
    stop();
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
    stop();
    m_low = 1;
    m_high = 0;
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

qint64 LogFilter::matchBytes() const
{
    return m_matches->bytes();
}

bool LogFilter::isComplete() const
{
    return !isActive() || !m_client.isOpen() || (m_low <= 1 && m_high >= m_client.head());
}

QString LogFilter::maskedRead() const
{
    return m_filter ? m_filter->maskedRead(*m_client.masks()).value_or(QString()) : QString();
}

void LogFilter::moveToNextMatch()
{
    step(Step::Next);
}

void LogFilter::moveToPreviousMatch()
{
    step(Step::Previous);
}

void LogFilter::step(Step step)
{
    const bool goesOn = step == Step::Next;
    const Position position = m_cursor.position();
    const qint64 index = goesOn ? m_matches->lastAtOrBefore(position) + 1
                                : m_matches->lastAtOrBefore(position - 1);
    // Between the cursor and the match there must be nothing that was not looked at.
    const bool isKnown = goesOn ? position + 1 >= m_low : position - 1 <= m_high;
    if (isKnown && index >= 0 && index < m_matches->count()) {
        m_wantedStep = Step::None;
        m_cursor.moveTo(m_matches->at(index));
        return;
    }
    const bool mayCome
        = isActive() && (!isKnown || (goesOn ? m_high < m_client.head() : m_low > 1));
    m_wantedStep = mayCome ? step : Step::None;
    if (!isActive())
        tellStep(tr("There is no filter, so no event is a match"));
    else if (mayCome)
        tellStep(goesOn ? tr("Still searching for the next match")
                        : tr("Still searching for the previous match"));
    else
        tellStep(goesOn ? tr("No further match") : tr("No match before this"));
}

void LogFilter::tellStep(const QString& message)
{
    // What waits is asked again at each of the scan's answers.
    const bool isTold = message == m_stepMessage && m_wantedStep != Step::None;
    if (isTold || (message.isEmpty() && m_stepMessage.isEmpty()))
        return;
    m_stepMessage = message;
    emit stepTold(message);
}

/// Drops what is under way; what is shown stays.
void LogFilter::stop()
{
    ++m_scan;
    for (const CancelToken& token : m_tokens)
        token.cancel();
    m_tokens.clear();
    m_underWay = 0;
    m_pieces.clear();
    m_showTimer.stop();
    m_wantedStep = Step::None;
    tellStep({});
    m_course.resume(m_low, m_high);
}

void LogFilter::restart()
{
    stop();
    m_course = FilterCourse(m_cursor.position(), m_client.head());
    m_low = m_course.start();
    m_high = m_low - 1;
    m_tested = 0;
    m_failures = {};
    m_sinceShown.invalidate();
    m_matches = std::make_shared<const MatchList>();
    m_model.setMatches(m_matches);
    emit matchesChanged();
    if (m_client.isOpen() && isComplete())
        emit finished();
    scanOn();
}

void LogFilter::scanOn()
{
    const int most = piecesPerThread * StoreClient::scanWidth();
    while (m_client.isOpen() && m_underWay < most) {
        const auto piece = m_course.next(m_client.head(), m_cursor.position());
        if (!piece)
            return;
        ++m_underWay;
        const auto scan = [filter = m_filter, from = piece->first, to = piece->second](
                              EventStore& store, const CancelToken& cancel) {
            return scanPieceFor(*filter, store, from, to, cancel);
        };
        m_tokens.push_back(m_client.run<FilterPiece>(StoreClient::Lane::Scan, this, scan,
            [this](const Result<FilterPiece>& answer) { take(answer); }));
    }
}

void LogFilter::take(const Result<FilterPiece>& answer)
{
    if (--m_underWay == 0)
        m_tokens.clear();
    if (!answer) {
        stop();
        if (answer.error().code != ErrorCode::Cancelled)
            emit failed(answer.error());
        return;
    }
    m_course.learn(*answer);
    m_pieces.emplace(answer->from, *answer);
    scanOn();
    // The first matches at once, the others in bundles, and what comes last without delay.
    const bool isFirst = m_matches->isEmpty() && !answer->matches.empty();
    const qint64 since = m_sinceShown.isValid() ? m_sinceShown.elapsed() : showMilliseconds;
    if (isFirst || m_underWay == 0 || since >= showMilliseconds)
        show();
    else if (!m_showTimer.isActive())
        m_showTimer.start(static_cast<int>(showMilliseconds - since));
}

void LogFilter::show()
{
    m_showTimer.stop();
    std::vector<Position> before;
    std::vector<Position> after;
    const qint64 scannedBefore = scannedCount();
    join(before, after);
    if (scannedCount() == scannedBefore)
        return;
    m_sinceShown.start();
    // One end at a time, so that the model inserts rows and keeps the others. A slot may start
    // another scan meanwhile.
    const quint64 scan = m_scan;
    if (!after.empty()) {
        m_matches = std::make_shared<const MatchList>(m_matches->extendedBy(after));
        m_model.setMatches(m_matches);
    }
    if (!before.empty() && scan == m_scan) {
        m_matches = std::make_shared<const MatchList>(m_matches->precededBy(before));
        m_model.setMatches(m_matches);
    }
    if (scan == m_scan)
        emit matchesChanged();
    if (scan == m_scan && m_wantedStep != Step::None)
        step(m_wantedStep);
    if (scan == m_scan && isComplete())
        emit finished();
}

/// Takes over the pieces that border on what is shown.
void LogFilter::join(std::vector<Position>& before, std::vector<Position>& after)
{
    for (auto next = m_pieces.find(m_high + 1); next != m_pieces.end();
         next = m_pieces.find(m_high + 1)) {
        after.insert(after.end(), next->second.matches.begin(), next->second.matches.end());
        m_high = next->second.to;
        note(next->second);
        m_pieces.erase(next);
    }
    std::vector<FilterPiece> below;
    while (!m_pieces.empty()) {
        const auto above = m_pieces.lower_bound(m_low);
        if (above == m_pieces.begin() || std::prev(above)->second.to != m_low - 1)
            break;
        const auto next = std::prev(above);
        m_low = next->second.from;
        note(next->second);
        below.push_back(std::move(next->second));
        m_pieces.erase(next);
    }
    for (auto piece = below.rbegin(); piece != below.rend(); ++piece)
        before.insert(before.end(), piece->matches.begin(), piece->matches.end());
}

void LogFilter::note(const FilterPiece& piece)
{
    m_tested += piece.tested;
    m_failures.add(piece.failures);
}

} // namespace eventloupe
