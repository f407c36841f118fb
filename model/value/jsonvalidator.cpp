#include "value/hexdigit.h"
#include "value/json.h"
#include "value/utf8.h"

#include <QCoreApplication>

#include <array>
#include <bit>
#include <cstring>

namespace eventloupe {

namespace {

/// What the bytes of a string body are: plain ones are skipped without another look.
enum class ByteKind : quint8 { Plain, Quote, Escape, Control, Multi };

constexpr std::array<ByteKind, 256> makeKinds()
{
    std::array<ByteKind, 256> kinds {};
    for (std::size_t byte = 0; byte < kinds.size(); ++byte) {
        kinds[byte] = byte < 0x20 ? ByteKind::Control
            : byte >= 0x80        ? ByteKind::Multi
                                  : ByteKind::Plain;
    }
    kinds['"'] = ByteKind::Quote;
    kinds['\\'] = ByteKind::Escape;
    return kinds;
}

constexpr auto byteKinds = makeKinds();

/// How many of the eight bytes, from the first on, are neither a quote, a backslash, a control nor
/// beyond ASCII; where bytes are big-endian, all or none.
int countPlain(const char* p)
{
    constexpr quint64 ones = 0x0101010101010101;
    constexpr quint64 highs = 0x8080808080808080;
    quint64 bytes = 0;
    std::memcpy(&bytes, p, sizeof bytes);
    const auto hasZero = [](quint64 x) { return (x - ones) & ~x; };
    // A borrow may mark a byte above one that is marked rightly: the lowest mark is right.
    const quint64 found = (bytes | (bytes - ones * 0x20) | hasZero(bytes ^ (ones * '"'))
                              | hasZero(bytes ^ (ones * '\\')))
        & highs;
    if (found == 0) {
        return 8;
    }
    return std::endian::native == std::endian::little ? std::countr_zero(found) / 8 : 0;
}

/// The grammar of RFC 8259 with one bit a level instead of a call.
class JsonChecker {
public:
    JsonChecker(std::string_view text, std::vector<JsonMember>* members)
        : m_members(members)
        , m_begin(text.data())
        , m_at(text.data())
        , m_end(text.data() + text.size())
    {
    }

    std::optional<JsonFault> check()
    {
        if (std::string_view(m_begin, size()).starts_with("\xef\xbb\xbf")) {
            fail(QT_TRANSLATE_NOOP("Json", "a byte order mark stands before the value"));
        }
        Step step = Step::Value;
        while (step != Step::Done && m_reason == nullptr) {
            skipSpace();
            if (step == Step::Value && isMember()) {
                m_valueBegin = m_at;
            }
            step = step == Step::Value ? value() : step == Step::Key ? key() : afterValue();
            if (step == Step::AfterValue && isMember()) {
                m_members->back().value = textFrom(m_valueBegin, m_at);
            }
        }
        if (m_reason == nullptr) {
            return std::nullopt;
        }
        return JsonFault { m_at - m_begin, QCoreApplication::translate("Json", m_reason) };
    }

private:
    enum class Step { Value, Key, AfterValue, Done };

    [[nodiscard]] std::size_t size() const { return static_cast<std::size_t>(m_end - m_begin); }
    [[nodiscard]] bool isNext(char c) const { return m_at != m_end && *m_at == c; }
    [[nodiscard]] bool isDigit() const { return m_at != m_end && *m_at >= '0' && *m_at <= '9'; }

    Step fail(const char* reason)
    {
        m_reason = m_at == m_end && m_at != m_begin
            ? QT_TRANSLATE_NOOP("Json", "the text ends before the value does")
            : reason;
        return Step::Done;
    }

    void skipSpace()
    {
        if (m_at != m_end && static_cast<unsigned char>(*m_at) > ' ') {
            return;
        }
        while (isNext(' ') || isNext('\n') || isNext('\r') || isNext('\t')) {
            ++m_at;
        }
    }

    Step value()
    {
        if (m_at == m_end) {
            return fail(QT_TRANSLATE_NOOP("Json", "there is no value"));
        }
        switch (*m_at) {
        case '{':
        case '[':
            return open();
        case '"':
            return string() ? Step::AfterValue : Step::Done;
        case 't':
            return literal("true");
        case 'f':
            return literal("false");
        case 'n':
            return literal("null");
        default:
            return number();
        }
    }

    Step open()
    {
        if (m_depth == maximumJsonDepth) {
            return fail(QT_TRANSLATE_NOOP("Json", "nested deeper than 1,000 levels"));
        }
        const bool object = *m_at++ == '{';
        const quint64 bit = quint64(1) << (m_depth % 64);
        auto& word = m_objects[static_cast<std::size_t>(m_depth) / 64];
        word = object ? word | bit : word & ~bit;
        ++m_depth;
        skipSpace();
        if (isNext(object ? '}' : ']')) {
            return close();
        }
        return object ? Step::Key : Step::Value;
    }

    Step close()
    {
        ++m_at;
        --m_depth;
        return Step::AfterValue;
    }

    /// Whether what is read belongs to a member of the text that is asked for.
    [[nodiscard]] bool isMember() const
    {
        return m_members != nullptr && m_depth == 1 && (m_objects[0] & 1) != 0;
    }

    static std::string_view textFrom(const char* begin, const char* end)
    {
        return { begin, static_cast<std::size_t>(end - begin) };
    }

    [[nodiscard]] bool inObject() const
    {
        const auto level = static_cast<std::size_t>(m_depth - 1);
        return (m_objects[level / 64] >> (level % 64) & 1) != 0;
    }

    Step key()
    {
        if (!isNext('"')) {
            return fail(QT_TRANSLATE_NOOP("Json", "a name in double quotes is expected"));
        }
        const char* const begin = m_at;
        if (!string()) {
            return Step::Done;
        }
        if (isMember()) {
            m_members->push_back({ textFrom(begin + 1, m_at - 1), {} });
        }
        skipSpace();
        if (!isNext(':')) {
            return fail(QT_TRANSLATE_NOOP("Json", "a colon is expected after the name"));
        }
        ++m_at;
        return Step::Value;
    }

    Step afterValue()
    {
        if (m_depth == 0) {
            if (m_at != m_end) {
                m_reason = QT_TRANSLATE_NOOP("Json", "more text follows the value");
            }
            return Step::Done;
        }
        const bool object = inObject();
        if (isNext(',')) {
            ++m_at;
            return object ? Step::Key : Step::Value;
        }
        if (isNext(object ? '}' : ']')) {
            return close();
        }
        return fail(object ? QT_TRANSLATE_NOOP("Json", "a comma or '}' is expected")
                           : QT_TRANSLATE_NOOP("Json", "a comma or ']' is expected"));
    }

    Step literal(std::string_view word)
    {
        for (const char c : word) {
            if (!isNext(c)) {
                return fail(QT_TRANSLATE_NOOP("Json", "this is not true, false or null"));
            }
            ++m_at;
        }
        return Step::AfterValue;
    }

    bool digits()
    {
        if (!isDigit()) {
            fail(QT_TRANSLATE_NOOP("Json", "a digit is expected"));
            return false;
        }
        while (isDigit()) {
            ++m_at;
        }
        return true;
    }

    Step number()
    {
        if (isNext('-')) {
            ++m_at;
        } else if (!isDigit()) {
            return fail(QT_TRANSLATE_NOOP("Json", "a value is expected"));
        }
        if (isNext('0')) {
            ++m_at;
            if (isDigit()) {
                return fail(QT_TRANSLATE_NOOP("Json", "a number must not start with a zero"));
            }
        } else if (!digits()) {
            return Step::Done;
        }
        if (isNext('.')) {
            ++m_at;
            if (!digits()) {
                return Step::Done;
            }
        }
        if (isNext('e') || isNext('E')) {
            ++m_at;
            if (isNext('+') || isNext('-')) {
                ++m_at;
            }
            digits();
        }
        return Step::AfterValue;
    }

    /// Leaves m_at behind the closing quote, or at the fault.
    bool string()
    {
        const char* begin = m_at++;
        while (true) {
            while (m_end - m_at >= 8) {
                const int plain = countPlain(m_at);
                m_at += plain;
                if (plain < 8) {
                    break;
                }
            }
            if (m_at == m_end) {
                fail(nullptr);
                return false;
            }
            switch (byteKinds[static_cast<unsigned char>(*m_at)]) {
            case ByteKind::Plain:
                ++m_at;
                break;
            case ByteKind::Quote:
                ++m_at;
                return true;
            case ByteKind::Escape:
                if (!escape()) {
                    return false;
                }
                break;
            case ByteKind::Control:
                return failAtControl(begin);
            case ByteKind::Multi:
                if (!multiByte()) {
                    return false;
                }
                break;
            }
        }
    }

    /// At a line break, the quote that is missing is looked for where the text begins.
    bool failAtControl(const char* begin)
    {
        const bool isLineEnd = *m_at == '\n' || *m_at == '\r';
        m_at = isLineEnd ? begin : m_at;
        m_reason = isLineEnd ? QT_TRANSLATE_NOOP("Json",
                       "this text is not closed in its line (a line break in it is written \\n)")
                             : QT_TRANSLATE_NOOP("Json", "a control character must be escaped");
        return false;
    }

    bool multiByte()
    {
        if (const int length = utf8Length(m_at, m_end); length > 0) {
            m_at += length;
            return true;
        }
        m_reason = QT_TRANSLATE_NOOP("Json", "invalid UTF-8");
        return false;
    }

    bool escape()
    {
        const char* start = m_at++;
        if (m_at != m_end && *m_at != '\0' && std::strchr("\"\\/bfnrt", *m_at) != nullptr) {
            ++m_at;
            return true;
        }
        int unit = 0;
        if (!unicodeEscape(unit)) {
            return false;
        }
        if (unit < 0xd800 || unit > 0xdfff) {
            return true;
        }
        int low = 0;
        if (unit < 0xdc00 && isNext('\\') && ++m_at != m_end && unicodeEscape(low) && low >= 0xdc00
            && low <= 0xdfff) {
            return true;
        }
        m_at = start;
        m_reason = QT_TRANSLATE_NOOP("Json", "half of a surrogate pair is escaped alone");
        return false;
    }

    /// Reads "uXXXX".
    bool unicodeEscape(int& unit)
    {
        if (!isNext('u')) {
            fail(QT_TRANSLATE_NOOP("Json", "there is no such escape"));
            return false;
        }
        ++m_at;
        for (int i = 0; i < 4; ++i, ++m_at) {
            const int digit = m_at == m_end ? -1 : hexDigit(*m_at);
            if (digit < 0) {
                fail(QT_TRANSLATE_NOOP("Json", "four hexadecimal digits are expected"));
                return false;
            }
            unit = unit * 16 + digit;
        }
        return true;
    }

    std::vector<JsonMember>* m_members;
    const char* m_valueBegin = nullptr;
    const char* m_begin;
    const char* m_at;
    const char* m_end;
    const char* m_reason = nullptr;
    int m_depth = 0;
    std::array<quint64, (maximumJsonDepth + 63) / 64> m_objects {};
};

} // namespace

std::optional<JsonFault> findJsonFault(std::string_view text, std::vector<JsonMember>* members)
{
    if (members != nullptr) {
        members->clear();
    }
    return JsonChecker(text, members).check();
}

Result<void> validateJson(std::string_view text)
{
    if (const auto fault = findJsonFault(text)) {
        return Error { ErrorCode::InvalidInput,
            QCoreApplication::translate("Json", "byte %1: %2")
                .arg(QString::number(fault->offset + 1), fault->reason) };
    }
    return {};
}

} // namespace eventloupe
