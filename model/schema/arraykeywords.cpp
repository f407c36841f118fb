// items, prefixItems, contains and the counts of arrays (Validation, section 6.4; Core, 10.3.1).
#include "schema/keywords.h"

#include <QHash>

#include <array>
#include <limits>
#include <unordered_map>

namespace eventloupe {

namespace {

class ElementCountKeyword final : public Keyword {
public:
    ElementCountKeyword(bool isMinimum, qsizetype bound)
        : m_isMinimum(isMinimum)
        , m_bound(bound)
    {
    }
    void validate(const JsonValue& value, Validation& validation) const override
    {
        if (!value.isArray())
            return;
        if (m_isMinimum && value.size() < m_bound) {
            validation.report("minItems",
                m_bound == 1 ? SchemaText::tr("must not be empty")
                             : SchemaText::tr("must have at least %1 entries").arg(m_bound));
        }
        if (!m_isMinimum && value.size() > m_bound) {
            validation.report(
                "maxItems", SchemaText::tr("must have at most %1 entries").arg(m_bound));
        }
    }

private:
    bool m_isMinimum;
    qsizetype m_bound;
};

template <bool isMinimum>
std::unique_ptr<Keyword> compileElementCount(
    const SchemaCompiler::Source& source, SchemaCompiler& compiler)
{
    const auto bound = compiler.count(source.value);
    if (!bound)
        return {};
    return std::make_unique<ElementCountKeyword>(isMinimum, *bound);
}

/// Equal values have equal hashes, whatever the order of members and the spelling of numbers. The
/// seed is the process's own, so that no value is made to collide.
std::size_t hashOf(const JsonValue& value)
{
    const std::size_t seed = QHashSeed::globalSeed();
    std::size_t hash
        = value.isNumber() ? qHash(value.toDouble(), seed) : qHash(value.toUtf8(), seed);
    hash ^= value.isBool() ? (value.toBool() ? 1U : 2U) : 0U;
    for (const JsonValue& element : value.elements())
        hash = hash * 31 + hashOf(element);
    for (const JsonValue::Member& member : value.members())
        hash += qHash(member.key, seed) ^ (hashOf(member.value) * 17);
    return hash;
}

class UniqueItemsKeyword final : public Keyword {
public:
    void validate(const JsonValue& value, Validation& validation) const override
    {
        std::unordered_multimap<std::size_t, std::size_t> seen;
        const auto elements = value.elements();
        for (std::size_t i = 0; i < elements.size(); ++i) {
            const std::size_t hash = hashOf(elements[i]);
            const auto [first, last] = seen.equal_range(hash);
            for (auto it = first; it != last; ++it) {
                if (elements[it->second] == elements[i]) {
                    validation.report("uniqueItems",
                        SchemaText::tr("must not repeat an entry: entries %1 and %2 are equal")
                            .arg(it->second + 1)
                            .arg(i + 1));
                    return;
                }
            }
            seen.emplace(hash, i);
        }
    }
};

std::unique_ptr<Keyword> compileUniqueItems(
    const SchemaCompiler::Source& source, SchemaCompiler& compiler)
{
    if (!source.value.isBool())
        compiler.fail(SchemaText::tr("must be true or false"));
    if (!source.value.toBool())
        return {};
    return std::make_unique<UniqueItemsKeyword>();
}

class PrefixItemsKeyword final : public Keyword {
public:
    explicit PrefixItemsKeyword(std::vector<const SchemaNode*> nodes)
        : m_nodes(std::move(nodes))
    {
    }
    void validate(const JsonValue& value, Validation& validation) const override
    {
        const auto elements = value.elements();
        for (std::size_t i = 0; i < std::min(elements.size(), m_nodes.size()); ++i) {
            validation.markEvaluated(elements[i]);
            const Validation::Step step(validation, i);
            m_nodes[i]->validate(elements[i], validation);
        }
    }

private:
    std::vector<const SchemaNode*> m_nodes;
};

std::unique_ptr<Keyword> compilePrefixItems(
    const SchemaCompiler::Source& source, SchemaCompiler& compiler)
{
    if (!compiler.expectArray(source.value))
        return {};
    std::vector<const SchemaNode*> nodes;
    for (const JsonValue& schema : source.value.elements()) {
        const QByteArray index = QByteArray::number(static_cast<qulonglong>(nodes.size()));
        nodes.push_back(compiler.subschema(schema, { index }));
    }
    return std::make_unique<PrefixItemsKeyword>(std::move(nodes));
}

class ItemsKeyword final : public Keyword {
public:
    ItemsKeyword(std::size_t first, const SchemaNode* node)
        : m_first(first)
        , m_node(node)
    {
    }
    void validate(const JsonValue& value, Validation& validation) const override
    {
        const auto elements = value.elements();
        for (std::size_t i = m_first; i < elements.size() && !validation.isOver(); ++i) {
            validation.markEvaluated(elements[i]);
            const Validation::Step step(validation, i);
            m_node->validate(elements[i], validation);
        }
    }

private:
    std::size_t m_first; ///< prefixItems sees those before it.
    const SchemaNode* m_node;
};

std::unique_ptr<Keyword> compileItems(
    const SchemaCompiler::Source& source, SchemaCompiler& compiler)
{
    if (source.value.isArray()) {
        compiler.fail(SchemaText::tr("must be a schema; a list of schemas is spelt prefixItems "
                                     "in JSON Schema 2020-12"));
        return {};
    }
    const JsonValue* prefix = source.schema.find("prefixItems");
    const auto first = static_cast<std::size_t>(prefix ? prefix->size() : 0);
    return std::make_unique<ItemsKeyword>(first, compiler.subschema(source.value, {}));
}

class ContainsKeyword final : public Keyword {
public:
    ContainsKeyword(const SchemaNode* node, qsizetype minimum, qsizetype maximum)
        : m_node(node)
        , m_minimum(minimum)
        , m_maximum(maximum)
    {
    }
    void validate(const JsonValue& value, Validation& validation) const override
    {
        if (!value.isArray())
            return;
        qsizetype fitting = 0;
        for (std::size_t i = 0; i < value.elements().size() && !validation.isOver(); ++i) {
            const JsonValue& element = value.elements()[i];
            if (!fits(element, i, validation))
                continue;
            validation.markEvaluated(element);
            ++fitting;
        }
        if (fitting < m_minimum) {
            validation.report(m_minimum == 1 ? "contains" : "minContains",
                SchemaText::tr("must contain at least %1 fitting entries, has %2")
                    .arg(m_minimum)
                    .arg(fitting));
        }
        if (fitting > m_maximum) {
            validation.report("maxContains",
                SchemaText::tr("must contain at most %1 fitting entries, has %2")
                    .arg(m_maximum)
                    .arg(fitting));
        }
    }

private:
    bool fits(const JsonValue& element, std::size_t index, Validation& validation) const
    {
        const Validation::Step step(validation, index);
        return m_node->accepts(element, validation);
    }

    const SchemaNode* m_node;
    qsizetype m_minimum;
    qsizetype m_maximum;
};

std::unique_ptr<Keyword> compileContains(
    const SchemaCompiler::Source& source, SchemaCompiler& compiler)
{
    const JsonValue* minimum = source.schema.find("minContains");
    const JsonValue* maximum = source.schema.find("maxContains");
    const SchemaNode* node = compiler.subschema(source.value, {});
    return std::make_unique<ContainsKeyword>(node,
        minimum ? compiler.count(*minimum).value_or(0) : 1,
        maximum ? compiler.count(*maximum).value_or(0) : std::numeric_limits<qsizetype>::max());
}

/// minContains and maxContains: checked here, evaluated by `contains`.
std::unique_ptr<Keyword> checkCount(const SchemaCompiler::Source& source, SchemaCompiler& compiler)
{
    static_cast<void>(compiler.count(source.value));
    return {};
}

constexpr std::array<KeywordFactory, 8> factories { {
    { "minContains", checkCount, true },
    { "maxContains", checkCount, true },
    { "minItems", compileElementCount<true>, true },
    { "maxItems", compileElementCount<false>, true },
    { "uniqueItems", compileUniqueItems, true },
    { "prefixItems", compilePrefixItems },
    { "items", compileItems },
    { "contains", compileContains },
} };

} // namespace

std::span<const KeywordFactory> arrayKeywords()
{
    return factories;
}

} // namespace eventloupe
