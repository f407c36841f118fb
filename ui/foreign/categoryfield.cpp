#include "ui/foreign/categoryfield.h"

#include "ui/foreign/columnpicker.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>

#include <algorithm>

namespace eventloupe {

namespace {

using Rule = ProfileCategory::Rule;

} // namespace

CategoryField::CategoryField(QWidget* parent)
    : QWidget(parent)
    , m_rule(new QComboBox(this))
    , m_column(new ColumnPicker(tr("Column of the category"), 1, this))
    , m_text(new QLineEdit(this))
{
    m_rule->setAccessibleName(tr("Category"));
    m_rule->setObjectName(QStringLiteral("mappingCategory"));
    m_rule->addItem(tr("before the first '-' of the stream"), static_cast<int>(Rule::Dash));
    m_rule->addItem(tr("in a column"), static_cast<int>(Rule::Column));
    m_rule->addItem(tr("before the last"), static_cast<int>(Rule::Before));
    m_rule->addItem(tr("the same for all"), static_cast<int>(Rule::Fixed));
    m_rule->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_text->setAccessibleName(tr("Text of the category's rule"));
    setFocusProxy(m_rule);
    auto* line = new QHBoxLayout(this);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(4);
    line->addWidget(m_rule, 3);
    line->addWidget(m_column, 2);
    line->addWidget(m_text, 2);
    connect(m_rule, &QComboBox::activated, this, [this] {
        showField();
        emit edited();
    });
    connect(m_column, &ColumnPicker::edited, this, &CategoryField::edited);
    connect(m_text, &QLineEdit::textEdited, this, &CategoryField::edited);
    showField();
}

void CategoryField::setColumns(const QStringList& columns)
{
    m_column->setColumns(columns);
}

void CategoryField::setCategory(const ProfileCategory& category)
{
    m_rule->setCurrentIndex(std::max(0, m_rule->findData(static_cast<int>(category.rule))));
    m_column->pick({ category.field.column.name });
    m_text->setText(category.text);
    showField();
}

ProfileCategory CategoryField::category() const
{
    ProfileCategory category;
    category.rule = static_cast<Rule>(m_rule->currentData().toInt());
    if (category.rule == Rule::Column) {
        category.field.column.name = m_column->first();
        if (!category.field.isGiven())
            category.rule = Rule::Dash;
    } else if (category.rule != Rule::Dash) {
        category.text = m_text->text();
        if (category.text.isEmpty())
            category.rule = Rule::Dash;
    }
    return category;
}

void CategoryField::showField()
{
    const auto rule = static_cast<Rule>(m_rule->currentData().toInt());
    m_column->setVisible(rule == Rule::Column);
    m_text->setVisible(rule == Rule::Before || rule == Rule::Fixed);
}

} // namespace eventloupe
