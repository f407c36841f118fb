#include "encoding/likelyencoding.h"

#include "encoding/bytecursor.h"

#include <algorithm>

namespace eventloupe {

namespace {

unsigned byteAt(std::string_view bytes, std::size_t at)
{
    return static_cast<unsigned char>(bytes[at]);
}

bool looksLikePhp(std::string_view bytes)
{
    constexpr std::string_view types = "abdisSOCE";
    if (bytes == "N;")
        return true;
    return bytes.size() > 3 && types.find(bytes[0]) != std::string_view::npos && bytes[1] == ':'
        && (bytes.ends_with('}') || bytes.ends_with(';'));
}

bool looksLikeBson(std::string_view bytes)
{
    quint32 size = 0;
    return ByteCursor(bytes).takeLittle(size) && size == bytes.size() && bytes.ends_with('\0');
}

/// An array or object whose length is that of the bytes.
bool looksLikeJsonb(std::string_view bytes)
{
    constexpr unsigned array = 11;
    constexpr unsigned object = 12;
    constexpr unsigned longest = 15;
    const unsigned type = byteAt(bytes, 0) & 15;
    const unsigned size = byteAt(bytes, 0) >> 4;
    if ((type != array && type != object) || size == longest)
        return false;
    if (size <= array)
        return bytes.size() == 1 + size;
    ByteCursor cursor(bytes.substr(1));
    quint8 one = 0;
    quint16 two = 0;
    quint32 four = 0;
    switch (size) {
    case 12:
        return cursor.take(one) && cursor.left() == one;
    case 13:
        return cursor.take(two) && cursor.left() == two;
    default:
        return cursor.take(four) && cursor.left() == four;
    }
}

/// A map or an array: a payload that is a number or a text alone is too easily something else.
bool looksLikeMessagePack(unsigned first)
{
    return (first >= 0x80 && first <= 0x9f) || (first >= 0xdc && first <= 0xdf);
}

bool looksLikeCbor(std::string_view bytes)
{
    const unsigned first = byteAt(bytes, 0);
    return (first >= 0x80 && first <= 0xbf) || bytes.starts_with("\xd9\xd9\xf7");
}

} // namespace

std::vector<Encoding> likelyEncodings(std::string_view bytes)
{
    constexpr unsigned erlangVersion = 131;
    std::vector<Encoding> likely;
    if (bytes.empty())
        return likely;
    if (byteAt(bytes, 0) == erlangVersion)
        likely.push_back(Encoding::ErlangTerm);
    if (bytes.starts_with("---") || bytes.starts_with("%YAML"))
        likely.push_back(Encoding::Yaml);
    if (looksLikePhp(bytes))
        likely.push_back(Encoding::Php);
    if (looksLikeBson(bytes))
        likely.push_back(Encoding::Bson);
    if (looksLikeJsonb(bytes))
        likely.push_back(Encoding::SqliteJsonb);
    if (looksLikeMessagePack(byteAt(bytes, 0)))
        likely.push_back(Encoding::MessagePack);
    if (looksLikeCbor(bytes))
        likely.push_back(Encoding::Cbor);
    return likely;
}

} // namespace eventloupe
