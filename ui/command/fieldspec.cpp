#include "ui/command/fieldspec.h"

#include "ui/command/formconditions.h"
#include "ui/command/formschema.h"
#include "ui/command/patternschemas.h"
#include "value/event.h"

#include <QCoreApplication>

#include <algorithm>

namespace eventloupe {

namespace {

/// Groups nested deeper come when they are asked for.
constexpr qsizetype deepestGroup = 5;
/// What is nested deeper still, or has more members than a form can show, is edited as JSON text.
constexpr qsizetype deepestField = 24;
constexpr qsizetype mostMembers = 200;
/// Texts that may be longer get an editor of several lines.
constexpr qint64 longestLine = 200;

/// Whether what a schema asks for by conditions is about the members of an object.
bool hasConditionsOnMembers(const JsonValue& schema)
{
    const auto* conditions = schema.find(FormConditions::member);
    if (conditions == nullptr)
        return false;
    return std::any_of(conditions->elements().begin(), conditions->elements().end(),
        [](const JsonValue& condition) {
            return std::any_of(condition.members().begin(), condition.members().end(),
                [](const JsonValue::Member& part) {
                    return part.value.find("properties") != nullptr
                        || part.value.find("required") != nullptr
                        || part.value.find("$ref") != nullptr
                        || part.value.find("allOf") != nullptr;
                });
        });
}

/// The type that the keywords of a schema without "type" are about.
QByteArray typeByKeywords(const JsonValue& schema)
{
    if (schema.find("properties") != nullptr || hasConditionsOnMembers(schema))
        return "object";
    return schema.find("prefixItems") != nullptr ? QByteArray("array") : QByteArray();
}

/// The one type of a schema beside "null"; empty when there are several.
QByteArray typeOf(const JsonValue& schema, bool& nullable)
{
    const auto* type = schema.find("type");
    if (type == nullptr)
        return typeByKeywords(schema);
    if (type->isString())
        return type->toUtf8();
    QByteArray found;
    for (const auto& name : type->elements()) {
        if (name.toUtf8() == "null")
            nullable = true;
        else if (found.isEmpty())
            found = name.toUtf8();
        else
            return {};
    }
    return found;
}

bool isGroup(EditorKind kind)
{
    return kind == EditorKind::Object || kind == EditorKind::Array || kind == EditorKind::Tuple
        || kind == EditorKind::Map;
}

/// Whether a group has fields at once, not only when a row is added.
bool makesItself(EditorKind kind)
{
    return kind == EditorKind::Object || kind == EditorKind::Tuple;
}

EditorKind textKind(const JsonValue& schema)
{
    const auto* format = schema.find("format");
    const auto name = format != nullptr ? format->toUtf8() : QByteArray();
    if (name == "uuid")
        return EditorKind::Uuid;
    if (name == "date-time" || name == "date" || name == "time")
        return EditorKind::Moment;
    // What has a form of its own (an address, a URI) fits a line, however long it may be.
    if (!name.isEmpty())
        return EditorKind::Text;
    const auto* longest = schema.find("maxLength");
    const auto* preset = schema.find("default");
    const bool isLong = (longest != nullptr && longest->toDouble() > longestLine)
        || (preset != nullptr && preset->toUtf8().contains('\n'));
    return isLong ? EditorKind::LongText : EditorKind::Text;
}

/// Whether a form shows the rows of what it holds at first.
bool showsPreset(const JsonValue& schema)
{
    const auto* preset = schema.find("default");
    return preset == nullptr || preset->size() <= mostRows;
}

EditorKind objectKind(const JsonValue& schema, bool takesEntries, qsizetype depth)
{
    const auto* properties = schema.find("properties");
    const auto members = properties != nullptr ? properties->size() : 0;
    if (members > mostMembers || !showsPreset(schema))
        return EditorKind::Json;
    if (members > 0 || hasConditionsOnMembers(schema))
        return EditorKind::Object;
    if (takesEntries)
        return EditorKind::Map;
    // An object without members is a whole form that needs no data, and no group inside of one.
    return properties != nullptr && depth == 0 ? EditorKind::Object : EditorKind::Json;
}

EditorKind arrayKind(const JsonValue& schema)
{
    if (!showsPreset(schema))
        return EditorKind::Json;
    const auto* prefix = schema.find("prefixItems");
    if (prefix != nullptr && prefix->size() > 0)
        return prefix->size() <= mostMembers ? EditorKind::Tuple : EditorKind::Json;
    const auto* items = schema.find("items");
    return items != nullptr && items->isObject() ? EditorKind::Array : EditorKind::Json;
}

/// Whoever chose an alternative has chosen the constants that tell it from the others.
void requireConstants(JsonValue& schema)
{
    const auto* properties = schema.find("properties");
    const auto* known = schema.find("required");
    auto required = known != nullptr && known->isArray() ? *known : JsonValue::emptyArray();
    if (properties == nullptr)
        return;
    for (const auto& property : properties->members()) {
        if (property.value.find("const") != nullptr)
            required.append(JsonValue::fromString(property.key));
    }
    schema.insert("required", required);
}

QString textOf(const JsonValue* value)
{
    return value != nullptr ? value->toString() : QString();
}

} // namespace

FieldSpec FieldSpec::make(const FormContext& context, const JsonPointer& place,
    const JsonValue& schema, bool required, const QString& fallbackTitle,
    const QList<QByteArray>& references)
{
    FieldSpec spec;
    spec.context = context;
    spec.place = place;
    spec.required = required;
    const auto flat = flattened(context.schema, schema, references);
    spec.schema = flat.schema;
    spec.m_references = flat.references;
    spec.m_isRecursive = flat.isRecursive;
    spec.takeOptions();
    spec.takeKind();
    if (const auto* patterns = spec.keyword("patternProperties"))
        spec.m_patterns = std::make_shared<PatternSchemas>(*patterns);
    const auto depth = place.tokens().size();
    const bool isLarge = *context.fieldsLeft <= 0 || depth > deepestGroup;
    spec.onDemand = isGroup(spec.kind) && depth > 0
        && ((spec.m_isRecursive && makesItself(spec.kind)) || isLarge);
    *context.fieldsLeft -= 1;
    spec.title = textOf(spec.keyword("title")).simplified();
    if (spec.title.isEmpty())
        spec.title = fallbackTitle;
    spec.description = textOf(spec.keyword("description")).simplified();
    spec.setRequired(required);
    return spec;
}

bool FormContext::takeRows(qsizetype count) const
{
    auto& left = *rowsLeft;
    if (left)
        *left = *left < count ? -1 : *left - count;
    return !left || *left >= 0;
}

void FieldSpec::setRequired(bool isRequired)
{
    required = isRequired;
    const auto* mark = keyword("readOnly");
    // What is needed and has no value yet could be given nowhere else.
    readOnly = mark != nullptr && mark->toBool() && (!required || preset());
}

void FieldSpec::takeOptions()
{
    auto found = optionsOf(context.schema, schema, m_references);
    m_optionsKeyword = found.keyword;
    options = found.options;
    const auto isNull = [](const JsonValue& option) {
        const auto* type = option.find("type");
        return type != nullptr && type->toUtf8() == "null";
    };
    // "This or null" is the field itself, which may be left empty.
    if (options.size() != 2 || isNull(options[0]) == isNull(options[1]))
        return;
    nullable = true;
    onlyOption = isNull(options[0]) ? 1 : 0;
    m_isRecursive = m_isRecursive || found.isRecursive;
    schema.remove(viewOf(m_optionsKeyword));
    schema = mergedSchemas(schema, options[onlyOption]);
    m_optionsKeyword.clear();
    options.clear();
}

void FieldSpec::takeKind()
{
    const auto type = typeOf(schema, nullable);
    const auto depth = place.tokens().size();
    const bool areConstants = FormOptions { m_optionsKeyword, options, false }.areConstants();
    if (schema.find("enum") != nullptr || schema.find("const") != nullptr || areConstants)
        kind = EditorKind::Choice;
    else if (!options.isEmpty())
        kind = EditorKind::Alternatives;
    else if (type == "string")
        kind = textKind(schema);
    else if (type == "integer" || type == "number")
        kind = EditorKind::Number;
    else if (type == "boolean")
        kind = EditorKind::Boolean;
    else if (type == "object" && depth <= deepestField)
        kind = objectKind(schema, takesEntries(), depth);
    else if (type == "array" && depth <= deepestField)
        kind = arrayKind(schema);
}

FieldSpec FieldSpec::member(const QByteArray& key, const JsonValue& memberSchema) const
{
    bool isRequired = false;
    if (const auto* names = keyword("required")) {
        for (const auto& name : names->elements())
            isRequired = isRequired || name.toUtf8() == key;
    }
    auto spec = make(context, childPlace(place, key), memberSchema, isRequired,
        readableName(QString::fromUtf8(key)), m_references);
    spec.isHidden = m_isAlternative && isRequired && spec.keyword("const") != nullptr;
    return spec;
}

FieldSpec FieldSpec::row(qsizetype index) const
{
    const auto* items = keyword("items");
    return make(context, childPlace(place, QByteArray::number(index + firstRow)),
        items != nullptr && items->isObject() ? *items : JsonValue::emptyObject(), true,
        QCoreApplication::translate("SchemaForm", "%1, row %2")
            .arg(title, QString::number(index + 1)))
        .demanded();
}

FieldSpec FieldSpec::alternative(qsizetype index) const
{
    auto base = schema;
    base.remove(viewOf(m_optionsKeyword));
    // The choice itself says these.
    for (const std::string_view name : { "title", "description", "default", "examples" })
        base.remove(name);
    const auto& option = options.at(index);
    auto merged = option.isObject() ? mergedSchemas(base, option) : base;
    requireConstants(merged);
    auto spec = make(context, place, merged, required, title, m_references).demanded();
    spec.m_isAlternative = true;
    return spec;
}

FieldSpec FieldSpec::demanded() const
{
    auto spec = *this;
    spec.onDemand = false;
    return spec;
}

const JsonValue* FieldSpec::keyword(std::string_view name) const
{
    return schema.find(name);
}

QString FieldSpec::format() const
{
    return textOf(keyword("format"));
}

std::optional<JsonValue> FieldSpec::preset() const
{
    if (const auto* value = keyword("default"))
        return *value;
    if (const auto* only = keyword("const"); only != nullptr && required)
        return *only;
    return std::nullopt;
}

QString FieldSpec::example() const
{
    const auto* examples = keyword("examples");
    if (examples == nullptr || examples->size() == 0)
        return {};
    const auto& first = examples->elements().front();
    return first.isString() ? first.toString() : QString::fromUtf8(first.toJson());
}

QString readableName(const QString& name)
{
    QString words;
    for (qsizetype i = 0; i < name.size(); ++i) {
        const auto letter = name.at(i);
        if (letter == u'_' || letter == u'-') {
            words += u' ';
            continue;
        }
        const bool startsWord = i > 0 && letter.isUpper() && name.at(i - 1).isLower();
        const bool isAcronym = i + 1 < name.size() && name.at(i + 1).isUpper();
        if (startsWord)
            words += u' ';
        words += startsWord && !isAcronym ? letter.toLower() : letter;
    }
    words = words.simplified();
    if (!words.isEmpty())
        words[0] = words.at(0).toUpper();
    return words;
}

JsonPointer childPlace(const JsonPointer& place, const QByteArray& token)
{
    auto tokens = place.tokens();
    tokens.append(token);
    return JsonPointer(tokens);
}

} // namespace eventloupe
