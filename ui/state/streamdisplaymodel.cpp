#include "ui/state/streamdisplaymodel.h"

#include "state/statecolumns.h"
#include "ui/base/figures.h"
#include "ui/base/plaintext.h"
#include "ui/base/swatch.h"
#include "ui/base/theme.h"

#include <QFont>
#include <QWidget>

namespace eventloupe {

namespace {

StreamColumn columnOf(const QModelIndex& index)
{
    return static_cast<StreamColumn>(index.column());
}

} // namespace

StreamDisplayModel::StreamDisplayModel(QObject* parent)
    : QIdentityProxyModel(parent)
{
}

void StreamDisplayModel::setLookOf(const QWidget* widget)
{
    m_look = widget;
}

void StreamDisplayModel::setFlat(bool flat)
{
    m_flat = flat;
}

QVariant StreamDisplayModel::data(const QModelIndex& index, int role) const
{
    switch (role) {
    case Qt::DisplayRole:
        return text(index);
    case Qt::FontRole:
        return font(index);
    case Qt::ToolTipRole:
        return toolTip(index);
    case Qt::ForegroundRole:
        return m_look && isGone(index) ? QVariant(coloursOf(m_look->palette()).dimmed) : QVariant();
    case Qt::DecorationRole:
        if (m_look && columnOf(index) == StreamColumn::Name && isHeader(index)) {
            const auto category = QIdentityProxyModel::data(index, StreamCategoryRole).toString();
            return swatch(categoryColour(category, m_look->palette()), *m_look);
        }
        return {};
    case Qt::TextAlignmentRole:
        return static_cast<int>(Qt::AlignVCenter
            | (columnOf(index) == StreamColumn::Version ? Qt::AlignRight : Qt::AlignLeft));
    default:
        return QIdentityProxyModel::data(index, role);
    }
}

QVariant StreamDisplayModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Horizontal && role == Qt::TextAlignmentRole
        && section == static_cast<int>(StreamColumn::Version))
        return static_cast<int>(Qt::AlignVCenter | Qt::AlignRight);
    return QIdentityProxyModel::headerData(section, orientation, role);
}

bool StreamDisplayModel::isHeader(const QModelIndex& index) const
{
    return QIdentityProxyModel::data(index, IsCategoryRole).toBool();
}

bool StreamDisplayModel::isGone(const QModelIndex& index) const
{
    const auto exists = QIdentityProxyModel::data(index, ExistsRole);
    return !isHeader(index) && exists.isValid() && !exists.toBool();
}

QString StreamDisplayModel::headerText(const QModelIndex& index) const
{
    const bool expanded = QIdentityProxyModel::data(index, IsExpandedRole).toBool();
    const auto name = QIdentityProxyModel::data(index, StreamCategoryRole).toString();
    return (expanded ? QStringLiteral("▾ ") : QStringLiteral("▸ ")) + visibleText(name);
}

QVariant StreamDisplayModel::text(const QModelIndex& index) const
{
    switch (columnOf(index)) {
    case StreamColumn::Name: {
        if (isHeader(index))
            return headerText(index);
        const auto name = visibleText(QIdentityProxyModel::data(index, Qt::DisplayRole).toString());
        return m_flat ? name : QStringLiteral("      ") + name;
    }
    case StreamColumn::Version: {
        if (isHeader(index))
            return countText(QIdentityProxyModel::data(index, CategoryCountRole).toLongLong());
        const auto version = QIdentityProxyModel::data(index, StreamVersionRole);
        return version.toLongLong() > 0 ? tr("v%1").arg(countText(version.toLongLong()))
                                        : QString();
    }
    default:
        return visibleText(QIdentityProxyModel::data(index, Qt::DisplayRole).toString());
    }
}

QVariant StreamDisplayModel::font(const QModelIndex& index) const
{
    if (!m_look)
        return {};
    auto font = m_look->font();
    if (isHeader(index))
        font.setBold(columnOf(index) == StreamColumn::Name);
    else if (isGone(index))
        font.setStrikeOut(columnOf(index) == StreamColumn::Name);
    else
        return {};
    return font;
}

QVariant StreamDisplayModel::toolTip(const QModelIndex& index) const
{
    if (isHeader(index)) {
        const auto streams = QIdentityProxyModel::data(index, CategoryCountRole).toLongLong();
        return plainToolTip(streams == 1
                ? tr("1 stream of this category exists at the cursor")
                : tr("%1 streams of this category exist at the cursor").arg(countText(streams)));
    }
    const auto name = QIdentityProxyModel::data(index, StreamNameRole).toString();
    if (isGone(index))
        return plainToolTip(tr("%1 was deleted").arg(visibleText(name)));
    const auto cell = visibleText(QIdentityProxyModel::data(index, Qt::DisplayRole).toString());
    return plainToolTip(columnOf(index) == StreamColumn::Headline ? cell : visibleText(name));
}

} // namespace eventloupe
