// unevaluatedItems and unevaluatedProperties: after all else that sees the same value (Core,
// section 11).
#include "schema/keywords.h"

#include <array>

namespace eventloupe {

namespace {

class UnevaluatedItemsKeyword final : public Keyword {
public:
    explicit UnevaluatedItemsKeyword(const SchemaNode* node)
        : m_node(node)
    {
    }
    void validate(const JsonValue& value, Validation& validation) const override
    {
        const auto elements = value.elements();
        for (std::size_t i = 0; i < elements.size(); ++i) {
            if (validation.isEvaluated(elements[i]) || validation.isOver())
                continue;
            validation.markEvaluated(elements[i]);
            const Validation::Step step(validation, i);
            m_node->validate(elements[i], validation);
        }
    }

private:
    const SchemaNode* m_node;
};

class UnevaluatedPropertiesKeyword final : public Keyword {
public:
    explicit UnevaluatedPropertiesKeyword(const SchemaNode* node)
        : m_node(node)
    {
    }
    void validate(const JsonValue& value, Validation& validation) const override
    {
        for (const JsonValue::Member& member : value.members()) {
            if (validation.isEvaluated(member.value) || validation.isOver())
                continue;
            validation.markEvaluated(member.value);
            const Validation::Step step(validation, member.key);
            m_node->validate(member.value, validation);
        }
    }

private:
    const SchemaNode* m_node;
};

template <class UnevaluatedKeyword>
std::unique_ptr<Keyword> compileUnevaluated(
    const SchemaCompiler::Source& source, SchemaCompiler& compiler)
{
    compiler.trackEvaluated();
    return std::make_unique<UnevaluatedKeyword>(compiler.subschema(source.value, {}));
}

constexpr std::array<KeywordFactory, 2> factories { {
    { "unevaluatedItems", compileUnevaluated<UnevaluatedItemsKeyword> },
    { "unevaluatedProperties", compileUnevaluated<UnevaluatedPropertiesKeyword> },
} };

} // namespace

std::span<const KeywordFactory> unevaluatedKeywords()
{
    return factories;
}

} // namespace eventloupe
