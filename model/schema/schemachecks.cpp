// What is checked of a schema beside its keywords' own rules: the types of their values,
// annotations, and the dialect that it is written in.
#include "schema/metaschema.h"
#include "schema/schemacompiler.h"
#include "value/event.h"

#include <algorithm>
#include <array>

namespace eventloupe {

namespace {

struct Annotation {
    std::string_view name;
    JsonValue::Type type;
    const char* expected;
};

constexpr std::array<Annotation, 10> annotations { {
    { "$id", JsonValue::Type::String, QT_TRANSLATE_NOOP("Schema", "must be a string") },
    { "$anchor", JsonValue::Type::String, QT_TRANSLATE_NOOP("Schema", "must be a string") },
    { "$dynamicAnchor", JsonValue::Type::String, QT_TRANSLATE_NOOP("Schema", "must be a string") },
    { "title", JsonValue::Type::String, QT_TRANSLATE_NOOP("Schema", "must be a string") },
    { "description", JsonValue::Type::String, QT_TRANSLATE_NOOP("Schema", "must be a string") },
    { "$comment", JsonValue::Type::String, QT_TRANSLATE_NOOP("Schema", "must be a string") },
    { "examples", JsonValue::Type::Array, QT_TRANSLATE_NOOP("Schema", "must be an array") },
    { "readOnly", JsonValue::Type::Bool, QT_TRANSLATE_NOOP("Schema", "must be true or false") },
    { "writeOnly", JsonValue::Type::Bool, QT_TRANSLATE_NOOP("Schema", "must be true or false") },
    { "deprecated", JsonValue::Type::Bool, QT_TRANSLATE_NOOP("Schema", "must be true or false") },
} };

struct OldKeyword {
    std::string_view name;
    const char* mend;
};

// They assert in the older drafts, and are none in 2020-12: never ignored silently.
constexpr std::array<OldKeyword, 3> oldKeywords { {
    { "dependencies",
        QT_TRANSLATE_NOOP("Schema",
            "is spelt dependentRequired and dependentSchemas in JSON "
            "Schema 2020-12") },
    { "additionalItems",
        QT_TRANSLATE_NOOP("Schema", "is spelt items in JSON Schema 2020-12, beside prefixItems") },
    { "$recursiveRef", QT_TRANSLATE_NOOP("Schema", "is spelt $dynamicRef in JSON Schema 2020-12") },
} };

const QByteArray vocabularyPrefix
    = QByteArrayLiteral("https://json-schema.org/draft/2020-12/vocab/");
constexpr std::array<std::string_view, 8> knownVocabularies { "core", "applicator", "unevaluated",
    "validation", "meta-data", "format-annotation", "format-assertion", "content" };

bool isKnownVocabulary(const QByteArray& uri)
{
    return std::any_of(
        knownVocabularies.begin(), knownVocabularies.end(), [&uri](std::string_view name) {
            return uri == vocabularyPrefix + QByteArray(name.data(), qsizetype(name.size()));
        });
}

bool isOldDraft(const QByteArray& uri)
{
    return uri.contains("://json-schema.org/draft-0")
        || uri.contains("://json-schema.org/draft/2019-09/");
}

QByteArray toKey(std::string_view name)
{
    return { name.data(), static_cast<qsizetype>(name.size()) };
}

} // namespace

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

std::optional<Pattern> SchemaCompiler::pattern(
    const QByteArray& source, const QList<QByteArray>& path)
{
    constexpr std::chrono::seconds bound { 1 };
    if (failed())
        return {};
    const auto start = std::chrono::steady_clock::now();
    auto pattern = Pattern::compile(source);
    m_patternTime += std::chrono::steady_clock::now() - start;
    if (!pattern)
        fail(pattern.error().message, path);
    else if (m_patternTime > bound)
        fail(SchemaText::tr("the patterns of this schema take too long to read; use fewer, or "
                            "smaller counts in {}"),
            path);
    if (failed())
        return {};
    return std::move(pattern).value();
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

void SchemaCompiler::checkAnnotations(const JsonValue& schema)
{
    for (const Annotation& annotation : annotations) {
        const JsonValue* value = schema.find(annotation.name);
        if (value && value->type() != annotation.type)
            fail(SchemaText::tr(annotation.expected), { toKey(annotation.name) });
    }
    const JsonValue* id = schema.find("$id");
    if (id && id->toUtf8().indexOf('#') >= 0 && !id->toUtf8().endsWith('#')) {
        fail(SchemaText::tr("must have no fragment (#...); name a part by \"$anchor\""), { "$id" });
    }
}

void SchemaCompiler::refuseOldKeywords(const JsonValue& schema)
{
    for (const OldKeyword& keyword : oldKeywords) {
        if (schema.find(keyword.name))
            fail(SchemaText::tr(keyword.mend), { toKey(keyword.name) });
    }
}

SchemaCompiler::Dialect SchemaCompiler::dialectOf(int resource)
{
    const auto known = m_dialects.constFind(resource);
    if (known != m_dialects.constEnd())
        return *known;
    const Dialect dialect = readDialect(resource);
    m_dialects.insert(resource, dialect);
    return dialect;
}

SchemaCompiler::Dialect SchemaCompiler::readDialect(int resource)
{
    const SchemaDocuments::Resource& found = m_graph->documents.resource(resource);
    const JsonValue* uri = found.root->find("$schema");
    if (!uri)
        return found.parent < 0 ? Dialect() : dialectOf(found.parent);
    QByteArray name = uri->toUtf8();
    if (name.endsWith('#'))
        name.chop(1);
    if (name == metaschemaUri)
        return {};
    if (isOldDraft(name))
        return { true, true };
    const auto target = m_graph->documents.locate(resource, name, m_options.resolver);
    if (!target) {
        fail(SchemaText::tr("is no JSON Schema dialect that is known here; write \"%1\"")
                 .arg(QLatin1StringView(metaschemaUri)),
            { "$schema" });
        return {};
    }
    const JsonValue* vocabularies = target->schema->find("$vocabulary");
    if (!vocabularies)
        return {};
    for (const JsonValue::Member& member : vocabularies->members()) {
        if (member.value.toBool() && !isKnownVocabulary(member.key)) {
            fail(SchemaText::tr("needs the vocabulary %1, which is not known here")
                     .arg(QString::fromUtf8(member.key)),
                { "$schema" });
        }
    }
    return { vocabularies->find(viewOf(vocabularyPrefix + "validation")) != nullptr, false };
}

} // namespace eventloupe
