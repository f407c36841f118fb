#include "ui/foreign/previewtable.h"

#include "mask/masked.h"
#include "ui/base/plaintext.h"
#include "ui/foreign/mappingproblems.h"

namespace eventloupe {

void PreviewTable::setEvents(QList<Event> events, const StoreProfile& mapping)
{
    beginResetModel();
    m_events = std::move(events);
    m_mapping = mapping;
    endResetModel();
}

int PreviewTable::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_events.size());
}

int PreviewTable::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : COUNT;
}

QString PreviewTable::textOf(const Event& event, int column) const
{
    constexpr qsizetype longest = 2000;
    const QByteArray& payload = column == Data ? event.data : event.metadata;
    if (m_isMasked && (column == Data || column == Metadata))
        return payload.isEmpty() || payload == "{}" ? QString::fromUtf8(payload) : maskSignText();
    switch (column) {
    case Stream:
        return event.stream;
    case Version:
        return m_mapping.version.isGiven() ? QString::number(event.version) : tr("counted");
    case Type:
        return event.type;
    case Time:
        return event.time == Timestamp() ? QString() : QString::fromUtf8(event.time.toRfc3339());
    case Data:
    case Metadata:
        return QString::fromUtf8(payload.left(longest));
    default:
        return event.id;
    }
}

bool PreviewTable::isWrong(const Event& event, int column) const
{
    switch (column) {
    case Stream:
        return isProblem(event, MappingPart::Stream, m_mapping);
    case Type:
        return isProblem(event, MappingPart::Type, m_mapping);
    case Time:
        return isProblem(event, MappingPart::Time, m_mapping);
    case Data:
        return isProblem(event, MappingPart::Data, m_mapping);
    case Metadata:
        return isProblem(event, MappingPart::Metadata, m_mapping);
    default:
        return false;
    }
}

QVariant PreviewTable::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || !checkIndex(index))
        return {};
    const Event& event = m_events.at(index.row());
    const QString text = visibleText(textOf(event, index.column()));
    constexpr qsizetype longest = 300;
    if (role == Qt::DisplayRole) {
        const QString shown = text.size() > longest ? text.left(longest) + u'…' : text;
        return isWrong(event, index.column()) ? QStringLiteral("⚠ ") + shown : shown;
    }
    if (role == Qt::ToolTipRole)
        return plainToolTip(text);
    return {};
}

QVariant PreviewTable::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (role != Qt::DisplayRole)
        return {};
    if (orientation == Qt::Vertical)
        return section + 1;
    switch (section) {
    case Stream:
        return tr("stream");
    case Version:
        return tr("version");
    case Type:
        return tr("type");
    case Time:
        return tr("time (UTC)");
    case Data:
        return tr("data");
    case Metadata:
        return tr("metadata");
    default:
        return tr("id");
    }
}

} // namespace eventloupe
