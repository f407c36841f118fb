#include "encoding/erlangtermreader.h"

#include "encoding/inflate.h"
#include "encoding/readers.h"

namespace eventloupe {

Result<void> ErlangTermReader::read(JsonSink& sink, bool hasVersion)
{
    if (hasVersion && !m_cursor.take(static_cast<char>(Version)))
        m_cursor.fail(QT_TRANSLATE_NOOP("Encoding", "an Erlang term begins with the byte 131"));
    else if (hasVersion && m_cursor.isNext(static_cast<char>(Compressed)))
        return inflated(sink);
    else
        value(sink, 0);
    return m_cursor.outcome(sink);
}

Result<void> ErlangTermReader::inflated(JsonSink& sink)
{
    quint8 tag = 0;
    quint32 size = 0;
    if (!m_cursor.take(tag) || !m_cursor.take(size))
        return m_cursor.outcome(sink);
    const auto limit = std::min(static_cast<qsizetype>(size), sink.limits().inflated);
    const auto bytes = inflateBytes(Compression::Zlib, m_cursor.rest(), limit);
    if (!bytes)
        return bytes.error();
    return ErlangTermReader({ bytes->constData(), static_cast<std::size_t>(bytes->size()) })
        .read(sink, false);
}

bool ErlangTermReader::value(JsonSink& sink, int nestedKeys)
{
    Levels levels;
    do {
        if (!levels.empty()) {
            Level& level = levels.back();
            --level.left;
            if (level.shape == Shape::Map && !key(sink, nestedKeys))
                return false;
            if (level.shape == Shape::List && level.left == 0) {
                tail(sink, levels);
                endLevels(sink, levels);
                continue;
            }
        }
        if (!item(sink, levels) || !sink.good())
            return false;
        endLevels(sink, levels);
    } while (!levels.empty());
    return sink.good();
}

/// The tail of a proper list is Nil, which is nothing.
void ErlangTermReader::tail(JsonSink& sink, Levels& levels)
{
    if (m_cursor.take(static_cast<char>(Nil)))
        return;
    sink.beginObject();
    sink.key("$tail");
    levels.push_back({ 1, Shape::Tail });
}

void ErlangTermReader::endLevels(JsonSink& sink, Levels& levels)
{
    while (!levels.empty() && levels.back().left == 0) {
        const auto shape = levels.back().shape;
        shape == Shape::Tuple || shape == Shape::List ? sink.endArray() : sink.endObject();
        levels.pop_back();
    }
}

bool ErlangTermReader::key(JsonSink& sink, int nestedKeys)
{
    std::string atom;
    std::string_view text;
    quint8 tag = 0;
    quint32 size = 0;
    const auto start = m_cursor.at();
    if (!m_cursor.take(tag))
        return false;
    if (isAtom(tag)) {
        if (!takeAtom(tag, atom))
            return false;
        sink.key(atom);
        return true;
    }
    if (tag == Binary) {
        if (!m_cursor.take(size) || !m_cursor.take(size, text))
            return false;
        sink.key(text);
        return true;
    }
    m_cursor.goBackTo(start);
    if (nestedKeys == mostNestedKeys)
        return m_cursor.fail(QT_TRANSLATE_NOOP("Encoding", "keys of keys are nested too deep"));
    JsonSink inner(sink.limits());
    if (!value(inner, nestedKeys + 1) && inner.good())
        return false;
    sink.keyFrom(inner);
    return sink.good();
}

bool ErlangTermReader::item(JsonSink& sink, Levels& levels)
{
    const auto start = m_cursor.at();
    quint8 tag = 0;
    quint8 small = 0;
    quint32 large = 0;
    if (!m_cursor.take(tag))
        return false;
    switch (tag) {
    case SmallTuple:
        return m_cursor.take(small) && begin(sink, levels, Shape::Tuple, small);
    case LargeTuple:
        return m_cursor.take(large) && begin(sink, levels, Shape::Tuple, large);
    case List:
        return m_cursor.take(large) && begin(sink, levels, Shape::List, quint64(large) + 1);
    case Map:
        return m_cursor.take(large) && begin(sink, levels, Shape::Map, large);
    case Nil:
        sink.beginArray();
        sink.endArray();
        return true;
    case String:
        return string(sink);
    case Binary:
    case BitBinary:
        return binary(sink, tag);
    case Atom:
    case SmallAtom:
    case AtomUtf8:
    case SmallAtomUtf8:
        return atom(sink, tag);
    default:
        return tag == SmallInteger || tag == Integer || tag == Float || tag == NewFloat
                || tag == SmallBig || tag == LargeBig
            ? number(sink, tag)
            : opaque(sink, tag, start);
    }
}

bool ErlangTermReader::begin(JsonSink& sink, Levels& levels, Shape shape, quint64 size)
{
    shape == Shape::Map ? sink.beginObject() : sink.beginArray();
    levels.push_back({ size, shape });
    return true;
}

Result<void> readErlangTerm(std::string_view bytes, JsonSink& sink)
{
    return ErlangTermReader(bytes).read(sink, true);
}

} // namespace eventloupe
