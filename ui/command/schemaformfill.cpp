#include "ui/command/fieldcell.h"
#include "ui/command/formjson.h"
#include "ui/command/schemaform.h"

// Where the keyboard goes in the form, and what is put into its fields for people.

namespace eventloupe {

void SchemaForm::focusFirst()
{
    if (isJson())
        m_json->setFocus();
    else if (m_root != nullptr && m_root->focusTarget() != nullptr)
        m_root->focusTarget()->setFocus();
}

void SchemaForm::focusFirstEmpty()
{
    LeafEditor* empty = nullptr;
    LeafEditor* typed = nullptr;
    visitCells([&](FieldCell& cell) {
        auto* leaf = qobject_cast<LeafEditor*>(&cell.editor());
        const bool takesKeys = leaf != nullptr && leaf->focusTarget()->isEnabledTo(this)
            && leaf->focusTarget()->isVisibleTo(this);
        if (takesKeys && empty == nullptr && leaf->text().isEmpty())
            empty = leaf;
        if (takesKeys && typed == nullptr && leaf->spec().kind != EditorKind::Uuid)
            typed = leaf;
    });
    auto* first = empty != nullptr ? empty : typed;
    if (isJson() || first == nullptr)
        focusFirst();
    else
        first->focusTarget()->setFocus();
}

bool SchemaForm::isTouched()
{
    bool touched = (m_root != nullptr && m_root->isTouched()) || (isJson() && m_json->isChanged());
    visitCells([&touched](FieldCell& cell) { touched = touched || cell.editor().isTouched(); });
    return touched;
}

LeafEditor* SchemaForm::leafAt(const JsonPointer& place)
{
    return isJson() ? nullptr : qobject_cast<LeafEditor*>(editorAt(place.toText()));
}

void SchemaForm::prefill(const JsonPointer& place, const QString& text)
{
    auto* leaf = leafAt(place);
    if (leaf == nullptr || leaf->isTouched() || leaf->text() == text)
        return;
    leaf->setText(text);
    change();
}

void SchemaForm::keep(const JsonPointer& place)
{
    auto* leaf = leafAt(place);
    if (leaf != nullptr && !leaf->text().isEmpty())
        leaf->touch();
}

void SchemaForm::fill(const JsonPointer& place, const QString& text)
{
    auto* leaf = leafAt(place);
    if (leaf == nullptr)
        return;
    leaf->setText(text);
    leaf->touch();
    change();
}

} // namespace eventloupe
