#include "ui/command/ondemandeditor.h"

#include <QToolButton>
#include <QVBoxLayout>

namespace eventloupe {

OnDemandEditor::OnDemandEditor(const FieldSpec& spec, QWidget* parent)
    : FieldEditor(spec, parent)
    , m_column(new QVBoxLayout(this))
    , m_button(new QToolButton(this))
{
    m_column->setContentsMargins({});
    m_column->addWidget(m_button, 0, Qt::AlignLeft);
    connect(m_button, &QToolButton::clicked, this, &OnDemandEditor::toggle);
    setPlace(spec.place);
    close();
    if (const auto preset = spec.preset())
        setValue(*preset);
}

void OnDemandEditor::toggle()
{
    if (m_inner == nullptr)
        open();
    else
        close();
    emit structureChanged();
    noteEdit();
    auto* target = m_inner != nullptr ? m_inner->focusTarget() : nullptr;
    (target != nullptr ? target : m_button)->setFocus();
}

void OnDemandEditor::open()
{
    if (m_inner != nullptr)
        return;
    auto spec = this->spec().demanded();
    // Once it is asked for, it is there, empty or not.
    spec.required = true;
    m_inner = makeFieldEditor(spec, this);
    m_column->insertWidget(0, m_inner);
    m_inner->show();
    connect(m_inner, &FieldEditor::edited, this, [this] { noteEdit(); });
    connect(m_inner, &FieldEditor::structureChanged, this, [this] { emit structureChanged(); });
    m_button->setText(tr("Remove"));
    m_button->setAccessibleName(tr("Remove %1").arg(spec.title));
}

void OnDemandEditor::close()
{
    if (m_inner != nullptr) {
        m_inner->hide();
        m_inner->setParent(nullptr);
        m_inner->deleteLater();
        m_inner = nullptr;
    }
    m_button->setText(tr("Add"));
    m_button->setAccessibleName(tr("Add %1").arg(spec().title));
}

std::optional<JsonValue> OnDemandEditor::value() const
{
    if (m_inner != nullptr)
        return m_inner->value();
    return spec().required && spec().nullable ? std::optional(JsonValue()) : std::nullopt;
}

QString OnDemandEditor::fault() const
{
    return m_inner != nullptr ? m_inner->fault() : QString();
}

void OnDemandEditor::setValue(const JsonValue& value)
{
    if (value.isNull() && spec().nullable) {
        close();
        return;
    }
    open();
    m_inner->setValue(value);
}

void OnDemandEditor::reset()
{
    close();
    if (const auto preset = spec().preset())
        setValue(*preset);
    setTouched(false);
}

JsonValue OnDemandEditor::draft() const
{
    return m_inner != nullptr ? m_inner->draft() : JsonValue();
}

void OnDemandEditor::restore(const JsonValue& draft)
{
    if (draft.isNull())
        return;
    open();
    m_inner->restore(draft);
}

void OnDemandEditor::restoreHidden(const JsonValue& draft)
{
    if (m_inner != nullptr)
        m_inner->restoreHidden(draft);
}

void OnDemandEditor::touch()
{
    FieldEditor::touch();
    if (auto* inner = m_inner)
        inner->touch();
}

QWidget* OnDemandEditor::focusTarget()
{
    auto* inner = m_inner != nullptr ? m_inner->focusTarget() : nullptr;
    return inner != nullptr ? inner : m_button;
}

void OnDemandEditor::visitCells(const std::function<void(FieldCell&)>& visitor)
{
    if (m_inner != nullptr)
        m_inner->visitCells(visitor);
}

void OnDemandEditor::collectMissing(QList<FieldEditor*>& missing)
{
    if (m_inner != nullptr)
        m_inner->collectMissing(missing);
    else if (spec().required && !spec().nullable)
        missing.append(this);
}

void OnDemandEditor::collectTabWidgets(QList<QWidget*>& widgets)
{
    if (m_inner != nullptr)
        m_inner->collectTabWidgets(widgets);
    widgets.append(m_button);
}

void OnDemandEditor::setPlace(const JsonPointer& place)
{
    FieldEditor::setPlace(place);
    m_button->setObjectName(objectNameFor(QLatin1StringView("demand:")));
    if (m_inner != nullptr)
        m_inner->setPlace(place);
}

void OnDemandEditor::settle()
{
    if (m_inner != nullptr)
        m_inner->settle();
}

} // namespace eventloupe
