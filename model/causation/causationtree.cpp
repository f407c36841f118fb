#include "causation/causationtree.h"

#include <QCoreApplication>
#include <QHash>
#include <QSet>

#include <algorithm>
#include <cmath>

namespace eventloupe {

namespace {

/// Message DB counts a stream's events from 0.
QByteArray placeOf(const QByteArray& stream, qint64 number)
{
    return stream + '/' + QByteArray::number(number);
}

} // namespace

std::shared_ptr<const CausationTree> CausationTree::of(std::vector<CausedEvent> events)
{
    const auto byPosition = [](const CausedEvent& left, const CausedEvent& right) {
        return left.position < right.position;
    };
    std::stable_sort(events.begin(), events.end(), byPosition);
    events.erase(std::unique(events.begin(), events.end(),
                     [](const CausedEvent& left, const CausedEvent& right) {
                         return left.position == right.position;
                     }),
        events.end());
    auto tree = std::make_shared<CausationTree>();
    tree->m_events = std::move(events);
    tree->link();
    tree->breakCycles();
    tree->order();
    return tree;
}

/// Gives each event its parent: an event, or a node for what is none.
void CausationTree::link()
{
    QHash<QByteArray, int> byId;
    QHash<QByteArray, int> byPlace;
    QSet<QString> streams;
    m_nodes.resize(m_events.size());
    // Backwards: of those with the same id the first counts.
    for (int i = int(m_events.size()) - 1; i >= 0; --i) {
        const CausedEvent& event = m_events[std::size_t(i)];
        m_nodes[std::size_t(i)].event = i;
        if (!event.ids.message.isEmpty())
            byId.insert(event.ids.message, i);
        byId.insert(event.id, i);
        byPlace.insert(placeOf(event.stream.toUtf8(), event.version - 1), i);
        streams.insert(event.stream);
    }
    m_streams = int(streams.size());
    QHash<QByteArray, int> others;
    for (int i = 0; i < int(m_events.size()); ++i) {
        const CausationIds& ids = m_events[std::size_t(i)].ids;
        const bool isByPlace = ids.causation.isEmpty() && !ids.causeStream.isEmpty();
        const QByteArray cause
            = isByPlace ? placeOf(ids.causeStream, ids.causeNumber) : ids.causation;
        // A message without a cause names itself in some libraries.
        if (cause.isEmpty() || cause == m_events[std::size_t(i)].id
            || (!isByPlace && cause == ids.message))
            continue;
        int parent = isByPlace ? byPlace.value(cause, -1) : byId.value(cause, -1);
        if (parent == i)
            continue;
        if (parent < 0) {
            parent = others.value(cause, -1);
            if (parent < 0) {
                parent = int(m_nodes.size());
                others.insert(cause, parent);
                Node other;
                other.kind = ids.command.isEmpty() ? Kind::Unknown : Kind::Command;
                other.id = cause;
                m_nodes.push_back(std::move(other));
            }
        }
        m_nodes[std::size_t(i)].parent = parent;
    }
    m_unknown = int(std::count_if(m_nodes.begin(), m_nodes.end(),
        [](const Node& node) { return node.kind == Kind::Unknown; }));
}

/// Follows each chain of causes upwards once; one that comes back to itself is cut above its event
/// with the lowest position.
void CausationTree::breakCycles()
{
    enum class Mark : quint8 { New, OnPath, Done };
    std::vector<Mark> marks(m_nodes.size(), Mark::New);
    for (int start = 0; start < int(m_nodes.size()); ++start) {
        std::vector<int> path;
        int node = start;
        while (node >= 0 && marks[std::size_t(node)] == Mark::New) {
            marks[std::size_t(node)] = Mark::OnPath;
            path.push_back(node);
            node = m_nodes[std::size_t(node)].parent;
        }
        if (node >= 0 && marks[std::size_t(node)] == Mark::OnPath) {
            // Numbers of events are in order of position, and only events have a parent.
            const auto begin = std::find(path.begin(), path.end(), node);
            Node& first = m_nodes[std::size_t(*std::min_element(begin, path.end()))];
            first.parent = -1;
            first.isCycle = true;
            ++m_cycles;
        }
        for (const int passed : path)
            marks[std::size_t(passed)] = Mark::Done;
    }
}

void CausationTree::order()
{
    // Events come in order of position, so their parents' lists are in that order, too.
    for (int i = 0; i < int(m_events.size()); ++i) {
        const int parent = m_nodes[std::size_t(i)].parent;
        if (parent >= 0)
            m_nodes[std::size_t(parent)].children.push_back(i);
    }
    for (int i = 0; i < int(m_nodes.size()); ++i) {
        if (m_nodes[std::size_t(i)].parent < 0)
            m_roots.push_back(i);
    }
    const auto place = [this](int node) {
        const Node& at = m_nodes[std::size_t(node)];
        return at.event >= 0 ? at.event : at.children.front();
    };
    std::stable_sort(m_roots.begin(), m_roots.end(),
        [&place](int left, int right) { return place(left) < place(right); });
    std::vector<int> level = m_roots;
    for (int row = 0; row < int(m_roots.size()); ++row)
        m_nodes[std::size_t(m_roots[std::size_t(row)])].row = row;
    while (!level.empty()) {
        ++m_depth;
        std::vector<int> next;
        for (const int node : level) {
            int row = 0;
            for (const int child : m_nodes[std::size_t(node)].children) {
                m_nodes[std::size_t(child)].row = row++;
                next.push_back(child);
            }
        }
        level = std::move(next);
    }
}

int CausationTree::nodeAt(Position position) const
{
    const auto found = std::lower_bound(m_events.begin(), m_events.end(), position,
        [](const CausedEvent& event, Position wanted) { return event.position < wanted; });
    return found != m_events.end() && found->position == position
        ? int(found - m_events.begin())
        : -1;
}

const CausedEvent* CausationTree::eventOf(int node) const
{
    const int event = m_nodes[std::size_t(node)].event;
    return event < 0 ? nullptr : &m_events[std::size_t(event)];
}

const CausedEvent* CausationTree::firstEffect(int node) const
{
    const auto& children = m_nodes[std::size_t(node)].children;
    return children.empty() ? nullptr : eventOf(children.front());
}

Timestamp CausationTree::begin() const
{
    return m_events.empty() ? Timestamp() : m_events.front().time;
}

QString offsetText(qint64 microseconds)
{
    const auto tr = [](const char* text) {
        return QCoreApplication::translate("eventloupe::CausationTree", text);
    };
    const QString sign = microseconds < 0 ? QStringLiteral("-") : QStringLiteral("+");
    const double seconds = std::abs(static_cast<double>(microseconds)) / 1e6;
    if (microseconds == 0)
        return QStringLiteral("+0");
    if (seconds < 0.001)
        return sign + tr("%1 µs").arg(std::abs(microseconds));
    if (seconds < 1)
        return sign + tr("%1 ms").arg(std::floor(seconds * 1000));
    if (seconds < 60)
        return sign + tr("%1 s").arg(std::floor(seconds * 10) / 10);
    const auto whole = static_cast<qint64>(seconds);
    if (whole < 3600)
        return sign + tr("%1 min %2 s").arg(whole / 60).arg(whole % 60);
    if (whole < 86400)
        return sign + tr("%1 h %2 min").arg(whole / 3600).arg(whole % 3600 / 60);
    return sign + tr("%1 d %2 h").arg(whole / 86400).arg(whole % 86400 / 3600);
}

} // namespace eventloupe
