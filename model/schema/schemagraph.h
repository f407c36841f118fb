#pragma once

#include "schema/keyword.h"
#include "schema/schemadocuments.h"

#include <QHash>

#include <deque>

namespace eventloupe {

/// A compiled schema: its documents and all nodes, which refer to each other. Immutable once
/// compiled, and usable from several threads then.
struct SchemaGraph {
    SchemaDocuments documents;
    std::deque<SchemaNode> nodes;
    /// By resource and name of the `$dynamicAnchor`.
    QHash<std::pair<int, QByteArray>, const SchemaNode*> dynamicNodes;
    const SchemaNode* root = nullptr;
    /// Some keyword asks what its neighbours have evaluated.
    bool tracksEvaluated = false;

    [[nodiscard]] const SchemaNode* dynamicNode(int resource, const QByteArray& anchor) const
    {
        return dynamicNodes.value({ resource, anchor });
    }
};

} // namespace eventloupe
