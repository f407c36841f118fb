#include "ui/command/fieldcell.h"
#include "ui/command/mapeditor.h"
#include "ui/command/objecteditor.h"
#include "value/event.h"

#include <algorithm>

// ObjectEditor: what was typed into its fields, shown or not, to be given back.

namespace eventloupe {

namespace {

/// Members of a draft: the fields that are shown; lists of the drafts that are kept of others, by
/// name, oldest first; rows. Sessions of before have the fields beside the rest, and one draft
/// where a list is now.
constexpr const char* fieldsDraft = "$fields";
constexpr const char* hiddenDraft = "$hidden";
constexpr const char* entriesDraft = "$entries";
/// So many drafts of one name are kept.
constexpr qsizetype mostDrafts = 4;

/// Whether a person typed or chose something in it.
bool saysSomething(const JsonValue& draft)
{
    if (draft.isObject())
        return std::any_of(draft.members().begin(), draft.members().end(),
            [](const JsonValue::Member& part) { return saysSomething(part.value); });
    if (draft.isArray())
        return std::any_of(draft.elements().begin(), draft.elements().end(), saysSomething);
    return !draft.isNull();
}

/// As the newest.
void keep(QList<JsonValue>& drafts, const JsonValue& draft)
{
    if (!saysSomething(draft))
        return;
    drafts.removeAll(draft);
    drafts.append(draft);
    if (drafts.size() > mostDrafts)
        drafts.removeFirst();
}

bool isOfToday(const JsonValue& draft)
{
    const auto* fields = draft.find(fieldsDraft);
    return fields != nullptr && fields->isObject();
}

/// The fields of a draft, whoever wrote it.
JsonValue fieldsOf(const JsonValue& draft)
{
    if (isOfToday(draft))
        return *draft.find(fieldsDraft);
    auto fields = draft.isObject() ? draft : JsonValue::emptyObject();
    fields.remove(hiddenDraft);
    fields.remove(entriesDraft);
    return fields;
}

QList<JsonValue> listOf(const JsonValue& kept, bool isList)
{
    if (!isList)
        return { kept };
    return { kept.elements().begin(), kept.elements().end() };
}

} // namespace

QList<JsonValue> ObjectEditor::hiddenDrafts(const QByteArray& key) const
{
    auto drafts = m_waiting.value(key);
    for (const auto& field : m_hidden) {
        if (field.key == key)
            keep(drafts, field.cell->editor().draft());
    }
    return drafts;
}

JsonValue ObjectEditor::draft() const
{
    auto fields = JsonValue::emptyObject();
    for (const auto& field : m_fields)
        fields.insert(field.key, field.cell->editor().draft());
    auto keys = m_waiting.keys();
    for (const auto& field : m_hidden) {
        if (!keys.contains(field.key))
            keys.append(field.key);
    }
    auto hidden = JsonValue::emptyObject();
    for (const auto& key : keys) {
        const auto drafts = hiddenDrafts(key);
        if (!drafts.isEmpty())
            hidden.insert(key, JsonValue::fromElements({ drafts.begin(), drafts.end() }));
    }
    auto object = JsonValue::emptyObject();
    object.insert(fieldsDraft, fields);
    if (hidden.size() > 0)
        object.insert(hiddenDraft, hidden);
    if (m_entries != nullptr && m_entries->isGiven())
        object.insert(entriesDraft, m_entries->draft());
    return object;
}

void ObjectEditor::restore(const JsonValue& draft)
{
    keepHidden(draft);
    const auto fields = fieldsOf(draft);
    for (const auto& field : m_fields) {
        if (const auto* shown = fields.find(viewOf(field.key)))
            field.cell->editor().restore(*shown);
        else
            for (const auto& kept : m_waiting.value(field.key))
                field.cell->editor().restore(kept);
    }
    if (const auto* entries = draft.find(entriesDraft); entries != nullptr && m_entries != nullptr)
        m_entries->restore(*entries);
    settle();
    if (m_conditions.isEmpty())
        m_waiting.clear();
}

void ObjectEditor::keepHidden(const JsonValue& draft)
{
    const bool isList = isOfToday(draft);
    if (const auto* hidden = draft.find(hiddenDraft)) {
        for (const auto& member : hidden->members()) {
            for (const auto& kept : listOf(member.value, isList))
                keep(m_waiting[member.key], kept);
        }
    }
    const auto fields = fieldsOf(draft);
    for (const auto& member : fields.members()) {
        const bool isShown = std::any_of(m_fields.begin(), m_fields.end(),
            [&member](const Field& field) { return field.key == member.key; });
        if (!isShown)
            keep(m_waiting[member.key], member.value);
    }
}

void ObjectEditor::restoreHidden(const JsonValue& draft)
{
    if (!m_conditions.isEmpty())
        keepHidden(draft);
    const auto fields = fieldsOf(draft);
    for (const auto& field : m_fields) {
        if (const auto* part = fields.find(viewOf(field.key)))
            field.cell->editor().restoreHidden(*part);
    }
    const auto* entries = draft.find(entriesDraft);
    if (entries != nullptr && m_entries != nullptr)
        m_entries->restoreHidden(*entries);
}

JsonValue ObjectEditor::partOfDraft(
    const JsonValue& draft, const std::function<bool(const QByteArray& key)>& isMeant)
{
    auto part = JsonValue::emptyObject();
    const auto fields = fieldsOf(draft);
    for (const auto& member : fields.members()) {
        if (!member.value.isNull() && isMeant(member.key))
            part.insert(member.key, member.value);
    }
    auto object = JsonValue::emptyObject();
    object.insert(fieldsDraft, part);
    return object;
}

} // namespace eventloupe
