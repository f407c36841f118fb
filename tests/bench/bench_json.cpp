// bench_json: how fast JSON is checked, parsed, merged and written, one JSON object a line.
#include "benchfigures.h"
#include "value/event.h"
#include "value/json.h"
#include "value/mergepatch.h"

#include <chrono>
#include <cstdio>

using namespace eventloupe;

namespace {

/// Calls the work as often as fills half a second; prints the rate.
template <class Work> void measure(const char* name, qsizetype bytes, Work work)
{
    using Clock = std::chrono::steady_clock;
    constexpr std::chrono::milliseconds length(500);
    qint64 rounds = 0;
    const auto start = Clock::now();
    std::chrono::duration<double> seconds {};
    while ((seconds = Clock::now() - start) < length) {
        for (int i = 0; i < 64; ++i, ++rounds) {
            work();
        }
    }
    const double each = seconds.count() / static_cast<double>(rounds);
    report(std::string("json_") + name + "_each", "ns", { each * 1e9 });
    report(std::string("json_") + name, "MB/s", { static_cast<double>(bytes) / each / 1e6 },
        Better::Higher);
}

void measureText(const QByteArray& name, const QByteArray& text)
{
    const auto label = [&](const char* what) { return what + name; };
    measure(label("validate"), text.size(), [&] { (void)findJsonFault(viewOf(text)); });
    measure(label("parse"), text.size(), [&] { (void)parseJson(viewOf(text)); });
    measure(label("parseStored"), text.size(), [&] { (void)parseStoredJson(viewOf(text)); });
}

} // namespace

int main()
{
    const QByteArray event = R"({"userId":"42","name":"Ada Lovelace","email":"ada@example.org",)"
                             R"("amount":100.10,"tags":["a","b"],"active":true})";
    QByteArray many = "[";
    for (int i = 0; i < 10'000; ++i) {
        many += event + ",";
    }
    many.back() = ']';
    measureText("Event", event);
    measureText("Array", many);

    const auto patch = parseJson(viewOf(event));
    JsonValue state = JsonValue::emptyObject();
    measure("mergeEvent", event.size(), [&] { applyMergePatch(state, *patch); });
    measure("foldEvent", event.size(), [&] {
        const auto data = parseStoredJson(viewOf(event));
        applyMergePatch(state, *data);
    });
    measure("writeEvent", event.size(), [&] { (void)state.toJson(); });
    return 0;
}
