#include "eventmaker.h"

#include <algorithm>
#include <charconv>
#include <chrono>

namespace {

struct Category {
    std::string_view name;
    std::array<std::string_view, 4> types; ///< The first opens a stream.
};

constexpr std::array<Category, EventMaker::categoryCount> categories { {
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

constexpr std::uint64_t second = 1'000'000;
constexpr std::uint64_t day = 86'400 * second;

} // namespace

Bytes& Bytes::number(std::uint64_t value)
{
    std::array<char, 20> digits {};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
    m_bytes.append(digits.data(), end);
    return *this;
}

Bytes& Bytes::number(std::uint64_t value, int width)
{
    std::array<char, 20> digits {};
    for (auto i = static_cast<std::size_t>(width); i-- > 0; value /= 10)
        digits[i] = static_cast<char>('0' + value % 10);
    m_bytes.append(digits.data(), static_cast<std::size_t>(width));
    return *this;
}

Bytes& Bytes::hex(std::uint64_t value, int width)
{
    std::array<char, 16> digits {};
    for (auto i = static_cast<std::size_t>(width); i-- > 0; value >>= 4)
        digits[i] = "0123456789abcdef"[value & 15];
    m_bytes.append(digits.data(), static_cast<std::size_t>(width));
    return *this;
}

EventMaker::EventMaker(std::uint64_t events, std::uint64_t seed)
    : m_events(events)
    , m_random(seed)
{
    m_versions.reserve(events / 10 + 2);
    m_versions.push_back(0);
}

std::string_view EventMaker::categoryOf(std::size_t stream)
{
    return categories[stream % categories.size()].name;
}

bool EventMaker::next()
{
    if (m_event.position == m_events)
        return false;
    ++m_event.position;
    const std::size_t stream = pickStream();
    const std::size_t category = stream % categories.size();
    const std::uint32_t version = ++m_versions[stream];
    const std::size_t kind = version == 1 ? 0 : 1 + m_random.below(3);
    m_stream.clear();
    m_stream.text(categories[category].name).text("-").number(stream + 1);
    m_event.stream = stream;
    m_event.streamName = m_stream.view();
    m_event.version = version;
    m_event.type = typeNumber(category, kind);
    m_event.typeName = categories[category].types[kind];
    makeTime();
    makeId();
    makeData(stream);
    m_metadata.clear();
    m_metadata.text(R"({"actor":"generator","correlationId":"c-)");
    m_event.metadata = m_metadata.number(m_event.position / 3).text("\"}").view();
    return true;
}

/// One event in 50 goes to the first stream, one in ten opens another, the rest fall on streams
/// with the square of a uniform number, so that early ones grow long.
std::size_t EventMaker::pickStream()
{
    const std::uint64_t position = m_event.position;
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

std::size_t EventMaker::typeNumber(std::size_t category, std::size_t kind)
{
    std::size_t& number = m_typeNumbers[category][kind];
    if (number == 0)
        number = ++m_types;
    return number - 1;
}

void EventMaker::makeTime()
{
    m_microseconds += 1 + m_random.below(m_random.below(100) == 0 ? 120'000'000 : 2'000'000);
    m_event.microseconds = m_microseconds;
    const std::uint64_t today = m_microseconds / day;
    if (today != m_day) {
        m_day = today;
        const std::chrono::year_month_day date(
            std::chrono::sys_days(std::chrono::days(static_cast<int>(today))));
        m_date.clear();
        m_date.number(static_cast<std::uint64_t>(static_cast<int>(date.year())), 4).text("-");
        m_date.number(static_cast<unsigned>(date.month()), 2).text("-");
        m_date.number(static_cast<unsigned>(date.day()), 2).text("T");
    }
    const std::uint64_t ofDay = m_microseconds % day;
    const std::uint64_t seconds = ofDay / second;
    m_time.clear();
    m_time.text(m_date.view()).number(seconds / 3600, 2).text(":").number(seconds / 60 % 60, 2);
    m_time.text(":").number(seconds % 60, 2).text(".").number(ofDay % second, 6).text("Z");
    m_event.time = m_time.view();
}

void EventMaker::makeId()
{
    const std::uint64_t high = m_random.next();
    const std::uint64_t low = m_random.next();
    m_id.clear();
    m_id.hex(high >> 32, 8).text("-").hex(high >> 16, 4).text("-7").hex(high, 3).text("-");
    m_id.hex(0x8000 | (low >> 50), 4).text("-").hex(low, 12);
    m_event.id = m_id.view();
}

void EventMaker::makeData(std::size_t stream)
{
    const std::uint64_t roll = m_random.next();
    m_data.clear();
    m_data.text(R"({"amount":)").number(roll % 5000).text(".").number((roll >> 13) % 100, 2);
    m_data.text(R"(,"currency":")").text((roll & 1) != 0 ? "EUR" : "USD");
    m_data.text(R"(","count":)").number(stream % 97);
    m_data.text(R"(,"name":")").text(names[(roll >> 20) % names.size()]);
    m_data.text(R"(","address":{"city":")").text(cities[(roll >> 24) % cities.size()]);
    m_data.text(R"(","zip":")").number((roll >> 28) % 100000, 5);
    m_data.text(R"(","lines":[")").number((roll >> 40) % 900).text(R"( Main St","floor )");
    m_data.number((roll >> 50) % 30).text(R"("]},"field)").number(roll % 6);
    m_data.text(R"(":{"value":)").number((roll >> 32) % 100000);
    m_data.text(R"(,"active":)").text((roll & 2) != 0 ? "true" : "false");
    m_data.text(R"(},"note":")").text(notes[(roll >> 60) % notes.size()]).text("\"}");
    m_event.data = m_data.view();
}
