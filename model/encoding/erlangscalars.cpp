#include "encoding/erlangtermreader.h"

#include "encoding/digits.h"
#include "encoding/json5text.h"

#include <bit>
#include <charconv>

namespace eventloupe {

bool ErlangTermReader::isAtom(quint8 tag)
{
    return tag == Atom || tag == SmallAtom || tag == AtomUtf8 || tag == SmallAtomUtf8;
}

/// The older two are Latin-1.
bool ErlangTermReader::takeAtom(quint8 tag, std::string& text)
{
    quint16 size = 0;
    quint8 small = 0;
    std::string_view bytes;
    if (tag == SmallAtom || tag == SmallAtomUtf8) {
        if (!m_cursor.take(small))
            return false;
        size = small;
    } else if (!m_cursor.take(size)) {
        return false;
    }
    if (!m_cursor.take(size, bytes))
        return false;
    text.clear();
    if (tag == AtomUtf8 || tag == SmallAtomUtf8) {
        text = bytes;
        return true;
    }
    for (const char c : bytes)
        appendUtf8(text, static_cast<unsigned char>(c));
    return true;
}

/// A list of bytes: there is no telling whether they are characters.
bool ErlangTermReader::string(JsonSink& sink)
{
    quint16 size = 0;
    std::string_view bytes;
    if (!m_cursor.take(size) || !m_cursor.take(size, bytes))
        return false;
    sink.beginArray();
    for (const char byte : bytes)
        sink.integer(static_cast<unsigned char>(byte));
    sink.endArray();
    return true;
}

bool ErlangTermReader::binary(JsonSink& sink, quint8 tag)
{
    constexpr quint8 wholeByte = 8;
    quint32 size = 0;
    quint8 bits = wholeByte;
    std::string_view bytes;
    if (!m_cursor.take(size) || (tag == BitBinary && !m_cursor.take(bits))
        || !m_cursor.take(size, bytes))
        return false;
    if (bits == wholeByte) {
        sink.text(bytes);
        return true;
    }
    sink.lose(QT_TRANSLATE_NOOP("Encoding", "a bit string is shown as whole bytes"));
    sink.bytes(bytes);
    return true;
}

bool ErlangTermReader::atom(JsonSink& sink, quint8 tag)
{
    std::string text;
    if (!takeAtom(tag, text))
        return false;
    if (text == "true" || text == "false")
        sink.boolean(text == "true");
    else if (text == "nil" || text == "null")
        sink.null();
    else
        sink.text(text);
    return true;
}

bool ErlangTermReader::number(JsonSink& sink, quint8 tag)
{
    quint8 small = 0;
    quint32 large = 0;
    quint64 bits = 0;
    switch (tag) {
    case SmallInteger:
        if (!m_cursor.take(small))
            return false;
        sink.integer(small);
        return true;
    case Integer:
        if (!m_cursor.take(large))
            return false;
        sink.integer(static_cast<qint32>(large));
        return true;
    case NewFloat:
        if (!m_cursor.take(bits))
            return false;
        sink.real(std::bit_cast<double>(bits));
        return true;
    case SmallBig:
        return m_cursor.take(small) && big(sink, small);
    case LargeBig:
        return m_cursor.take(large) && big(sink, large);
    default:
        return oldFloat(sink);
    }
}

bool ErlangTermReader::big(JsonSink& sink, quint64 size)
{
    quint8 sign = 0;
    std::string_view bytes;
    if (!m_cursor.take(sign) || !m_cursor.take(size, bytes))
        return false;
    writeInteger(sink, sign != 0, std::string(bytes.rbegin(), bytes.rend()));
    return true;
}

/// As "%.20e" writes it, in 31 bytes.
bool ErlangTermReader::oldFloat(JsonSink& sink)
{
    constexpr quint64 size = 31;
    std::string_view text;
    if (!m_cursor.take(size, text))
        return false;
    text = text.substr(0, text.find('\0'));
    double value = 0;
    const char* const end = text.data() + text.size();
    const auto [at, error] = std::from_chars(text.data(), end, value);
    if (at != end || error != std::errc())
        return m_cursor.fail(QT_TRANSLATE_NOOP("Encoding", "this is no number"));
    sink.real(value);
    return true;
}

/// What means something in its own Erlang system only.
bool ErlangTermReader::opaque(JsonSink& sink, quint8 tag, std::size_t start)
{
    const char* kind = nullptr;
    quint64 behindNode = 0;
    switch (tag) {
    case Pid:
    case NewPid:
        kind = "pid";
        behindNode = tag == Pid ? 9 : 12;
        break;
    case Port:
    case NewPort:
    case V4Port:
        kind = "port";
        behindNode = tag == Port ? 5 : tag == NewPort ? 8 : 12;
        break;
    case Reference:
    case NewReference:
    case NewerReference:
        kind = "reference";
        behindNode = 5;
        break;
    case NewFun:
    case Export:
        kind = "fun";
        break;
    default:
        m_cursor.goBackTo(start);
        return m_cursor.fail(QT_TRANSLATE_NOOP("Encoding", "no Erlang term begins so"));
    }
    if (!skipOpaque(tag, behindNode))
        return false;
    const auto end = m_cursor.at();
    m_cursor.goBackTo(start);
    std::string_view bytes;
    m_cursor.take(end - start, bytes);
    sink.beginObject();
    sink.key("$erlang");
    sink.text(kind);
    sink.key("$bytes");
    sink.base64(bytes);
    sink.endObject();
    return true;
}

bool ErlangTermReader::skipOpaque(quint8 tag, quint64 behindNode)
{
    quint16 words = 0;
    quint32 size = 0;
    std::string_view skipped;
    std::string name;
    if (tag == NewFun) {
        // Its size counts itself.
        return m_cursor.take(size)
            && m_cursor.take(std::max<quint64>(size, sizeof size) - sizeof size, skipped);
    }
    if (tag == NewReference || tag == NewerReference) {
        if (!m_cursor.take(words))
            return false;
        behindNode = (tag == NewReference ? 1 : 4) + quint64(words) * 4;
    }
    if (!takeAnyAtom(name))
        return false;
    if (tag == Export)
        return takeAnyAtom(name) && m_cursor.take(2, skipped);
    return m_cursor.take(behindNode, skipped);
}

bool ErlangTermReader::takeAnyAtom(std::string& name)
{
    quint8 tag = 0;
    if (!m_cursor.take(tag))
        return false;
    return isAtom(tag) ? takeAtom(tag, name)
                       : m_cursor.fail(QT_TRANSLATE_NOOP("Encoding", "an atom is expected"));
}

} // namespace eventloupe
