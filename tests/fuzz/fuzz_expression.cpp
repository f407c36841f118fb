#include "fuzz/fuzztarget.h"

#include "expression/expression.h"
#include "expression/texttemplate.h"
#include "value/event.h"
#include "value/json.h"

#include <array>

// An expression, compiled and evaluated twice: it ends, with the same value or a reason.

using namespace eventloupe;

namespace {

constexpr std::array<std::string_view, 3> names { "data", "text", "x" };

const std::array<Value, 3>& variables()
{
    static const std::array<Value, 3> values = [] {
        const auto json = parseJson(R"({"rows":[{"n":1,"s":"row","x":[1.50,null,{"a":[]}]},{"n":2}],
            "qty":3,"when":"2026-03-01T14:03:22Z","big":18446744073709551615})");
        return std::array { Value::fromJson(*json), Value::fromString(QByteArray(200, 'a') + 'b'),
            Value() };
    }();
    return values;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto source = viewOfInput(data, size);
    ExpressionFault fault;
    ExpressionNames scope { names };
    static_cast<void>(TextTemplate::compile(source, scope));
    scope.unknownNames = UnknownNames::FailWhenEvaluated;
    static_cast<void>(Expression::compile(source, scope));
    const auto expression = Expression::compile(source, names, &fault);
    if (!expression) {
        require(fault.line > 0 && fault.column > 0, "a fault has no place");
        require(!fault.message.isEmpty(), "a fault has no reason");
        require(!fault.toText(source).isEmpty(), "a fault has no text");
        return 0;
    }
    static_cast<void>(expression->reads());
    static_cast<void>(expression->operation());
    const auto value = expression->evaluate(variables());
    const auto again = expression->evaluate(variables());
    require(value.ok() == again.ok(), "two evaluations differ");
    if (!value) {
        require(!value.error().message.isEmpty(), "a failure says nothing");
        return 0;
    }
    const auto json = value->toJson();
    const auto jsonAgain = again->toJson();
    require(json.ok() == jsonAgain.ok(), "two values differ");
    require(!json || json->toJson() == jsonAgain->toJson(), "two values differ as JSON");
    require(!json || !findJsonFault(viewOf(json->toJson())), "a value is no JSON");
    return 0;
}

QByteArrayList eventloupe::fuzzSeeds()
{
    QByteArrayList seeds { "data.rows.map(r, r.n).sum() > 2 ? 'a' : text + \"\\u00e9\"",
        "data.?qty.orValue(1u) * 2.5 - double('1e3')", "cel.bind(y, [1, 2], y.exists(z, z == 2))",
        "timestamp(data.when).getHours('+01:00')", "'%s %d %.3f'.format(['a', 1, 2.0])",
        "text.matches('^(a|b)*$')", "{'a': b'\\xff', 2: null}['a'].size()", "s-{data.qty}" };
    for (const QByteArray& file : sharedFiles(QStringLiteral("cel"), QStringLiteral("*.json"))) {
        const auto cases = parseJson(viewOf(file));
        if (!cases)
            continue;
        for (const JsonValue& each : cases->elements()) {
            if (const auto* source = each.find("expr"))
                seeds.append(source->toUtf8());
        }
    }
    return seeds;
}
