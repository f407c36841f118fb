#include "domain/fieldexpression.h"

#include "domain/eventvalues.h"
#include "domain/flatvalues.h"
#include "domain/variables.h"
#include "value/rawjsonpath.h"

#include <algorithm>
#include <array>

namespace eventloupe {

namespace {

ScanColumns columnOfEventField(const std::vector<QByteArray>& names)
{
    const QByteArray& name = names.front();
    if (name == "stream" || name == "category")
        return ScanColumn::Stream;
    if (name == "time" || name == "version")
        return ScanColumn::Time;
    if (name == "type")
        return ScanColumn::Type;
    if (name == "position")
        return {};
    return allScanColumns; // These are found in a value of all.
}

} // namespace

ScanColumns eventColumnsOf(const Expression& expression)
{
    ScanColumns columns;
    if (expression.uses(EvolveVariable::Data))
        columns |= ScanColumn::Data;
    if (!expression.uses(EvolveVariable::Event))
        return columns;
    const auto reads = expression.reads();
    if (!reads)
        return columns | allScanColumns;
    const auto add = [&](const std::vector<Expression::Field>& fields) {
        for (const Expression::Field& field : fields) {
            if (field.variable == EvolveVariable::Event)
                columns |= columnOfEventField(field.names);
        }
    };
    add(reads->fields);
    if (std::any_of(reads->tests.begin(), reads->tests.end(),
            [](const auto& test) { return test.variable == EvolveVariable::Event; }))
        columns |= allScanColumns;
    return columns;
}

FieldExpression::FieldExpression(const Expression& expression)
    : m_whole(expression)
{
    const auto reads = expression.reads();
    if (!reads || !reads->tests.empty())
        return;
    for (const Expression::Field& read : reads->fields) {
        if (read.variable == EvolveVariable::State)
            return;
        const bool isKnown = std::any_of(m_fields.begin(), m_fields.end(),
            [&](const Field& known) { return known.read == read; });
        if (isKnown)
            continue;
        QByteArray dotted(ProjectionVariable::names.at(read.variable).data());
        for (const QByteArray& name : read.names)
            dotted += '.' + name;
        m_fields.push_back({ read, std::move(dotted) });
    }
    std::vector<std::string_view> names;
    for (const Field& field : m_fields)
        names.push_back(viewOf(field.dotted));
    if (auto plain = Expression::compile(viewOf(expression.source()), names))
        m_plain = *std::move(plain);
}

bool FieldExpression::usesRow() const
{
    return m_whole.uses(EvolveVariable::State);
}

ScanColumns FieldExpression::columns() const
{
    return eventColumnsOf(m_whole);
}

/// False where a field is missing or is no scalar.
bool FieldExpression::readFields(const EventView& event, std::vector<Value>& values) const
{
    values.reserve(m_fields.size());
    for (const Field& field : m_fields) {
        std::optional<Value> value;
        if (field.read.variable == EvolveVariable::Event) {
            value = eventField(event, field.read.names);
        } else {
            const auto found = findRawJson(event.data, field.read.names);
            const bool isScalar = found.outcome == RawJsonFinding::Outcome::Found
                && !found.text.empty() && found.text.front() != '{';
            if (isScalar)
                value = valueOfText(found.text);
        }
        if (!value)
            return false;
        values.push_back(*std::move(value));
    }
    return true;
}

Result<Value> FieldExpression::evaluate(const EventView& event, const JsonValue* row) const
{
    if (m_plain) {
        std::vector<Value> values;
        if (readFields(event, values)) {
            auto value = m_plain->evaluate(values);
            if (value)
                return value;
        }
    }
    std::array<Value, ProjectionVariable::names.size()> variables;
    if (row != nullptr)
        variables[EvolveVariable::State] = Value::fromJson(*row);
    if (m_whole.uses(EvolveVariable::Data)) {
        auto data = jsonTextValue(event.data);
        if (!data)
            return data.error();
        variables[EvolveVariable::Data] = *std::move(data);
    }
    if (m_whole.uses(EvolveVariable::Event)) {
        auto whole = eventValue(event);
        if (!whole)
            return whole.error();
        variables[EvolveVariable::Event] = *std::move(whole);
    }
    return m_whole.evaluate(variables);
}

} // namespace eventloupe
