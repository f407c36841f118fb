#include "encoding/unicodetext.h"

#include "encoding/encodingtext.h"
#include "value/utf8.h"

#include <QStringDecoder>

namespace eventloupe {

namespace {

using namespace std::string_view_literals;

std::optional<QStringConverter::Encoding> formOf(std::string_view bytes)
{
    const auto isZero = [&](std::size_t i) { return bytes[i] == '\0'; };
    // The mark of UTF-32 little endian begins with that of UTF-16.
    if (bytes.starts_with("\xff\xfe\x00\x00"sv))
        return QStringConverter::Utf32LE;
    if (bytes.starts_with("\x00\x00\xfe\xff"sv))
        return QStringConverter::Utf32BE;
    if (bytes.starts_with("\xff\xfe"sv))
        return QStringConverter::Utf16LE;
    if (bytes.starts_with("\xfe\xff"sv))
        return QStringConverter::Utf16BE;
    if (bytes.size() < 4)
        return std::nullopt;
    // RFC 4627, section 3: a JSON text begins with two ASCII characters.
    if (!isZero(0) && isZero(1) && !isZero(2) && isZero(3))
        return QStringConverter::Utf16LE;
    if (isZero(0) && !isZero(1) && isZero(2) && !isZero(3))
        return QStringConverter::Utf16BE;
    if (bytes.size() % 4 == 0 && !isZero(0) && isZero(1) && isZero(2) && isZero(3))
        return QStringConverter::Utf32LE;
    if (bytes.size() % 4 == 0 && isZero(0) && isZero(1) && isZero(2) && !isZero(3))
        return QStringConverter::Utf32BE;
    return std::nullopt;
}

bool isOfFour(QStringConverter::Encoding form)
{
    return form == QStringConverter::Utf32LE || form == QStringConverter::Utf32BE;
}

} // namespace

std::optional<UnicodeText> unicodeTextOf(std::string_view bytes)
{
    constexpr auto mark = "\xef\xbb\xbf"sv;
    if (bytes.starts_with(mark)) {
        bytes.remove_prefix(mark.size());
        if (!isUtf8(bytes))
            return std::nullopt;
        return UnicodeText { QByteArray(bytes.data(), static_cast<qsizetype>(bytes.size())),
            EncodingText::tr("byte order mark") };
    }
    const auto form = formOf(bytes);
    if (!form || bytes.size() % (isOfFour(*form) ? 4 : 2) != 0)
        return std::nullopt;
    QStringDecoder decoder(*form);
    const QString text
        = decoder(QByteArrayView(bytes.data(), static_cast<qsizetype>(bytes.size())));
    if (decoder.hasError() || !text.isValidUtf16())
        return std::nullopt;
    return UnicodeText { text.toUtf8(),
        isOfFour(*form) ? QStringLiteral("UTF-32") : QStringLiteral("UTF-16") };
}

} // namespace eventloupe
