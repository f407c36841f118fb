// WatchFold: fields that are looked up where they lie, in flat states and in the text of data.

#include "domain/eventvalues.h"
#include "domain/flatvalues.h"
#include "value/json.h"
#include "value/rawjsonpath.h"
#include "watch/watchfoldparts.h"

#include <algorithm>

namespace eventloupe {

using Kind = WatchOutcome::Kind;

namespace {

constexpr std::size_t mostFields = 64; ///< Bits of a set of missing ones.
constexpr std::size_t mostVariants = 16;

QByteArray dottedName(const Expression::Field& read)
{
    const std::string_view variable = WatchVariable::names.at(read.variable);
    QByteArray name(variable.data(), static_cast<qsizetype>(variable.size()));
    for (const QByteArray& part : read.names)
        name += '.' + part;
    return name;
}

bool isOfState(const Expression::Field& read)
{
    return read.variable == WatchVariable::State || read.variable == WatchVariable::Previous;
}

std::optional<Value> valueOf(std::string_view text)
{
    if (text.front() != '{')
        return valueOfText(text);
    const auto json = parseStoredJson(text);
    return json ? std::optional(Value::fromJson(*json)) : std::nullopt;
}

/// The values of variables that are at hand.
class ReadyVariables final : public VariableReader {
public:
    explicit ReadyVariables(const std::vector<Value>& values)
        : m_values(values)
    {
    }
    const Value* value(std::size_t variable) override { return &m_values[variable]; }
    [[nodiscard]] std::string_view jsonText(std::size_t) const override { return {}; }

private:
    const std::vector<Value>& m_values;
};

} // namespace

WatchFold::WatchFold(const Evolver& evolver, const WatchRequest& request)
    : m_rules(evolver)
    , m_expression(request.expression)
    , m_scope(request.scope)
    , m_scopeName(request.scope.name.toUtf8())
    , m_reach(evolver, *m_expression)
    , m_evolver(evolver)
    , m_readsEvents(
          m_expression->uses(WatchVariable::Data) || m_expression->uses(WatchVariable::Event))
{
    addFields();
}

void WatchFold::addFields()
{
    const auto& reads = m_expression->fields();
    if (!reads || reads->empty())
        return;
    for (const Expression::Field& read : *reads) {
        const bool isKnown = std::any_of(m_fields.begin(), m_fields.end(),
            [&](const Field& field) { return field.read == read; });
        if (isKnown)
            continue;
        Field field { read, dottedName(read), {}, {}, false, false, {}, {} };
        if (isOfState(read)) {
            field.place = m_evolver.place(JsonPointer({ read.names.begin(), read.names.end() }));
            field.first = m_evolver.place(JsonPointer({ read.names.front() }));
        }
        m_fields.push_back(std::move(field));
    }
    m_hasFields = m_fields.size() <= mostFields;
    m_isField = m_fields.size() == 1 && m_expression->source().trimmed() == m_fields.front().dotted
        && m_fields.front().read.variable != WatchVariable::Event;
    m_values.resize(WatchVariable::names.size() + m_fields.size());
    // What is missing is looked for in its variable, which has no such member.
    for (std::size_t i = 0; i < WatchVariable::names.size(); ++i)
        m_values[i] = Value::fromJson(JsonValue::emptyObject());
}

/// Those of the state, or those of the one before, which must be read before the event is folded.
void WatchFold::findInStates(const Track& track, bool isPrevious)
{
    for (Field& field : m_fields) {
        if (!isOfState(field.read)
            || (field.read.variable == WatchVariable::Previous) != isPrevious)
            continue;
        field.text.clear();
        field.isThere = m_evolver.appendField(field.text, track.state, field.place);
        field.found = field.text;
        if (field.isThere)
            continue;
        // A state that is no object, or holds a value on the way that is none, is not plain.
        const bool mayBeNone = track.state.tree && !track.state.tree->isObject();
        field.isFirstThere = mayBeNone
            || (field.read.names.size() > 1
                && m_evolver.appendField(field.text, track.state, field.first));
    }
}

bool WatchFold::findInData(Field& field, const EventView& event) const
{
    using Outcome = RawJsonFinding::Outcome;
    const auto finding = findRawJson(event.data, field.read.names);
    field.isThere = finding.outcome == Outcome::Found && !finding.text.empty();
    field.found = finding.text;
    field.isFirstThere = false;
    return field.isThere || (finding.outcome == Outcome::NoSuchKey && finding.depth == 0);
}

/// False where the expression has to be evaluated over whole values.
bool WatchFold::findFields(const Track& track, const EventView& event)
{
    findInStates(track, false);
    for (Field& field : m_fields) {
        if (field.read.variable == WatchVariable::Data && !findInData(field, event))
            return false;
        if (isOfState(field.read) && !field.isThere && field.isFirstThere)
            return false;
    }
    return true;
}

WatchOutcome WatchFold::evaluate(const Track& track, const EventView& event)
{
    if (m_hasFields && findFields(track, event)) {
        if (auto outcome = m_isField ? evaluateField() : evaluateFields(event))
            return *std::move(outcome);
    }
    return evaluateWhole(track, event);
}

/// Where the expression is a field, its text is the outcome.
std::optional<WatchOutcome> WatchFold::evaluateField()
{
    const Field& field = m_fields.front();
    if (!field.isThere)
        return WatchOutcome { Kind::Absent };
    if (field.found == "true" || field.found == "false")
        return WatchOutcome { field.found == "true" ? Kind::True : Kind::False };
    // A state's is written as JsonValue does; data may be spelt in any way.
    const char first = field.found.front();
    const bool isPlain = isOfState(field.read)
        || (first != '{' && first != '[' && field.found.find('\\') == std::string_view::npos);
    if (isPlain)
        return WatchOutcome { Kind::Other, toBytes(field.found) };
    const auto json = parseStoredJson(field.found);
    return json ? std::optional(WatchOutcome { Kind::Other, json->toJson() }) : std::nullopt;
}

bool WatchFold::makeValue(std::size_t number, const EventView& event)
{
    Field& field = m_fields[number];
    std::optional<Value> value;
    if (field.read.variable == WatchVariable::Event) {
        value = eventField(event, field.read.names);
        field.isThere = value.has_value();
        if (!value)
            return field.read.names.size() == 1;
    } else if (field.isThere) {
        value = valueOf(field.found);
    } else {
        return true;
    }
    if (value)
        m_values[WatchVariable::names.size() + number] = *std::move(value);
    return value.has_value();
}

std::optional<WatchOutcome> WatchFold::evaluateFields(const EventView& event)
{
    quint64 missing = 0;
    for (std::size_t i = 0; i < m_fields.size(); ++i) {
        if (!makeValue(i, event))
            return std::nullopt;
        if (!m_fields[i].isThere)
            missing |= quint64(1) << i;
    }
    const Expression* expression = variantFor(missing);
    if (expression == nullptr)
        return std::nullopt;
    if (!m_givesOther || missing != 0) {
        ReadyVariables reader(m_values);
        if (const auto kind = outcomeOf(expression->judge(reader)))
            return WatchOutcome { *kind };
    }
    const auto value = expression->evaluate(m_values);
    if (!value)
        return std::nullopt; // Which names what is missing, and how it failed.
    m_givesOther = value->type() != ValueType::Bool;
    return outcomeOf(*value);
}

WatchOutcome WatchFold::evaluateWhole(const Track& track, const EventView& event)
{
    JsonValue state;
    JsonValue previous;
    if (m_expression->uses(WatchVariable::State))
        state = m_evolver.toTree(track.state);
    if (m_expression->uses(WatchVariable::Previous)) {
        auto parsed = parseStoredJson(m_previous);
        if (parsed)
            previous = std::move(*parsed);
    }
    return m_expression->evaluate({ &state, &previous, &event });
}

/// The expression over the fields that are there: see FlatRules::expressionFor().
const Expression* WatchFold::variantFor(quint64 missing)
{
    for (const auto& [set, expression] : m_variants) {
        if (set == missing)
            return &expression;
    }
    if (m_variants.size() == mostVariants)
        return nullptr;
    std::vector<std::string_view> names(WatchVariable::names.begin(), WatchVariable::names.end());
    names.resize(names.size() + m_fields.size());
    for (std::size_t i = 0; i < m_fields.size(); ++i) {
        if ((missing >> i & 1U) == 0)
            names[WatchVariable::names.size() + i] = viewOf(m_fields[i].dotted);
    }
    auto expression = Expression::compile(viewOf(m_expression->source()), names);
    if (!expression)
        return nullptr;
    return &m_variants.emplace_back(missing, *std::move(expression)).second;
}

} // namespace eventloupe
