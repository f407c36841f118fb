// minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf (Validation, section 6.2).
#include "schema/keywords.h"
#include "schema/numbers.h"

#include <array>

namespace eventloupe {

namespace {

struct Rule {
    std::string_view name;
    bool (*fits)(const JsonValue& value, const JsonValue& bound);
    const char* message;
};

constexpr std::array<Rule, 5> rules { {
    { "minimum", [](auto& v, auto& b) { return compareNumbers(v, b) >= 0; },
        QT_TRANSLATE_NOOP("Schema", "must be at least %1") },
    { "maximum", [](auto& v, auto& b) { return compareNumbers(v, b) <= 0; },
        QT_TRANSLATE_NOOP("Schema", "must be at most %1") },
    { "exclusiveMinimum", [](auto& v, auto& b) { return compareNumbers(v, b) > 0; },
        QT_TRANSLATE_NOOP("Schema", "must be more than %1") },
    { "exclusiveMaximum", [](auto& v, auto& b) { return compareNumbers(v, b) < 0; },
        QT_TRANSLATE_NOOP("Schema", "must be less than %1") },
    { "multipleOf", [](auto& v, auto& b) { return isMultipleOf(v, b); },
        QT_TRANSLATE_NOOP("Schema", "must be a multiple of %1") },
} };

class NumberKeyword final : public Keyword {
public:
    NumberKeyword(const Rule& rule, JsonValue bound)
        : m_rule(rule)
        , m_bound(std::move(bound))
    {
    }
    void validate(const JsonValue& value, Validation& validation) const override
    {
        if (!value.isNumber() || m_rule.fits(value, m_bound))
            return;
        validation.report(m_rule.name.data(),
            SchemaText::tr(m_rule.message).arg(QString::fromUtf8(m_bound.toJson())));
    }

private:
    const Rule& m_rule;
    JsonValue m_bound;
};

template <std::size_t index>
std::unique_ptr<Keyword> compileRule(const SchemaCompiler::Source& source, SchemaCompiler& compiler)
{
    if (!compiler.expectNumber(source.value))
        return {};
    const Rule& rule = std::get<index>(rules);
    if (rule.name == "multipleOf" && !(source.value.toDouble() > 0)) {
        compiler.fail(SchemaText::tr("must be more than 0"));
        return {};
    }
    return std::make_unique<NumberKeyword>(rule, source.value);
}

constexpr std::array<KeywordFactory, 5> factories { {
    { "minimum", compileRule<0>, true },
    { "maximum", compileRule<1>, true },
    { "exclusiveMinimum", compileRule<2>, true },
    { "exclusiveMaximum", compileRule<3>, true },
    { "multipleOf", compileRule<4>, true },
} };

} // namespace

std::span<const KeywordFactory> numberKeywords()
{
    return factories;
}

} // namespace eventloupe
