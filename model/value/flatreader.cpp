#include "value/flatreader.h"

#include "value/event.h"
#include "value/json.h"
#include "value/jsonscan.h"

#include <simdjson.h>

#include <algorithm>
#include <bit>
#include <cstring>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace eventloupe {

namespace {

/// The first byte that is not a plain one of a string: a quote, a backslash, a control character,
/// or the end. Notes whether there are bytes above ASCII; it may see some behind the string too.
const char* plainEnd(const char* at, const char* end, bool& hasHighBytes)
{
#ifdef __SSE2__
    const __m128i quote = _mm_set1_epi8('"');
    const __m128i backslash = _mm_set1_epi8('\\');
    const __m128i control = _mm_set1_epi8(0x1f);
    for (; end - at >= 16; at += 16) {
        const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
        const __m128i special = _mm_or_si128(
            _mm_or_si128(_mm_cmpeq_epi8(bytes, quote), _mm_cmpeq_epi8(bytes, backslash)),
            _mm_cmpeq_epi8(_mm_min_epu8(bytes, control), bytes));
        hasHighBytes |= _mm_movemask_epi8(bytes) != 0;
        const auto found = static_cast<unsigned>(_mm_movemask_epi8(special));
        if (found != 0)
            return at + std::countr_zero(found);
    }
#endif
    for (; at != end; ++at) {
        const auto byte = static_cast<unsigned char>(*at);
        if (byte < 0x20 || byte == '"' || byte == '\\')
            break;
        hasHighBytes |= byte >= 0x80;
    }
    return at;
}

/// memcmp() for texts of a few bytes, at least two, where a call costs more than the work.
bool isSame(const char* left, const char* right, std::size_t size)
{
    const auto differs = [&]<class Word>(Word, std::size_t at) {
        Word a;
        Word b;
        std::memcpy(&a, left + at, sizeof a);
        std::memcpy(&b, right + at, sizeof b);
        return a != b;
    };
    if (size >= 8) {
        for (std::size_t at = 0; at + 8 < size; at += 8) {
            if (differs(quint64(), at))
                return false;
        }
        return !differs(quint64(), size - 8);
    }
    if (size >= 4)
        return !differs(quint32(), 0) && !differs(quint32(), size - 4);
    return !differs(quint16(), 0) && !differs(quint16(), size - 2);
}

} // namespace

bool FlatReader::read(std::string_view text)
{
    m_members.clear();
    m_depth = 0;
    m_hasHighBytes = false;
    if (!m_made.empty())
        m_made.clear();
    if (text.size() > longestText)
        return false;
    if (m_serial > 0x8000'0000U) {
        std::fill(m_seen.begin(), m_seen.end(), 0U);
        m_serial = 0;
    }
    m_firstSerial = m_serial + 1;
    m_at = text.data();
    m_end = m_at + text.size();
    skipSpace();
    if (!isAt('{') || !readObjects())
        return false;
    skipSpace();
    return m_at == m_end && (!m_hasHighBytes || simdjson::validate_utf8(text.data(), text.size()));
}

inline void FlatReader::skipSpace()
{
    while (m_at != m_end && isJsonSpace(*m_at))
        ++m_at;
}

inline void FlatReader::open(quint16 key)
{
    m_open[m_depth++] = { m_members.size(), ++m_serial, key, 0 };
}

/// From the outermost object's brace to the one that closes it.
bool FlatReader::readObjects()
{
    ++m_at;
    open(0);
    bool isFirst = true;
    while (m_depth > 0) {
        skipSpace();
        if (isAt('}')) {
            ++m_at;
            const std::size_t first = m_open[--m_depth].first;
            if (first > 0)
                m_members[first - 1].end = static_cast<quint32>(m_members.size());
            isFirst = false;
            continue;
        }
        if (!isFirst) {
            if (!isAt(','))
                return false;
            ++m_at;
            skipSpace();
        }
        const std::size_t depth = m_depth;
        if (!readMember())
            return false;
        isFirst = m_depth > depth;
    }
    return true;
}

/// A member whose value is no object, or one up to behind the brace of its object.
bool FlatReader::readMember()
{
    quint16 key = 0;
    if (!readKey(m_open[m_depth - 1], key))
        return false;
    skipSpace();
    if (!isAt(':'))
        return false;
    ++m_at;
    skipSpace();
    const bool isObject = isAt('{');
    const bool isNull = isAt('n');
    if (isObject ? m_depth == deepest : !readText())
        return false;
    // Filled where it lies: a copy of what was just written in parts would wait for all of them.
    FlatMember& member = m_members.emplace_back();
    member.key = key;
    if (isObject) {
        ++m_at;
        member.kind = FlatMember::Kind::Object;
        open(key);
        return true;
    }
    member.kind = isNull ? FlatMember::Kind::Null : FlatMember::Kind::Text;
    member.text = m_text;
    member.size = static_cast<quint32>(m_size);
    member.end = static_cast<quint32>(m_members.size());
    return true;
}

bool FlatReader::readKey(Open& open, quint16& key)
{
    const bool isFirst = m_members.size() == open.first;
    key = isFirst ? m_keys.firstIn(open.key) : m_keys.after(open.previous);
    const std::string_view expected = m_keys.text(key);
    if (key != 0 && static_cast<std::size_t>(m_end - m_at) >= expected.size()
        && isSame(m_at, expected.data(), expected.size())) {
        m_at += expected.size();
    } else {
        if (!readUnexpectedKey(key))
            return false;
        if (isFirst)
            m_keys.setFirstIn(open.key, key);
        else
            m_keys.setAfter(open.previous, key);
    }
    open.previous = key;
    return !isTwice(open, key);
}

bool FlatReader::readUnexpectedKey(quint16& key)
{
    const char* start = m_at;
    if (!isAt('"') || !readString())
        return false;
    std::string_view text { start + 1, static_cast<std::size_t>(m_at - start - 2) };
    QByteArray name;
    if (text.find('\\') != std::string_view::npos) {
        const auto parsed = parseStoredJson({ start, static_cast<std::size_t>(m_at - start) });
        if (!parsed)
            return false;
        name = parsed->toUtf8();
        text = viewOf(name);
    }
    const auto number = m_keys.numberOf(text);
    key = number.value_or(0);
    return number.has_value();
}

/// Whether the object had the key before. A serial that is not this object's own, but of this
/// text, may hide an earlier one of this object.
inline bool FlatReader::isTwice(const Open& open, quint16 key)
{
    quint32& seen = m_seen[key];
    if (seen >= m_firstSerial) {
        if (seen == open.serial)
            return true;
        for (std::size_t i = open.first; i < m_members.size(); i = m_members[i].end) {
            if (m_members[i].key == key)
                return true;
        }
    }
    seen = open.serial;
    return false;
}

/// A value that is no object; m_text and m_size tell where its text is.
bool FlatReader::readText()
{
    const char* start = m_at;
    if (isAt('['))
        return readArray();
    if (!readScalar())
        return false;
    if (*start == '"' && m_isOdd)
        return remake(start);
    m_text = start;
    m_size = static_cast<std::size_t>(m_at - start);
    return true;
}

bool FlatReader::readScalar()
{
    if (m_at == m_end)
        return false;
    switch (*m_at) {
    case '"':
        return readString();
    case 't':
        return readWord("true");
    case 'f':
        return readWord("false");
    case 'n':
        return readWord("null");
    default:
        return readNumber();
    }
}

bool FlatReader::readString()
{
    m_isOdd = false;
    ++m_at;
    for (;;) {
        m_at = plainEnd(m_at, m_end, m_hasHighBytes);
        if (m_at == m_end)
            return false;
        if (*m_at == '"') {
            ++m_at;
            return true;
        }
        if (*m_at != '\\' || m_end - m_at < 2)
            return false;
        const char escape = m_at[1];
        if (escape == 'u' || escape == '/')
            m_isOdd = true;
        else if (std::string_view("\"\\bfnrt").find(escape) == std::string_view::npos)
            return false;
        m_at += 2;
    }
}

bool FlatReader::readNumber()
{
    bool isInteger = false;
    const char* behind = skipJsonNumber(m_at, m_end, isInteger);
    if (behind == nullptr)
        return false;
    m_at = behind;
    return true;
}

bool FlatReader::readWord(std::string_view word)
{
    if (static_cast<std::size_t>(m_end - m_at) < word.size()
        || std::memcmp(m_at, word.data(), word.size()) != 0)
        return false;
    m_at += word.size();
    return true;
}

bool FlatReader::readArray()
{
    const char* start = m_at;
    if (readPlainArray()) {
        m_text = start;
        m_size = static_cast<std::size_t>(m_at - start);
        return true;
    }
    m_at = start;
    int depth = 0;
    do {
        if (m_at == m_end)
            return false;
        if (*m_at == '"') {
            if (!readString())
                return false;
            continue;
        }
        depth += (*m_at == '[' || *m_at == '{') ? 1 : 0;
        depth -= (*m_at == ']' || *m_at == '}') ? 1 : 0;
        if (depth > deepestArray)
            return false;
        ++m_at;
    } while (depth > 0);
    return remake(start);
}

/// An array of scalars without space in between, whose text is as toJson() has it.
bool FlatReader::readPlainArray()
{
    ++m_at;
    if (isAt(']')) {
        ++m_at;
        return true;
    }
    for (;;) {
        m_isOdd = false;
        if (!readScalar() || m_isOdd || m_at == m_end)
            return false;
        const char next = *m_at++;
        if (next == ']')
            return true;
        if (next != ',')
            return false;
    }
}

/// Writes the value from `start` on as toJson() does.
bool FlatReader::remake(const char* start)
{
    const auto value = parseStoredJson({ start, static_cast<std::size_t>(m_at - start) });
    if (!value)
        return false;
    m_text = m_made.emplace_back(value->toJson()).constData();
    m_size = static_cast<std::size_t>(m_made.back().size());
    return true;
}

} // namespace eventloupe
