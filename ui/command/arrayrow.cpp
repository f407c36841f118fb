#include "ui/command/arrayrow.h"

#include "ui/base/plaintext.h"
#include "ui/command/fieldcell.h"

#include <QHBoxLayout>
#include <QToolButton>

namespace eventloupe {

ArrayRow::ArrayRow(const FieldSpec& spec, QWidget* parent)
    : QWidget(parent)
    , m_number(new PlainLabel(this))
    , m_cell(new FieldCell(spec, FieldCell::Caption::Hidden, this))
    , m_up(makeButton(QString(), tr("Move up (Ctrl+Shift+Up)")))
    , m_down(makeButton(QString(), tr("Move down (Ctrl+Shift+Down)")))
    , m_remove(makeButton(tr("Remove"), tr("Remove this row (Ctrl+Shift+Delete)")))
{
    m_up->setArrowType(Qt::UpArrow);
    m_down->setArrowType(Qt::DownArrow);
    auto* line = new QHBoxLayout(this);
    line->setContentsMargins({});
    line->setSpacing(4);
    makeFaint(*m_number);
    m_number->setAlignment(Qt::AlignRight | Qt::AlignTop);
    m_number->setMinimumWidth(fontMetrics().horizontalAdvance(u"99"_qs));
    line->addWidget(m_number, 0, Qt::AlignTop);
    line->addWidget(m_cell, 1);
    for (auto* button : { m_up, m_down, m_remove })
        line->addWidget(button, 0, Qt::AlignTop);
    connect(m_up, &QToolButton::clicked, this, [this] { emit moveAsked(-1); });
    connect(m_down, &QToolButton::clicked, this, [this] { emit moveAsked(1); });
    connect(m_remove, &QToolButton::clicked, this, [this] { emit removeAsked(); });
}

QToolButton* ArrayRow::makeButton(const QString& text, const QString& keys)
{
    auto* button = new QToolButton(this);
    button->setText(text);
    button->setToolTip(plainToolTip(keys));
    return button;
}

void ArrayRow::setPosition(const FieldSpec& list, qsizetype row, qsizetype count)
{
    const auto& title = list.title;
    const auto element = row + list.firstRow;
    m_cell->editor().setPlace(childPlace(list.place, QByteArray::number(element)));
    m_cell->rename();
    m_number->setText(QString::number(element + 1));
    m_up->setEnabled(row > 0);
    m_down->setEnabled(row + 1 < count);
    m_up->setAccessibleName(tr("Move row %1 of %2 up").arg(row + 1).arg(title));
    m_down->setAccessibleName(tr("Move row %1 of %2 down").arg(row + 1).arg(title));
    m_remove->setAccessibleName(tr("Remove row %1 of %2").arg(row + 1).arg(title));
    const auto place = QString::fromUtf8(m_cell->editor().spec().place.toText());
    m_up->setObjectName(u"up:"_qs + place);
    m_down->setObjectName(u"down:"_qs + place);
    m_remove->setObjectName(u"remove:"_qs + place);
}

void ArrayRow::collectTabWidgets(QList<QWidget*>& widgets) const
{
    m_cell->editor().collectTabWidgets(widgets);
    widgets << m_up << m_down << m_remove;
}

void ArrayRow::askToMove(int by)
{
    if ((by < 0 ? m_up : m_down)->isEnabled())
        emit moveAsked(by);
}

} // namespace eventloupe
