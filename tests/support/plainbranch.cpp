#include "support/plainbranch.h"

#include <limits>

namespace eventloupe {

PlainBranch::PlainBranch(EventStore& base, Position at)
{
    const auto events = base.readLog(1, int(at));
    for (const Event& each : *events)
        m_entries.append({ { each.position, 0 },
            { each.stream, { each.type, each.data, each.metadata, each.time, each.id } }, true });
}

qsizetype PlainBranch::find(const BranchPlace& place) const
{
    for (qsizetype i = 0; i < m_entries.size(); ++i)
        if (m_entries.at(i).place == place)
            return i;
    return -1;
}

void PlainBranch::put(qsizetype index, const BranchEvent& event)
{
    m_entries.insert(index, { { 0, ++m_inserted }, event, true });
    m_concerned.append(event.stream);
}

void PlainBranch::apply(const BranchEdit& edit)
{
    for (const BranchPlace& each : edit.places)
        if (const qsizetype index = find(each); index >= 0)
            m_concerned.append(m_entries.at(index).event.stream);
    switch (edit.kind) {
    case BranchEdit::Kind::Skip:
    case BranchEdit::Kind::Restore:
        for (const BranchPlace& each : edit.places)
            m_entries[find(each)].isThere = edit.kind == BranchEdit::Kind::Restore;
        break;
    case BranchEdit::Kind::Change: {
        NewEvent& event = m_entries[find(edit.places.first())].event.event;
        event.type = edit.events.first().event.type;
        event.data = edit.events.first().event.data;
        event.metadata = edit.events.first().event.metadata;
        break;
    }
    case BranchEdit::Kind::Insert: {
        qsizetype index = find(edit.places.first());
        for (const BranchEvent& each : edit.events)
            put(++index, each);
        break;
    }
    case BranchEdit::Kind::Append:
        for (const BranchEvent& each : edit.events)
            put(m_entries.size(), each);
        break;
    }
}

void PlainBranch::writeTo(EventStore& store) const
{
    const auto bulk = store.beginBulk();
    for (const Entry& each : m_entries)
        if (each.isThere && !(*bulk)->add(each.event.stream, each.event.event))
            qFatal("the event was refused");
    if (!(*bulk)->commit({}))
        qFatal("the load was refused");
}

const PlainBranch::Entry& PlainBranch::anyOf(QRandomGenerator& random) const
{
    return m_entries.at(random.bounded(int(m_entries.size())));
}

BranchEvent PlainBranch::randomEvent(QRandomGenerator& random) const
{
    BranchEvent event = anyOf(random).event;
    const int number = random.bounded(1000);
    if (random.bounded(3) == 0)
        event.stream = QStringLiteral("new%1-%2").arg(number % 3).arg(number % 7);
    else if (random.bounded(4) == 0)
        event.stream = categoryOf(event.stream) + QStringLiteral("-%1").arg(number);
    if (random.bounded(4) == 0)
        event.event.type = QStringLiteral("NEW_%1").arg(number % 3);
    event.event.data = "{\"branch\":" + QByteArray::number(number) + '}';
    event.event.id = QStringLiteral("branch-%1").arg(random.generate64());
    event.event.time.microseconds += random.bounded(1'000'000);
    return event;
}

BranchEdit PlainBranch::randomEdit(QRandomGenerator& random) const
{
    const Entry& some = anyOf(random);
    switch (random.bounded(9)) {
    case 0:
    case 1:
        return { BranchEdit::Kind::Skip, { some.place, anyOf(random).place }, {} };
    case 2: {
        // All of a stream, or its first event.
        BranchEdit edit { BranchEdit::Kind::Skip, {}, {} };
        const bool isFirst = random.bounded(2) == 0;
        for (const Entry& each : m_entries)
            if (each.event.stream == some.event.stream && (!isFirst || edit.places.isEmpty()))
                edit.places.append(each.place);
        return edit;
    }
    case 3:
        for (const Entry& each : m_entries)
            if (!each.isThere && random.bounded(3) == 0)
                return { BranchEdit::Kind::Restore, { each.place }, {} };
        break;
    case 4:
    case 5:
        return { BranchEdit::Kind::Change, { some.place }, { randomEvent(random) } };
    case 6:
        return { BranchEdit::Kind::Append, {}, { randomEvent(random), randomEvent(random) } };
    case 7:
        // Near the beginning, where streams and categories are born.
        return { BranchEdit::Kind::Insert, { m_entries.at(random.bounded(3)).place },
            { randomEvent(random) } };
    default:
        break;
    }
    return { BranchEdit::Kind::Insert, { some.place },
        { randomEvent(random), randomEvent(random) } };
}

} // namespace eventloupe
