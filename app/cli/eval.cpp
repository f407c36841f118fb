#include "app/cli/lines.h"
#include "app/cli/typedvalue.h"
#include "app/cli/verb.h"

#include "expression/expression.h"
#include "value/event.h"
#include "value/json.h"

namespace eventloupe::cli {

namespace {

/// Names and values for an expression; a member may be converted from the typed form.
struct Bindings {
    std::vector<QByteArray> names;
    std::vector<Value> values;
};

Result<Value> evaluate(const QByteArray& source, const Bindings& bindings)
{
    std::vector<std::string_view> names;
    for (const auto& name : bindings.names)
        names.push_back(viewOf(name));
    // A name that nothing stands for fails where it is needed: `true || x` is true.
    const ExpressionNames known { names, {}, UnknownNames::FailWhenEvaluated };
    const auto expression = Expression::compile(viewOf(source), known);
    if (!expression)
        return expression.error();
    ExpressionFault fault;
    auto value = expression->evaluate(bindings.values, {}, &fault);
    if (!value)
        return Error { value.error().code, fault.toText(viewOf(source)) };
    return value;
}

/// Fails where the value would be too long to be written.
Result<JsonValue> typed(const Value& value)
{
    if (value.writtenSize(Value::mostJson) >= Value::mostJson)
        return Error { ErrorCode::InvalidInput, tr("the value is longer than 64 MB") };
    return toTyped(value);
}

Result<Bindings> jsonBindings(const QString& text)
{
    Bindings bindings;
    if (text.isEmpty())
        return bindings;
    const auto bytes = text.toUtf8();
    const auto json = parseJson(viewOf(bytes));
    if (!json || !json->isObject())
        return Error { ErrorCode::InvalidArgument,
            json ? tr("--with is a JSON object of names and values")
                 : tr("--with is not JSON: %1").arg(json.error().message) };
    for (const auto& member : json->members()) {
        bindings.names.push_back(member.key);
        bindings.values.push_back(Value::fromJson(member.value));
    }
    return bindings;
}

Result<Value> evaluateLine(std::string_view line)
{
    const auto vector = parseJson(line);
    if (!vector)
        return vector.error();
    const auto* source = vector->find("expr");
    if (source == nullptr || !source->isString())
        return Error { ErrorCode::InvalidInput, tr("the line has no \"expr\"") };
    Bindings bindings;
    if (const auto* given = vector->find("bindings")) {
        if (!given->isObject())
            return Error { ErrorCode::InvalidInput,
                tr("\"bindings\" is an object of names and typed values") };
        for (const auto& member : given->members()) {
            auto value = fromTyped(member.value);
            if (!value)
                return value;
            bindings.names.push_back(member.key);
            bindings.values.push_back(std::move(*value));
        }
    }
    return evaluate(source->toUtf8(), bindings);
}

/// One answer a line, at once: whoever asks may wait for it before the next line.
int answerLines(Terminal& terminal)
{
    Lines lines;
    const auto opened = lines.open(QStringLiteral("-"));
    if (!opened)
        return terminal.fail(opened.error());
    std::string_view line;
    while (!terminal.cancel().isCancelled() && lines.next(line)) {
        const auto value = evaluateLine(line);
        auto answer = JsonValue::emptyObject();
        const auto written = value ? typed(*value) : Result<JsonValue>(value.error());
        if (written)
            answer = *written;
        else
            answer.insert("error", JsonValue::fromString(written.error().message));
        if (!terminal.writeLine(viewOf(answer.toJson())) || !terminal.flush())
            break;
    }
    const auto end = lines.end();
    return end ? int(Done) : terminal.fail(end.error());
}

int run(const Arguments& arguments, Terminal& terminal)
{
    const auto& source = arguments.words().constFirst();
    if (source == u"-")
        return answerLines(terminal);
    const auto bindings = jsonBindings(arguments.value(QStringLiteral("with")));
    if (!bindings)
        return terminal.misuse(bindings.error().message);
    const auto value = evaluate(source.toUtf8(), *bindings);
    if (!value)
        return terminal.fail(value.error());
    if (arguments.has(QStringLiteral("typed"))) {
        const auto written = typed(*value);
        if (!written)
            return terminal.fail(written.error());
        terminal.writeLine(viewOf(written->toJson()));
        return Done;
    }
    const auto json = value->toJson();
    if (!json)
        return terminal.fail(json.error());
    terminal.writeLine(viewOf(json->toJson()));
    return Done;
}

} // namespace

Verb evalVerb()
{
    Verb verb;
    verb.name = QStringLiteral("eval");
    verb.synopsis = QStringLiteral("EXPR|- [--with JSON] [--typed]");
    verb.summary = tr("Prints the value of an expression (CEL)");
    verb.details = tr(
        "With - it answers each line {\"expr\": ..., \"bindings\": {NAME: typed "
        "value}} of standard input\nby a line: the typed value, or "
        "{\"error\": ...}. A typed value is {\"int\":\"1\"}, {\"double\":\"1.5\"},\n"
        "{\"list\":[typed value ...]} and so on; an optional is {\"optional\":typed value} or\n"
        "{\"optional\":null}.");
    verb.options = {
        { QStringLiteral("with"), QStringLiteral("JSON"), tr("An object: the expression's names") },
        { QStringLiteral("typed"), {}, tr("Print a typed value instead of JSON") },
    };
    verb.run = run;
    return verb;
}

} // namespace eventloupe::cli
