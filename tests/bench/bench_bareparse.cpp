#include "benchfigures.h"
#include <simdjson.h>
#include <sqlite3.h>

#include <chrono>
#include <cstdio>
#include <cstring>
#include <string_view>
#include <vector>

// bench_bareparse STORE: a bare loop over a log through SQLite's C interface that parses each
// event's data with simdjson and does nothing else; what a replay is measured by. One thread, in
// order of position.

namespace {

namespace ondemand = simdjson::ondemand;

/// Looks at every value, and at every name; gives how many there were.
template <class Value> std::size_t visit(Value&& value)
{
    ondemand::json_type type {};
    if (value.type().get(type) != simdjson::SUCCESS)
        return 0;
    std::size_t values = 1;
    switch (type) {
    case ondemand::json_type::object:
        for (auto field : value.get_object()) {
            std::string_view key;
            if (field.unescaped_key().get(key) == simdjson::SUCCESS)
                values += visit(field.value());
        }
        break;
    case ondemand::json_type::array:
        for (auto element : value.get_array())
            values += visit(element.value());
        break;
    case ondemand::json_type::string:
        values += value.get_string().error() == simdjson::SUCCESS ? 0U : 1U;
        break;
    case ondemand::json_type::number:
        values += value.get_double().error() == simdjson::SUCCESS ? 0U : 1U;
        break;
    case ondemand::json_type::boolean:
        values += value.get_bool().error() == simdjson::SUCCESS ? 0U : 1U;
        break;
    case ondemand::json_type::null:
        break;
    }
    return values;
}

/// A parser that keeps its memory from one text to the next.
class Parser {
public:
    std::size_t parse(std::string_view text)
    {
        if (m_text.size() < text.size() + simdjson::SIMDJSON_PADDING)
            m_text.resize(2 * (text.size() + simdjson::SIMDJSON_PADDING));
        std::memcpy(m_text.data(), text.data(), text.size());
        ondemand::document document;
        const simdjson::padded_string_view padded(m_text.data(), text.size(), m_text.size());
        if (m_parser.iterate(padded).get(document) != simdjson::SUCCESS)
            return 0;
        return visit(document);
    }

private:
    ondemand::parser m_parser;
    std::vector<char> m_text;
};

int fail(sqlite3* database)
{
    std::fprintf(stderr, "bench_bareparse: %s\n", sqlite3_errmsg(database));
    return 1;
}

} // namespace

int main(int argc, char** argv)
{
    if (argc != 2) {
        std::fputs("usage: bench_bareparse STORE\n", stderr);
        return 2;
    }
    sqlite3* database = nullptr;
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_open_v2(argv[1], &database, SQLITE_OPEN_READONLY, nullptr) != SQLITE_OK
        || sqlite3_prepare_v2(database,
               "SELECT stream_id, version, type_id, data FROM event ORDER BY position", -1,
               &statement, nullptr)
            != SQLITE_OK)
        return fail(database);
    const auto start = std::chrono::steady_clock::now();
    Parser parser;
    long long events = 0;
    std::size_t values = 0;
    sqlite3_int64 sum = 0;
    int result = sqlite3_step(statement);
    for (; result == SQLITE_ROW; result = sqlite3_step(statement)) {
        sum += sqlite3_column_int64(statement, 0) + sqlite3_column_int64(statement, 1)
            + sqlite3_column_int64(statement, 2);
        const auto* data = reinterpret_cast<const char*>(sqlite3_column_text(statement, 3));
        values
            += parser.parse({ data, static_cast<std::size_t>(sqlite3_column_bytes(statement, 3)) });
        ++events;
    }
    if (result != SQLITE_DONE)
        return fail(database);
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
    eventloupe::report("bare_parse", "events/s", { static_cast<double>(events) / seconds.count() },
        eventloupe::Better::Higher);
    // Looked at, so that nothing of the loop can be left out.
    std::fprintf(
        stderr, "%lld events, %zu values, sum %lld\n", events, values, static_cast<long long>(sum));
    sqlite3_finalize(statement);
    sqlite3_close(database);
    return 0;
}
