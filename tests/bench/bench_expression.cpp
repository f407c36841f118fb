// bench_expression: how fast expressions are evaluated, one JSON object a line.
#include "benchfigures.h"
#include "expression/expression.h"
#include "value/event.h"
#include "value/json.h"

#include <array>
#include <chrono>
#include <cstdio>

using namespace eventloupe;

namespace {

constexpr std::array<std::string_view, 2> names { "state", "data" };

void measure(const char* name, std::string_view source, const char* stateText, const char* dataText)
{
    using Clock = std::chrono::steady_clock;
    constexpr int rounds = 2'000'000;
    const auto state = parseJson(stateText);
    const auto data = parseJson(dataText);
    const auto expression = Expression::compile(source, names);
    if (!state || !data || !expression) {
        std::fprintf(stderr, "bench_expression: %s does not compile\n", name);
        return;
    }
    const std::array values { Value::fromJson(*state), Value::fromJson(*data) };
    int held = 0;
    const auto start = Clock::now();
    for (int i = 0; i < rounds; ++i) {
        const auto result = expression->test(values);
        held += result && *result ? 1 : 0;
    }
    const std::chrono::duration<double> seconds = Clock::now() - start;
    report(std::string("expression_") + name, "1/s", { rounds / seconds.count() }, Better::Higher);
    if (held != 0 && held != rounds)
        std::fprintf(stderr, "bench_expression: %s gave two answers\n", name);
}

} // namespace

int main()
{
    const char* state = R"({"name":"Ada","balance":80.5,"tags":["a","b"]})";
    const char* data = R"({"id":7,"amount":30.25,"currency":"EUR"})";
    measure(
        "guard", R"(state.balance + data.amount > 100.0 && data.currency == "EUR")", state, data);
    measure("comparison", "data.id > 5", state, data);
    measure("missingField", "data.total > 5", state, data);
    measure("missingFieldOr", "data.total > 5 || data.id == 7", state, data);
    measure("inList", "data.currency in ['USD', 'GBP', 'EUR']", state, data);
    measure("exists", "state.tags.exists(t, t == 'b')", state, data);
    measure("startsWith", "state.name.startsWith('A')", state, data);
    return 0;
}
