// $ref, $dynamicRef and $defs (Core, sections 8.2.3 and 8.2.4).
#include "schema/keywords.h"
#include "schema/namednodes.h"

#include <array>

namespace eventloupe {

namespace {

class ReferenceKeyword final : public Keyword {
public:
    /// `anchor` is empty for a reference that leads to one schema always.
    ReferenceKeyword(const SchemaNode* node, QByteArray anchor)
        : m_node(node)
        , m_anchor(std::move(anchor))
    {
    }
    void validate(const JsonValue& value, Validation& validation) const override
    {
        const SchemaNode* found = m_anchor.isEmpty() ? nullptr : validation.dynamicTarget(m_anchor);
        (found ? found : m_node)->validate(value, validation);
    }

private:
    const SchemaNode* m_node;
    QByteArray m_anchor;
};

std::unique_ptr<Keyword> compileReference(
    const SchemaCompiler::Source& source, SchemaCompiler& compiler)
{
    const auto text = compiler.text(source.value);
    const SchemaNode* node = text ? compiler.reference(*text) : nullptr;
    if (!node)
        return {};
    return std::make_unique<ReferenceKeyword>(node, QByteArray());
}

std::unique_ptr<Keyword> compileDynamicReference(
    const SchemaCompiler::Source& source, SchemaCompiler& compiler)
{
    const auto text = compiler.text(source.value);
    QByteArray anchor;
    const SchemaNode* node = text ? compiler.reference(*text, &anchor) : nullptr;
    if (!node)
        return {};
    return std::make_unique<ReferenceKeyword>(node, anchor);
}

/// Checked here, so that a fault is named before somebody refers to it.
std::unique_ptr<Keyword> checkDefinitions(
    const SchemaCompiler::Source& source, SchemaCompiler& compiler)
{
    static_cast<void>(compileNamed(source.value, compiler));
    return {};
}

constexpr std::array<KeywordFactory, 4> factories { {
    { "$defs", checkDefinitions },
    { "definitions", checkDefinitions },
    { "$ref", compileReference },
    { "$dynamicRef", compileDynamicReference },
} };

} // namespace

std::span<const KeywordFactory> referenceKeywords()
{
    return factories;
}

} // namespace eventloupe
