#include "schema/schemacompiler.h"

#include "schema/keywords.h"

#include <array>

namespace eventloupe {

namespace {

// They would assert, and this version does not evaluate them: never ignored silently.
constexpr std::array<std::string_view, 4> notEvaluated { "$ref", "$dynamicRef", "unevaluatedItems",
    "unevaluatedProperties" };

struct Annotation {
    std::string_view name;
    JsonValue::Type type;
    const char* expected;
};

constexpr std::array<Annotation, 8> annotations { {
    { "title", JsonValue::Type::String, QT_TRANSLATE_NOOP("Schema", "must be a string") },
    { "description", JsonValue::Type::String, QT_TRANSLATE_NOOP("Schema", "must be a string") },
    { "$comment", JsonValue::Type::String, QT_TRANSLATE_NOOP("Schema", "must be a string") },
    { "examples", JsonValue::Type::Array, QT_TRANSLATE_NOOP("Schema", "must be an array") },
    { "readOnly", JsonValue::Type::Bool, QT_TRANSLATE_NOOP("Schema", "must be true or false") },
    { "writeOnly", JsonValue::Type::Bool, QT_TRANSLATE_NOOP("Schema", "must be true or false") },
    { "deprecated", JsonValue::Type::Bool, QT_TRANSLATE_NOOP("Schema", "must be true or false") },
    { "$defs", JsonValue::Type::Object, QT_TRANSLATE_NOOP("Schema", "must be an object") },
} };

QByteArray toKey(std::string_view name)
{
    return { name.data(), static_cast<qsizetype>(name.size()) };
}

} // namespace

Result<std::shared_ptr<const SchemaNode>> SchemaCompiler::compile(
    const JsonValue& document, SchemaViolation* fault)
{
    SchemaCompiler compiler;
    auto node = std::make_shared<SchemaNode>();
    compiler.compileInto(*node, document);
    if (!compiler.m_fault)
        return std::shared_ptr<const SchemaNode>(std::move(node));
    if (fault)
        *fault = *compiler.m_fault;
    const JsonPointer& place = compiler.m_fault->place;
    return Error { ErrorCode::InvalidInput,
        QStringLiteral("%1: %2").arg(
            place.isRoot() ? SchemaText::tr("the schema") : QString::fromUtf8(place.toText()),
            compiler.m_fault->message) };
}

std::unique_ptr<SchemaNode> SchemaCompiler::subschema(
    const JsonValue& document, const QList<QByteArray>& path)
{
    auto node = std::make_unique<SchemaNode>();
    m_place.append(path);
    compileInto(*node, document);
    m_place.resize(m_place.size() - path.size());
    return node;
}

void SchemaCompiler::fail(const QString& message, const QList<QByteArray>& path)
{
    if (!m_fault)
        m_fault = SchemaViolation { JsonPointer(m_place + path), message, {} };
}

std::optional<qsizetype> SchemaCompiler::count(const JsonValue& value)
{
    // 2.0 is an integer in JSON Schema (Core, section 4.2.3).
    const double number = value.toDouble();
    if (!value.isNumber() || number < 0 || number > 1e15
        || number != static_cast<double>(static_cast<qint64>(number))) {
        fail(SchemaText::tr("must be a whole number from 0"));
        return {};
    }
    return static_cast<qsizetype>(number);
}

std::optional<QByteArray> SchemaCompiler::text(const JsonValue& value)
{
    if (value.isString())
        return value.toUtf8();
    fail(SchemaText::tr("must be a string"));
    return {};
}

bool SchemaCompiler::expectObject(const JsonValue& value)
{
    if (!value.isObject())
        fail(SchemaText::tr("must be an object"));
    return value.isObject();
}

bool SchemaCompiler::expectArray(const JsonValue& value)
{
    if (!value.isArray())
        fail(SchemaText::tr("must be an array"));
    return value.isArray();
}

bool SchemaCompiler::expectNumber(const JsonValue& value)
{
    if (!value.isNumber())
        fail(SchemaText::tr("must be a number"));
    return value.isNumber();
}

std::optional<QList<QByteArray>> SchemaCompiler::names(
    const JsonValue& value, const QList<QByteArray>& path)
{
    QList<QByteArray> names;
    bool good = value.isArray();
    for (const JsonValue& element : value.elements()) {
        good = good && element.isString();
        names.append(element.toUtf8());
    }
    if (good)
        return names;
    fail(SchemaText::tr("must be an array of strings"), path);
    return {};
}

void SchemaCompiler::compileInto(SchemaNode& node, const JsonValue& document)
{
    if (document.isBool()) {
        if (!document.toBool())
            node.refuseAll();
        return;
    }
    if (!document.isObject()) {
        fail(SchemaText::tr("must be an object, true or false"));
        return;
    }
    refuseUnevaluated(document);
    checkAnnotations(document);
    for (const auto keywords : { valueKeywords(), numberKeywords(), stringKeywords(),
             objectKeywords(), dependentKeywords(), arrayKeywords(), logicKeywords() }) {
        for (const KeywordFactory& factory : keywords) {
            const JsonValue* value = document.find(factory.name);
            if (!value || failed())
                continue;
            m_place.append(factory.name);
            if (auto keyword = factory.compile({ *value, document, factory.name }, *this))
                node.add(std::move(keyword));
            m_place.removeLast();
        }
    }
}

void SchemaCompiler::refuseUnevaluated(const JsonValue& document)
{
    for (const std::string_view name : notEvaluated) {
        if (document.find(name)) {
            fail(SchemaText::tr("this version of Eventloupe does not evaluate this keyword; write "
                                "the schema without it"),
                { toKey(name) });
        }
    }
}

void SchemaCompiler::checkAnnotations(const JsonValue& document)
{
    for (const Annotation& annotation : annotations) {
        const JsonValue* value = document.find(annotation.name);
        if (value && value->type() != annotation.type)
            fail(SchemaText::tr(annotation.expected), { toKey(annotation.name) });
    }
}

} // namespace eventloupe
