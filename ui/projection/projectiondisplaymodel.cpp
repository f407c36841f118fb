#include "ui/projection/projectiondisplaymodel.h"

#include "projection/projectionmodel.h"
#include "ui/base/figures.h"
#include "ui/base/icons.h"
#include "ui/base/plaintext.h"
#include "ui/base/theme.h"

#include <QWidget>

namespace eventloupe {

ProjectionDisplayModel::ProjectionDisplayModel(QObject* parent)
    : QIdentityProxyModel(parent)
{
}

void ProjectionDisplayModel::setLookOf(const QWidget* widget)
{
    m_look = widget;
}

QVariant ProjectionDisplayModel::data(const QModelIndex& index, int role) const
{
    const auto own = [&](int asked) { return QIdentityProxyModel::data(index, asked); };
    const QString failure = own(RowFailureRole).toString();
    switch (role) {
    case Qt::DisplayRole:
        return visibleText(own(Qt::DisplayRole).toString());
    case Qt::TextAlignmentRole:
        return static_cast<int>(
            Qt::AlignVCenter | (own(IsNumberRole).toBool() ? Qt::AlignRight : Qt::AlignLeft));
    case Qt::DecorationRole:
        return index.column() == 0 && !failure.isEmpty() ? QVariant(icon(Symbol::Warning))
                                                         : QVariant();
    case Qt::ForegroundRole:
        return m_look && !failure.isEmpty() ? QVariant(coloursOf(m_look->palette()).error)
                                            : QVariant();
    case Qt::ToolTipRole: {
        if (!failure.isEmpty())
            return plainToolTip(visibleText(failure));
        const auto text = visibleText(own(Qt::EditRole).toString());
        return plainToolTip(tr("%1\nChanged last by %2")
                                .arg(text, positionText(own(RowPositionRole).toLongLong())));
    }
    default:
        return own(role);
    }
}

QVariant ProjectionDisplayModel::headerData(
    int section, Qt::Orientation orientation, int role) const
{
    const auto own
        = [&](int asked) { return QIdentityProxyModel::headerData(section, orientation, asked); };
    if (orientation == Qt::Horizontal && role == Qt::DisplayRole)
        return visibleText(own(role).toString());
    if (orientation == Qt::Horizontal && role == Qt::TextAlignmentRole)
        return static_cast<int>(
            Qt::AlignVCenter | (own(IsNumberRole).toBool() ? Qt::AlignRight : Qt::AlignLeft));
    return own(role);
}

} // namespace eventloupe
