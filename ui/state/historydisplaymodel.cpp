#include "ui/state/historydisplaymodel.h"

#include "state/fieldhistorymodel.h"
#include "ui/base/figures.h"
#include "ui/base/plaintext.h"
#include "ui/base/theme.h"

#include <QFont>
#include <QWidget>

namespace eventloupe {

namespace {

FieldChange changeOf(const QModelIndex& source)
{
    return source.data(HistoryChangeRole).value<FieldChange>();
}

QString signOf(FieldChange change)
{
    switch (change) {
    case FieldChange::Added:
        return QStringLiteral("+ ");
    case FieldChange::Removed:
        return QStringLiteral("− ");
    case FieldChange::Unchanged:
        return QStringLiteral("= ");
    case FieldChange::Changed:
    case FieldChange::ChildChanged:
        break;
    }
    return QStringLiteral("● ");
}

} // namespace

HistoryDisplayModel::HistoryDisplayModel(QObject* parent)
    : QIdentityProxyModel(parent)
{
}

void HistoryDisplayModel::setLookOf(const QWidget* widget)
{
    m_look = widget;
}

QVariant HistoryDisplayModel::data(const QModelIndex& index, int role) const
{
    const auto source = mapToSource(index);
    switch (role) {
    case Qt::DisplayRole:
        return text(source);
    case Qt::ToolTipRole:
        return plainToolTip(toolTip(source));
    case Qt::ForegroundRole:
        return foreground(source);
    case Qt::FontRole: {
        if (!m_look || !source.data(HistoryIsCurrentRole).toBool())
            return {};
        auto font = m_look->font();
        font.setBold(true);
        return font;
    }
    default:
        return QIdentityProxyModel::data(index, role);
    }
}

QString HistoryDisplayModel::text(const QModelIndex& source)
{
    const auto own = visibleText(source.data().toString());
    return static_cast<HistoryColumn>(source.column()) == HistoryColumn::After
        ? signOf(changeOf(source)) + own
        : own;
}

QString HistoryDisplayModel::toolTip(const QModelIndex& source)
{
    QString tip = text(source);
    if (changeOf(source) == FieldChange::Unchanged)
        tip += u'\n' + tr("It was set to the value that it had.");
    const auto position = source.data(HistoryPositionRole);
    if (position.isValid())
        tip += u'\n'
            + tr("Event %1, at %2")
                  .arg(positionText(position.toLongLong()),
                      QString::fromUtf8(source.data(HistoryPlaceRole).toByteArray()));
    return tip;
}

QVariant HistoryDisplayModel::foreground(const QModelIndex& source) const
{
    if (!m_look)
        return {};
    const auto colours = coloursOf(m_look->palette());
    if (source.data(HistoryIsAheadRole).toBool())
        return colours.dimmed;
    if (static_cast<HistoryColumn>(source.column()) != HistoryColumn::After)
        return {};
    switch (changeOf(source)) {
    case FieldChange::Added:
        return colours.added;
    case FieldChange::Removed:
        return colours.removed;
    case FieldChange::Unchanged:
        return {};
    case FieldChange::Changed:
    case FieldChange::ChildChanged:
        break;
    }
    return colours.changed;
}

} // namespace eventloupe
