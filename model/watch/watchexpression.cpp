#include "watch/watchexpression.h"

#include "domain/eventvalues.h"
#include "domain/evolvelookup.h"
#include "domain/fieldexpression.h"

#include <algorithm>

namespace eventloupe {

namespace {

using Kind = WatchOutcome::Kind;

/// What an event brings, each made when it is reached.
class WholeVariables final : public VariableReader {
public:
    explicit WholeVariables(const WatchExpression::Subject& subject)
        : m_subject(subject)
    {
    }

    const Value* value(std::size_t variable) override
    {
        auto& value = m_values.at(variable);
        if (!value) {
            auto made = make(variable);
            if (!made)
                return nullptr;
            value = std::move(*made);
        }
        return &*value;
    }

    [[nodiscard]] std::string_view jsonText(std::size_t variable) const override
    {
        return variable == WatchVariable::Data ? m_subject.event->data : std::string_view();
    }

    [[nodiscard]] Result<Value> make(std::size_t variable) const
    {
        switch (variable) {
        case WatchVariable::State:
            return Value::borrow(*m_subject.state);
        case WatchVariable::Previous:
            return Value::borrow(*m_subject.previous);
        case WatchVariable::Data:
            return jsonTextValue(m_subject.event->data);
        default:
            return eventValue(*m_subject.event);
        }
    }

private:
    const WatchExpression::Subject& m_subject;
    std::array<std::optional<Value>, WatchVariable::names.size()> m_values;
};

WatchOutcome failure(const QString& reason)
{
    return { Kind::Failed, reason.toUtf8() };
}

} // namespace

std::optional<Kind> outcomeOf(Verdict verdict)
{
    switch (verdict) {
    case Verdict::Holds:
        return Kind::True;
    case Verdict::HoldsNot:
        return Kind::False;
    case Verdict::Missing:
        return Kind::Absent;
    case Verdict::Failed:
        break;
    }
    return std::nullopt;
}

WatchOutcome outcomeOf(const Value& value)
{
    if (value.type() == ValueType::Bool)
        return { value.toBool() ? Kind::True : Kind::False };
    if (value.type() == ValueType::Optional)
        return value.held() ? outcomeOf(*value.held()) : WatchOutcome();
    const auto json = value.toJson();
    return json ? WatchOutcome { Kind::Other, json->toJson() } : failure(json.error().message);
}

WatchExpression::WatchExpression(const Expression& expression)
    : m_expression(expression)
{
    auto reads = expression.reads();
    if (reads && reads->tests.empty())
        m_fields = std::move(reads->fields);
}

Result<std::shared_ptr<const WatchExpression>> WatchExpression::compile(std::string_view source)
{
    const auto expression = Expression::compile(source, WatchVariable::names);
    if (!expression)
        return expression.error();
    return std::shared_ptr<const WatchExpression>(new WatchExpression(*expression));
}

ScanColumns WatchExpression::columns() const
{
    return ScanColumns { ScanColumn::Type, ScanColumn::Time }
    | (eventColumnsOf(m_expression) & ~ScanColumns(ScanColumn::Stream));
}

Result<Value> WatchExpression::valueFor(const Subject& subject) const
{
    WholeVariables reader(subject);
    std::array<Value, WatchVariable::names.size()> variables;
    for (std::size_t i = 0; i < variables.size(); ++i) {
        if (!m_expression.uses(i))
            continue;
        auto value = reader.make(i);
        if (!value)
            return value.error();
        variables.at(i) = std::move(*value);
    }
    return m_expression.evaluate(variables);
}

WatchOutcome WatchExpression::evaluate(const Subject& subject) const
{
    WholeVariables reader(subject);
    if (const auto kind = outcomeOf(m_expression.judge(reader)))
        return { *kind };
    // It may be that the value is neither true nor false; the words of a failure come so, too.
    const auto value = valueFor(subject);
    return value ? outcomeOf(*value) : failure(value.error().message);
}

QString WatchExpression::failureAt(const Subject& subject) const
{
    const auto value = valueFor(subject);
    return value ? QString() : value.error().message;
}

Result<EventView> presentEvent(const Evolver& evolver, const EventView& stored, QByteArray& data)
{
    EventView event = stored;
    const auto upcast = evolver.lookup().upcaster().apply(event, data);
    if (!upcast)
        return upcast.error();
    return event;
}

} // namespace eventloupe
