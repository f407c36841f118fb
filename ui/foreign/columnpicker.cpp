#include "ui/foreign/columnpicker.h"

#include "ui/base/plaintext.h"

#include <QComboBox>
#include <QHBoxLayout>

namespace eventloupe {

ColumnPicker::ColumnPicker(const QString& name, int most, QWidget* parent)
    : QWidget(parent)
{
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    for (int i = 0; i < most; ++i) {
        auto* list = new QComboBox(this);
        list->setAccessibleName(i == 0 ? name : tr("%1, part %2").arg(name).arg(i + 1));
        list->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        list->setMinimumContentsLength(6);
        layout->addWidget(list, 1);
        m_lists.append(list);
        connect(list, &QComboBox::activated, this, [this] {
            showAsMany();
            emit edited();
        });
    }
    setFocusProxy(m_lists.first());
    setColumns({});
}

void ColumnPicker::setColumns(const QStringList& columns)
{
    const QStringList before = picked();
    for (QComboBox* list : m_lists) {
        list->clear();
        list->addItem(list == m_lists.first() ? tr("(none)") : tr("(no more)"), QString());
        for (const QString& column : columns)
            list->addItem(visibleText(column), column);
    }
    pick(before);
}

void ColumnPicker::pick(const QStringList& columns)
{
    for (qsizetype i = 0; i < m_lists.size(); ++i) {
        const QString column = columns.value(i);
        const int row = column.isEmpty() ? 0 : m_lists.at(i)->findData(column);
        m_lists.at(i)->setCurrentIndex(std::max(0, row));
    }
    showAsMany();
}

QStringList ColumnPicker::picked() const
{
    QStringList columns;
    for (const QComboBox* list : m_lists) {
        const QString column = list->currentData().toString();
        if (column.isEmpty())
            break;
        columns.append(column);
    }
    return columns;
}

void ColumnPicker::showAsMany()
{
    const auto count = picked().size();
    for (qsizetype i = 1; i < m_lists.size(); ++i)
        m_lists.at(i)->setVisible(i <= count);
}

} // namespace eventloupe
