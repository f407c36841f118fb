// required, properties and their kin (Validation, section 6.5; Core, section 10.3.2).
#include "schema/keywords.h"
#include "schema/namednodes.h"
#include "schema/pattern.h"
#include "value/event.h"

#include <algorithm>
#include <array>

namespace eventloupe {

namespace {

class RequiredKeyword final : public Keyword {
public:
    explicit RequiredKeyword(QList<QByteArray> names)
        : m_names(std::move(names))
    {
    }
    void validate(const JsonValue& value, Validation& validation) const override
    {
        if (!value.isObject())
            return;
        for (const QByteArray& name : m_names) {
            if (!value.find(viewOf(name)))
                validation.reportMember(name, "required", SchemaText::tr("is required"));
        }
    }

private:
    QList<QByteArray> m_names;
};

std::unique_ptr<Keyword> compileRequired(
    const SchemaCompiler::Source& source, SchemaCompiler& compiler)
{
    const auto names = compiler.names(source.value);
    if (!names)
        return {};
    return std::make_unique<RequiredKeyword>(*names);
}

class MemberCountKeyword final : public Keyword {
public:
    MemberCountKeyword(bool isMinimum, qsizetype bound)
        : m_isMinimum(isMinimum)
        , m_bound(bound)
    {
    }
    void validate(const JsonValue& value, Validation& validation) const override
    {
        if (!value.isObject())
            return;
        if (m_isMinimum && value.size() < m_bound) {
            validation.report(
                "minProperties", SchemaText::tr("must have at least %1 fields").arg(m_bound));
        }
        if (!m_isMinimum && value.size() > m_bound) {
            validation.report(
                "maxProperties", SchemaText::tr("must have at most %1 fields").arg(m_bound));
        }
    }

private:
    bool m_isMinimum;
    qsizetype m_bound;
};

template <bool isMinimum>
std::unique_ptr<Keyword> compileMemberCount(
    const SchemaCompiler::Source& source, SchemaCompiler& compiler)
{
    const auto bound = compiler.count(source.value);
    if (!bound)
        return {};
    return std::make_unique<MemberCountKeyword>(isMinimum, *bound);
}

class PropertiesKeyword final : public Keyword {
public:
    explicit PropertiesKeyword(std::vector<NamedNode> nodes)
        : m_nodes(std::move(nodes))
    {
    }
    void validate(const JsonValue& value, Validation& validation) const override
    {
        for (const NamedNode& property : m_nodes) {
            if (const JsonValue* member = value.find(viewOf(property.name))) {
                validation.markEvaluated(*member);
                const Validation::Step step(validation, property.name);
                property.node->validate(*member, validation);
            }
        }
    }

private:
    std::vector<NamedNode> m_nodes;
};

std::unique_ptr<Keyword> compileProperties(
    const SchemaCompiler::Source& source, SchemaCompiler& compiler)
{
    return std::make_unique<PropertiesKeyword>(compileNamed(source.value, compiler));
}

struct PatternNode {
    Pattern pattern;
    const SchemaNode* node;
};

std::vector<Pattern> compilePatterns(const JsonValue& object, SchemaCompiler& compiler)
{
    std::vector<Pattern> patterns;
    for (const JsonValue::Member& member : object.members()) {
        auto pattern = compiler.pattern(member.key, { member.key });
        if (!pattern)
            break;
        patterns.push_back(*std::move(pattern));
    }
    return patterns;
}

class PatternPropertiesKeyword final : public Keyword {
public:
    explicit PatternPropertiesKeyword(std::vector<PatternNode> nodes)
        : m_nodes(std::move(nodes))
    {
    }
    void validate(const JsonValue& value, Validation& validation) const override
    {
        for (const JsonValue::Member& member : value.members()) {
            const QString name = QString::fromUtf8(member.key);
            for (const PatternNode& candidate : m_nodes) {
                if (!validation.matches(candidate.pattern, name, "patternProperties"))
                    continue;
                validation.markEvaluated(member.value);
                const Validation::Step step(validation, member.key);
                candidate.node->validate(member.value, validation);
            }
        }
    }

private:
    std::vector<PatternNode> m_nodes;
};

std::unique_ptr<Keyword> compilePatternProperties(
    const SchemaCompiler::Source& source, SchemaCompiler& compiler)
{
    if (!compiler.expectObject(source.value))
        return {};
    std::vector<Pattern> patterns = compilePatterns(source.value, compiler);
    if (compiler.failed())
        return {};
    std::vector<PatternNode> nodes;
    for (std::size_t i = 0; i < patterns.size(); ++i) {
        const JsonValue::Member& member = source.value.members()[i];
        nodes.push_back(
            { std::move(patterns[i]), compiler.subschema(member.value, { member.key }) });
    }
    return std::make_unique<PatternPropertiesKeyword>(std::move(nodes));
}

class AdditionalPropertiesKeyword final : public Keyword {
public:
    AdditionalPropertiesKeyword(
        const JsonValue& schema, std::vector<Pattern> patterns, const SchemaNode* node)
        : m_patterns(std::move(patterns))
        , m_node(node)
    {
        if (const JsonValue* properties = schema.find("properties"))
            m_properties = *properties;
    }
    void validate(const JsonValue& value, Validation& validation) const override
    {
        for (const JsonValue::Member& member : value.members()) {
            if (isEvaluated(member.key, validation) || validation.isOver())
                continue;
            validation.markEvaluated(member.value);
            const Validation::Step step(validation, member.key);
            m_node->validate(member.value, validation);
        }
    }

private:
    [[nodiscard]] bool isEvaluated(const QByteArray& name, Validation& validation) const
    {
        if (m_properties.find(viewOf(name)))
            return true;
        const QString text = m_patterns.empty() ? QString() : QString::fromUtf8(name);
        const auto fits = [&](const Pattern& pattern) {
            return validation.matches(pattern, text, "additionalProperties");
        };
        return std::any_of(m_patterns.begin(), m_patterns.end(), fits);
    }

    JsonValue m_properties;
    std::vector<Pattern> m_patterns;
    const SchemaNode* m_node;
};

std::unique_ptr<Keyword> compileAdditionalProperties(
    const SchemaCompiler::Source& source, SchemaCompiler& compiler)
{
    const JsonValue* patterns = source.schema.find("patternProperties");
    return std::make_unique<AdditionalPropertiesKeyword>(source.schema,
        patterns ? compilePatterns(*patterns, compiler) : std::vector<Pattern> {},
        compiler.subschema(source.value, {}));
}

constexpr std::array<KeywordFactory, 6> factories { {
    { "required", compileRequired, true },
    { "minProperties", compileMemberCount<true>, true },
    { "maxProperties", compileMemberCount<false>, true },
    { "properties", compileProperties },
    { "patternProperties", compilePatternProperties },
    { "additionalProperties", compileAdditionalProperties },
} };

} // namespace

std::span<const KeywordFactory> objectKeywords()
{
    return factories;
}

} // namespace eventloupe
