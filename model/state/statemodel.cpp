#include "state/statemodel.h"

#include "state/statenode.h"
#include "value/event.h"
#include "value/jsonpointer.h"

#include <algorithm>
#include <utility>

namespace eventloupe {

StateModel::StateModel(QObject* parent)
    : StateModel(Rows::OfAll, parent)
{
}

StateModel::StateModel(Rows rows, QObject* parent)
    : QAbstractItemModel(parent)
    , m_rows(rows)
    , m_view(std::make_shared<const StateView>())
{
    rebuild();
}

StateModel::~StateModel() = default;

void StateModel::setView(const std::shared_ptr<const StateView>& view)
{
    const bool isOtherStream = view->stream != m_view->stream;
    const bool isOtherBlame = view->blame || m_view->blame;
    // It outlives what the rows hold of it: its end is of no concern here, see StateLoader.
    const auto old = std::exchange(m_view, view);
    if (isOtherStream) {
        beginResetModel();
        rebuild();
        endResetModel();
        return;
    }
    StateField whole;
    whole.now = &view->now;
    whole.old = &view->before;
    if (m_root->assign(whole))
        updateChildren(*m_root);
    // A value that was set to itself looks the same but for this.
    if (isOtherBlame)
        tellBlame(*m_root);
}

std::unique_ptr<StateNode> StateModel::makeNode(
    StateNode* parent, int row, const StateField& field) const
{
    return std::make_unique<StateNode>(
        parent, row, field, m_rows == Rows::OfAll ? rowsPerLevel : 0);
}

void StateModel::tellBlame(const StateNode& node)
{
    if (node.children.empty())
        return;
    constexpr int column = static_cast<int>(StateColumn::SetBy);
    emit dataChanged(indexOfNode(*node.children.front(), column),
        indexOfNode(*node.children.back(), column), { Qt::DisplayRole });
    for (const auto& child : node.children)
        tellBlame(*child);
}

void StateModel::rebuild()
{
    StateField whole;
    whole.now = &m_view->now;
    whole.old = &m_view->before;
    m_root = makeNode(nullptr, 0, whole);
    m_root->isPopulated = true;
    for (const StateField& field : m_root->fields()) {
        const int row = static_cast<int>(m_root->children.size());
        m_root->children.push_back(makeNode(m_root.get(), row, field));
    }
}

void StateModel::populate(StateNode& node)
{
    if (node.isPopulated)
        return;
    node.isPopulated = true;
    replaceRows(node, node.fields(), 0, 0);
}

/// Brings the rows below a node in line with its values: keeps the rows at the front and at the
/// back that still fit, replaces those between, and tells of changed values.
void StateModel::updateChildren(StateNode& node)
{
    const std::vector<StateField> fields = node.fields();
    const std::size_t common = std::min(fields.size(), node.children.size());
    std::size_t front = 0;
    while (front < common && node.children[front]->fits(fields[front]))
        ++front;
    std::size_t back = 0;
    while (back < common - front
        && node.children[node.children.size() - 1 - back]->fits(fields[fields.size() - 1 - back]))
        ++back;
    replaceRows(node, fields, front, back);

    int first = -1;
    int last = -1;
    std::vector<StateNode*> changed;
    for (std::size_t i = 0; i < fields.size(); ++i) {
        StateNode& child = *node.children[i];
        if (!child.assign(fields[i]))
            continue;
        first = first < 0 ? child.row : first;
        last = child.row;
        if (child.isPopulated)
            changed.push_back(&child);
    }
    if (first >= 0) {
        const int lastColumn = columnCount() - 1;
        emit dataChanged(indexOfNode(*node.children[static_cast<std::size_t>(first)]),
            indexOfNode(*node.children[static_cast<std::size_t>(last)], lastColumn));
    }
    for (StateNode* child : changed)
        updateChildren(*child);
}

void StateModel::replaceRows(
    StateNode& node, const std::vector<StateField>& fields, std::size_t front, std::size_t back)
{
    const QModelIndex parent = indexOfNode(node);
    const auto at = static_cast<std::ptrdiff_t>(front);
    const std::size_t removed = node.children.size() - front - back;
    if (removed > 0) {
        beginRemoveRows(parent, static_cast<int>(front), static_cast<int>(front + removed - 1));
        node.children.erase(node.children.begin() + at,
            node.children.begin() + at + static_cast<std::ptrdiff_t>(removed));
        for (std::size_t i = front; i < node.children.size(); ++i)
            node.children[i]->row = static_cast<int>(i);
        endRemoveRows();
    }
    const std::size_t added = fields.size() - std::min(fields.size(), front + back);
    if (added > 0) {
        beginInsertRows(parent, static_cast<int>(front), static_cast<int>(front + added - 1));
        std::vector<std::unique_ptr<StateNode>> rows;
        for (std::size_t i = front; i < front + added; ++i)
            rows.push_back(makeNode(&node, static_cast<int>(i), fields[i]));
        node.children.insert(node.children.begin() + at, std::make_move_iterator(rows.begin()),
            std::make_move_iterator(rows.end()));
        for (std::size_t i = front + added; i < node.children.size(); ++i)
            node.children[i]->row = static_cast<int>(i);
        endInsertRows();
    }
}

QModelIndex StateModel::indexOf(const QByteArray& pointer)
{
    const auto parsed = JsonPointer::parse(viewOf(pointer));
    if (!parsed)
        return {};
    StateNode* node = m_root.get();
    if (parsed->isRoot()) {
        const bool isWhole
            = !node->children.empty() && node->children.front()->kind == StateField::Kind::Whole;
        return isWhole ? indexOfNode(*node->children.front()) : QModelIndex();
    }
    for (const QByteArray& token : parsed->tokens()) {
        node = childAt(*node, token);
        if (!node)
            return {};
    }
    return indexOfNode(*node);
}

StateNode* StateModel::childAt(StateNode& node, const QByteArray& token)
{
    populate(node);
    // A list may have lost an element where it has another now.
    const auto find = [&]() -> StateNode* {
        StateNode* removed = nullptr;
        for (const auto& child : node.children) {
            if (child->kind != StateField::Kind::Member || child->key != token)
                continue;
            if (child->hasNow)
                return child.get();
            removed = child.get();
        }
        return removed;
    };
    StateNode* child = find();
    const JsonPointer pointer({ token });
    const bool isHidden = !child && !node.children.empty() && node.children.back()->isMore()
        && (pointer.resolve(node.now) || pointer.resolve(node.old));
    if (!isHidden)
        return child;
    node.limit += node.children.back()->hidden;
    updateChildren(node);
    return find();
}

bool StateModel::isMoreRow(const QModelIndex& index) const
{
    return index.isValid() && nodeOf(index)->isMore();
}

void StateModel::showMore(const QModelIndex& index)
{
    if (!isMoreRow(index))
        return;
    StateNode& level = *nodeOf(index)->parent;
    level.limit += rowsPerLevel;
    updateChildren(level);
}

StateNode* StateModel::nodeOf(const QModelIndex& index) const
{
    return index.isValid() ? static_cast<StateNode*>(index.internalPointer()) : m_root.get();
}

QModelIndex StateModel::indexOfNode(const StateNode& node, int column) const
{
    return node.parent ? createIndex(node.row, column, &node) : QModelIndex();
}

QModelIndex StateModel::index(int row, int column, const QModelIndex& parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return indexOfNode(*nodeOf(parent)->children[static_cast<std::size_t>(row)], column);
}

QModelIndex StateModel::parent(const QModelIndex& child) const
{
    return child.isValid() ? indexOfNode(*nodeOf(child)->parent) : QModelIndex();
}

int StateModel::rowCount(const QModelIndex& parent) const
{
    return parent.column() > 0 ? 0 : static_cast<int>(nodeOf(parent)->children.size());
}

int StateModel::columnCount(const QModelIndex&) const
{
    return static_cast<int>(StateColumn::COUNT);
}

bool StateModel::hasChildren(const QModelIndex& parent) const
{
    if (!parent.isValid())
        return !m_root->children.empty();
    return parent.column() == 0 && nodeOf(parent)->hasFields();
}

bool StateModel::canFetchMore(const QModelIndex& parent) const
{
    return parent.column() <= 0 && !nodeOf(parent)->isPopulated && nodeOf(parent)->hasFields();
}

void StateModel::fetchMore(const QModelIndex& parent)
{
    if (canFetchMore(parent))
        populate(*nodeOf(parent));
}

} // namespace eventloupe
