#include "domain/flatrules.h"

#include "domain/flatrulesparts.h"
#include "domain/variables.h"

#include <algorithm>

namespace eventloupe {

namespace {

constexpr std::size_t mostFields = 64; ///< Bits of a set of missing ones.
constexpr std::size_t mostTests = 4; ///< A variable; there are 2^n objects.
constexpr std::size_t mostVariants = 16;
constexpr std::size_t deepestPlace = FlatReader::deepest;

QByteArray dottedName(const Expression::Field& read, std::string_view stateName)
{
    const std::string_view variable = read.variable == EvolveVariable::State
        ? stateName
        : EvolveVariable::names.at(read.variable);
    QByteArray name(variable.data(), static_cast<qsizetype>(variable.size()));
    for (const QByteArray& part : read.names)
        name += '.' + part;
    return name;
}

} // namespace

FlatRules::FlatRules(const EvolvePlan& plan, KeyNumbers& keys)
    : m_plan(plan)
    , m_keys(keys)
    , m_results(keys)
    , m_tests(2)
{
}

FlatRules::~FlatRules() = default;

std::unique_ptr<FlatRules> FlatRules::compile(const EvolvePlan& plan, KeyNumbers& keys)
{
    std::unique_ptr<FlatRules> rules(new FlatRules(plan, keys));
    for (const EvolveRule& rule : plan.definition->rules) {
        if (!rules->add(rule))
            return nullptr;
    }
    if (!rules->compileTests())
        return nullptr;
    rules->m_variables.resize(EvolveVariable::names.size() + rules->m_fields.size());
    rules->m_changes.resize(rules->m_rules.size());
    return rules;
}

bool FlatRules::add(const EvolveRule& source)
{
    Rule rule;
    if (!source.fixedPointer)
        return false;
    const QList<QByteArray>& tokens = source.fixedPointer->tokens();
    if (tokens.isEmpty() || static_cast<std::size_t>(tokens.size()) > deepestPlace
        || !pathOf({ tokens.begin(), tokens.end() }, rule.place))
        return false;
    rule.isRemoval = !source.value;
    if (source.value && !addReads(rule, *source.value))
        return false;
    m_rules.push_back(std::move(rule));
    return true;
}

bool FlatRules::addReads(Rule& rule, const Expression& expression)
{
    const auto reads = expression.reads();
    if (!reads)
        return false;
    rule.source = expression.source();
    for (const Expression::Field& read : reads->fields) {
        if (!addField(rule, read))
            return false;
    }
    for (const Expression::Field& test : reads->tests) {
        if (!addTest(test))
            return false;
    }
    if (rule.fields.size() == 1 && reads->tests.empty()) {
        const Field& field = m_fields[rule.fields.front()];
        if (field.read.variable != EvolveVariable::Event && rule.source.trimmed() == field.dotted)
            rule.copied = rule.fields.front();
    }
    addOperation(rule, expression);
    return true;
}

void FlatRules::addOperation(Rule& rule, const Expression& expression)
{
    const auto source = expression.operation();
    if (!source)
        return;
    Operation operation;
    operation.symbol = source->symbol;
    for (std::size_t i = 0; i < 2; ++i) {
        const auto& read = source->fields.at(i);
        if (!read) {
            operation.constants.at(i) = Number::of(source->constants.at(i));
            if (!operation.constants.at(i))
                return;
            continue;
        }
        if (read->variable == EvolveVariable::Event)
            return;
        const auto field = std::find_if(m_fields.begin(), m_fields.end(),
            [&](const Field& known) { return known.read == *read; });
        operation.fields.at(i) = static_cast<std::size_t>(field - m_fields.begin());
    }
    rule.operation = operation;
}

bool FlatRules::addField(Rule& rule, const Expression::Field& read)
{
    const auto known = std::find_if(
        m_fields.begin(), m_fields.end(), [&](const Field& field) { return field.read == read; });
    rule.fields.push_back(static_cast<std::size_t>(known - m_fields.begin()));
    if (known != m_fields.end())
        return true;
    if (m_fields.size() == mostFields)
        return false;
    Field field;
    field.read = read;
    field.dotted = dottedName(read, m_plan.definition->stateName);
    if (read.variable != EvolveVariable::Event && !pathOf(read.names, field.path))
        return false;
    m_fields.push_back(std::move(field));
    return true;
}

bool FlatRules::addTest(const Expression::Field& test)
{
    if (test.variable == EvolveVariable::Event)
        return false;
    Tests& tests = m_tests[test.variable];
    if (std::find(tests.names.begin(), tests.names.end(), test.names.front()) != tests.names.end())
        return true;
    tests.names.push_back(test.names.front());
    return tests.names.size() <= mostTests;
}

bool FlatRules::compileTests()
{
    for (Tests& tests : m_tests) {
        if (!pathOf(tests.names, tests.keys))
            return false;
        for (std::size_t set = 0; set < (1U << tests.names.size()); ++set) {
            JsonValue object = JsonValue::emptyObject();
            for (std::size_t i = 0; i < tests.names.size(); ++i) {
                if ((set >> i & 1U) != 0)
                    object.insert(tests.names[i], JsonValue());
            }
            tests.objects.push_back(std::move(object));
        }
    }
    return true;
}

bool FlatRules::pathOf(const std::vector<QByteArray>& names, std::vector<quint16>& path) const
{
    path.clear();
    for (const QByteArray& name : names) {
        const auto number = m_keys.numberOf(viewOf(name));
        if (!number)
            return false;
        path.push_back(*number);
    }
    return true;
}

/// The rule's expression over the fields that are there. One that is missing is no variable: it is
/// looked for in its own variable's object, which has no such member, and fails if it is needed.
const Expression* FlatRules::expressionFor(Rule& rule) const
{
    quint64 missing = 0;
    for (const std::size_t field : rule.fields) {
        if (!m_fields[field].isThere)
            missing |= quint64(1) << field;
    }
    for (const auto& [set, expression] : rule.variants) {
        if (set == missing)
            return &expression;
    }
    std::vector<std::string_view> names(EvolveVariable::names.begin(), EvolveVariable::names.end());
    names[EvolveVariable::State] = m_plan.definition->stateName;
    names.resize(names.size() + m_fields.size());
    for (const std::size_t field : rule.fields) {
        if (m_fields[field].isThere)
            names[EvolveVariable::names.size() + field] = viewOf(m_fields[field].dotted);
    }
    if (rule.variants.size() == mostVariants)
        return nullptr;
    auto expression = Expression::compile(viewOf(rule.source), names);
    if (!expression)
        return nullptr;
    return &rule.variants.emplace_back(missing, *std::move(expression)).second;
}

} // namespace eventloupe
