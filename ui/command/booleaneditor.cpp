#include "ui/command/booleaneditor.h"

#include <QCheckBox>
#include <QVBoxLayout>

namespace eventloupe {

namespace {

/// A third state that a click leaves for "checked", as people expect of a check box.
class OptionalCheckBox final : public QCheckBox {
public:
    OptionalCheckBox(bool optional, QWidget* parent)
        : QCheckBox(parent)
    {
        setTristate(optional);
    }

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
    , m_box(new OptionalCheckBox((!spec.required || spec.nullable) && !spec.preset(), this))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->addWidget(m_box);
    m_box->setText(QString(spec.title).replace(u'&', u"&&"_qs));
    if (m_box->isTristate())
        m_box->setToolTip(tr("Filled: not set, the field is left out"));
    connect(m_box, &QCheckBox::clicked, this, [this] { noteEdit(); });
    adopt(m_box);
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
