#include "ui/command/fieldspec.h"

#include <QCoreApplication>

namespace eventloupe {

namespace {

/// Objects nested deeper are edited as JSON text; a schema that refers to itself ends there.
constexpr qsizetype deepestGroup = 5;
/// Texts that may be longer get an editor of several lines.
constexpr qint64 longestLine = 200;

JsonValue resolved(const JsonValue& schema, const JsonValue& document)
{
    JsonValue present = schema;
    for (int hops = 0; hops < 16; ++hops) {
        const auto* reference = present.find("$ref");
        if (reference == nullptr || !reference->toUtf8().startsWith('#'))
            return present;
        const auto text = reference->toUtf8().mid(1);
        const auto pointer = JsonPointer::parse({ text.constData(), std::size_t(text.size()) });
        const auto* target = pointer ? pointer->resolve(document) : nullptr;
        if (target == nullptr)
            return present;
        JsonValue merged = *target;
        if (merged.isObject()) {
            for (const auto& member : present.members()) {
                if (member.key != "$ref")
                    merged.insert(member.key, member.value);
            }
        }
        present = merged;
    }
    return present;
}

/// The one type of a schema beside "null"; empty when there are several.
QByteArray typeOf(const JsonValue& schema, bool& nullable)
{
    const auto* type = schema.find("type");
    if (type == nullptr)
        return schema.find("properties") != nullptr ? QByteArray("object") : QByteArray();
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

bool isChoice(const JsonValue& schema)
{
    if (schema.find("enum") != nullptr || schema.find("const") != nullptr)
        return true;
    const auto* options = schema.find("oneOf");
    if (options == nullptr || options->size() == 0)
        return false;
    const auto all = options->elements();
    return std::all_of(all.begin(), all.end(),
        [](const JsonValue& option) { return option.find("const") != nullptr; });
}

EditorKind textKind(const JsonValue& schema)
{
    const auto* format = schema.find("format");
    const auto name = format != nullptr ? format->toUtf8() : QByteArray();
    if (name == "uuid")
        return EditorKind::Uuid;
    if (name == "date-time" || name == "date")
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

EditorKind kindOf(const JsonValue& schema, const QByteArray& type, qsizetype depth)
{
    if (isChoice(schema))
        return EditorKind::Choice;
    if (type == "string")
        return textKind(schema);
    if (type == "integer" || type == "number")
        return EditorKind::Number;
    if (type == "boolean")
        return EditorKind::Boolean;
    const auto* properties = schema.find("properties");
    if (type == "object" && properties != nullptr && depth <= deepestGroup)
        return EditorKind::Object;
    const auto* items = schema.find("items");
    if (type == "array" && items != nullptr && items->isObject() && depth <= deepestGroup)
        return EditorKind::Array;
    return EditorKind::Json;
}

QString textOf(const JsonValue* value)
{
    return value != nullptr ? value->toString() : QString();
}

} // namespace

FieldSpec FieldSpec::make(const FormContext& context, const JsonPointer& place,
    const JsonValue& schema, bool required, const QString& fallbackTitle)
{
    FieldSpec spec;
    spec.context = context;
    spec.place = place;
    spec.schema = resolved(schema, context.document);
    const auto type = typeOf(spec.schema, spec.nullable);
    spec.kind = kindOf(spec.schema, type, place.tokens().size());
    spec.title = textOf(spec.keyword("title")).simplified();
    if (spec.title.isEmpty())
        spec.title = fallbackTitle;
    spec.description = textOf(spec.keyword("description")).simplified();
    spec.required = required;
    return spec;
}

FieldSpec FieldSpec::member(const QByteArray& key, const JsonValue& memberSchema) const
{
    bool isRequired = false;
    if (const auto* names = keyword("required")) {
        for (const auto& name : names->elements())
            isRequired = isRequired || name.toUtf8() == key;
    }
    return make(context, childPlace(place, key), memberSchema, isRequired,
        readableName(QString::fromUtf8(key)));
}

FieldSpec FieldSpec::row(qsizetype index) const
{
    const auto* items = keyword("items");
    return make(context, childPlace(place, QByteArray::number(index)),
        items != nullptr ? *items : JsonValue::emptyObject(), true,
        QCoreApplication::translate("SchemaForm", "%1, row %2").arg(title).arg(index + 1));
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
