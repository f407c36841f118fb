#include "time/goto.h"

#include "time/timecursor.h"

#include <QDateTime>
#include <QRegularExpression>

#include <algorithm>

namespace eventloupe {

using namespace Qt::Literals::StringLiterals;

namespace {

std::optional<Position> parsePosition(const QString& text)
{
    static const QRegularExpression pattern(
        uR"(\A#?\s*(\d+|\d{1,3}(?:[,.'_\s\x{2019}\x{a0}\x{202f}]\d{3})+)\z)"_s);
    const auto match = pattern.match(text);
    if (!match.hasMatch())
        return std::nullopt;
    QString digits;
    const QString grouped = match.captured(1);
    std::copy_if(grouped.begin(), grouped.end(), std::back_inserter(digits),
        [](QChar sign) { return sign >= u'0' && sign <= u'9'; });
    bool fits = false;
    const Position position = digits.toLongLong(&fits);
    return fits ? std::optional(position) : std::nullopt;
}

std::optional<Timestamp> parseLocalTime(const QString& text)
{
    static const QRegularExpression pattern(
        uR"(\A(\d{4}-\d\d-\d\d)(?:[Tt ](\d\d:\d\d)(:\d\d)?(?:[.,](\d{1,6}))?)?\z)"_s);
    const auto match = pattern.match(text);
    if (!match.hasMatch() || (match.hasCaptured(4) && !match.hasCaptured(3)))
        return std::nullopt;
    const QDate date = QDate::fromString(match.captured(1), u"yyyy-MM-dd"_s);
    QTime time(0, 0);
    if (match.hasCaptured(2)) {
        const QString seconds = match.hasCaptured(3) ? match.captured(3) : u":00"_s;
        time = QTime::fromString(match.captured(2) + seconds, u"HH:mm:ss"_s);
    }
    if (!date.isValid() || !time.isValid())
        return std::nullopt;
    const QString fraction = match.captured(4).leftJustified(6, u'0');
    return Timestamp { QDateTime(date, time, Qt::LocalTime).toMSecsSinceEpoch() * 1000
        + fraction.toLongLong() };
}

std::optional<Timestamp> parseRfc3339(QString text)
{
    if (text.size() > 10 && text.at(10) == u' ')
        text[10] = u'T';
    const QByteArray bytes = text.toUtf8();
    const auto time = Timestamp::fromRfc3339(viewOf(bytes));
    return time ? std::optional(*time) : std::nullopt;
}

} // namespace

std::optional<GoToTarget> parseGoToTarget(const QString& text)
{
    const QString trimmed = text.trimmed();
    if (const auto position = parsePosition(trimmed))
        return *position;
    if (const auto time = parseRfc3339(trimmed))
        return *time;
    if (const auto time = parseLocalTime(trimmed))
        return *time;
    return std::nullopt;
}

GoTo::GoTo(StoreClient& client, TimeCursor& cursor, QObject* parent)
    : QObject(parent)
    , m_client(client)
    , m_cursor(cursor)
{
    connect(&m_client, &StoreClient::closed, this, [this] { m_token.cancel(); });
}

void GoTo::go(const QString& text)
{
    m_token.cancel();
    const auto target = parseGoToTarget(text);
    if (!target) {
        emit notUnderstood(tr("\u201c%1\u201d is neither a position nor a time: type a position "
                              "such as 8120, or a time such as 2026-03-01 14:03.")
                               .arg(text.trimmed().left(80)));
        return;
    }
    if (const auto* position = std::get_if<Position>(&*target)) {
        if (*position > m_cursor.head())
            emit pastHead(*position, m_cursor.head());
        arrive(*position);
        return;
    }
    if (!m_client.isOpen()) {
        arrive(0);
        return;
    }
    m_token = m_client.run<Position>(
        StoreClient::Lane::Interactive, this,
        [time = std::get<Timestamp>(*target)](
            EventStore& store, const CancelToken&) { return store.positionAtTime(time); },
        [this](const Result<Position>& found) {
            if (found)
                arrive(*found);
            else if (found.error().code != ErrorCode::Cancelled)
                emit failed(found.error());
        });
}

void GoTo::arrive(Position position)
{
    m_cursor.moveTo(position);
    emit found(m_cursor.position());
}

} // namespace eventloupe
