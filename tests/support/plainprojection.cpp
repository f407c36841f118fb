#include "support/plainprojection.h"

#include "domain/eventvalues.h"
#include "domain/evolver.h"
#include "domain/variables.h"

#include <algorithm>

namespace eventloupe {

namespace {

Result<Value> evaluate(const QByteArray& source, const EventView& event, const JsonValue& row)
{
    static std::map<QByteArray, Expression> known;
    auto expression = known.find(source);
    if (expression == known.end())
        expression
            = known.emplace(source, *Expression::compile(viewOf(source), ProjectionVariable::scope))
                  .first;
    std::array<Value, 3> variables { Value::fromJson(row), Value(), Value() };
    if (const auto data = jsonTextValue(event.data))
        variables[1] = *data;
    if (const auto whole = eventValue(event))
        variables[2] = *whole;
    return expression->second.evaluate(variables);
}

} // namespace

PlainProjection::PlainProjection(std::shared_ptr<const ProjectionDefinition> definition)
    : m_definition(std::move(definition))
    , m_lookup(m_definition->rules)
{
}

void PlainProjection::fold(const EventView& event)
{
    const QString type
        = QString::fromUtf8(event.type.data(), static_cast<qsizetype>(event.type.size()));
    const auto found = m_definition->events.constFind(type);
    if (found == m_definition->events.cend())
        return;
    std::vector<JsonValue> keys;
    for (const FieldExpression& key : found->keys.expressions) {
        const auto value = evaluate(key.source(), event, JsonValue());
        const auto keyJson = value ? value->toJson() : Result<JsonValue>(value.error());
        if (!keyJson || keyJson->isObject())
            return;
        for (const JsonValue& one : found->keys.areLists
                ? std::vector<JsonValue>(keyJson->elements().begin(), keyJson->elements().end())
                : std::vector<JsonValue> { *keyJson }) {
            if (!one.isNull() && std::find(keys.begin(), keys.end(), one) == keys.end())
                keys.push_back(one);
        }
    }
    for (const JsonValue& key : keys)
        foldRow(*found, type, key, event);
}

QStringList PlainProjection::lines() const
{
    QStringList lines;
    for (const QByteArray& key : m_order) {
        const auto row = m_rows.find(key);
        if (row == m_rows.end())
            continue;
        QByteArray line = key;
        for (const ProjectionColumn& column : m_definition->columns) {
            const JsonValue* cell = column.pointer.resolve(row->second);
            line += ' ' + (cell ? cell->toJson() : QByteArray("null"));
        }
        lines.append(QString::fromUtf8(line));
    }
    return lines;
}

void PlainProjection::foldRow(
    const ProjectionEvent& type, const QString& name, const JsonValue& key, const EventView& event)
{
    JsonValue row = JsonValue::emptyObject();
    row.insert("key", key);
    for (const JsonValue::Member& member : m_definition->initialRow.members())
        row.insert(member.key, member.value);
    const QByteArray text = key.toJson();
    if (const auto known = m_rows.find(text); known != m_rows.end())
        row = known->second;
    if (type.when) {
        const auto holds = evaluate(type.when->source(), event, row);
        if (!holds || !holds->toBool())
            return;
    }
    const EvolvePlan* plan = m_lookup.plan(name.toStdString());
    bool isGood = true;
    if (plan->definition->kind == EvolveKind::Rules)
        isGood = applyEvolveRules(*plan, row, event).ok();
    if (std::find(m_order.begin(), m_order.end(), text) == m_order.end())
        m_order.push_back(text);
    bool isGone = type.isDelete;
    if (type.deleteWhen && isGood) {
        const auto holds = evaluate(type.deleteWhen->source(), event, row);
        isGone = holds && holds->toBool();
    }
    if (isGone)
        m_rows.erase(text);
    else
        m_rows[text] = row;
}

} // namespace eventloupe
