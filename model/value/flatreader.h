#pragma once

#include "value/flatmember.h"
#include "value/keynumbers.h"

#include <QByteArray>

#include <array>
#include <deque>
#include <span>
#include <string_view>
#include <vector>

namespace eventloupe {

/// Reads the text of a JSON object into a flat list of its members, without a tree.
///
/// It takes what payloads mostly are, strictly, and refuses all else: parseStoredJson() then tells
/// whether the text is unusual or damaged. Nothing is allocated for a text like those before it.
/// Not thread-safe.
class FlatReader {
public:
    static constexpr std::size_t longestText = 64 * 1024;
    static constexpr std::size_t deepest = 16; ///< Objects in objects.
    static constexpr int deepestArray = 64; ///< Arrays and objects in an array.

    explicit FlatReader(KeyNumbers& keys)
        : m_keys(keys)
    {
    }

    /// False when the text is damaged, no object, has a name twice in one object, is deeper or
    /// longer than the limits above, or has names that have no number.
    [[nodiscard]] bool read(std::string_view text);
    /// Of the last text read; they view it, and are valid until the next one is read.
    [[nodiscard]] std::span<const FlatMember> members() const { return m_members; }

private:
    /// An object that is being read.
    struct Open {
        std::size_t first = 0; ///< Of its members.
        quint32 serial = 0;
        quint16 key = 0;
        quint16 previous = 0; ///< The key of the member before, or 0.
    };

    bool readObjects();
    bool readMember();
    bool readKey(Open& open, quint16& key);
    bool readUnexpectedKey(quint16& key);
    bool isTwice(const Open& open, quint16 key);
    void open(quint16 key);
    bool readText();
    bool readString();
    bool readNumber();
    bool readWord(std::string_view word);
    bool readArray();
    bool readPlainArray();
    bool readScalar();
    bool remake(const char* start);
    void skipSpace();
    [[nodiscard]] bool isAt(char c) const { return m_at != m_end && *m_at == c; }

    KeyNumbers& m_keys;
    std::vector<FlatMember> m_members;
    std::array<Open, deepest> m_open;
    std::size_t m_depth = 0;
    std::vector<quint32> m_seen = std::vector<quint32>(KeyNumbers::limit); ///< Serials, by key.
    quint32 m_firstSerial = 0; ///< Of this text.
    quint32 m_serial = 0;
    std::deque<QByteArray> m_made; ///< Texts that had to be written anew.
    const char* m_at = nullptr;
    const char* m_end = nullptr;
    const char* m_text = nullptr; ///< Where the text that was read last is,
    std::size_t m_size = 0; ///< and how long.
    bool m_isOdd = false; ///< The last string has an escape that toJson() would not write.
    bool m_hasHighBytes = false;
};

} // namespace eventloupe
