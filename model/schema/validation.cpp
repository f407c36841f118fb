#include "schema/validation.h"

#include "schema/keyword.h"
#include "schema/schemagraph.h"

#include <QElapsedTimer>

#include <array>
#include <chrono>
#include <limits>

namespace eventloupe {

namespace {

using namespace std::chrono_literals;

// A schema that doubles at each of its references ends here within a second.
constexpr qint64 leastSteps = 2'000'000;
constexpr qint64 stepsAValue = 20;
/// To word what is wrong takes so much longer than to look at a schema: alternatives within
/// alternatives word it over and over.
constexpr qint64 stepsAReport = 20;
/// All patterns of one pass together.
constexpr std::chrono::nanoseconds patternBudget = 1500ms;

qint64 countValues(const JsonValue& root)
{
    qint64 count = 0;
    std::vector<const JsonValue*> open { &root };
    while (!open.empty()) {
        const JsonValue* value = open.back();
        open.pop_back();
        ++count;
        for (const JsonValue& element : value->elements())
            open.push_back(&element);
        for (const JsonValue::Member& member : value->members())
            open.push_back(&member.value);
    }
    return count;
}

} // namespace

Validation::Validation(const SchemaGraph& graph, const JsonValue& value)
    : m_graph(graph)
    , m_value(value)
    , m_mostSteps(leastSteps)
{
}

Validation::Step::Step(Validation& validation, const QByteArray& key)
    : m_validation(validation)
    , m_outer(validation.m_evaluated)
{
    validation.m_place.push_back({ &key, 0 });
    validation.m_evaluated = nullptr;
}

Validation::Step::Step(Validation& validation, std::size_t index)
    : m_validation(validation)
    , m_outer(validation.m_evaluated)
{
    validation.m_place.push_back({ nullptr, index });
    validation.m_evaluated = nullptr;
}

Validation::Step::~Step()
{
    m_validation.m_place.pop_back();
    m_validation.m_evaluated = m_outer;
}

SchemaViolation Validation::violation(const char* keyword, const QString& message) const
{
    QList<QByteArray> tokens;
    tokens.reserve(static_cast<qsizetype>(m_place.size()));
    for (const Token& token : m_place) {
        tokens.append(
            token.key ? *token.key : QByteArray::number(static_cast<qulonglong>(token.index)));
    }
    QByteArray schemaPlace;
    if (m_node) {
        schemaPlace = m_graph.documents.placeOf(m_node->source());
        if (keyword[0] != '\0')
            schemaPlace += QByteArray("/") + keyword;
    }
    return { JsonPointer(std::move(tokens)), message, keyword, std::move(schemaPlace), {} };
}

void Validation::report(const char* keyword, const QString& message)
{
    reportAlternatives(keyword, message, {});
}

void Validation::reportMember(const QByteArray& member, const char* keyword, const QString& message)
{
    const Step step(*this, member);
    report(keyword, message);
}

void Validation::reportAlternatives(
    const char* keyword, const QString& message, QList<QList<SchemaViolation>> alternatives)
{
    ++m_failures;
    if (m_violations.size() >= maximumViolations || !spend(stepsAReport))
        return;
    m_violations.append(violation(keyword, message));
    m_violations.last().alternatives = std::move(alternatives);
}

void Validation::giveUp(const char* keyword, const QString& message)
{
    ++m_failures;
    if (!m_end)
        m_end = violation(keyword, message);
}

bool Validation::spend(qint64 steps)
{
    m_steps += steps;
    if (m_steps <= m_mostSteps)
        return true;
    if (!m_isCounted) {
        m_isCounted = true;
        m_mostSteps = std::max(leastSteps, stepsAValue * countValues(m_value));
        return spend(0);
    }
    giveUp("",
        SchemaText::tr("takes more than %1 steps to validate; simplify the schema: it refers to "
                       "the same parts over and over")
            .arg(m_mostSteps));
    return false;
}

bool Validation::matches(const Pattern& pattern, const QString& text, const char* keyword)
{
    QElapsedTimer timer;
    timer.start();
    const auto outcome
        = pattern.search(text, patternBudget - std::chrono::nanoseconds(m_patternTime));
    m_patternTime += timer.nsecsElapsed();
    if (outcome == Pattern::Outcome::TooCostly) {
        giveUp(keyword,
            SchemaText::tr("takes too long to match against the pattern %1; simplify it")
                .arg(QString::fromUtf8(pattern.source().left(200))));
    }
    return outcome == Pattern::Outcome::Match;
}

bool Validation::readsAsPattern(bool (*reads)(std::string_view), std::string_view text)
{
    QElapsedTimer timer;
    timer.start();
    const bool fits = reads(text);
    m_patternTime += timer.nsecsElapsed();
    if (std::chrono::nanoseconds(m_patternTime) > patternBudget) {
        giveUp("format",
            SchemaText::tr("the patterns of this value take too long to read; use fewer, or "
                           "smaller counts in {}"));
    }
    return fits;
}

void Validation::markEvaluated(const JsonValue& child)
{
    if (m_evaluated)
        m_evaluated->insert(&child);
}

bool Validation::isEvaluated(const JsonValue& child) const
{
    return m_evaluated && m_evaluated->contains(&child);
}

const SchemaNode* Validation::dynamicTarget(const QByteArray& anchor) const
{
    for (const int resource : m_scope) {
        if (const SchemaNode* node = m_graph.dynamicNode(resource, anchor))
            return node;
    }
    return nullptr;
}

QList<SchemaViolation> Validation::takeViolations()
{
    if (m_end)
        return { *m_end };
    return std::move(m_violations);
}

Validation::Visit::Visit(Validation& validation, const SchemaNode& node)
    : m_validation(validation)
    , m_outerNode(validation.m_node)
    , m_outerEvaluated(validation.m_evaluated)
    , m_entersResource(validation.m_scope.empty() || validation.m_scope.back() != node.resource())
{
    validation.m_node = &node;
    if (m_entersResource)
        validation.m_scope.push_back(node.resource());
    if (validation.m_graph.tracksEvaluated)
        validation.m_evaluated = &m_evaluated;
    if (++validation.m_depth > maximumDepth) {
        validation.giveUp("",
            SchemaText::tr("is nested too deeply for the schema, or the schema refers to itself "
                           "endlessly here"));
    }
    validation.spend(1);
}

Validation::Visit::~Visit()
{
    --m_validation.m_depth;
    m_validation.m_node = m_outerNode;
    if (m_entersResource)
        m_validation.m_scope.pop_back();
    // Where this schema does not fit, the one around it fits only by a trial, which forgets.
    if (m_outerEvaluated)
        m_outerEvaluated->merge(m_evaluated);
    m_validation.m_evaluated = m_outerEvaluated;
}

Validation::Trial::Trial(Validation& validation)
    : m_validation(validation)
    , m_failures(validation.m_failures)
    , m_outerEvaluated(validation.m_evaluated)
{
    m_violations.swap(validation.m_violations);
    if (validation.m_graph.tracksEvaluated)
        validation.m_evaluated = &m_evaluated;
}

Validation::Trial::~Trial()
{
    if (fits() && m_outerEvaluated)
        m_outerEvaluated->merge(m_evaluated);
    m_validation.m_violations.swap(m_violations);
    m_validation.m_failures = m_failures + (m_validation.isOver() ? 1 : 0);
    m_validation.m_evaluated = m_outerEvaluated;
}

void SchemaNode::validate(const JsonValue& value, Validation& validation) const
{
    const Validation::Visit visit(validation, *this);
    if (m_refusesAll)
        validation.report("", SchemaText::tr("is not allowed here"));
    for (const auto& keyword : m_keywords) {
        if (validation.isOver())
            return;
        keyword->validate(value, validation);
    }
}

bool SchemaNode::accepts(const JsonValue& value, Validation& validation) const
{
    const Validation::Trial trial(validation);
    validate(value, validation);
    return trial.fits();
}

} // namespace eventloupe
