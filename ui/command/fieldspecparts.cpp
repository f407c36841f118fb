#include "ui/command/fieldspec.h"
#include "ui/command/patternschemas.h"

#include <QCoreApplication>

// The fields of a tuple's elements, and of the members of an object that its schema does not name.

namespace eventloupe {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("SchemaForm", text);
}

bool isSchemaOfFields(const JsonValue* schema)
{
    return schema != nullptr && schema->isObject() && schema->size() > 0;
}

/// Whether elements after those of "prefixItems" may come.
bool takesMore(const FieldSpec& spec)
{
    for (const auto* name : { "items", "unevaluatedItems" }) {
        const auto* rest = spec.keyword(name);
        if (rest != nullptr && rest->isBool() && !rest->toBool())
            return false;
    }
    const auto* most = spec.keyword("maxItems");
    return most == nullptr || most->toDouble() > double(spec.keyword("prefixItems")->size());
}

} // namespace

FieldSpec FieldSpec::element(qsizetype index) const
{
    const auto* least = keyword("minItems");
    const auto* prefix = keyword("prefixItems");
    return make(context, childPlace(place, QByteArray::number(index)),
        prefix->elements()[size_t(index)], least != nullptr && least->toDouble() > double(index),
        tr("Item %1").arg(index + 1), m_references);
}

std::optional<FieldSpec> FieldSpec::furtherRows() const
{
    if (!takesMore(*this))
        return std::nullopt;
    auto rows = demanded();
    rows.kind = EditorKind::Array;
    rows.required = false;
    rows.firstRow = keyword("prefixItems")->size();
    rows.title = tr("%1, further items").arg(title);
    for (const std::string_view name : { "default", "const", "minItems", "description" })
        rows.schema.remove(name);
    return rows;
}

bool FieldSpec::takesEntries() const
{
    if (isSchemaOfFields(keyword("additionalProperties")))
        return true;
    const auto* patterns = keyword("patternProperties");
    return patterns != nullptr && patterns->size() > 0;
}

FieldSpec FieldSpec::entries() const
{
    auto rows = demanded();
    rows.kind = EditorKind::Map;
    rows.required = false;
    rows.title = tr("Further members");
    for (const std::string_view name : { "default", "const", "description" })
        rows.schema.remove(name);
    return rows;
}

FieldSpec FieldSpec::entry(const QByteArray& name) const
{
    const auto* patterns = keyword("patternProperties");
    const auto* others = keyword("additionalProperties");
    auto found = m_patterns != nullptr ? m_patterns->schemaFor(name) : JsonValue();
    if (found.isNull() && isSchemaOfFields(others))
        found = *others;
    // As long as no pattern fits the name, or the name is not there yet: the first one's field.
    const bool isOpen = others == nullptr || !others->isBool() || others->toBool();
    if (found.isNull() && patterns != nullptr && patterns->size() > 0
        && (name.isEmpty() || !isOpen))
        found = patterns->members().front().value;
    return make(context, childPlace(place, name),
        found.isObject() ? found : JsonValue::emptyObject(), true,
        tr("%1, value of %2").arg(title, QString::fromUtf8(name)), m_references)
        .demanded();
}

} // namespace eventloupe
