// What depends on members' names: propertyNames, dependentRequired, dependentSchemas
// (Validation, section 6.5.4; Core, sections 10.2.2.4 and 10.3.2.4).
#include "schema/keywords.h"
#include "schema/namednodes.h"
#include "value/event.h"

#include <array>

namespace eventloupe {

namespace {

class PropertyNamesKeyword final : public Keyword {
public:
    explicit PropertyNamesKeyword(const SchemaNode* node)
        : m_node(node)
    {
    }
    void validate(const JsonValue& value, Validation& validation) const override
    {
        for (const JsonValue::Member& member : value.members()) {
            const QString reason = reasonOf(JsonValue::fromString(member.key), validation);
            if (validation.isOver())
                return;
            if (!reason.isEmpty()) {
                validation.reportMember(
                    member.key, "propertyNames", SchemaText::tr("the field's name %1").arg(reason));
            }
        }
    }

private:
    [[nodiscard]] QString reasonOf(const JsonValue& name, Validation& validation) const
    {
        const Validation::Trial trial(validation);
        m_node->validate(name, validation);
        return trial.fits() || validation.isOver() ? QString() : trial.violations().first().message;
    }

    const SchemaNode* m_node;
};

std::unique_ptr<Keyword> compilePropertyNames(
    const SchemaCompiler::Source& source, SchemaCompiler& compiler)
{
    return std::make_unique<PropertyNamesKeyword>(compiler.subschema(source.value, {}));
}

class DependentRequiredKeyword final : public Keyword {
public:
    explicit DependentRequiredKeyword(std::vector<std::pair<QByteArray, QList<QByteArray>>> rules)
        : m_rules(std::move(rules))
    {
    }
    void validate(const JsonValue& value, Validation& validation) const override
    {
        for (const auto& [cause, names] : m_rules) {
            if (!value.find(viewOf(cause)))
                continue;
            for (const QByteArray& name : names) {
                if (!value.find(viewOf(name))) {
                    validation.reportMember(name, "dependentRequired",
                        SchemaText::tr("is required when %1 is given")
                            .arg(QString::fromUtf8(cause)));
                }
            }
        }
    }

private:
    std::vector<std::pair<QByteArray, QList<QByteArray>>> m_rules;
};

std::unique_ptr<Keyword> compileDependentRequired(
    const SchemaCompiler::Source& source, SchemaCompiler& compiler)
{
    if (!compiler.expectObject(source.value))
        return {};
    std::vector<std::pair<QByteArray, QList<QByteArray>>> rules;
    for (const JsonValue::Member& member : source.value.members()) {
        if (const auto names = compiler.names(member.value, { member.key }))
            rules.emplace_back(member.key, *names);
    }
    return std::make_unique<DependentRequiredKeyword>(std::move(rules));
}

class DependentSchemasKeyword final : public Keyword {
public:
    explicit DependentSchemasKeyword(std::vector<NamedNode> nodes)
        : m_nodes(std::move(nodes))
    {
    }
    void validate(const JsonValue& value, Validation& validation) const override
    {
        for (const NamedNode& rule : m_nodes) {
            if (value.find(viewOf(rule.name)))
                rule.node->validate(value, validation);
        }
    }

private:
    std::vector<NamedNode> m_nodes;
};

std::unique_ptr<Keyword> compileDependentSchemas(
    const SchemaCompiler::Source& source, SchemaCompiler& compiler)
{
    return std::make_unique<DependentSchemasKeyword>(compileNamed(source.value, compiler));
}

constexpr std::array<KeywordFactory, 3> factories { {
    { "propertyNames", compilePropertyNames },
    { "dependentRequired", compileDependentRequired, true },
    { "dependentSchemas", compileDependentSchemas },
} };

} // namespace

std::span<const KeywordFactory> dependentKeywords()
{
    return factories;
}

} // namespace eventloupe
