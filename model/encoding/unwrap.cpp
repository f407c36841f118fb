#include "encoding/unwrap.h"

#include "encoding/encodingtext.h"
#include "encoding/inflate.h"
#include "value/json.h"
#include "value/jsonscan.h"

namespace eventloupe {

namespace {

using Outcome = Unwrapped::Outcome;

Unwrapped inflated(Compression compression, std::string_view bytes, const DecodeLimits& limits)
{
    auto result = inflateBytes(compression, bytes, limits.inflated);
    if (result)
        return { Outcome::Taken, std::move(result).value(), {} };
    return { Outcome::Broken, {}, result.error().message };
}

Unwrapped withoutDeflate(std::string_view bytes, const DecodeLimits& limits)
{
    auto result = inflated(Compression::Raw, bytes, limits);
    // What is not compressed at all fails in its first bytes; there is no other mark.
    if (result.outcome == Outcome::Broken && findJsonFault(bytes) == std::nullopt)
        result.outcome = Outcome::Absent;
    return result;
}

QByteArray withoutSpace(std::string_view bytes)
{
    QByteArray text(static_cast<qsizetype>(bytes.size()), Qt::Uninitialized);
    char* end = text.data();
    for (const char c : bytes) {
        if (!isJsonSpace(c))
            *end++ = c;
    }
    text.resize(end - text.constData());
    return text;
}

Unwrapped withoutBase64(std::string_view bytes)
{
    const auto text = withoutSpace(bytes);
    const bool isOfUrl = text.contains('-') || text.contains('_');
    auto options = isOfUrl ? QByteArray::Base64UrlEncoding : QByteArray::Base64Encoding;
    auto result
        = QByteArray::fromBase64Encoding(text, options | QByteArray::AbortOnBase64DecodingErrors);
    if (!result)
        return {};
    return { Outcome::Taken, std::move(*result), {} };
}

Unwrapped withoutHex(std::string_view bytes)
{
    auto text = withoutSpace(bytes);
    if (text.startsWith("\\x") || text.startsWith("0x"))
        text.remove(0, 2);
    const auto isDigit = [](char c) { return std::isxdigit(static_cast<unsigned char>(c)) != 0; };
    if (text.size() % 2 != 0 || !std::all_of(text.cbegin(), text.cend(), isDigit))
        return {};
    return { Outcome::Taken, QByteArray::fromHex(text), {} };
}

Unwrapped withoutJsonString(std::string_view bytes)
{
    if (!trimmedJson(bytes).starts_with('"'))
        return {};
    const auto value = parseJson(bytes);
    if (!value)
        return { Outcome::Broken, {}, value.error().message };
    return { Outcome::Taken, value->toUtf8(), {} };
}

} // namespace

Unwrapped unwrap(Encoding wrapper, std::string_view bytes, const DecodeLimits& limits)
{
    switch (wrapper) {
    case Encoding::Gzip:
        return hasGzipMark(bytes) ? inflated(Compression::Gzip, bytes, limits) : Unwrapped {};
    case Encoding::Zlib:
        return hasZlibHeader(bytes) ? inflated(Compression::Zlib, bytes, limits) : Unwrapped {};
    case Encoding::Deflate:
        return withoutDeflate(bytes, limits);
    case Encoding::Base64:
        return withoutBase64(bytes);
    case Encoding::Hex:
        return withoutHex(bytes);
    case Encoding::JsonString:
        return withoutJsonString(bytes);
    default:
        return {};
    }
}

bool hasGzipMark(std::string_view bytes)
{
    return bytes.starts_with("\x1f\x8b\x08");
}

bool hasZlibHeader(std::string_view bytes)
{
    constexpr unsigned methodMask = 15;
    constexpr unsigned deflate = 8;
    if (bytes.size() < 2)
        return false;
    const unsigned first = static_cast<unsigned char>(bytes[0]);
    const unsigned second = static_cast<unsigned char>(bytes[1]);
    return (first & methodMask) == deflate && first >> 4 <= 7 && (first * 256 + second) % 31 == 0;
}

} // namespace eventloupe
