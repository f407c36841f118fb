#include "domain/blametree.h"

#include "diff/listalignment.h"

#include <algorithm>

namespace eventloupe {

namespace {

/// Values may be nested deeper than a stack is: further down all is set by the rule's event.
constexpr int deepestCarried = 250;

} // namespace

const BlameTree::Node* BlameTree::Node::find(const QByteArray& token) const
{
    if (elements.isEmpty()) {
        const auto found = members.constFind(token);
        return found == members.cend() ? nullptr : &*found;
    }
    const qsizetype index = token.toLongLong();
    return index >= 0 && index < elements.size() ? &elements.at(index) : nullptr;
}

/// The child's node, or one that says what this does.
BlameTree::Node BlameTree::Node::childOf(const QByteArray& token) const
{
    const Node* child = find(token);
    return child ? *child : plainNode(whole);
}

BlameTree::Node& BlameTree::Node::ensure(const QByteArray& token)
{
    if (!elements.isEmpty()) {
        const qsizetype index = token.toLongLong();
        spread(index + 1);
        return elements[index];
    }
    const auto found = members.find(token);
    return found != members.end() ? *found : *members.insert(token, plainNode(whole));
}

/// Gives at least so many elements a node each.
void BlameTree::Node::spread(qsizetype count)
{
    for (auto member = members.cbegin(); member != members.cend(); ++member)
        count = std::max<qsizetype>(count, member.key().toLongLong() + 1);
    while (elements.size() < count)
        elements.append(plainNode(whole));
    for (auto member = members.cbegin(); member != members.cend(); ++member)
        elements[member.key().toLongLong()] = *member;
    members.clear();
}

void BlameTree::Node::become(const SettingEventPointer& event)
{
    whole = event;
    last = event;
    if (!isPlain()) {
        members.clear();
        elements.clear();
    }
}

BlameTree::Node BlameTree::plainNode(const SettingEventPointer& event)
{
    Node node;
    node.whole = event;
    node.last = event;
    return node;
}

/// What a rule that reads the state wrote over an old value.
BlameTree::Node BlameTree::carry(const Node& node, const JsonValue& old, const JsonValue& now,
    const SettingEventPointer& event, int depth)
{
    Node written = plainNode(event);
    if (depth == deepestCarried || old.type() != now.type())
        return written;
    for (const JsonValue::Member& member : now.members()) {
        const JsonValue* before = old.find(viewOf(member.key));
        if (!before || (!before->isArray() && !before->isObject()))
            continue;
        auto child = carry(node.childOf(member.key), *before, member.value, event, depth + 1);
        if (!child.isPlain())
            written.members.emplace(member.key, std::move(child));
    }
    const auto carried = carriedElements(old.elements(), now.elements());
    if (std::all_of(carried.begin(), carried.end(), [](qsizetype from) { return from < 0; }))
        return written;
    written.elements.reserve(static_cast<qsizetype>(carried.size()));
    for (const qsizetype from : carried)
        written.elements.append(
            from < 0 ? plainNode(event) : node.childOf(QByteArray::number(from)));
    return written;
}

void BlameTree::remove(Node& parent, const QByteArray& token, bool isElement)
{
    if (!isElement) {
        parent.members.remove(token);
        return;
    }
    const qsizetype index = token.toLongLong();
    if (parent.isPlain())
        return; // All elements are of one event, whichever goes.
    parent.spread(index + 1);
    parent.elements.removeAt(index);
}

void BlameTree::apply(const WriteTrace& writes, const SettingEventPointer& event)
{
    if (!writes.empty())
        m_root.last = event;
    for (const StateWrite& write : writes) {
        const auto& tokens = write.place.tokens();
        Node* node = &m_root;
        const qsizetype above = write.kind == StateWrite::Kind::Remove ? tokens.size() - 1
                                                                       : tokens.size();
        for (qsizetype i = 0; i < above; ++i) {
            node = &node->ensure(tokens.at(i));
            if (node->last != event)
                node->last = event;
        }
        if (write.kind == StateWrite::Kind::Remove)
            remove(*node, tokens.constLast(), write.isElement);
        else if (write.readsState)
            *node = carry(*node, write.old, write.value, event, 0);
        else
            node->become(event);
    }
}

const SettingEventPointer& BlameTree::setterOf(const QList<QByteArray>& tokens) const
{
    const Node* node = &m_root;
    for (const QByteArray& token : tokens) {
        const Node* child = node->find(token);
        if (!child)
            return node->whole;
        node = child;
    }
    return node->last;
}

qint64 BlameTree::bytesOf(const Node& node, const Node* earlier)
{
    constexpr qint64 bytesPerEvent = 120; // With its type's text; a few fields share it.
    qint64 bytes = earlier && earlier->last == node.last ? 0 : bytesPerEvent;
    if (!node.members.isEmpty() && !(earlier && node.members.isSharedWith(earlier->members)))
        for (auto member = node.members.cbegin(); member != node.members.cend(); ++member)
            bytes += static_cast<qint64>(sizeof(Node)) + 40
                + bytesOf(*member, earlier ? earlier->find(member.key()) : nullptr);
    if (!node.elements.isEmpty() && !(earlier && node.elements.isSharedWith(earlier->elements)))
        for (const Node& element : node.elements)
            bytes += static_cast<qint64>(sizeof(Node)) + bytesOf(element, nullptr);
    return bytes;
}

qint64 BlameTree::estimatedBytes(const BlameTree* earlier) const
{
    return bytesOf(m_root, earlier ? &earlier->m_root : nullptr);
}

} // namespace eventloupe
