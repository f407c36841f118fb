#include "ui/command/alternativeseditor.h"

#include "ui/base/plaintext.h"
#include "ui/command/formschema.h"
#include "ui/command/objecteditor.h"
#include "value/event.h"

#include <QComboBox>
#include <QSignalBlocker>
#include <QVBoxLayout>

namespace eventloupe {

AlternativesEditor::AlternativesEditor(const FieldSpec& spec, QWidget* parent)
    : FieldEditor(spec, parent)
    , m_column(new QVBoxLayout(this))
    , m_combo(new QComboBox(this))
    , m_editors(spec.options.size(), nullptr)
{
    m_column->setContentsMargins({});
    m_column->addWidget(m_combo);
    m_combo->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_combo->setMinimumContentsLength(12);
    m_combo->setAccessibleName(spec.title);
    m_combo->setAccessibleDescription(spec.description);
    addChoices();
    connect(m_combo, &QComboBox::activated, this, [this] {
        choose(current());
        emit structureChanged();
        noteEdit();
    });
    setFocusProxy(m_combo);
    setPlace(spec.place);
    reset();
    setEnabled(!spec.readOnly);
}

void AlternativesEditor::addChoices()
{
    m_combo->addItem(openCaption(), -1);
    const auto* written = spec().keyword("oneOf");
    if (written == nullptr)
        written = spec().keyword("anyOf");
    for (int i = 0; i < m_editors.size(); ++i) {
        const auto& option = spec().options.at(i);
        m_combo->addItem(visibleText(optionTitle(option, written->elements()[size_t(i)], i)), i);
        if (const auto* description = option.find("description"))
            m_combo->setItemData(i + 1, plainToolTip(description->toString()), Qt::ToolTipRole);
    }
}

QString AlternativesEditor::openCaption() const
{
    return spec().required ? tr("(choose)") : tr("(not set)");
}

void AlternativesEditor::requiredChanged()
{
    m_combo->setItemText(0, openCaption());
}

int AlternativesEditor::current() const
{
    return m_combo->currentData().toInt();
}

FieldEditor* AlternativesEditor::shown() const
{
    return m_shown >= 0 ? m_editors.at(m_shown) : nullptr;
}

FieldEditor* AlternativesEditor::make(int index)
{
    auto inner = spec().alternative(index);
    // A choice that was made holds something.
    inner.required = true;
    auto* editor = makeFieldEditor(inner, this);
    m_editors[index] = editor;
    m_column->addWidget(editor);
    connect(editor, &FieldEditor::edited, this, [this] { noteEdit(); });
    connect(editor, &FieldEditor::structureChanged, this, [this] { emit structureChanged(); });
    return editor;
}

void AlternativesEditor::choose(int index)
{
    const QSignalBlocker quiet(m_combo);
    m_combo->setCurrentIndex(index + 1);
    if (index == m_shown)
        return;
    auto* before = shown();
    m_shown = index;
    if (before != nullptr)
        before->hide();
    if (index < 0)
        return;
    auto* after = m_editors.at(index) != nullptr ? m_editors.at(index) : make(index);
    // Fields that all alternatives have go along.
    if (before != nullptr)
        after->restore(sharedPart(before->draft()));
    after->show();
}

JsonValue AlternativesEditor::sharedPart(const JsonValue& draft) const
{
    const auto* properties = spec().keyword("properties");
    return ObjectEditor::partOfDraft(draft, [properties](const QByteArray& key) {
        return properties != nullptr && properties->find(viewOf(key)) != nullptr;
    });
}

std::optional<JsonValue> AlternativesEditor::value() const
{
    if (const auto* editor = shown())
        return editor->value();
    return std::nullopt;
}

QString AlternativesEditor::fault() const
{
    const auto* editor = shown();
    return editor != nullptr ? editor->fault() : QString();
}

void AlternativesEditor::setValue(const JsonValue& value)
{
    int best = -1;
    int score = -1;
    for (int i = 0; i < m_editors.size(); ++i) {
        const int fit = likeness(value, spec().alternative(i).schema);
        if (fit > score) {
            score = fit;
            best = i;
        }
    }
    choose(best);
    if (auto* editor = shown()) {
        editor->reset();
        editor->setValue(value);
    }
    emit structureChanged();
}

void AlternativesEditor::reset()
{
    for (auto*& editor : m_editors) {
        if (editor == nullptr)
            continue;
        editor->hide();
        editor->setParent(nullptr);
        editor->deleteLater();
        editor = nullptr;
    }
    m_shown = -1;
    choose(-1);
    if (const auto preset = spec().preset())
        setValue(*preset);
    setTouched(false);
    emit structureChanged();
}

JsonValue AlternativesEditor::draft() const
{
    if (!isTouched())
        return {};
    auto drafts = JsonValue::emptyArray();
    for (const auto* editor : m_editors)
        drafts.append(editor != nullptr ? editor->draft() : JsonValue());
    auto draft = JsonValue::emptyObject();
    draft.insert("chosen", JsonValue::fromInt(m_shown));
    draft.insert("drafts", drafts);
    return draft;
}

void AlternativesEditor::restore(const JsonValue& draft)
{
    const auto* index = draft.find("chosen");
    const auto* drafts = draft.find("drafts");
    if (index == nullptr || drafts == nullptr)
        return;
    const auto count = qMin(m_editors.size(), drafts->size());
    for (int i = 0; i < count; ++i)
        restorePart(i, drafts->elements()[size_t(i)]);
    m_shown = -1;
    choose(int(qBound(qint64(-1), index->toInt(), qint64(m_editors.size()) - 1)));
    setTouched(true);
    emit structureChanged();
}

void AlternativesEditor::restorePart(int index, const JsonValue& draft)
{
    if (draft.isNull())
        return;
    auto* editor = m_editors.at(index) != nullptr ? m_editors.at(index) : make(index);
    editor->hide();
    editor->restore(draft);
}

void AlternativesEditor::restoreHidden(const JsonValue& draft)
{
    const auto* drafts = draft.find("drafts");
    if (drafts == nullptr)
        return;
    const auto count = qMin(m_editors.size(), drafts->size());
    for (int i = 0; i < count; ++i) {
        const auto& part = drafts->elements()[size_t(i)];
        if (i == m_shown)
            m_editors.at(i)->restoreHidden(part);
        else
            restorePart(i, part);
    }
}

void AlternativesEditor::touch()
{
    FieldEditor::touch();
    if (auto* inner = shown())
        inner->touch();
}

QWidget* AlternativesEditor::focusTarget()
{
    return m_combo;
}

void AlternativesEditor::visitCells(const std::function<void(FieldCell&)>& visitor)
{
    if (auto* editor = shown())
        editor->visitCells(visitor);
}

void AlternativesEditor::collectMissing(QList<FieldEditor*>& missing)
{
    auto* editor = shown();
    if (editor == nullptr) {
        if (spec().required && !spec().nullable)
            missing.append(this);
        return;
    }
    QList<FieldEditor*> inside;
    editor->collectMissing(inside);
    // A lone field has no cell but this one's.
    for (auto* found : inside)
        missing.append(found == editor ? this : found);
}

void AlternativesEditor::collectTabWidgets(QList<QWidget*>& widgets)
{
    widgets.append(m_combo);
    if (auto* editor = shown())
        editor->collectTabWidgets(widgets);
}

QList<int> AlternativesEditor::chosen() const
{
    QList<int> indexes = FieldEditor::chosen();
    indexes.append(m_shown);
    if (const auto* editor = shown())
        indexes.append(editor->chosen());
    return indexes;
}

void AlternativesEditor::setPlace(const JsonPointer& place)
{
    FieldEditor::setPlace(place);
    m_combo->setObjectName(objectNameFor(QLatin1StringView("choice:")));
    for (auto* editor : m_editors) {
        if (editor != nullptr)
            editor->setPlace(place);
    }
}

void AlternativesEditor::settle()
{
    if (auto* editor = shown())
        editor->settle();
}

} // namespace eventloupe
