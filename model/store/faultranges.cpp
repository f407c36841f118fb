#include "store/faultranges.h"

#include <QCoreApplication>

#include <algorithm>
#include <utility>

namespace eventloupe {

namespace {

/// What waits for an earlier range to end, so that memory stays small whatever is wrong.
constexpr std::size_t mostOpen = 256;

/// A message with the event's position, and that of the one before it, as signs: alike for events
/// of which the same is said. A number that is part of a name is none of them.
QString formOf(const QString& message, Position position)
{
    const auto isEnd = [](QChar sign) { return sign.isSpace() || sign == u':' || sign == u','
                                            || sign == u'.' || sign == u';'; };
    QString form;
    form.reserve(message.size());
    for (qsizetype i = 0; i < message.size();) {
        qsizetype end = i;
        while (end < message.size() && message[end].isDigit())
            ++end;
        if (end == i) {
            form += message[i++];
            continue;
        }
        const QStringView digits = QStringView(message).mid(i, end - i);
        const bool isWord = (i == 0 || message[i - 1].isSpace() || message[i - 1] == u'#')
            && (end == message.size() || isEnd(message[end]));
        const qint64 number = isWord ? digits.toLongLong() : 0;
        if (number > 0 && (number == position || number == position - 1))
            form += QChar(number == position ? 1 : 2);
        else
            form += digits;
        i = end;
    }
    return form;
}

QString sameText(Position from, Position to)
{
    return from == to
        ? QCoreApplication::translate("FaultRanges", "The same holds for event %1.").arg(from)
        : QCoreApplication::translate("FaultRanges", "The same holds for events %1 to %2.")
              .arg(from)
              .arg(to);
}

} // namespace

QString FaultRange::text() const
{
    return last > first ? message + u' ' + sameText(first + 1, last) : message;
}

FaultRanges::FaultRanges(Tell tell)
    : m_tell(std::move(tell))
{
}

void FaultRanges::add(const StoreFault& fault)
{
    const Position position = fault.position;
    if (position < 1) {
        finish();
        m_tell({ 0, 0, fault.message });
        return;
    }
    endBefore(position);
    const QString form = formOf(fault.message, position);
    const auto same = std::find_if(m_open.begin(), m_open.end(), [&](const Open& open) {
        return !open.isEnded && open.range.last == position - 1 && open.form == form;
    });
    if (same != m_open.end()) {
        same->range.last = position;
        return;
    }
    if (m_open.size() >= mostOpen)
        finish();
    m_open.push_back({ { position, position, fault.message }, form });
}

/// No fault of such a position continues what ended sooner, or lies behind it.
void FaultRanges::endBefore(Position position)
{
    for (Open& open : m_open)
        open.isEnded = open.isEnded || open.range.last < position - 1 || open.range.last > position;
    tellEnded();
}

void FaultRanges::tellEnded()
{
    while (!m_open.empty() && m_open.front().isEnded) {
        const FaultRange range = std::move(m_open.front().range);
        m_open.pop_front();
        m_tell(range);
    }
}

void FaultRanges::finish()
{
    for (Open& open : m_open)
        open.isEnded = true;
    tellEnded();
}

bool continues(const RepairNote& before, const RepairNote& note)
{
    return before.kind == note.kind && note.kind != RepairNote::Kind::Renumbered
        && note.position == before.last + 1 && before.position > 0
        && formOf(before.reason, before.position) == formOf(note.reason, note.position);
}

QString reasonOf(const RepairNote& note)
{
    const bool isOfOne = formOf(note.reason, note.position) != note.reason;
    return note.last > note.position && isOfOne
        ? note.reason + u' ' + sameText(note.position + 1, note.last)
        : note.reason;
}

} // namespace eventloupe
