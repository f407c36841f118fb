#include "support/plainwatch.h"

#include "domain/eventvalues.h"
#include "domain/upcaster.h"
#include "expression/expression.h"
#include "value/json.h"
#include "watch/watchrun.h"

#include <array>
#include <map>
#include <optional>
#include <set>

namespace eventloupe {

namespace {

constexpr std::array<std::string_view, 4> names { "state", "data", "event", "previous" };

class Variables final : public VariableReader {
public:
    explicit Variables(const std::array<Value, 4>& values)
        : m_values(values)
    {
    }
    const Value* value(std::size_t variable) override { return &m_values.at(variable); }
    [[nodiscard]] std::string_view jsonText(std::size_t) const override { return {}; }

private:
    const std::array<Value, 4>& m_values;
};

/// What an expression gives: the value, or why there is none.
struct Given {
    std::optional<JsonValue> value;
    bool isAbsent = true;
};

Given evaluate(const Expression& expression, const std::array<Value, 4>& values)
{
    const auto value = expression.evaluate(values);
    if (value && value->type() == ValueType::Optional) {
        const Value* held = value->held();
        return held ? Given { *held->toJson(), false } : Given {};
    }
    if (value) {
        const auto json = value->toJson();
        return json ? Given { *json, false } : Given { std::nullopt, false };
    }
    Variables reader(values);
    return { std::nullopt, expression.judge(reader) == Verdict::Missing };
}

bool isPoint(const Given& before, const Given& now)
{
    const bool wasOther = before.value && !before.value->isBool();
    if (!now.value)
        return now.isAbsent && wasOther;
    if (now.value->isBool())
        return now.value->toBool()
            && !(before.value && before.value->isBool() && before.value->toBool());
    return !wasOther || !(*before.value == *now.value);
}

struct Stream {
    AggregateState state;
    std::vector<Given> last; ///< A watch each.
};

struct Watch {
    Expression expression;
    WatchScope scope;
    QStringList lines;
    WatchFailures failures;

    [[nodiscard]] bool isFor(const QString& stream) const
    {
        return scope.kind == WatchScope::Kind::All
            || scope.name == (scope.kind == WatchScope::Kind::Stream ? stream : categoryOf(stream));
    }
};

QByteArray textOf(const Given& given)
{
    return given.value ? given.value->toJson() : QByteArray();
}

/// Words that may stand behind a dot.
bool isIdentifier(const QByteArray& name)
{
    static const std::set<QByteArray> reserved { "in", "true", "false", "null", "as", "if", "for",
        "var", "let", "const", "break", "continue", "else", "function", "import", "loop", "package",
        "namespace", "return", "void", "while" };
    return !name.isEmpty() && !reserved.contains(name)
        && !(name.front() >= '0' && name.front() <= '9')
        && std::all_of(name.begin(), name.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
                   || c == '_';
           });
}

/// Fields with some of the values that they had.
using Fields = std::map<QByteArray, QList<JsonValue>>;

void collect(Fields& fields, const QByteArray& path, const JsonValue& value, int depth)
{
    if (fields[path].size() < 20)
        fields[path].append(value);
    if (!value.isObject() || depth == 3)
        return;
    for (const JsonValue::Member& member : value.members())
        if (isIdentifier(member.key))
            collect(fields, path + '.' + member.key, member.value, depth + 1);
}

template <class T> const T& oneOf(const QList<T>& list, QRandomGenerator& random)
{
    return list[random.bounded(static_cast<int>(list.size()))];
}

QByteArray shape(const QByteArray& kind, const QByteArray& field, const QByteArray& other,
    const QByteArray& literal, const QByteArray& type)
{
    QByteArray text = kind;
    const QByteArray before = field.startsWith("state") ? "previous" + field.mid(5) : "previous";
    return text.replace("$before", before)
        .replace("$field", field)
        .replace("$other", other)
        .replace("$literal", literal)
        .replace("$type", type);
}

const QByteArrayList& shapes()
{
    static const QByteArrayList list { "$field", "$field == $literal", "$field != $literal",
        "$field > $literal", "event.type == $type", "event.type == $type && $field == $literal",
        "$field == $literal || event.type == $type", "$field + $other", "$field != $other",
        "$field != $before", "$before", "$before == $literal", "has($field)", "size($field) > 2",
        "string($field)", "event.version % 3 == 0", "[$field, $other]", "$field in [$literal, 1]",
        "event.type", "event.time > timestamp('2015-01-01T00:00:00Z') ? $field : $other",
        "!($field == $literal)", "{'a': $field}", "type($field) == string", "$field - $literal > 0",
        "event.stream.endsWith('1') && $field != $literal", "double($field) / 3.0 > 1.5", "state",
        "previous", "size(state) - size(previous)", "data", "event.metadata", "state.?a.orValue(0)",
        "state.exists(k, k.contains('e'))", "state != previous && event.version > 2",
        "$field == $literal ? 1 : 'x'", "$field == $literal ? true : 0" };
    return list;
}

} // namespace

static QString shortened(const QByteArray& json)
{
    constexpr qsizetype longest = 60;
    return QString::fromUtf8(
        json.size() <= longest ? json : json.left(longest) + QByteArray::number(qHash(json)));
}

QString lineOf(const WatchPoint& point)
{
    return QStringLiteral("%1 %2@%3 %4: %5 -> %6")
        .arg(point.position)
        .arg(QString::fromUtf8(point.stream))
        .arg(point.version)
        .arg(QString::fromUtf8(point.type), shortened(point.before), shortened(point.after));
}

QString lineOf(const WatchFailures& failures)
{
    return QStringLiteral("%1 failed, %2 missing").arg(failures.failed).arg(failures.missing);
}

QList<QStringList> watchPlainly(
    EventStore& store, const Evolver& evolver, const QList<PlainWatch>& list)
{
    std::vector<Watch> watches;
    for (const PlainWatch& watch : list)
        watches.push_back(
            { *Expression::compile(viewOf(watch.expression), names), watch.scope, {}, {} });
    const Upcaster upcaster(evolver.workspace());
    std::map<StreamId, Stream> streams;
    const auto visit = [&](const EventView& stored) {
        const QString name = QString::fromUtf8(toBytes(stored.stream));
        Stream& stream = streams[stored.streamId];
        stream.last.resize(watches.size());
        if (stored.version == 1)
            stream.state = evolver.initialState(categoryOf(name));
        const JsonValue previous = stream.state.value;
        (void)evolver.evolve(stream.state, stored);
        EventView event = stored;
        QByteArray data;
        const bool isUpcast = upcaster.apply(event, data).ok();
        const std::array<Value, 4> values { Value::fromJson(stream.state.value),
            *jsonTextValue(event.data), *eventValue(event), Value::fromJson(previous) };
        for (std::size_t i = 0; i < watches.size(); ++i) {
            Watch& watch = watches[i];
            if (!watch.isFor(name))
                continue;
            Given now { std::nullopt, false };
            if (isUpcast || !(watch.expression.uses(1) || watch.expression.uses(2)))
                now = evaluate(watch.expression, values);
            if (!now.value)
                ++(now.isAbsent ? watch.failures.missing : watch.failures.failed);
            if (isPoint(stream.last[i], now))
                watch.lines.append(lineOf(
                    { stored.position, stored.streamId, toBytes(stored.stream), stored.version,
                        toBytes(stored.type), stored.time, textOf(stream.last[i]), textOf(now) }));
            stream.last[i] = now;
        }
        return true;
    };
    const auto scanned = store.scanLog(1, *store.head(), allScanColumns, CancelToken(), visit);
    QList<QStringList> lines;
    for (Watch& watch : watches) {
        watch.lines.append(scanned ? lineOf(watch.failures) : scanned.error().message);
        lines.append(watch.lines);
    }
    return lines;
}

std::shared_ptr<const WatchExpression> compiled(const QByteArray& source)
{
    const auto expression = WatchExpression::compile(viewOf(source));
    if (!expression)
        qFatal("%s", qPrintable(expression.error().message));
    return *expression;
}

QStringList watched(EventStore& store, const Evolver& evolver, const WatchRequest& request)
{
    QStringList lines;
    const auto summary
        = runWatch(store, evolver, request, {}, [&](std::vector<WatchPoint>&& points) {
              for (const WatchPoint& point : points)
                  lines.append(lineOf(point));
              return true;
          });
    lines.append(summary ? lineOf(summary->failures) : summary.error().message);
    return lines;
}

QByteArrayList randomWatches(
    EventStore& store, const Evolver& evolver, int count, QRandomGenerator& random)
{
    Fields fields;
    QByteArrayList types;
    std::map<StreamId, AggregateState> states;
    const auto scanned = store.scanLog(
        1, *store.head(), allScanColumns, CancelToken(), [&](const EventView& event) {
            if (states.size() > 2000)
                return false;
            AggregateState& state = states[event.streamId];
            if (event.version == 1)
                state = evolver.initialState(categoryOf(QString::fromUtf8(toBytes(event.stream))));
            (void)evolver.evolve(state, event);
            if (random.bounded(20) != 0 && event.position > 200)
                return true;
            collect(fields, "state", state.value, 0);
            if (const auto data = parseStoredJson(event.data))
                collect(fields, "data", *data, 0);
            QByteArray type;
            appendJsonString(type, event.type);
            if (!types.contains(type))
                types.append(type);
            return true;
        });
    if (!scanned || fields.empty())
        return {};
    QByteArrayList paths;
    for (const auto& [path, values] : fields)
        paths.append(path);
    QByteArrayList watches;
    while (watches.size() < count) {
        const QByteArray& path = oneOf(paths, random);
        const QByteArray source = shape(oneOf(shapes(), random), path, oneOf(paths, random),
            oneOf(fields[path], random).toJson(), oneOf(types, random));
        if (Expression::compile(viewOf(source), names))
            watches.append(source);
    }
    return watches;
}

} // namespace eventloupe
