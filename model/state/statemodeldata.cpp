// StateModel: what its cells say.

#include "state/statemodel.h"
#include "state/statenode.h"
#include "state/valuetext.h"

namespace eventloupe {

namespace {

constexpr int changeTextLength = 100;

/// Null where it is not known.
QString setterText(const SettingEventPointer* setter)
{
    if (!setter)
        return {};
    if (!*setter)
        return StateModel::tr("initial state");
    return StateModel::tr("v%1 %2").arg((*setter)->version).arg(
        oneLineText((*setter)->type.toUtf8(), changeTextLength));
}

} // namespace

QVariant StateModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || !checkIndex(index))
        return {};
    const StateNode& node = *nodeOf(index);
    switch (role) {
    case Qt::DisplayRole:
        return textOf(node, static_cast<StateColumn>(index.column()));
    case FieldChangeRole:
        return QVariant::fromValue(node.change);
    case PointerRole:
        return node.hasPointer() ? QVariant(node.pointer()) : QVariant();
    case ValueRole:
        return node.hasNow ? QVariant::fromValue(node.now) : QVariant();
    case OldValueRole:
        return node.hasOld ? QVariant::fromValue(node.old) : QVariant();
    case JsonRole:
        return node.hasNow ? node.now.toJson() : QByteArray();
    case OldJsonRole:
        return node.hasOld ? node.old.toJson() : QByteArray();
    case SetterPositionRole:
    case SetterVersionRole:
    case SetterTypeRole:
    case SetterTimeRole:
        return setterData(node, role);
    default:
        return {};
    }
}

QVariant StateModel::textOf(const StateNode& node, StateColumn column) const
{
    if (node.isMore() && column != StateColumn::Field)
        return {};
    if (node.isMore())
        return m_rows == Rows::OfChanges && node.change == FieldChange::Unchanged
            ? tr("\u2026 %n unchanged", nullptr, static_cast<int>(node.hidden))
            : tr("\u2026 %n more", nullptr, static_cast<int>(node.hidden));
    switch (column) {
    case StateColumn::Field:
        return node.kind == StateField::Kind::Whole ? tr("(the state)") : oneLineText(node.key);
    case StateColumn::Value:
        return oneLineText(node.shown());
    case StateColumn::Change:
        switch (node.change) {
        case FieldChange::Unchanged:
            return {};
        case FieldChange::Added:
            return tr("added");
        case FieldChange::Removed:
            return tr("removed");
        case FieldChange::Changed:
            return tr("was %1").arg(oneLineText(node.old, changeTextLength));
        case FieldChange::ChildChanged:
            return tr("changed inside");
        }
        return {};
    case StateColumn::SetBy:
        return setterText(setterOf(node));
    case StateColumn::COUNT:
        break;
    }
    return {};
}

/// Null where it is not known.
const SettingEventPointer* StateModel::setterOf(const StateNode& node) const
{
    if (!m_view->blame || !node.hasPointer() || (!node.hasNow && !m_view->isStep))
        return nullptr;
    // What is not there any more was removed from what is.
    const StateNode* field = &node;
    while (field->parent && !field->hasNow)
        field = field->parent;
    return &m_view->blame->setterOf(field->tokens());
}

QVariant StateModel::setterData(const StateNode& node, int role) const
{
    const SettingEventPointer* setter = setterOf(node);
    if (!setter)
        return {};
    if (role == SetterVersionRole)
        return *setter ? (*setter)->version : StreamVersion(0);
    if (!*setter)
        return {};
    if (role == SetterPositionRole)
        return (*setter)->position;
    return role == SetterTypeRole ? QVariant((*setter)->type)
                                  : QVariant((*setter)->time.microseconds);
}

QVariant StateModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (static_cast<StateColumn>(section)) {
    case StateColumn::Field:
        return tr("Field");
    case StateColumn::Value:
        return tr("Value");
    case StateColumn::Change:
        return tr("Change");
    case StateColumn::SetBy:
        return tr("Set by");
    case StateColumn::COUNT:
        break;
    }
    return {};
}

} // namespace eventloupe
