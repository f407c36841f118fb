#include "causation/causationmodel.h"

namespace eventloupe {

using Kind = CausationTree::Kind;

CausationModel::CausationModel(QObject* parent)
    : QAbstractItemModel(parent)
    , m_tree(CausationTree::of({}))
{
}

void CausationModel::setTree(const std::shared_ptr<const CausationTree>& tree)
{
    if (tree == m_tree)
        return;
    beginResetModel();
    m_tree = tree;
    endResetModel();
}

QModelIndex CausationModel::indexOf(int node) const
{
    return createIndex(m_tree->nodes()[std::size_t(node)].row, 0, quintptr(node));
}

QModelIndex CausationModel::indexAt(Position position) const
{
    const int node = m_tree->nodeAt(position);
    return node < 0 ? QModelIndex() : indexOf(node);
}

QModelIndex CausationModel::index(int row, int column, const QModelIndex& parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    const auto& siblings
        = parent.isValid() ? m_tree->nodes()[parent.internalId()].children : m_tree->roots();
    return createIndex(row, column, quintptr(siblings[std::size_t(row)]));
}

QModelIndex CausationModel::parent(const QModelIndex& child) const
{
    if (!child.isValid())
        return {};
    const int parent = m_tree->nodes()[child.internalId()].parent;
    return parent < 0 ? QModelIndex() : indexOf(parent);
}

int CausationModel::rowCount(const QModelIndex& parent) const
{
    if (!parent.isValid())
        return int(m_tree->roots().size());
    return parent.column() > 0 ? 0
                               : int(m_tree->nodes()[parent.internalId()].children.size());
}

int CausationModel::columnCount(const QModelIndex&) const
{
    return int(CausationColumn::COUNT);
}

QVariant CausationModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const auto node = int(index.internalId());
    const auto& at = m_tree->nodes()[index.internalId()];
    const auto* event = m_tree->eventOf(node);
    switch (role) {
    case Qt::DisplayRole:
        if (event && index.column() == int(CausationColumn::Place))
            return event->position;
        return text(node, CausationColumn(index.column()));
    case Qt::ToolTipRole:
    case Qt::AccessibleDescriptionRole:
        return tip(node);
    case Qt::TextAlignmentRole:
        return int(Qt::AlignVCenter
            | (index.column() >= int(CausationColumn::Offset) ? Qt::AlignRight : Qt::AlignLeft));
    case CausationPositionRole:
        return event ? event->position : 0;
    case CausationKindRole:
        return int(at.kind);
    case CausationIdRole:
        return QString::fromUtf8(event ? event->id : at.id);
    case CausationCycleRole:
        return at.isCycle;
    default:
        return {};
    }
}

QString CausationModel::text(int node, CausationColumn column) const
{
    const auto& at = m_tree->nodes()[std::size_t(node)];
    const auto* event = m_tree->eventOf(node);
    const auto* effect = m_tree->firstEffect(node);
    switch (column) {
    case CausationColumn::What:
        if (event)
            return event->type;
        return at.kind == Kind::Command && effect
            ? tr("command %1").arg(QString::fromUtf8(effect->ids.command))
            : tr("not in this log: %1").arg(QString::fromUtf8(at.id));
    case CausationColumn::Stream:
        if (event)
            return tr("%1 v%2").arg(event->stream).arg(event->version);
        return at.kind == Kind::Command && effect && !effect->ids.actor.isEmpty()
            ? tr("by %1").arg(QString::fromUtf8(effect->ids.actor))
            : QString();
    case CausationColumn::Offset:
        return event ? offsetText(event->time.microseconds - m_tree->begin().microseconds)
                     : QString();
    case CausationColumn::Place:
    case CausationColumn::COUNT:
        break;
    }
    return {};
}

QString CausationModel::tip(int node) const
{
    const auto& at = m_tree->nodes()[std::size_t(node)];
    if (at.isCycle)
        return tr("This event is caused by one of its own effects: a circle, cut here.");
    switch (at.kind) {
    case Kind::Event:
        return tr("%1 in %2, %3")
            .arg(m_tree->eventOf(node)->type, text(node, CausationColumn::Stream),
                QString::fromUtf8(m_tree->eventOf(node)->time.toRfc3339()));
    case Kind::Command:
        return tr("The command %1 (%2), known by the metadata of its events.")
            .arg(QString::fromUtf8(m_tree->firstEffect(node)->ids.command),
                QString::fromUtf8(at.id));
    case Kind::Unknown:
        break;
    }
    return tr("%1 is named as the cause, but no event of this log has the id: a command, or an "
              "event that is kept elsewhere.")
        .arg(QString::fromUtf8(at.id));
}

QVariant CausationModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole && section >= int(CausationColumn::Offset))
        return int(Qt::AlignRight | Qt::AlignVCenter);
    if (role == Qt::ToolTipRole && section == int(CausationColumn::Offset))
        return tr("Time since the first of these events");
    if (role != Qt::DisplayRole)
        return {};
    switch (CausationColumn(section)) {
    case CausationColumn::What:
        return tr("Event");
    case CausationColumn::Stream:
        return tr("Stream");
    case CausationColumn::Offset:
        return tr("After");
    case CausationColumn::Place:
        return tr("Position");
    case CausationColumn::COUNT:
        break;
    }
    return {};
}

} // namespace eventloupe
