#include "ui/command/booleaneditor.h"

#include "ui/base/plaintext.h"

#include <QCheckBox>
#include <QVBoxLayout>

namespace eventloupe {

namespace {

/// A third state that a click leaves for "checked", as people expect of a check box.
class OptionalCheckBox final : public QCheckBox {
public:
    using QCheckBox::QCheckBox;

protected:
    void nextCheckState() override
    {
        if (!isTristate())
            setChecked(!isChecked());
        else if (checkState() == Qt::PartiallyChecked)
            setCheckState(Qt::Checked);
        else if (checkState() == Qt::Checked)
            setCheckState(Qt::Unchecked);
        else
            setCheckState(Qt::PartiallyChecked);
    }
};

} // namespace

BooleanEditor::BooleanEditor(const FieldSpec& spec, QWidget* parent)
    : LeafEditor(spec, parent)
    , m_box(new OptionalCheckBox(this))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->addWidget(m_box);
    m_box->setText(buttonText(spec.title));
    showRequired();
    connect(m_box, &QCheckBox::clicked, this, [this] { noteEdit(); });
    adopt(m_box);
}

void BooleanEditor::showRequired()
{
    const bool canBeOpen = (!spec().required || spec().nullable) && !spec().preset();
    const auto hint = plainToolTip(tr("Filled: not set, the field is left out"));
    if (!canBeOpen && m_box->checkState() == Qt::PartiallyChecked)
        m_box->setCheckState(Qt::Unchecked);
    m_box->setTristate(canBeOpen);
    // A description stands in its place.
    if (canBeOpen && m_box->toolTip().isEmpty())
        m_box->setToolTip(hint);
    else if (!canBeOpen && m_box->toolTip() == hint)
        m_box->setToolTip({});
}

QString BooleanEditor::text() const
{
    switch (m_box->checkState()) {
    case Qt::Checked:
        return u"true"_qs;
    case Qt::Unchecked:
        return u"false"_qs;
    case Qt::PartiallyChecked:
        break;
    }
    return {};
}

void BooleanEditor::setText(const QString& text)
{
    if (text == u"true")
        m_box->setCheckState(Qt::Checked);
    else if (text == u"false" || !m_box->isTristate())
        m_box->setCheckState(Qt::Unchecked);
    else
        m_box->setCheckState(Qt::PartiallyChecked);
}

QWidget* BooleanEditor::focusTarget()
{
    return m_box;
}

Result<JsonValue> BooleanEditor::parse(const QString& text) const
{
    return JsonValue::fromBool(text == u"true");
}

QString BooleanEditor::initialText() const
{
    return {};
}

} // namespace eventloupe
