#pragma once

#include "value/checkedjson.h"
#include "value/event.h"
#include "value/result.h"

#include <string>
#include <vector>

namespace eventloupe {

/// An event that is to be stored, as views: names and id in any bytes, payloads that are JSON.
struct EventTexts {
    std::string_view stream;
    std::string_view type;
    std::string_view id; ///< Empty: one is made.
    Timestamp time;
    CheckedJson data;
    CheckedJson metadata;
};

/// An event that any store may take, by the rules of eventrules.h. Only CheckedEvents makes one:
/// to have it is the proof, so that a store need not look again.
class CheckedEventView final {
public:
    [[nodiscard]] std::string_view stream() const { return m_stream; }
    [[nodiscard]] std::string_view type() const { return m_type; }
    [[nodiscard]] std::string_view id() const { return m_id; }
    [[nodiscard]] Timestamp time() const { return m_time; }
    [[nodiscard]] std::string_view data() const { return m_data; }
    [[nodiscard]] std::string_view metadata() const { return m_metadata; }

private:
    friend class CheckedEvents;
    CheckedEventView() = default;
    std::string_view m_stream;
    std::string_view m_type;
    std::string_view m_id;
    Timestamp m_time;
    std::string_view m_data;
    std::string_view m_metadata;
};

/// Events that were checked, packed into one block of memory for their way from the thread that
/// reads them to the one that stores them.
class CheckedEvents final {
public:
    /// Checks and copies an event; InvalidInput as of checkEvent() and checkStreamName(), and then
    /// nothing was taken.
    Result<void> add(const EventTexts& event);

    [[nodiscard]] std::size_t size() const { return m_events.size(); }
    [[nodiscard]] bool isEmpty() const { return m_events.empty(); }
    [[nodiscard]] std::size_t bytes() const { return m_block.size(); }
    /// Valid as long as nothing is added and this lives.
    [[nodiscard]] CheckedEventView at(std::size_t index) const;
    void reserve(std::size_t events, std::size_t bytes);

private:
    /// The five texts stand one behind the other; each ends where the next begins.
    struct Place {
        std::size_t begin = 0;
        std::size_t type = 0;
        std::size_t id = 0;
        std::size_t data = 0;
        std::size_t metadata = 0;
        std::size_t end = 0;
        Timestamp time;
    };
    std::string m_block;
    std::vector<Place> m_events;
};

} // namespace eventloupe
