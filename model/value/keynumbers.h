#pragma once

#include <QtGlobal>

#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace eventloupe {

/// Numbers for the member names that come again and again in a log's payloads.
///
/// Names mostly follow each other in the same order, so that each remembers which one came behind
/// it, and which one first inside of it: a guess that costs one comparison. Number 0 is no name: it
/// stands for what is around the outermost object. Not thread-safe.
class KeyNumbers {
public:
    /// One above the greatest number: a log with more names than that uses them as data.
    static constexpr std::size_t limit = 1U << 14U;
    static constexpr std::size_t longest = 255; ///< In bytes, as JSON text.

    KeyNumbers();

    /// The number of a name; a new one where it has none. Nothing when there are no more.
    [[nodiscard]] std::optional<quint16> numberOf(std::string_view name);
    /// The name as JSON text with both quotes.
    [[nodiscard]] std::string_view text(quint16 number) const
    {
        const Entry& entry = m_entries[number];
        return { entry.text, entry.size };
    }

    /// The name that was last seen behind this one in its object, or 0.
    [[nodiscard]] quint16 after(quint16 number) const { return m_entries[number].after; }
    /// The name that was last seen first in the object under this one, or 0.
    [[nodiscard]] quint16 firstIn(quint16 number) const { return m_entries[number].firstIn; }
    void setAfter(quint16 number, quint16 next) { m_entries[number].after = next; }
    void setFirstIn(quint16 number, quint16 first) { m_entries[number].firstIn = first; }

private:
    struct Entry {
        const char* text = nullptr;
        quint32 size = 0;
        quint16 after = 0;
        quint16 firstIn = 0;
    };
    struct Name {
        std::string name;
        std::string text;
    };

    void place(quint16 number);

    std::vector<Entry> m_entries;
    std::deque<Name> m_names; ///< Of number 1 and on; they do not move.
    std::vector<quint16> m_slots; ///< Open addressing; 0 is free. A power of two long.
};

} // namespace eventloupe
