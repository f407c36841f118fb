#pragma once

#include "expression/value.h"

#include <vector>

namespace eventloupe {

/// A node's number in its tree.
using NodeId = quint32;

enum class NodeKind : quint8 {
    Constant, ///< value
    Name, ///< text
    Select, ///< children[0].text
    Index, ///< children[0][children[1]]
    OptionalSelect, ///< children[0].?text
    OptionalIndex, ///< children[0][?children[1]]
    Call, ///< text(children...)
    MemberCall, ///< children[0].text(children[1...])
    List, ///< [children...]
    Map, ///< {children[0]: children[1], ...}
    SparseList, ///< [?children...], text: a '?' for each element that is optional, else a ' '
    SparseMap, ///< {?children[0]: children[1], ...}, text as above, one character an entry
    Conditional, ///< children[0] ? children[1] : children[2]
    And, ///< All children, from left to right.
    Or,
    Unary, ///< text children[0]
    Binary, ///< children[0] text children[1]
};

struct Node {
    NodeKind kind = NodeKind::Constant;
    quint32 offset = 0; ///< Of the token that best says where, in bytes of the source.
    quint16 depth = 1; ///< Of the tree from here.
    QByteArray text;
    Value value;
    std::vector<NodeId> children;
};

/// An expression as a tree. Nodes lie in one vector, children before parents, so that neither
/// building nor freeing the tree recurses.
struct Ast {
    std::vector<Node> nodes;
    NodeId root = 0;

    [[nodiscard]] const Node& at(NodeId id) const { return nodes[id]; }
    [[nodiscard]] const Node& child(const Node& node, std::size_t index) const
    {
        return nodes[node.children[index]];
    }
};

} // namespace eventloupe
