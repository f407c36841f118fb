#include "ui/exchange/previewmodel.h"

#include "ui/base/plaintext.h"

namespace eventloupe {

namespace {

/// What a cell shows of a text; a payload may be megabytes long.
QString shortened(const QString& text)
{
    constexpr qsizetype longest = 300;
    return visibleText(text.size() > longest ? text.left(longest) + QStringLiteral("…") : text);
}

QString textOf(const Event& event, int column)
{
    switch (column) {
    case PreviewModel::Stream:
        return event.stream;
    case PreviewModel::Type:
        return event.type;
    case PreviewModel::Time:
        return QString::fromUtf8(event.time.toRfc3339());
    case PreviewModel::Id:
        return event.id.isEmpty() ? PreviewModel::tr("(made)") : event.id;
    case PreviewModel::Data:
        return QString::fromUtf8(event.data.left(2000));
    default:
        return QString::fromUtf8(event.metadata.left(2000));
    }
}

} // namespace

PreviewModel::PreviewModel(QObject* parent)
    : QAbstractTableModel(parent)
{
}

void PreviewModel::setEvents(QList<Event> events)
{
    beginResetModel();
    m_events = std::move(events);
    endResetModel();
}

int PreviewModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_events.size());
}

int PreviewModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : COUNT;
}

QVariant PreviewModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || !checkIndex(index))
        return {};
    const QString text = textOf(m_events.at(index.row()), index.column());
    if (role == Qt::DisplayRole)
        return shortened(text);
    if (role == Qt::ToolTipRole)
        return plainToolTip(text.left(2000));
    return {};
}

QVariant PreviewModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (role != Qt::DisplayRole)
        return {};
    if (orientation == Qt::Vertical)
        return section + 1;
    switch (section) {
    case Stream:
        return tr("stream");
    case Type:
        return tr("type");
    case Time:
        return tr("time (UTC)");
    case Id:
        return tr("id");
    case Data:
        return tr("data");
    case Metadata:
        return tr("metadata");
    default:
        return {};
    }
}

} // namespace eventloupe
