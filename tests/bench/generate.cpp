// Writes N events as NDJSON in the exchange format, the same bytes for the same seed:
//     generate N [SEED] > events.ndjson
// N/10 streams in five categories with long-tailed lengths, one stream of N/50 events
// (account-1), 20 event types, payloads of 120 to 250 bytes with nesting, unicode and decimals.

#include <array>
#include <cinttypes>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <string>
#include <string_view>
#include <vector>

namespace {

/// SplitMix64 (Steele, Lea, Flood: "Fast splittable pseudorandom number generators", 2014).
class Random {
public:
    explicit Random(std::uint64_t seed)
        : m_state(seed)
    {
    }
    std::uint64_t next()
    {
        std::uint64_t z = (m_state += 0x9e3779b97f4a7c15U);
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
        return z ^ (z >> 31);
    }
    std::uint64_t below(std::uint64_t bound) { return next() % bound; }
    double unit() { return static_cast<double>(next() >> 11) * 0x1.0p-53; }

private:
    std::uint64_t m_state;
};

struct Category {
    std::string_view name;
    std::array<std::string_view, 4> types; ///< The first opens a stream.
};

constexpr std::array<Category, 5> categories { {
    { "account", { "ACCOUNT_OPENED", "MONEY_DEPOSITED", "MONEY_WITHDRAWN", "LIMIT_CHANGED" } },
    { "user", { "USER_CREATED", "USER_RENAMED", "EMAIL_CHANGED", "USER_LOGGED_IN" } },
    { "order", { "ORDER_PLACED", "ORDER_PAID", "ITEM_ADDED", "ORDER_NOTED" } },
    { "cart", { "CART_OPENED", "CART_ITEM_ADDED", "CART_ITEM_REMOVED", "CART_CHECKED_OUT" } },
    { "shipment", { "SHIPMENT_CREATED", "PARCEL_PACKED", "PARCEL_SCANNED", "PARCEL_DELIVERED" } },
} };

constexpr std::array<std::string_view, 8> cities { "Zürich", "Łódź", "São Paulo", "東京", "Αθήνα",
    "Reykjavík", "Tromsø", "Kyiv" };
constexpr std::array<std::string_view, 8> names { "Ada Lovelace", "Grace Hopper", "Žofie Nováková",
    "José Álvarez", "Мария Иванова", "山田 太郎", "Anna-Lena Müller", "Niamh O’Brien" };
constexpr std::array<std::string_view, 4> notes { "ordinary", "on request of the customer",
    "corrected by support, see the ticket", "checked \\\"twice\\\" — fine" };

class Generator {
public:
    Generator(std::uint64_t events, std::uint64_t seed)
        : m_events(events)
        , m_random(seed)
    {
        m_versions.reserve(events / 10 + 1);
        m_versions.push_back(0);
    }

    void writeTo(FILE* out)
    {
        std::string buffer;
        buffer.reserve(1U << 20U);
        for (std::uint64_t position = 1; position <= m_events; ++position) {
            appendEvent(buffer, position);
            if (buffer.size() > (1U << 20U) - 4096) {
                std::fwrite(buffer.data(), 1, buffer.size(), out);
                buffer.clear();
            }
        }
        std::fwrite(buffer.data(), 1, buffer.size(), out);
    }

private:
    /// One event in 50 goes to the first stream, one in ten opens another, the rest fall on
    /// streams with the square of a uniform number, so that early ones grow long.
    std::size_t pickStream(std::uint64_t position)
    {
        if (position % 50 == 1)
            return 0;
        if (m_versions.size() < position / 10 + 1 || m_versions.size() == 1) {
            m_versions.push_back(0);
            return m_versions.size() - 1;
        }
        const double u = m_random.unit();
        const auto spread = static_cast<double>(m_versions.size() - 1);
        return 1 + static_cast<std::size_t>(u * u * spread);
    }

    void appendTime(std::string& out)
    {
        m_microseconds += 1 + m_random.below(m_random.below(100) == 0 ? 120'000'000 : 2'000'000);
        const auto seconds = static_cast<std::time_t>(m_microseconds / 1'000'000);
        if (seconds != m_second) {
            m_second = seconds;
            std::tm parts {};
            gmtime_r(&seconds, &parts);
            std::strftime(m_secondText.data(), m_secondText.size(), "%Y-%m-%dT%H:%M:%S", &parts);
        }
        std::array<char, 16> fraction {};
        std::snprintf(fraction.data(), fraction.size(), ".%06uZ",
            static_cast<unsigned>(m_microseconds % 1'000'000));
        out.append(m_secondText.data()).append(fraction.data());
    }

    void appendId(std::string& out)
    {
        const auto high = m_random.next();
        const std::uint64_t low = m_random.next();
        std::array<char, 40> text {};
        std::snprintf(text.data(), text.size(), "%08x-%04x-7%03x-%04x-%012" PRIx64,
            static_cast<unsigned>(high >> 32), static_cast<unsigned>((high >> 16) & 0xffff),
            static_cast<unsigned>(high & 0xfff), static_cast<unsigned>(0x8000 | (low >> 50)),
            static_cast<std::uint64_t>(low & 0xffffffffffffU));
        out.append(text.data());
    }

    void appendData(std::string& out, std::size_t stream)
    {
        const auto roll = m_random.next();
        const auto field = static_cast<unsigned>(roll % 6);
        std::array<char, 400> text {};
        const auto length = std::snprintf(text.data(), text.size(),
            R"({"amount":%u.%02u,"currency":"%s","count":%u,"name":"%s","address":{"city":"%s","zip":"%05u","lines":["%u Main St","floor %u"]},"field%u":{"value":%u,"active":%s},"note":"%s"})",
            static_cast<unsigned>(roll % 5000), static_cast<unsigned>((roll >> 13) % 100),
            (roll & 1) != 0 ? "EUR" : "USD", static_cast<unsigned>(stream % 97),
            names[(roll >> 20) % names.size()].data(), cities[(roll >> 24) % cities.size()].data(),
            static_cast<unsigned>((roll >> 28) % 100000), static_cast<unsigned>((roll >> 40) % 900),
            static_cast<unsigned>((roll >> 50) % 30), field,
            static_cast<unsigned>((roll >> 32) % 100000), (roll & 2) != 0 ? "true" : "false",
            notes[(roll >> 60) % notes.size()].data());
        out.append(text.data(), static_cast<std::size_t>(length));
    }

    void appendEvent(std::string& out, std::uint64_t position)
    {
        const auto stream = pickStream(position);
        const auto version = ++m_versions[stream];
        const auto& category = categories[stream % categories.size()];
        const auto type = category.types[version == 1 ? 0 : 1 + m_random.below(3)];
        out.append(R"({"position":)").append(std::to_string(position));
        out.append(R"(,"stream":")").append(category.name).push_back('-');
        out.append(std::to_string(stream + 1)).append(R"(","version":)");
        out.append(std::to_string(version)).append(R"(,"type":")").append(type);
        out.append(R"(","time":")");
        appendTime(out);
        out.append(R"(","id":")");
        appendId(out);
        out.append(R"(","data":)");
        appendData(out, stream);
        out.append(R"(,"metadata":{"actor":"generator","correlationId":"c-)");
        out.append(std::to_string(position / 3)).append("\"}}\n");
    }

    std::uint64_t m_events;
    Random m_random;
    std::vector<std::uint32_t> m_versions;
    std::uint64_t m_microseconds = 1'704'067'200'000'000; // 2024-01-01T00:00:00Z
    std::time_t m_second = 0;
    std::array<char, 32> m_secondText {};
};

} // namespace

int main(int argc, char** argv)
{
    const auto events = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 0;
    if (events == 0) {
        std::fputs("usage: generate N [SEED] > events.ndjson\n", stderr);
        return 2;
    }
    Generator(events, argc > 2 ? std::strtoull(argv[2], nullptr, 10) : 1).writeTo(stdout);
    return std::ferror(stdout) != 0 ? 1 : 0;
}
