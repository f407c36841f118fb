#include "domain/eventfilter.h"

#include "domain/eventvalues.h"
#include "domain/maskedreads.h"
#include "expression/resulttype.h"
#include "mask/masks.h"
#include "value/category.h"

#include <array>
#include <optional>

namespace eventloupe {

namespace {

enum Variable : std::size_t {
    Position,
    Stream,
    Category,
    Version,
    Type,
    Time,
    Id,
    Data,
    Metadata,
    VariableCount
};

constexpr std::array<std::string_view, VariableCount> names { "position", "stream", "category",
    "version", "type", "time", "id", "data", "metadata" };
/// Of these, those that are a number, a text or a time: all before the payload.
constexpr std::span<const std::string_view> notBooleans(names.data(), Data);

constexpr std::array<MaskedRole, VariableCount> roles { MaskedRole::Other, MaskedRole::Other,
    MaskedRole::Other, MaskedRole::Other, MaskedRole::Other, MaskedRole::Other, MaskedRole::Other,
    MaskedRole::Data, MaskedRole::Metadata };

/// What each needs of a row; the others come with every row.
constexpr std::array<ScanColumns, VariableCount> columnsOf { ScanColumns(), ScanColumn::Stream,
    ScanColumn::Stream, ScanColumn::Time, ScanColumn::Type, ScanColumn::Time, ScanColumn::Id,
    ScanColumn::Data, ScanColumn::Metadata };

Value textValue(std::string_view view)
{
    return Value::fromString(
        QByteArray::fromRawData(view.data(), static_cast<qsizetype>(view.size())));
}

/// An event's parts as variables, each made when it is reached.
class EventVariables final : public VariableReader {
public:
    explicit EventVariables(const EventView& event)
        : m_event(event)
    {
    }

    const Value* value(std::size_t variable) override
    {
        auto& value = m_values.at(variable);
        if (!value) {
            auto made = make(static_cast<Variable>(variable));
            if (!made)
                return nullptr;
            value = std::move(*made);
        }
        return &*value;
    }

    [[nodiscard]] std::string_view jsonText(std::size_t variable) const override
    {
        return variable == Data    ? m_event.data
            : variable == Metadata ? m_event.metadata
                                   : std::string_view();
    }

private:
    [[nodiscard]] Result<Value> make(Variable variable) const
    {
        switch (variable) {
        case Position:
            return Value::fromInt(m_event.position);
        case Stream:
            return textValue(m_event.stream);
        case Category:
            return textValue(categoryOf(m_event.stream));
        case Version:
            return Value::fromInt(m_event.version);
        case Type:
            return textValue(m_event.type);
        case Time:
            return Value::fromTimestamp(m_event.time);
        case Id:
            return textValue(m_event.id);
        case Data:
            return jsonTextValue(m_event.data);
        default:
            return jsonTextValue(m_event.metadata);
        }
    }

    const EventView& m_event;
    std::array<std::optional<Value>, VariableCount> m_values;
};

} // namespace

EventFilter::EventFilter(Expression expression, FilterSelection selection)
    : m_expression(std::move(expression))
    , m_selection(std::move(selection))
{
}

Result<EventFilter> EventFilter::compile(std::string_view source)
{
    auto expression = Expression::compile(source, names);
    if (!expression)
        return expression.error();
    if (const auto fault = whyNeverBoolean(source, notBooleans))
        return Error { ErrorCode::InvalidInput, fault->toText(source) };
    return EventFilter(std::move(expression).value(), selectionOfFilter(source));
}

Verdict EventFilter::judge(const EventView& event) const
{
    EventVariables variables(event);
    return m_expression.judge(variables);
}

bool EventFilter::matches(const EventView& event, FilterFailures& failures) const
{
    const Verdict verdict = judge(event);
    if (verdict == Verdict::Missing || verdict == Verdict::Failed) {
        auto& kind = verdict == Verdict::Missing ? failures.missing : failures.failed;
        if (kind.events++ == 0) {
            kind.first = event.position;
            kind.reason = failureAt(event);
        }
    }
    return verdict == Verdict::Holds;
}

QString EventFilter::failureAt(const EventView& event) const
{
    EventVariables variables(event);
    const auto tested = m_expression.test(variables);
    return tested ? QString() : tested.error().message;
}

ScanColumns EventFilter::columns() const
{
    ScanColumns columns;
    for (std::size_t i = 0; i < VariableCount && !isSelectionWhole(); ++i) {
        if (m_expression.uses(i))
            columns |= columnsOf.at(i);
    }
    return columns;
}

std::optional<QString> EventFilter::maskedRead(const Masks& masks) const
{
    if (masks.isEmpty())
        return {};
    const EventMask events = masks.ofEvents();
    return eventloupe::maskedRead(m_expression, names, roles, { {}, events.data, events.metadata });
}

} // namespace eventloupe
