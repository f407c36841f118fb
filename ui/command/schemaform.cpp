#include "ui/command/schemaform.h"

#include "ui/base/plaintext.h"
#include "ui/base/theme.h"
#include "ui/command/arrayrow.h"
#include "ui/command/fieldcell.h"
#include "ui/command/formjson.h"
#include "ui/command/maprow.h"
#include "ui/command/mnemonics.h"

#include <QAction>
#include <QLabel>
#include <QPlainTextEdit>
#include <QShortcut>
#include <QVBoxLayout>

namespace eventloupe {

namespace {

QLabel* makeNote(const QString& name, QWidget* parent)
{
    auto* note = new PlainLabel(parent);
    note->setObjectName(name);
    note->setWordWrap(true);
    note->hide();
    return note;
}

/// Members of a draft that is JSON text.
constexpr const char* jsonDraft = "$json";
constexpr const char* fieldsDraft = "$fields";

QByteArray parentOf(const QByteArray& place)
{
    return place.left(qMax(qsizetype(0), place.lastIndexOf('/')));
}

} // namespace

SchemaForm::SchemaForm(QWidget* parent)
    : QWidget(parent)
    , m_column(new QVBoxLayout(this))
    , m_json(new FormJson(this))
    , m_editAsJson(new QAction(tr("Edit as JSON"), this))
    , m_formReason(makeNote(u"reason:"_qs, this))
    , m_footnote(makeNote(u"requiredNote"_qs, this))
{
    m_column->setContentsMargins(8, 6, 8, 6);
    m_column->addWidget(m_json, 100);
    m_column->addWidget(m_formReason);
    m_column->addWidget(m_footnote);
    m_column->addStretch(1);
    addRowKeys();
    m_json->hide();
    m_editAsJson->setObjectName(u"editAsJson"_qs);
    m_editAsJson->setCheckable(true);
    m_editAsJson->setToolTip(tr("Edit all of the data as JSON text, or go back to the fields"));
    connect(m_editAsJson, &QAction::triggered, this,
        [this](bool on) { on ? showAsJson() : showAsFields(); });
    connect(m_json, &FormJson::edited, this, [this] {
        m_obstacle.clear();
        change();
    });
}

void SchemaForm::addRowKeys()
{
    const auto add = [this](Qt::Key key, auto act) {
        auto* shortcut = new QShortcut(QKeyCombination(Qt::CTRL | Qt::SHIFT, key), this);
        shortcut->setContext(Qt::WidgetWithChildrenShortcut);
        connect(shortcut, &QShortcut::activated, this, [this, act] {
            for (auto* inside = focusWidget(); inside != nullptr && inside != this;) {
                if (act(inside))
                    return;
                inside = inside->parentWidget();
            }
        });
    };
    const auto move = [](QWidget* widget, int by) {
        auto* row = qobject_cast<ArrayRow*>(widget);
        if (row != nullptr)
            row->askToMove(by);
        return row != nullptr;
    };
    add(Qt::Key_Up, [move](QWidget* widget) { return move(widget, -1); });
    add(Qt::Key_Down, [move](QWidget* widget) { return move(widget, 1); });
    add(Qt::Key_Delete, [](QWidget* widget) {
        auto* row = qobject_cast<ArrayRow*>(widget);
        auto* entry = qobject_cast<MapRow*>(widget);
        if (row != nullptr)
            row->askToRemove();
        else if (entry != nullptr)
            entry->askToRemove();
        return row != nullptr || entry != nullptr;
    });
}

void SchemaForm::setSchema(
    const Schema& schema, const QSet<QByteArray>& named, bool areNamedThere)
{
    m_schema = schema;
    m_showAll = false;
    m_obstacle.clear();
    build(named, areNamedThere);
    showPart(false);
    change();
}

void SchemaForm::build(const QSet<QByteArray>& named, bool areNamedThere)
{
    delete m_fields;
    m_rootCell = nullptr;
    const FormContext context { m_schema, named, areNamedThere };
    auto root = FieldSpec::make(context, {}, m_schema.document(), true, tr("Data"));
    if (root.kind == EditorKind::Json && root.keyword("title") == nullptr)
        root.title = tr("Data as JSON");
    if (root.kind == EditorKind::Object) {
        m_root = makeFieldEditor(root, this);
        m_fields = m_root;
    } else {
        m_rootCell = new FieldCell(root, FieldCell::Caption::Shown, this);
        m_root = &m_rootCell->editor();
        m_fields = m_rootCell;
        resetRoot();
    }
    m_column->insertWidget(0, m_fields);
    connect(m_root, &FieldEditor::edited, this, &SchemaForm::change);
    connect(m_root, &FieldEditor::structureChanged, this, [this] { emit tabOrderChanged(); });
    bool marked = false;
    bool empty = true;
    visitCells([&](FieldCell& cell) {
        marked = marked || cell.editor().spec().required;
        empty = false;
    });
    m_footnote->setText(empty ? tr("This command needs no data.") : tr("* needed"));
    m_hasNote = empty || marked;
    // Data without known fields is JSON text anyway.
    m_editAsJson->setEnabled(root.kind != EditorKind::Json);
    assignMnemonics();
}

void SchemaForm::resetRoot()
{
    m_root->reset();
    const auto& spec = m_root->spec();
    // Free data begins as the least that a command can have.
    if (m_rootCell != nullptr && !spec.preset() && spec.kind == EditorKind::Json)
        m_root->setValue(JsonValue::emptyObject());
}

void SchemaForm::visitCells(const std::function<void(FieldCell&)>& visitor)
{
    if (m_rootCell != nullptr)
        visitor(*m_rootCell);
    if (m_root != nullptr)
        m_root->visitCells(visitor);
}

void SchemaForm::assignMnemonics()
{
    QList<QLabel*> labels;
    visitCells([&](FieldCell& cell) {
        if (cell.label() != nullptr)
            labels.append(cell.label());
    });
    eventloupe::assignMnemonics(labels, *this);
}

void SchemaForm::settle()
{
    if (m_root == nullptr)
        return;
    QList<FieldCell*> cells;
    visitCells([&cells](FieldCell& cell) { cells.append(&cell); });
    // What is inside counts for the conditions around it.
    for (auto cell = cells.crbegin(); cell != cells.crend(); ++cell)
        (*cell)->editor().settle();
    m_root->settle();
}

void SchemaForm::change()
{
    settle();
    validate();
    emit dataChanged();
}

void SchemaForm::validate()
{
    if (m_root == nullptr)
        return;
    if (isJson()) {
        validateJson();
        return;
    }
    m_data = m_root->value().value_or(JsonValue());
    QHash<QByteArray, QString> reasons;
    collectFaults(reasons);
    placeReasons(atChosen(m_schema.validate(m_data)), reasons);
    m_valid = reasons.isEmpty();
    showReasons(reasons);
}

void SchemaForm::collectFaults(QHash<QByteArray, QString>& reasons)
{
    visitCells([&](FieldCell& cell) {
        const auto fault = cell.editor().fault();
        if (!fault.isEmpty())
            reasons.insert(cell.editor().spec().place.toText(), fault);
    });
    if (m_rootCell == nullptr && !m_root->fault().isEmpty())
        reasons.insert({}, m_root->fault());
    QList<FieldEditor*> missing;
    m_root->collectMissing(missing);
    for (const auto* editor : missing)
        reasons.insert(editor->spec().place.toText(), tr("is needed"));
}

void SchemaForm::placeReasons(
    const QList<SchemaViolation>& violations, QHash<QByteArray, QString>& reasons)
{
    QSet<QByteArray> known;
    visitCells([&](FieldCell& cell) { known.insert(cell.editor().spec().place.toText()); });
    // What is empty or no value of its type is absent from the data, and was said already.
    const bool explained = !reasons.isEmpty();
    for (const auto& violation : violations) {
        if (explained && violation.keyword == "required")
            continue;
        auto spot = violation.place.toText();
        while (!spot.isEmpty() && !known.contains(spot))
            spot = parentOf(spot);
        if (!reasons.contains(spot))
            reasons.insert(spot, violation.message);
    }
}

void SchemaForm::showReasons(const QHash<QByteArray, QString>& reasons)
{
    QList<FieldEditor*> missing;
    m_root->collectMissing(missing);
    visitCells([&](FieldCell& cell) {
        auto& editor = cell.editor();
        const bool quiet = missing.contains(&editor) && !editor.isTouched() && !m_showAll;
        cell.setReason(quiet ? QString() : reasons.value(editor.spec().place.toText()));
    });
    const auto whole = m_rootCell == nullptr ? reasons.value(QByteArray()) : QString();
    m_formReason->setText(whole.isEmpty() ? QString() : tr("⚠ %1").arg(whole));
    m_formReason->setVisible(!whole.isEmpty());
    auto colours = m_formReason->palette();
    colours.setColor(QPalette::WindowText, coloursOf(palette()).error);
    m_formReason->setPalette(colours);
}

void SchemaForm::showAllReasons()
{
    m_showAll = true;
    validate();
    if (isJson()) {
        m_json->focusFault();
        return;
    }
    FieldCell* first = nullptr;
    visitCells([&](FieldCell& cell) {
        if (first == nullptr && !cell.reason().isEmpty())
            first = &cell;
    });
    if (first != nullptr && first->editor().focusTarget() != nullptr) {
        first->editor().focusTarget()->setFocus();
        scrollTo(first);
    } else if (m_formReason->isVisible()) {
        scrollTo(m_formReason);
    }
}

void SchemaForm::showViolations(const QList<SchemaViolation>& violations)
{
    if (isJson()) {
        m_json->showReasons(violations, m_obstacle);
        return;
    }
    QHash<QByteArray, QString> reasons;
    placeReasons(atChosen(violations), reasons);
    showReasons(reasons);
}

FieldEditor* SchemaForm::editorAt(const QByteArray& place)
{
    FieldEditor* found = nullptr;
    visitCells([&](FieldCell& cell) {
        if (cell.editor().spec().place.toText() == place)
            found = &cell.editor();
    });
    return found;
}

QList<QWidget*> SchemaForm::tabWidgets()
{
    QList<QWidget*> widgets;
    if (isJson())
        widgets.append(m_json->editor());
    else if (m_root != nullptr)
        m_root->collectTabWidgets(widgets);
    return widgets;
}

JsonValue SchemaForm::draft() const
{
    const auto fields = m_root != nullptr ? m_root->draft() : JsonValue();
    if (!isJson())
        return fields;
    auto draft = JsonValue::emptyObject();
    draft.insert(jsonDraft, JsonValue::fromString(m_json->text()));
    draft.insert(fieldsDraft, fields);
    return draft;
}

void SchemaForm::restore(const JsonValue& draft)
{
    if (m_root == nullptr)
        return;
    resetRoot();
    const auto* text = draft.find(jsonDraft);
    const auto* fields = draft.find(fieldsDraft);
    const bool wasJson = text != nullptr && text->isString() && fields != nullptr;
    m_root->restore(wasJson ? *fields : draft);
    if (wasJson && m_editAsJson->isEnabled()) {
        m_json->setText(text->toString());
        // Whether the fields hold the same is not known.
        m_json->editor()->document()->setModified(true);
    }
    showPart(wasJson && m_editAsJson->isEnabled());
    change();
}

void SchemaForm::reset()
{
    if (m_root == nullptr)
        return;
    resetRoot();
    m_showAll = false;
    m_obstacle.clear();
    if (isJson())
        m_json->setJson(m_root->value().value_or(JsonValue()));
    change();
}

} // namespace eventloupe
