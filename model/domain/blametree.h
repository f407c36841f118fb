#pragma once

#include "domain/writetrace.h"
#include "value/event.h"

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QString>

#include <memory>

namespace eventloupe {

/// The event that set a field, as blame shows it.
struct SettingEvent {
    StreamVersion version = 0;
    Position position = 0;
    Timestamp time;
    QString type; ///< As stored.
};
/// Null stands for the initial state.
using SettingEventPointer = std::shared_ptr<const SettingEvent>;

/// Which event last set each field of a state, from what its events wrote (see WriteTrace).
///
/// An event sets a field when it writes it, or what it is a part of, or something inside of it:
/// also where the value stays the same. An element of a list keeps its event where
/// - others are added or removed by pointers, or
/// - a rule that reads the state writes a list over a list, and the element is in both: which are,
///   says carriedElements(). All else of what a rule writes is set by its event.
///
/// Only places that differ from what surrounds them are kept: a value that was written as a whole
/// is one node. Copying is O(1), and changing a copy costs the changed path.
class BlameTree {
public:
    /// All is as the initial state has it.
    BlameTree() = default;

    /// Takes in what an event wrote.
    void apply(const WriteTrace& writes, const SettingEventPointer& event);

    /// The event that last set the field; null for the initial state. The field must be there.
    [[nodiscard]] const SettingEventPointer& setterOf(const QList<QByteArray>& tokens) const;

    /// The memory that it holds, in bytes, without what it shares with an earlier one.
    [[nodiscard]] qint64 estimatedBytes(const BlameTree* earlier) const;

private:
    /// What a place and the fields inside of it were set by.
    struct Node {
        SettingEventPointer whole; ///< Wrote it as a whole: fields inside without a node are its.
        SettingEventPointer last; ///< Wrote it, or something inside of it, last.
        QHash<QByteArray, Node> members; ///< By name, or index where `elements` is empty.
        QList<Node> elements; ///< Of a list whose elements moved, all of them.

        [[nodiscard]] const Node* find(const QByteArray& token) const;
        [[nodiscard]] Node childOf(const QByteArray& token) const;
        Node& ensure(const QByteArray& token);
        void spread(qsizetype count);
        void become(const SettingEventPointer& event);
        [[nodiscard]] bool isPlain() const { return members.isEmpty() && elements.isEmpty(); }
    };
    static Node plainNode(const SettingEventPointer& event);
    static Node carry(const Node& node, const JsonValue& old, const JsonValue& now,
        const SettingEventPointer& event, int depth);
    static void remove(Node& parent, const QByteArray& token, bool isElement);
    static qint64 bytesOf(const Node& node, const Node* earlier);

    Node m_root;
};

} // namespace eventloupe
