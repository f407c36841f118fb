// allOf, anyOf, oneOf, not, if/then/else (Core, section 10.2).
#include "schema/keywords.h"
#include "value/event.h"

#include <algorithm>
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
        , m_kind(kindMember(m_nodes))
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
                    .arg(reasonOf(value, faults, validation.depth())),
                faults);
        } else if (fitting > 1 && m_onlyOne) {
            validation.report(
                "oneOf", SchemaText::tr("must fit one alternative only, fits %1").arg(fitting));
        }
    }

private:
    static constexpr qsizetype mostFaults = 20; ///< Of one alternative.

    /// The fixed value that an alternative gives a member, or null.
    static const JsonValue* fixedValue(const SchemaNode& node, const QByteArray& member)
    {
        const auto inside = [](const JsonValue* object, std::string_view name) {
            return object && object->isObject() ? object->find(name) : nullptr;
        };
        const JsonValue* properties = inside(&node.source(), "properties");
        return inside(inside(properties, viewOf(member)), "const");
    }

    /// The member whose fixed value tells the alternatives apart; empty where there is none.
    static QByteArray kindMember(const Nodes& nodes)
    {
        if (nodes.size() < 2 || !nodes.front()->source().isObject())
            return {};
        const JsonValue* properties = nodes.front()->source().find("properties");
        if (!properties)
            return {};
        for (const JsonValue::Member& member : properties->members()) {
            const bool isKind = std::all_of(nodes.begin(), nodes.end(),
                [&](const SchemaNode* node) { return fixedValue(*node, member.key) != nullptr; });
            if (isKind)
                return member.key;
        }
        return {};
    }

    /// Why no alternative fits: of the one that is meant where a member tells which.
    [[nodiscard]] QString reasonOf(
        const JsonValue& value, const QList<QList<SchemaViolation>>& faults, qsizetype depth) const
    {
        const JsonValue* kind
            = m_kind.isEmpty() || !value.isObject() ? nullptr : value.find(viewOf(m_kind));
        if (!kind)
            return reasonsOf(faults, depth);
        QStringList known;
        for (std::size_t i = 0; i < m_nodes.size(); ++i) {
            const JsonValue& fixed = *fixedValue(*m_nodes[i], m_kind);
            if (fixed == *kind) {
                QList<QList<SchemaViolation>> own;
                for (const SchemaViolation& fault : faults.at(static_cast<qsizetype>(i)))
                    own.append(QList { fault });
                return textOf(own, depth, QStringLiteral("; "));
            }
            const QString text
                = fixed.isString() ? fixed.toString() : QString::fromUtf8(fixed.toJson());
            if (!known.contains(text))
                known.append(text);
        }
        return SchemaText::tr("/%1 must be one of %2")
            .arg(QString::fromUtf8(m_kind), known.mid(0, 12).join(QStringLiteral(", ")));
    }

    static QString reasonsOf(const QList<QList<SchemaViolation>>& faults, qsizetype depth)
    {
        return textOf(faults, depth, SchemaText::tr("; or "));
    }

    /// Alternatives within alternatives would double their reasons at each level.
    static QString shortened(const QString& message)
    {
        constexpr qsizetype longest = 300;
        return message.size() <= longest ? message : message.left(longest) + QChar(0x2026);
    }

    /// The first of each, with the place below the present one where it is further down.
    static QString textOf(
        const QList<QList<SchemaViolation>>& faults, qsizetype depth, const QString& between)
    {
        QStringList reasons;
        for (const auto& alternative : faults.mid(0, 4)) {
            const SchemaViolation& first = alternative.first();
            const QByteArray place = JsonPointer(first.place.tokens().mid(depth)).toText();
            const QString message = shortened(first.message);
            reasons.append(place.isEmpty()
                    ? message
                    : QStringLiteral("%1 %2").arg(QString::fromUtf8(place), message));
        }
        return reasons.join(between);
    }

    bool m_onlyOne;
    Nodes m_nodes;
    QByteArray m_kind; ///< The member that tells the alternatives apart, if there is one.
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
