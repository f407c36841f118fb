#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

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

/// Bytes that figures and texts are put behind one another in, faster than by printf.
class Bytes {
public:
    void clear() { m_bytes.clear(); }
    [[nodiscard]] std::string_view view() const { return m_bytes; }
    Bytes& text(std::string_view text)
    {
        m_bytes.append(text);
        return *this;
    }
    Bytes& number(std::uint64_t value);
    /// With zeros in front.
    Bytes& number(std::uint64_t value, int width);
    Bytes& hex(std::uint64_t value, int width);

private:
    std::string m_bytes;
};

/// An event of the generated log; the views are valid until the next one is made.
struct MadeEvent {
    std::uint64_t position = 0;
    std::size_t stream = 0; ///< Its number in order of birth, from 0.
    std::string_view streamName;
    std::uint64_t version = 0;
    std::size_t type = 0; ///< Its number in order of birth, from 0.
    std::string_view typeName;
    std::uint64_t microseconds = 0;
    std::string_view time; ///< The same in RFC 3339.
    std::string_view id;
    std::string_view data;
    std::string_view metadata;
};

/// Makes a log of N events, the same for the same seed: N/10 streams in five categories with
/// long-tailed lengths, one of N/50 events (account-1), 20 event types, payloads of 120 to 250
/// bytes with nesting, unicode and decimals. Memory: 4 bytes a stream.
class EventMaker {
public:
    EventMaker(std::uint64_t events, std::uint64_t seed);

    /// False behind the last one.
    bool next();
    [[nodiscard]] const MadeEvent& event() const { return m_event; }
    [[nodiscard]] static std::string_view categoryOf(std::size_t stream);
    static constexpr std::size_t categoryCount = 5;

private:
    std::size_t pickStream();
    std::size_t typeNumber(std::size_t category, std::size_t kind);
    void makeTime();
    void makeId();
    void makeData(std::size_t stream);

    std::uint64_t m_events;
    Random m_random;
    std::vector<std::uint32_t> m_versions;
    std::uint64_t m_microseconds = 1'704'067'200'000'000; // 2024-01-01T00:00:00Z
    std::uint64_t m_day = 0;
    std::array<std::array<std::size_t, 4>, categoryCount> m_typeNumbers {}; ///< From 1.
    std::size_t m_types = 0;
    MadeEvent m_event;
    Bytes m_stream;
    Bytes m_date;
    Bytes m_time;
    Bytes m_id;
    Bytes m_data;
    Bytes m_metadata;
};
