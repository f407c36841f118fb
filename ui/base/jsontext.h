#pragma once

#include <QByteArray>
#include <QString>

#include <string_view>

namespace eventloupe {

/// Lays JSON out over lines, two spaces a level, and changes nothing else: key order, duplicate
/// keys, number spelling and escapes stay as they came. Text that is not JSON comes out readable
/// as well. Linear; thread-safe.
[[nodiscard]] QByteArray layOutJson(std::string_view text);

/// The same a part at a time: a text of 100 MB is looked at without being laid out as a whole. A
/// copy goes on from the same place. The text has to outlive it.
class JsonLayout {
public:
    explicit JsonLayout(std::string_view text)
        : m_text(text)
    {
    }

    /// About so many bytes further, fewer at the end; strings are cut, characters and escapes not.
    [[nodiscard]] QByteArray next(qsizetype bytes);
    [[nodiscard]] bool atEnd() const { return m_at >= m_text.size(); }
    /// How far it is, in bytes of the text.
    [[nodiscard]] qsizetype offset() const { return static_cast<qsizetype>(m_at); }

private:
    void take(char byte);
    void takeString(qsizetype bytes);
    void open(char bracket);
    void breakLine(int depth);

    std::string_view m_text;
    std::size_t m_at = 0;
    int m_depth = 0;
    bool m_isInString = false;
    QByteArray m_out;
};

/// Text as a text view can take it: control characters visible, no line longer than `lineLength`
/// characters (a QPlainTextEdit takes quadratic time for one), and at most `limit` characters.
/// Cut lines end with "↩". `wasCut` tells whether the end is missing. Thread-safe.
[[nodiscard]] QString textForView(
    const QByteArray& utf8, qsizetype lineLength, qsizetype limit, bool* wasCut = nullptr);

} // namespace eventloupe
