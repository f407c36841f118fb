#include "ui/state/statedisplaymodel.h"

#include "state/statecolumns.h"
#include "ui/base/figures.h"
#include "ui/base/plaintext.h"
#include "ui/base/theme.h"
#include "value/timestamp.h"

#include <QFont>
#include <QWidget>

namespace eventloupe {

namespace {

FieldChange changeOf(const QModelIndex& source)
{
    const auto role = source.data(FieldChangeRole);
    return role.canConvert<FieldChange>() ? role.value<FieldChange>()
                                          : static_cast<FieldChange>(role.toInt());
}

QString signOf(FieldChange change)
{
    switch (change) {
    case FieldChange::Added:
        return QStringLiteral("+ ");
    case FieldChange::Removed:
        return QStringLiteral("− ");
    case FieldChange::Changed:
        return QStringLiteral("● ");
    case FieldChange::ChildChanged:
        return QStringLiteral("… ");
    case FieldChange::Unchanged:
        break;
    }
    return {};
}

} // namespace

StateDisplayModel::StateDisplayModel(QObject* parent)
    : QIdentityProxyModel(parent)
{
}

void StateDisplayModel::setLookOf(const QWidget* widget)
{
    m_look = widget;
}

QVariant StateDisplayModel::data(const QModelIndex& index, int role) const
{
    switch (role) {
    case Qt::DisplayRole:
        return text(index);
    case Qt::ForegroundRole:
        return foreground(index);
    case Qt::FontRole:
        return font(index);
    case Qt::ToolTipRole:
        return plainToolTip(toolTip(index));
    default:
        return QIdentityProxyModel::data(index, role);
    }
}

QString StateDisplayModel::text(const QModelIndex& index) const
{
    const auto source = mapToSource(index);
    const auto own = visibleText(source.data().toString());
    if (static_cast<StateColumn>(index.column()) == StateColumn::Change)
        return signOf(changeOf(source)) + own;
    return own;
}

QString StateDisplayModel::toolTip(const QModelIndex& index) const
{
    const auto own = text(index);
    const auto position = index.data(SetterPositionRole);
    if (static_cast<StateColumn>(index.column()) != StateColumn::SetBy || !position.isValid())
        return own;
    const auto time = Timestamp { index.data(SetterTimeRole).toLongLong() }.toLocalText();
    return own + u'\n'
        + tr("Event %1, %2. Click to go there.").arg(positionText(position.toLongLong()), time);
}

QVariant StateDisplayModel::foreground(const QModelIndex& index) const
{
    if (!m_look)
        return {};
    if (static_cast<StateColumn>(index.column()) == StateColumn::SetBy)
        return index.data(SetterPositionRole).isValid() ? QVariant(m_look->palette().link().color())
                                                        : QVariant();
    const auto colours = coloursOf(m_look->palette());
    switch (changeOf(mapToSource(index))) {
    case FieldChange::Added:
        return colours.added;
    case FieldChange::Removed:
        return colours.removed;
    case FieldChange::Changed:
        return colours.changed;
    case FieldChange::ChildChanged:
        return static_cast<StateColumn>(index.column()) == StateColumn::Change
            ? QVariant(colours.changed)
            : QVariant();
    case FieldChange::Unchanged:
        break;
    }
    return {};
}

QVariant StateDisplayModel::font(const QModelIndex& index) const
{
    const auto column = static_cast<StateColumn>(index.column());
    if (!m_look || column == StateColumn::Change || column == StateColumn::SetBy)
        return {};
    const auto change = changeOf(mapToSource(index));
    auto font = m_look->font();
    if (change == FieldChange::Removed)
        font.setStrikeOut(true);
    else if (change == FieldChange::Added || change == FieldChange::Changed)
        font.setBold(true);
    else
        return {};
    return font;
}

} // namespace eventloupe
