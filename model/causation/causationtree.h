#pragma once

#include "causation/causationids.h"

#include <QString>

#include <memory>
#include <vector>

namespace eventloupe {

/// An event with what is known of its cause.
struct CausedEvent {
    Position position = 0;
    QString stream;
    StreamVersion version = 0;
    QString type;
    Timestamp time;
    QByteArray id;
    CausationIds ids;
};

/// What caused what: a forest of events, and of causes that are not in the log. Immutable.
class CausationTree {
public:
    enum class Kind {
        Event,
        Command, ///< Known by the events that it caused, and their metadata names it.
        Unknown, ///< An id that events name as their cause, and that nothing in the log has.
    };
    struct Node {
        Kind kind = Kind::Event;
        int event = -1; ///< In events(); -1 for what is none.
        int parent = -1; ///< In nodes(); -1 for a root.
        int row = 0; ///< Among its siblings.
        QByteArray id; ///< Of what is no event.
        std::vector<int> children; ///< In nodes(), in order of position.
        /// Its cause is one of its own effects: it is shown as a root, since a tree needs one.
        bool isCycle = false;
    };

    /// Of all these events; those that come twice count once. Linear but for sorting; nothing
    /// recurses.
    static std::shared_ptr<const CausationTree> of(std::vector<CausedEvent> events);

    /// In order of position.
    [[nodiscard]] const std::vector<CausedEvent>& events() const { return m_events; }
    [[nodiscard]] const std::vector<Node>& nodes() const { return m_nodes; }
    [[nodiscard]] const std::vector<int>& roots() const { return m_roots; }
    /// The node of the event at a position, -1 where it is not in the tree.
    [[nodiscard]] int nodeAt(Position position) const;
    /// The event that a node is, or nullptr.
    [[nodiscard]] const CausedEvent* eventOf(int node) const;
    /// For what is no event: the first event that it caused.
    [[nodiscard]] const CausedEvent* firstEffect(int node) const;
    /// The moment that offsets are counted from: of the first event in order of position.
    [[nodiscard]] Timestamp begin() const;
    [[nodiscard]] int cycles() const { return m_cycles; }
    [[nodiscard]] int unknownCauses() const { return m_unknown; }
    [[nodiscard]] int streams() const { return m_streams; }
    /// From root to leaf, at most; 0 for none.
    [[nodiscard]] int depth() const { return m_depth; }

private:
    void link();
    void breakCycles();
    void order();

    std::vector<CausedEvent> m_events;
    std::vector<Node> m_nodes; ///< The events' first, with their numbers.
    std::vector<int> m_roots;
    int m_cycles = 0;
    int m_unknown = 0;
    int m_streams = 0;
    int m_depth = 0;
};

/// "+12 ms", "+1.5 s", "+2 min 3 s", "-3 ms", "+0"; for people, by the locale's digits.
[[nodiscard]] QString offsetText(qint64 microseconds);

} // namespace eventloupe
