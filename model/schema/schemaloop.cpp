// Schemas that refer to themselves without going into the value.
#include "schema/schemacompiler.h"

#include <algorithm>

namespace eventloupe {

namespace {

struct Open {
    const SchemaNode* node;
    std::size_t next; ///< Of the schemas that it puts to the same value.
};

/// The schemas of the circle that ends at `target`, with their references in front.
std::vector<const SchemaNode*> circleOf(const std::vector<Open>& way, const SchemaNode* target)
{
    std::vector<const SchemaNode*> circle;
    for (auto step = way.rbegin(); step != way.rend(); ++step) {
        circle.push_back(step->node);
        if (step->node == target)
            break;
    }
    std::stable_partition(circle.begin(), circle.end(),
        [](const SchemaNode* node) { return node->source().find("$ref") != nullptr; });
    return circle;
}

} // namespace

void SchemaCompiler::findEndlessReference()
{
    std::unordered_map<const SchemaNode*, bool> seen; // true: on the way that is open
    for (const SchemaNode& start : m_graph->nodes) {
        std::vector<Open> way;
        if (seen.try_emplace(&start, true).second)
            way.push_back({ &start, 0 });
        while (!way.empty()) {
            Open& top = way.back();
            const auto& targets = m_inPlace[top.node];
            if (top.next == targets.size()) {
                seen[top.node] = false;
                way.pop_back();
                continue;
            }
            const SchemaNode* target = targets[top.next++];
            const auto [known, isNew] = seen.try_emplace(target, true);
            if (isNew) {
                way.push_back({ target, 0 });
            } else if (known->second) {
                failEndless(*circleOf(way, target).front());
                return;
            }
        }
    }
}

void SchemaCompiler::failEndless(const SchemaNode& node)
{
    m_place = m_graph->documents.tokensOf(node.source());
    m_node = m_nodes.at(&node.source());
    const bool refers = node.source().find("$ref") != nullptr;
    fail(SchemaText::tr("refers to itself without going into the value, which would never end; "
                        "let it refer to itself from below \"properties\" or \"items\" only"),
        refers ? QList<QByteArray> { "$ref" } : QList<QByteArray>());
}

} // namespace eventloupe
