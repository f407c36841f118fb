#include "encoding/jsonsink.h"

#include "encoding/encodingtext.h"
#include "value/event.h"
#include "value/json.h"
#include "value/utf8.h"

#include <algorithm>
#include <cmath>

namespace eventloupe {

namespace {

QByteArray base64Of(std::string_view bytes)
{
    return QByteArray::fromRawData(bytes.data(), static_cast<qsizetype>(bytes.size())).toBase64();
}

/// At most: an escape has up to six characters.
qsizetype escapedSize(std::string_view utf8)
{
    constexpr qsizetype more = 5;
    const auto isEscaped
        = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\'; };
    const auto escapes = std::count_if(utf8.begin(), utf8.end(), isEscaped);
    return static_cast<qsizetype>(utf8.size()) + 2 + more * static_cast<qsizetype>(escapes);
}

} // namespace

JsonSink::JsonSink(const DecodeLimits& limits)
    : m_limits(limits)
    , m_buffer(256, Qt::Uninitialized)
{
}

Error JsonSink::problem() const
{
    return { ErrorCode::InvalidInput, EncodingText::tr(m_problem) };
}

void JsonSink::real(double value)
{
    if (std::isfinite(value)) {
        std::array<char, shortestDouble> spelling {};
        literal({ spelling.data(), writeDouble(spelling.data(), value) });
        return;
    }
    lose(QT_TRANSLATE_NOOP("Encoding", "NaN and infinities are shown as texts"));
    quoted(std::isnan(value) ? "NaN" : value < 0 ? "-Infinity" : "Infinity");
}

void JsonSink::text(std::string_view bytes)
{
    if (isUtf8(bytes))
        quoted(bytes);
    else
        this->bytes(bytes);
}

void JsonSink::bytes(std::string_view bytes)
{
    const auto size = static_cast<qsizetype>(bytes.size());
    if (!room(size + size / 2))
        return;
    beginObject();
    key("$bytes");
    base64(bytes);
    endObject();
}

void JsonSink::base64(std::string_view bytes)
{
    separate();
    const auto encoded = base64Of(bytes);
    if (!room(encoded.size() + 2))
        return;
    put("\"");
    put(viewOf(encoded));
    put("\"");
    m_needsComma = true;
}

void JsonSink::key(std::string_view bytes)
{
    if (isUtf8(bytes)) {
        quoted(bytes);
    } else {
        lose(QT_TRANSLATE_NOOP("Encoding", "keys that are not UTF-8 are shown as base64"));
        const auto encoded = base64Of(bytes);
        quoted(viewOf(encoded));
    }
    if (room(1))
        put(":");
    m_needsComma = false;
}

void JsonSink::keyFrom(const JsonSink& value)
{
    lose(QT_TRANSLATE_NOOP("Encoding", "keys that are not texts are shown as texts"));
    lose(value);
    key(value.written(0));
    if (!value.good())
        fail(value.m_problem);
}

bool JsonSink::mayConvert(std::size_t size)
{
    constexpr std::size_t most = 1024;
    constexpr std::size_t mostWork = most * most * 2048; // About half a second.
    m_converted += std::min(size, most) * size;
    return size <= most && m_converted <= mostWork;
}

qsizetype JsonSink::mark()
{
    separate();
    return m_at;
}

void JsonSink::repeat(qsizetype from, qsizetype to, int levels)
{
    m_repeated += to - from;
    if (m_repeated > m_limits.aliases)
        return fail(QT_TRANSLATE_NOOP("Encoding", "its references repeat too much"));
    if (m_depth + levels > maximumJsonDepth)
        return fail(QT_TRANSLATE_NOOP("Encoding", "it is nested too deep"));
    m_deepest = std::max(m_deepest, m_depth + levels);
    separate();
    if (!room(to - from))
        return;
    std::memcpy(
        m_buffer.data() + m_at, m_buffer.constData() + from, static_cast<size_t>(to - from));
    m_at += to - from;
    m_needsComma = true;
}

void JsonSink::lose(const char* what)
{
    const auto isSame = [=](const char* each) { return std::strcmp(each, what) == 0; };
    if (std::none_of(m_losses.begin(), m_losses.end(), isSame))
        m_losses.push_back(what);
}

void JsonSink::lose(const JsonSink& other)
{
    for (const char* what : other.m_losses)
        lose(what);
}

QStringList JsonSink::losses() const
{
    QStringList texts;
    for (const char* what : m_losses)
        texts.append(EncodingText::tr(what));
    return texts;
}

QByteArray JsonSink::take()
{
    // A text that fills its room well is handed on; a small one is not to hold a large room.
    if (m_at < m_buffer.size() / 4 * 3)
        return { m_buffer.constData(), m_at };
    m_buffer.truncate(m_at);
    return std::move(m_buffer);
}

void JsonSink::fail(const char* reason)
{
    if (m_problem == nullptr)
        m_problem = reason;
}

void JsonSink::begin(char bracket)
{
    separate();
    if (room(1))
        put({ &bracket, 1 });
    if (++m_depth > maximumJsonDepth)
        fail(QT_TRANSLATE_NOOP("Encoding", "it is nested too deep"));
    m_deepest = std::max(m_deepest, m_depth);
}

void JsonSink::end(char bracket)
{
    if (room(1))
        put({ &bracket, 1 });
    --m_depth;
    m_needsComma = true;
}

void JsonSink::literal(std::string_view word)
{
    separate();
    if (!room(static_cast<qsizetype>(word.size())))
        return;
    put(word);
    m_needsComma = true;
}

void JsonSink::quoted(std::string_view utf8)
{
    separate();
    const auto size = static_cast<qsizetype>(utf8.size());
    if (!room(size + 2))
        return;
    if (plainJsonLength(utf8) == utf8.size()) {
        put("\"");
        put(utf8);
        put("\"");
    } else if (room(escapedSize(utf8))) {
        m_buffer.truncate(m_at);
        appendJsonString(m_buffer, utf8);
        m_at = m_buffer.size();
    }
    m_needsComma = true;
}

void JsonSink::separate()
{
    if (m_needsComma && room(1))
        put(",");
    m_needsComma = false;
}

bool JsonSink::room(qsizetype size)
{
    if (m_problem != nullptr || m_isSilent)
        return false;
    const qsizetype needed = m_at + size;
    if (needed <= m_buffer.size())
        return true;
    if (needed > m_limits.json) {
        fail(QT_TRANSLATE_NOOP("Encoding", "it is too large to be shown"));
        return false;
    }
    m_buffer.resize(std::max(needed, std::min(2 * m_buffer.size(), m_limits.json)));
    return true;
}

Error faultAt(qsizetype offset, const QString& reason)
{
    return { ErrorCode::InvalidInput,
        EncodingText::tr("byte %1: %2").arg(QString::number(offset + 1), reason) };
}

} // namespace eventloupe
