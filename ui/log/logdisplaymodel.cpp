#include "ui/log/logdisplaymodel.h"

#include "log/logcolumns.h"
#include "time/cursorframe.h"
#include "ui/base/figures.h"
#include "ui/base/icons.h"
#include "ui/base/plaintext.h"
#include "ui/base/swatch.h"
#include "ui/base/theme.h"

#include <QWidget>

#include <algorithm>
#include <utility>

namespace eventloupe {

namespace {

LogColumn columnOf(const QModelIndex& index)
{
    return static_cast<LogColumn>(index.column());
}

/// "2026-03-01 14:03:22": what is finer is in the tool tip and the detail.
constexpr qsizetype timeLength = 19;

QString lossText(EventLoss loss)
{
    return loss == EventLoss::Missing
        ? LogDisplayModel::tr("is not in the log any more")
        : LogDisplayModel::tr("cannot be read: the file is damaged");
}

bool isFigure(LogColumn column)
{
    return column == LogColumn::Position || column == LogColumn::Version;
}

} // namespace

LogDisplayModel::LogDisplayModel(CursorFrame& frame, QObject* parent)
    : QIdentityProxyModel(parent)
    , m_frame(frame)
{
    connect(&frame, &CursorFrame::shown, this, [this] { announceCursor(); });
}

void LogDisplayModel::setLookOf(const QWidget* widget)
{
    m_look = widget;
}

void LogDisplayModel::setNotes(const EventNotes& notes)
{
    m_notes = notes;
    if (rowCount() > 0)
        emit dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
}

EventLoss LogDisplayModel::lossOf(const QModelIndex& index) const
{
    return static_cast<EventLoss>(QIdentityProxyModel::data(index, LossRole).toInt());
}

EventNote LogDisplayModel::noteOf(const QModelIndex& index) const
{
    return m_notes ? m_notes(positionAt(index)) : EventNote();
}

QVariant LogDisplayModel::data(const QModelIndex& index, int role) const
{
    switch (role) {
    case Qt::DisplayRole:
        return text(index);
    case Qt::ToolTipRole:
        return toolTip(index);
    case Qt::DecorationRole:
        return decoration(index);
    case Qt::ForegroundRole:
        return foreground(index);
    case Qt::BackgroundRole:
        if (m_look && positionAt(index) == m_frame.position())
            return inks().colours.cursorGround;
        if (m_look && m_notes && noteOf(index).isOwn)
            return inks().colours.branchGround;
        return {};
    case Qt::TextAlignmentRole:
        return static_cast<int>(
            Qt::AlignVCenter | (isFigure(columnOf(index)) ? Qt::AlignRight : Qt::AlignLeft));
    case Qt::AccessibleTextRole:
        if (columnOf(index) == LogColumn::Position && positionAt(index) == m_frame.position())
            return tr("%1, the cursor").arg(text(index).toString());
        if (columnOf(index) == LogColumn::Type)
            if (const EventLoss loss = lossOf(index); loss != EventLoss::None)
                return tr("lost, %1").arg(lossText(loss));
        if (const auto note = columnOf(index) == LogColumn::Type ? noteOf(index) : EventNote();
            !note.text.isEmpty())
            return tr("%1, %2").arg(text(index).toString(), note.text);
        return text(index);
    default:
        return QIdentityProxyModel::data(index, role);
    }
}

QVariant LogDisplayModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    const auto column = static_cast<LogColumn>(section);
    if (orientation == Qt::Horizontal && role == Qt::TextAlignmentRole)
        return static_cast<int>(
            Qt::AlignVCenter | (isFigure(column) ? Qt::AlignRight : Qt::AlignLeft));
    return QIdentityProxyModel::headerData(section, orientation, role);
}

QVariant LogDisplayModel::text(const QModelIndex& index) const
{
    if (columnOf(index) == LogColumn::Position)
        return countText(positionAt(index));
    const auto own = QIdentityProxyModel::data(index, Qt::DisplayRole).toString();
    if (columnOf(index) == LogColumn::Time)
        return own.left(timeLength);
    const bool tellsLoss
        = columnOf(index) == LogColumn::Type || columnOf(index) == LogColumn::Summary;
    if (tellsLoss && own.isEmpty())
        if (const EventLoss loss = lossOf(index); loss != EventLoss::None)
            return columnOf(index) == LogColumn::Type ? tr("lost") : lossText(loss);
    return visibleText(own);
}

QVariant LogDisplayModel::toolTip(const QModelIndex& index) const
{
    if (const EventLoss loss = lossOf(index); loss != EventLoss::None)
        return plainToolTip(tr("Event %1 %2. Verify… in the File menu names all that is lost, and "
                               "Repair To… there copies what is sound into a new store.")
                                .arg(countText(positionAt(index)), lossText(loss)));
    const auto failure = QIdentityProxyModel::data(index, FailureRole).toString();
    if (!failure.isEmpty())
        return plainToolTip(tr("This event could not be folded: %1").arg(visibleText(failure)));
    if (const auto note = noteOf(index); !note.text.isEmpty())
        return plainToolTip(visibleText(note.text));
    const auto whole = QIdentityProxyModel::data(index, Qt::DisplayRole).toString();
    if (columnOf(index) == LogColumn::Time && !whole.isEmpty()) {
        const Timestamp time { QIdentityProxyModel::data(index, TimeRole).toLongLong() };
        return tr("%1 local, %2").arg(whole, QString::fromUtf8(time.toRfc3339()));
    }
    return plainToolTip(
        columnOf(index) == LogColumn::Position ? text(index).toString() : visibleText(whole));
}

QVariant LogDisplayModel::decoration(const QModelIndex& index) const
{
    if (!m_look)
        return {};
    if (columnOf(index) == LogColumn::Position)
        return positionAt(index) == m_frame.position() ? inks().here : inks().elsewhere;
    if (columnOf(index) == LogColumn::Stream) {
        const auto category = QIdentityProxyModel::data(index, CategoryRole).toString();
        if (category.isEmpty())
            return {};
        const auto colour = categoryColour(category, m_look->palette());
        auto& sign = inks().swatches[colour.rgba()];
        if (sign.isNull())
            sign = swatch(colour, *m_look);
        return sign;
    }
    if (columnOf(index) == LogColumn::Type
        && (!QIdentityProxyModel::data(index, FailureRole).toString().isEmpty()
            || lossOf(index) != EventLoss::None))
        return icon(Symbol::Warning);
    if (const auto note = columnOf(index) == LogColumn::Type ? noteOf(index) : EventNote();
        !note.text.isEmpty())
        return icon(note.isWarning ? Symbol::Warning : Symbol::Branch);
    return {};
}

QVariant LogDisplayModel::foreground(const QModelIndex& index) const
{
    if (!m_look)
        return {};
    const auto& colours = inks().colours;
    if (positionAt(index) > m_frame.position() || lossOf(index) != EventLoss::None)
        return colours.dimmed;
    if (columnOf(index) == LogColumn::Type
        && !QIdentityProxyModel::data(index, FailureRole).toString().isEmpty())
        return colours.error;
    return {};
}

Position LogDisplayModel::positionAt(const QModelIndex& index) const
{
    return QIdentityProxyModel::data(index, PositionRole).toLongLong();
}

LogDisplayModel::Inks& LogDisplayModel::inks() const
{
    const auto& palette = m_look->palette();
    const auto scale = m_look->devicePixelRatioF();
    const int height = m_look->fontMetrics().ascent();
    if (m_inks.palette != palette.cacheKey() || m_inks.scale != scale || m_inks.height != height)
        m_inks = { palette.cacheKey(), scale, height, coloursOf(palette), cursorSign(true, *m_look),
            cursorSign(false, *m_look), {} };
    return m_inks;
}

/// The rows between the cursor's two places are dimmed now, or are not any more.
void LogDisplayModel::announceCursor()
{
    const Position before = std::exchange(m_announced, m_frame.position());
    const auto [low, high] = std::minmax(before, m_announced);
    int first = -1;
    int last = -1;
    for (int row = 0; row < rowCount(); ++row) {
        const Position position = positionAt(index(row, 0));
        if (position < low || position > high)
            continue;
        first = first < 0 ? row : first;
        last = row;
    }
    if (first >= 0)
        emit dataChanged(index(first, 0), index(last, columnCount() - 1));
}

} // namespace eventloupe
