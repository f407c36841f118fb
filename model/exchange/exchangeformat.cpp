#include "exchange/importplan.h"

#include "exchange/exchangetext.h"
#include "exchange/rawjson.h"
#include "value/json.h"

#include <QFileInfo>

namespace eventloupe {

namespace {

Error unsupported(const QString& name, const QString& what)
{
    return { ErrorCode::Unsupported,
        ExchangeText::tr("%1 %2; NDJSON, JSON and CSV can be imported")
            .arg(displayedFile(name), what) };
}

std::optional<ExchangeFormat> formatOfSuffix(const QString& name)
{
    const QString suffix = QFileInfo(name).suffix().toLower();
    if (suffix == QLatin1String("ndjson") || suffix == QLatin1String("jsonl"))
        return ExchangeFormat::Ndjson;
    if (suffix == QLatin1String("csv") || suffix == QLatin1String("tsv"))
        return ExchangeFormat::Csv;
    return std::nullopt;
}

/// What begins with an object is NDJSON when its first line is one and another follows, or when
/// nothing follows at all.
ExchangeFormat formatOfObjects(std::string_view text)
{
    const std::size_t end = text.find('\n');
    const std::string_view first = text.substr(0, end);
    if (findJsonFault(first))
        return end == std::string_view::npos ? ExchangeFormat::Ndjson : ExchangeFormat::Json;
    const std::string_view rest
        = end == std::string_view::npos ? std::string_view() : trimmedJson(text.substr(end));
    if (rest.empty())
        return ExchangeFormat::Json; // one object, alone: the JSON reader takes it either way
    return ExchangeFormat::Ndjson;
}

/// What a file recognisably is that no format here is; empty for what may be text.
QString noText(std::string_view head)
{
    if (head.substr(0, 2) == "\x1F\x8B")
        return ExchangeText::tr("is compressed; unpack it first");
    if (head.substr(0, 4) == "PK\x03\x04")
        return ExchangeText::tr("is a zip archive; unpack it first");
    if (head.substr(0, 16) == std::string_view("SQLite format 3\0", 16))
        return ExchangeText::tr("is an SQLite database; open it instead");
    // A text begins with a character that UTF-8 writes without a NUL: with one it is of two bytes.
    const bool isOfTwoBytes = head.size() >= 2 && (head[0] == '\0') != (head[1] == '\0');
    if (isOfTwoBytes || head.substr(0, 2) == "\xFF\xFE" || head.substr(0, 2) == "\xFE\xFF")
        return ExchangeText::tr(
            "is UTF-16; convert it first, for example with iconv -f UTF-16 -t UTF-8");
    if (head.substr(0, 1) == std::string_view("\0", 1))
        return ExchangeText::tr("is no text: it begins with a NUL");
    return {};
}

} // namespace

std::optional<ExchangeFormat> exchangeFormatFromName(const QString& name)
{
    const QString lower = name.toLower();
    for (const ExchangeFormat format :
        { ExchangeFormat::Ndjson, ExchangeFormat::Json, ExchangeFormat::Csv }) {
        if (exchangeFormatName(format) == lower)
            return format;
    }
    return std::nullopt;
}

QString exchangeFormatName(ExchangeFormat format)
{
    switch (format) {
    case ExchangeFormat::Json:
        return QStringLiteral("json");
    case ExchangeFormat::Csv:
        return QStringLiteral("csv");
    case ExchangeFormat::Ndjson:
        break;
    }
    return QStringLiteral("ndjson");
}

Result<ExchangeFormat> sniffFormat(std::string_view head, const QString& name)
{
    if (const QString what = noText(head); !what.isEmpty())
        return unsupported(name, what);
    const std::string_view text = trimmedJson(head);
    if (text.substr(0, 1) == "<")
        return unsupported(name, ExchangeText::tr("is XML"));
    if (const auto format = formatOfSuffix(name))
        return *format;
    if (text.substr(0, 1) == "[")
        return ExchangeFormat::Json;
    if (text.substr(0, 1) == "{")
        return formatOfObjects(text);
    if (QFileInfo(name).suffix().toLower() == QLatin1String("json"))
        return ExchangeFormat::Json;
    return text.empty() ? ExchangeFormat::Ndjson : ExchangeFormat::Csv;
}

Result<ExchangeFormat> detectFormat(const QString& file)
{
    if (file == QLatin1String("-"))
        return ExchangeFormat::Ndjson;
    Result<std::unique_ptr<ByteSource>> source = ByteSource::open(file, CancelToken());
    if (!source)
        return source.error();
    if ((*source)->window().empty()) {
        if (const Result<bool> more = (*source)->more(); !more)
            return more.error();
    }
    return sniffFormat((*source)->window(), file);
}

} // namespace eventloupe
