#include "encoding/unreadable.h"

#include "encoding/bytecursor.h"
#include "encoding/encodingtext.h"
#include "encoding/jsonsink.h"
#include "value/event.h"
#include "value/jsonscan.h"
#include "value/utf8.h"

#include <array>

namespace eventloupe {

namespace {

using namespace std::string_view_literals;

struct Mark {
    std::string_view bytes;
    const char* kind;
};

/// Java: Object Serialization Stream Protocol, STREAM_MAGIC and STREAM_VERSION. Avro: object
/// container files, and "Single-object encoding" of its specification. LZ4, Zstandard, Snappy:
/// their frame formats. The rest: file(1)'s.
constexpr std::array marks {
    Mark { "\xac\xed\x00\x05"sv, QT_TRANSLATE_NOOP("Encoding", "Java serialisation") },
    Mark { "Obj\x01"sv, "Avro" },
    Mark { "\xc3\x01"sv, "Avro" },
    Mark { "\x04\x22\x4d\x18"sv, "LZ4" },
    Mark { "\x28\xb5\x2f\xfd"sv, "Zstandard" },
    Mark { "\xff\x06\x00\x00sNaPpY"sv, "Snappy" },
    Mark { "\xfd"
           "7zXZ\x00"sv,
        "xz" },
    Mark { "BZh"sv, "bzip2" },
    Mark { "PK\x03\x04"sv, "ZIP" },
    Mark { "%PDF-"sv, "PDF" },
    Mark { "\x89PNG\r\n\x1a\n"sv, "PNG" },
    Mark { "\xff\xd8\xff"sv, "JPEG" },
    Mark { "Salted__"sv, QT_TRANSLATE_NOOP("Encoding", "encrypted by OpenSSL") },
    Mark { "vault:v"sv, QT_TRANSLATE_NOOP("Encoding", "encrypted by Vault") },
    Mark { "gAAAAA"sv, QT_TRANSLATE_NOOP("Encoding", "encrypted (Fernet)") },
    Mark { "\x00\x01\x00\x00\x00\xff\xff\xff\xff"sv,
        QT_TRANSLATE_NOOP("Encoding", ".NET binary serialisation") },
    Mark { "\x1f\x8b"sv, "gzip" },
    Mark { "\x80\x02"sv, QT_TRANSLATE_NOOP("Encoding", "looks like Python's pickle") },
    Mark { "\x80\x03"sv, QT_TRANSLATE_NOOP("Encoding", "looks like Python's pickle") },
    Mark { "\x80\x04\x95"sv, QT_TRANSLATE_NOOP("Encoding", "looks like Python's pickle") },
    Mark { "\x80\x05\x95"sv, QT_TRANSLATE_NOOP("Encoding", "looks like Python's pickle") },
    Mark { "\x04\x08"sv, QT_TRANSLATE_NOOP("Encoding", "looks like Ruby's Marshal") },
};

/// How many different bytes there are, of those that are looked at.
bool looksRandom(std::string_view bytes)
{
    constexpr std::size_t enough = 64;
    constexpr std::size_t looked = 4096;
    const auto sample = bytes.substr(0, looked);
    if (sample.size() < enough)
        return false;
    std::array<quint32, 256> counts {};
    for (const char c : sample)
        ++counts[static_cast<unsigned char>(c)];
    // Of bytes that are drawn at random two are equal with 1 in 256; JSON has 1 in 15, MessagePack
    // and protobuf of texts 1 in 30.
    quint64 pairs = 0;
    for (const quint64 count : counts)
        pairs += count * (count - 1);
    const quint64 all = sample.size() * (sample.size() - 1);
    constexpr quint64 mostlyEqual = 150;
    return pairs * mostlyEqual < all;
}

/// A number of protobuf's, seven bits a byte.
bool takeVarint(ByteCursor& cursor, quint64& value)
{
    constexpr int most = 64;
    value = 0;
    quint8 byte = 0x80;
    for (int shift = 0; byte >= 0x80; shift += 7) {
        if (shift >= most || !cursor.take(byte))
            return false;
        value |= quint64(byte & 0x7f) << shift;
    }
    return true;
}

/// Whether the bytes are fields of protobuf's wire format to the last one, none with a number that
/// nobody gives (protobuf.dev/programming-guides/encoding).
bool looksLikeProtobuf(std::string_view bytes)
{
    enum WireType : quint8 { Varint = 0, Fixed64 = 1, Length = 2, Fixed32 = 5 };
    constexpr quint64 mostFields = 20'000;
    ByteCursor cursor(bytes);
    while (!cursor.isAtEnd()) {
        quint64 tag = 0;
        quint64 value = 0;
        std::string_view skipped;
        if (!takeVarint(cursor, tag) || tag >> 3 == 0 || tag >> 3 > mostFields)
            return false;
        const auto type = tag & 7;
        const bool isTaken = type == Varint ? takeVarint(cursor, value)
            : type == Fixed64               ? cursor.take(8, skipped)
            : type == Fixed32               ? cursor.take(4, skipped)
            : type == Length ? takeVarint(cursor, value) && cursor.take(value, skipped)
                             : false;
        if (!isTaken)
            return false;
    }
    return bytes.size() > 1;
}

/// What is cut off must not end within a character.
std::string_view cutText(std::string_view utf8, qsizetype size)
{
    auto end = static_cast<std::size_t>(size);
    while (end > 0 && (static_cast<unsigned char>(utf8[end]) & 0xc0) == 0x80)
        --end;
    return utf8.substr(0, end);
}

Decoded shown(std::string_view bytes, bool asText, const QString& kind, const DecodeLimits& limits)
{
    const auto size = static_cast<qsizetype>(bytes.size());
    const bool isCut = size > limits.shown;
    const auto part = !isCut ? bytes
        : asText             ? cutText(bytes, limits.shown)
                             : bytes.substr(0, static_cast<std::size_t>(limits.shown));
    JsonSink sink({ .json = std::numeric_limits<qsizetype>::max() });
    sink.beginObject();
    sink.key(asText ? "$text" : "$bytes");
    asText ? sink.text(part) : sink.base64(part);
    sink.key("kind");
    const auto name = kind.toUtf8();
    sink.text(viewOf(name));
    Decoded decoded;
    if (isCut) {
        sink.key("size");
        sink.integer(size);
        decoded.losses.append(
            EncodingText::tr("of %1 bytes the first %2 are shown").arg(size).arg(part.size()));
    }
    sink.endObject();
    decoded.json = sink.take();
    decoded.kind = kind;
    return decoded;
}

} // namespace

bool isPlainText(std::string_view bytes)
{
    const auto isControl = [](char c) {
        return static_cast<unsigned char>(c) < 0x20 && !isJsonSpace(c) && c != '\f';
    };
    return std::none_of(bytes.begin(), bytes.end(), isControl) && isUtf8(bytes);
}

QString kindOfBytes(std::string_view bytes)
{
    for (const Mark& mark : marks) {
        if (bytes.starts_with(mark.bytes))
            return EncodingText::tr(mark.kind);
    }
    if (isPlainText(bytes))
        return trimmedJson(bytes).starts_with('<') ? QStringLiteral("XML")
                                                   : EncodingText::tr("text");
    if (looksLikeProtobuf(bytes))
        return EncodingText::tr("looks like protobuf");
    if (looksRandom(bytes))
        return EncodingText::tr("unknown bytes, maybe encrypted or compressed");
    return EncodingText::tr("unknown bytes");
}

Decoded unreadable(std::string_view bytes, const QString& problem, const DecodeLimits& limits)
{
    auto decoded = shown(bytes, isPlainText(bytes), kindOfBytes(bytes), limits);
    decoded.readable = false;
    decoded.problem = problem;
    return decoded;
}

Decoded shownAsText(std::string_view utf8, const DecodeLimits& limits)
{
    return shown(utf8, true, kindOfBytes(utf8), limits);
}

Decoded shownAsBytes(std::string_view bytes, const DecodeLimits& limits)
{
    return shown(bytes, false, kindOfBytes(bytes), limits);
}

} // namespace eventloupe
