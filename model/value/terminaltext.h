#pragma once

#include <QByteArray>

#include <string_view>

namespace eventloupe {

/// Whether a file descriptor is a terminal.
[[nodiscard]] bool isTerminal(int descriptor);

/// Output for programs as a terminal may have it: "\u001b" in place of each character that would
/// steer it or turn the writing direction, which in a text of JSON is the same value. Tabs and line
/// ends stay. One object for a stream, on one thread.
class TerminalText {
public:
    /// The next bytes of UTF-8, without those at their end that are not a whole character yet.
    [[nodiscard]] QByteArray next(std::string_view bytes);

private:
    QByteArray m_begun; ///< The first bytes of a character.
};

} // namespace eventloupe
