// type, enum, const (JSON Schema Validation 2020-12, section 6.1).
#include "schema/keywords.h"
#include "schema/numbers.h"

#include <algorithm>
#include <array>

namespace eventloupe {

namespace {

struct TypeName {
    std::string_view name;
    const char* phrase;
    bool (*fits)(const JsonValue&);
};

constexpr std::array<TypeName, 7> typeNames { {
    { "string", QT_TRANSLATE_NOOP("Schema", "a text"), [](auto& v) { return v.isString(); } },
    { "integer", QT_TRANSLATE_NOOP("Schema", "a whole number"),
        [](auto& v) { return isWholeNumber(v); } },
    { "number", QT_TRANSLATE_NOOP("Schema", "a number"), [](auto& v) { return v.isNumber(); } },
    { "boolean", QT_TRANSLATE_NOOP("Schema", "true or false"), [](auto& v) { return v.isBool(); } },
    { "object", QT_TRANSLATE_NOOP("Schema", "an object"), [](auto& v) { return v.isObject(); } },
    { "array", QT_TRANSLATE_NOOP("Schema", "an array"), [](auto& v) { return v.isArray(); } },
    { "null", QT_TRANSLATE_NOOP("Schema", "null"), [](auto& v) { return v.isNull(); } },
} };

class TypeKeyword final : public Keyword {
public:
    explicit TypeKeyword(QList<const TypeName*> types)
        : m_types(std::move(types))
    {
    }
    void validate(const JsonValue& value, Validation& validation) const override
    {
        const auto fits = [&value](const TypeName* type) { return type->fits(value); };
        if (std::any_of(m_types.begin(), m_types.end(), fits))
            return;
        QStringList phrases;
        for (const TypeName* type : m_types)
            phrases.append(SchemaText::tr(type->phrase));
        validation.report(
            "type", SchemaText::tr("must be %1").arg(phrases.join(SchemaText::tr(" or "))));
    }

private:
    QList<const TypeName*> m_types;
};

std::unique_ptr<Keyword> compileType(const SchemaCompiler::Source& source, SchemaCompiler& compiler)
{
    QList<QByteArray> names { source.value.toUtf8() };
    if (source.value.isArray()) {
        const auto list = compiler.names(source.value);
        if (!list)
            return {};
        names = *list;
    }
    QList<const TypeName*> types;
    for (const QByteArray& name : names) {
        const auto found = std::find_if(typeNames.begin(), typeNames.end(),
            [&name](const TypeName& type) { return QByteArrayView(type.name) == name; });
        if (found == typeNames.end()) {
            compiler.fail(SchemaText::tr("must be string, integer, number, boolean, object, "
                                         "array or null, or an array of these"));
            return {};
        }
        types.append(found);
    }
    return std::make_unique<TypeKeyword>(std::move(types));
}

class EnumKeyword final : public Keyword {
public:
    EnumKeyword(const char* name, std::vector<JsonValue> values)
        : m_name(name)
        , m_values(std::move(values))
    {
    }
    void validate(const JsonValue& value, Validation& validation) const override
    {
        if (!validation.spend(static_cast<qint64>(m_values.size()) / 8))
            return;
        if (std::find(m_values.begin(), m_values.end(), value) == m_values.end())
            validation.report(m_name, message());
    }

private:
    [[nodiscard]] QString message() const
    {
        constexpr std::size_t shown = 12;
        QStringList texts;
        for (std::size_t i = 0; i < std::min(m_values.size(), shown); ++i) {
            const JsonValue& value = m_values[i];
            texts.append(
                value.isString() ? value.toString() : QString::fromUtf8(value.toJson().left(100)));
        }
        if (m_values.size() > shown)
            texts.append(QStringLiteral("\u2026"));
        const QString list = texts.join(QStringLiteral(", "));
        return m_values.size() == 1 ? SchemaText::tr("must be %1").arg(list)
                                    : SchemaText::tr("must be one of %1").arg(list);
    }

    const char* m_name;
    std::vector<JsonValue> m_values;
};

std::unique_ptr<Keyword> compileEnum(const SchemaCompiler::Source& source, SchemaCompiler& compiler)
{
    if (!compiler.expectArray(source.value))
        return {};
    const auto values = source.value.elements();
    return std::make_unique<EnumKeyword>(
        source.name, std::vector<JsonValue>(values.begin(), values.end()));
}

std::unique_ptr<Keyword> compileConst(const SchemaCompiler::Source& source, SchemaCompiler&)
{
    return std::make_unique<EnumKeyword>(source.name, std::vector<JsonValue> { source.value });
}

constexpr std::array<KeywordFactory, 3> factories { {
    { "type", compileType, true },
    { "enum", compileEnum, true },
    { "const", compileConst, true },
} };

} // namespace

std::span<const KeywordFactory> valueKeywords()
{
    return factories;
}

} // namespace eventloupe
