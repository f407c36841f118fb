// allOf, anyOf, oneOf, not, if/then/else (Core, section 10.2).
#include "schema/keywords.h"

#include <array>

namespace eventloupe {

namespace {

using Nodes = std::vector<const SchemaNode*>;

Nodes compileList(const SchemaCompiler::Source& source, SchemaCompiler& compiler)
{
    Nodes nodes;
    if (!source.value.isArray() || source.value.size() == 0) {
        compiler.fail(SchemaText::tr("must be an array of at least one schema"));
        return nodes;
    }
    for (const JsonValue& schema : source.value.elements()) {
        const QByteArray index = QByteArray::number(static_cast<qulonglong>(nodes.size()));
        nodes.push_back(compiler.subschema(schema, { index }));
    }
    return nodes;
}

class AllOfKeyword final : public Keyword {
public:
    explicit AllOfKeyword(Nodes nodes)
        : m_nodes(std::move(nodes))
    {
    }
    void validate(const JsonValue& value, Validation& validation) const override
    {
        for (const auto& node : m_nodes)
            node->validate(value, validation);
    }

private:
    Nodes m_nodes;
};

std::unique_ptr<Keyword> compileAllOf(
    const SchemaCompiler::Source& source, SchemaCompiler& compiler)
{
    return std::make_unique<AllOfKeyword>(compileList(source, compiler));
}

/// anyOf and oneOf.
class AlternativesKeyword final : public Keyword {
public:
    AlternativesKeyword(bool onlyOne, Nodes nodes)
        : m_onlyOne(onlyOne)
        , m_nodes(std::move(nodes))
    {
    }
    void validate(const JsonValue& value, Validation& validation) const override
    {
        int fitting = 0;
        QList<QList<SchemaViolation>> faults;
        for (const auto& node : m_nodes) {
            const Validation::Trial trial(validation);
            node->validate(value, validation);
            if (validation.isOver())
                return;
            fitting += trial.fits() ? 1 : 0;
            // All that fit say what is evaluated, where somebody asks.
            if (fitting > 0 && !m_onlyOne && !validation.tracksEvaluated())
                return;
            faults.append(trial.violations().mid(0, mostFaults));
        }
        if (fitting == 0) {
            validation.reportAlternatives(m_onlyOne ? "oneOf" : "anyOf",
                SchemaText::tr("fits none of the alternatives: %1")
                    .arg(reasonsOf(faults, validation.depth())),
                faults);
        } else if (fitting > 1 && m_onlyOne) {
            validation.report(
                "oneOf", SchemaText::tr("must fit one alternative only, fits %1").arg(fitting));
        }
    }

private:
    static constexpr qsizetype mostFaults = 20; ///< Of one alternative.

    /// The first of each, with the place below the present one where it is further down.
    static QString reasonsOf(const QList<QList<SchemaViolation>>& faults, qsizetype depth)
    {
        QStringList reasons;
        for (const auto& alternative : faults.mid(0, 4)) {
            const SchemaViolation& first = alternative.first();
            const QByteArray place = JsonPointer(first.place.tokens().mid(depth)).toText();
            reasons.append(place.isEmpty()
                    ? first.message
                    : QStringLiteral("%1 %2").arg(QString::fromUtf8(place), first.message));
        }
        return reasons.join(SchemaText::tr("; or "));
    }

    bool m_onlyOne;
    Nodes m_nodes;
};

template <bool onlyOne>
std::unique_ptr<Keyword> compileAlternatives(
    const SchemaCompiler::Source& source, SchemaCompiler& compiler)
{
    return std::make_unique<AlternativesKeyword>(onlyOne, compileList(source, compiler));
}

class NotKeyword final : public Keyword {
public:
    explicit NotKeyword(const SchemaNode* node)
        : m_node(node)
    {
    }
    void validate(const JsonValue& value, Validation& validation) const override
    {
        if (m_node->accepts(value, validation) && !validation.isOver())
            validation.report("not", SchemaText::tr("must not have this form"));
    }

private:
    const SchemaNode* m_node;
};

std::unique_ptr<Keyword> compileNot(const SchemaCompiler::Source& source, SchemaCompiler& compiler)
{
    return std::make_unique<NotKeyword>(compiler.subschema(source.value, {}));
}

class IfKeyword final : public Keyword {
public:
    explicit IfKeyword(const SchemaNode* condition)
        : m_condition(condition)
    {
    }
    void setBranch(bool whenItFits, const SchemaNode* node)
    {
        (whenItFits ? m_then : m_else) = node;
    }
    void validate(const JsonValue& value, Validation& validation) const override
    {
        const SchemaNode* branch = m_condition->accepts(value, validation) ? m_then : m_else;
        if (branch && !validation.isOver())
            branch->validate(value, validation);
    }

private:
    const SchemaNode* m_condition;
    const SchemaNode* m_then = nullptr;
    const SchemaNode* m_else = nullptr;
};

std::unique_ptr<Keyword> compileIf(const SchemaCompiler::Source& source, SchemaCompiler& compiler)
{
    auto keyword = std::make_unique<IfKeyword>(compiler.subschema(source.value, {}));
    for (const bool fits : { true, false }) {
        const JsonValue* branch = source.schema.find(fits ? "then" : "else");
        if (branch)
            keyword->setBranch(fits, compiler.subschema(*branch, {}));
    }
    return keyword;
}

/// then and else: checked here, so that a fault is named even without an `if`.
std::unique_ptr<Keyword> checkBranch(const SchemaCompiler::Source& source, SchemaCompiler& compiler)
{
    static_cast<void>(compiler.subschema(source.value, {}));
    return {};
}

constexpr std::array<KeywordFactory, 7> factories { {
    { "allOf", compileAllOf },
    { "anyOf", compileAlternatives<false> },
    { "oneOf", compileAlternatives<true> },
    { "not", compileNot },
    { "then", checkBranch },
    { "else", checkBranch },
    { "if", compileIf },
} };

} // namespace

std::span<const KeywordFactory> logicKeywords()
{
    return factories;
}

} // namespace eventloupe
