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

const QByteArray stateText(R"({"name":"Ada","balance":80.5,"tags":["a","b"]})");
const QByteArray dataText(R"({"id":7,"amount":30.25,"currency":"EUR"})");

/// The variables as the texts that a store gives, of which nothing was parsed yet.
class Texts final : public VariableReader {
public:
    const Value* value(std::size_t variable) override
    {
        auto& value = m_values.at(variable);
        if (!value) {
            if (const auto json = parseJson(jsonText(variable)))
                value = Value::fromJson(*json);
        }
        return value ? &*value : nullptr;
    }
    [[nodiscard]] std::string_view jsonText(std::size_t variable) const override
    {
        return viewOf(variable == 0 ? stateText : dataText);
    }

private:
    std::array<std::optional<Value>, 2> m_values;
};

/// Evaluations a second in several batches, so that one disturbance is seen as such.
template <class Test> std::vector<double> rates(Test holds)
{
    using Clock = std::chrono::steady_clock;
    constexpr int batches = 20;
    constexpr int rounds = 100'000;
    std::vector<double> rates;
    int held = 0;
    for (int batch = 0; batch < batches; ++batch) {
        const auto start = Clock::now();
        for (int i = 0; i < rounds; ++i)
            held += holds() ? 1 : 0;
        const std::chrono::duration<double> seconds = Clock::now() - start;
        rates.push_back(rounds / seconds.count());
    }
    if (held != 0 && held != batches * rounds)
        std::fprintf(stderr, "bench_expression: two answers to one question\n");
    return rates;
}

void measure(const char* name, std::string_view source)
{
    const auto state = parseJson(viewOf(stateText));
    const auto data = parseJson(viewOf(dataText));
    const auto expression = Expression::compile(source, names);
    if (!state || !data || !expression) {
        std::fprintf(stderr, "bench_expression: %s does not compile\n", name);
        return;
    }
    const std::array values { Value::fromJson(*state), Value::fromJson(*data) };
    const auto fromValues = [&] {
        const auto result = expression->test(values);
        return result && *result;
    };
    const auto fromTexts = [&] {
        Texts texts;
        return expression->judge(texts) == Verdict::Holds;
    };
    const auto title = std::string("expression_") + name;
    report(title, "1/s", rates(fromValues), Better::Higher);
    report(title + "_rawJson", "1/s", rates(fromTexts), Better::Higher);
}

} // namespace

/// With an argument only what is named so: "guard".
int main(int count, char** arguments)
{
    const std::string_view wanted = count > 1 ? arguments[1] : "";
    const auto run = [&](const char* name, std::string_view source) {
        if (wanted.empty() || wanted == name)
            measure(name, source);
    };
    run("guard", R"(state.balance + data.amount > 100.0 && data.currency == "EUR")");
    run("comparison", "data.id > 5");
    run("missingField", "data.total > 5");
    run("missingFieldOr", "data.total > 5 || data.id == 7");
    run("optionalField", "data.?total.orValue(10) > 5");
    run("inList", "data.currency in ['USD', 'GBP', 'EUR']");
    run("exists", "state.tags.exists(t, t == 'b')");
    run("startsWith", "state.name.startsWith('A')");
    return 0;
}
