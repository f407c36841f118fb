#include "ui/command/formschema.h"

#include "ui/command/fieldspec.h"
#include "ui/command/formconditions.h"
#include "value/event.h"

#include <QCoreApplication>

#include <algorithm>

namespace eventloupe {

namespace {

constexpr int mostHops = 32;
/// So many parts of "allOf", at all depths, are put together; the rest is left to the schema.
constexpr int mostParts = 500;

QString tr(const char* text)
{
    return QCoreApplication::translate("SchemaForm", text);
}

JsonValue without(JsonValue schema, std::string_view keyword)
{
    schema.remove(keyword);
    return schema;
}

/// The reference that a schema goes on to, if any.
QByteArray referenceOf(const JsonValue& schema, std::string_view& keyword)
{
    for (const std::string_view name : { "$ref", "$dynamicRef" }) {
        keyword = name;
        if (const auto* text = schema.find(name); text != nullptr && text->isString())
            return text->toUtf8();
    }
    return {};
}

void followReferences(const Schema& whole, FlatSchema& flat)
{
    for (int hops = 0; hops < mostHops; ++hops) {
        std::string_view keyword;
        const auto reference = referenceOf(flat.schema, keyword);
        const auto target = reference.isEmpty() ? std::nullopt : whole.target(reference);
        if (!target)
            return;
        flat.isRecursive = flat.isRecursive || flat.references.contains(reference);
        if (!flat.references.contains(reference))
            flat.references.append(reference);
        flat.schema = target->isObject()
            ? mergedSchemas(withConditions(*target), without(flat.schema, keyword))
            : without(flat.schema, keyword);
    }
}

FlatSchema flattenedWithin(
    const Schema& whole, const JsonValue& part, const QList<QByteArray>& references, int& partsLeft)
{
    FlatSchema flat { withConditions(part), references, false };
    followReferences(whole, flat);
    const auto* all = flat.schema.find("allOf");
    if (all == nullptr || partsLeft <= 0)
        return flat;
    const auto parts = *all;
    flat.schema.remove("allOf");
    for (const auto& element : parts.elements()) {
        if (--partsLeft < 0)
            break;
        const auto inner = flattenedWithin(whole, element, flat.references, partsLeft);
        flat.references = inner.references;
        flat.isRecursive = flat.isRecursive || inner.isRecursive;
        if (inner.schema.isObject())
            flat.schema = mergedSchemas(inner.schema, flat.schema);
    }
    return flat;
}

void mergeProperties(JsonValue& into, const JsonValue& over)
{
    for (const auto& property : over.members()) {
        const auto* known = into.find(viewOf(property.key));
        if (known == nullptr || !known->isObject() || !property.value.isObject()) {
            into.insert(property.key, property.value);
            continue;
        }
        auto both = JsonValue::emptyArray();
        both.append(*known);
        both.append(property.value);
        auto joined = JsonValue::emptyObject();
        joined.insert("allOf", both);
        into.insert(property.key, joined);
    }
}

/// Lists whose elements hold side by side.
bool isPutTogether(std::string_view keyword)
{
    return keyword == "required" || keyword == "allOf" || keyword == FormConditions::member;
}

bool showsFields(const JsonValue& option)
{
    return std::any_of(
        option.members().begin(), option.members().end(), [](const JsonValue::Member& member) {
            static const QList<QByteArray> shaping { "type", "properties", "const", "enum", "items",
                "prefixItems", "oneOf", "anyOf", "format" };
            return shaping.contains(member.key);
        });
}

/// "kind" of {"kind": {"const": "card"}}: the value that tells an alternative from the others.
const JsonValue* constantOf(const JsonValue& option)
{
    const auto* properties = option.find("properties");
    if (properties == nullptr)
        return nullptr;
    for (const auto& property : properties->members()) {
        if (const auto* only = property.value.find("const"))
            return only;
    }
    return nullptr;
}

QString plainText(const JsonValue& value)
{
    return value.isString() ? value.toString() : QString::fromUtf8(value.toJson().left(60));
}

QString typePhrase(const JsonValue& option)
{
    const auto* type = option.find("type");
    const auto name = type != nullptr ? type->toUtf8() : QByteArray();
    if (name == "string")
        return tr("Text");
    if (name == "integer" || name == "number")
        return tr("Number");
    if (name == "boolean")
        return tr("Yes or no");
    if (name == "array")
        return tr("List");
    if (name == "null")
        return tr("Nothing (null)");
    return {};
}

bool isOfType(const JsonValue& value, const QByteArray& type)
{
    return (type == "string" && value.isString()) || (type == "boolean" && value.isBool())
        || ((type == "integer" || type == "number") && value.isNumber())
        || (type == "object" && value.isObject()) || (type == "array" && value.isArray())
        || (type == "null" && value.isNull());
}

} // namespace

FlatSchema flattened(
    const Schema& whole, const JsonValue& part, const QList<QByteArray>& references)
{
    int partsLeft = mostParts;
    return flattenedWithin(whole, part, references, partsLeft);
}

JsonValue mergedSchemas(const JsonValue& base, const JsonValue& over)
{
    auto merged = base.isObject() ? base : JsonValue::emptyObject();
    for (const auto& member : over.members()) {
        const auto* known = merged.find(viewOf(member.key));
        if (known != nullptr && member.key == "properties") {
            auto properties = *known;
            mergeProperties(properties, member.value);
            merged.insert(member.key, properties);
        } else if (known != nullptr && isPutTogether(viewOf(member.key))) {
            auto all = *known;
            for (const auto& element : member.value.elements())
                all.append(element);
            merged.insert(member.key, all);
        } else {
            merged.insert(member.key, member.value);
        }
    }
    return merged;
}

bool FormOptions::areConstants() const
{
    return !options.isEmpty()
        && std::all_of(options.begin(), options.end(),
            [](const JsonValue& option) { return option.find("const") != nullptr; });
}

FormOptions optionsOf(
    const Schema& whole, const JsonValue& schema, const QList<QByteArray>& references)
{
    for (const auto* keyword : { "oneOf", "anyOf" }) {
        const auto* alternatives = schema.find(keyword);
        if (alternatives == nullptr)
            continue;
        FormOptions found { keyword, {}, false };
        for (const auto& option : alternatives->elements()) {
            const auto flat = flattened(whole, option, references);
            found.options.append(flat.schema);
            found.isRecursive = found.isRecursive || flat.isRecursive;
        }
        if (std::any_of(found.options.begin(), found.options.end(), showsFields))
            return found;
    }
    return {};
}

QString optionTitle(const JsonValue& option, const JsonValue& written, int index)
{
    if (const auto* title = option.find("title"); title != nullptr) {
        const auto text = title->toString().simplified();
        if (!text.isEmpty())
            return text;
    }
    if (const auto* only = option.find("const"))
        return plainText(*only);
    if (const auto* only = constantOf(option))
        return readableName(plainText(*only));
    if (const auto* reference = written.find("$ref")) {
        const auto name = reference->toString();
        const auto last = name.mid(name.lastIndexOf(u'/') + 1).section(u'.', 0, 0);
        if (!last.isEmpty() && last != u"#")
            return readableName(last);
    }
    const auto phrase = typePhrase(option);
    return phrase.isEmpty() ? tr("Alternative %1").arg(index + 1) : phrase;
}

int likeness(const JsonValue& value, const JsonValue& schema)
{
    if (schema.isBool())
        return schema.toBool() ? 0 : -1;
    const auto* type = schema.find("type");
    if (type != nullptr && type->isString() && !isOfType(value, type->toUtf8()))
        return -1;
    if (const auto* only = schema.find("const"))
        return value == *only ? 3 : -1;
    int score = type != nullptr ? 1 : 0;
    if (const auto* names = schema.find("required")) {
        for (const auto& name : names->elements()) {
            if (value.isObject() && value.find(name.toView()) == nullptr)
                return -1;
            ++score;
        }
    }
    const auto* properties = schema.find("properties");
    for (const auto& member : value.members()) {
        const auto* property
            = properties != nullptr ? properties->find(viewOf(member.key)) : nullptr;
        if (property == nullptr)
            continue;
        const auto* only = property->find("const");
        if (only != nullptr && !(*only == member.value))
            return -1;
        score += only != nullptr ? 3 : 1;
    }
    return score;
}

} // namespace eventloupe
