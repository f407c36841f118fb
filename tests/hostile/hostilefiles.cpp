#include "hostile/hostilecase.h"

#include <QFile>

#include <algorithm>
#include <string>

#include <sys/stat.h>

namespace eventloupe {

namespace {

constexpr qint64 gigabyte = qint64(1) << 30;
constexpr qint64 megabyte = qint64(1) << 20;

QStringList importOf(const char* file, const char* format)
{
    QStringList words { QStringLiteral("import"), QStringLiteral("s.eventlog"),
        QString::fromLatin1(file) };
    if (*format != '\0')
        words << QStringLiteral("--format") << QString::fromLatin1(format);
    return words;
}

/// The same byte over and over, without holding it.
bool feedMany(const Feed& feed, char byte, qint64 count)
{
    const std::string piece(1 << 16, byte);
    for (qint64 left = count; left > 0; left -= static_cast<qint64>(piece.size())) {
        const auto size = std::min<qint64>(left, static_cast<qint64>(piece.size()));
        if (!feed(std::string_view(piece).substr(0, static_cast<std::size_t>(size))))
            return false;
    }
    return true;
}

/// `before`, then a byte `count` times, then `after`.
HostileCase stretched(const char* name, const char* format, const QByteArray& before, char byte,
    qint64 count, const QByteArray& after, const char* says)
{
    HostileCase row;
    row.name = name;
    row.words = importOf("-", format);
    row.says = says;
    row.isLarge = count > 16 * megabyte;
    row.input = [=](const Feed& feed) {
        if (feed({ before.constData(), static_cast<std::size_t>(before.size()) })
            && feedMany(feed, byte, count))
            feed({ after.constData(), static_cast<std::size_t>(after.size()) });
    };
    return row;
}

/// A text `count` times, that holds too many records.
HostileCase records(const char* name, const QByteArray& before, const QByteArray& each, int count,
    const QByteArray& after)
{
    HostileCase row;
    row.name = name;
    row.words = importOf("-", "json");
    row.says = "4,000,000 records";
    row.isLarge = true;
    row.input = [=](const Feed& feed) {
        const QByteArray piece = each.repeated(10'000);
        if (!feed({ before.constData(), static_cast<std::size_t>(before.size()) }))
            return;
        for (int i = 0; i < count / 10'000; ++i) {
            if (!feed({ piece.constData(), static_cast<std::size_t>(piece.size()) }))
                return;
        }
        feed({ after.constData(), static_cast<std::size_t>(after.size()) });
    };
    return row;
}

HostileCase text(const char* name, const QByteArray& content, const char* says)
{
    HostileCase row;
    row.name = name;
    row.words = importOf("-", "");
    row.says = says;
    row.input = [content](const Feed& feed) {
        feed({ content.constData(), static_cast<std::size_t>(content.size()) });
    };
    return row;
}

HostileCase stored(HostileCase row)
{
    row.code = 0;
    row.isStored = true;
    return row;
}

QByteArray event(const QByteArray& members)
{
    return R"({"stream":"b-1","type":"T",)" + members + "}\n";
}

QByteArray utf16(const QByteArray& latin1, bool isLittle)
{
    QByteArray bytes = isLittle ? QByteArray("\xff\xfe", 2) : QByteArray("\xfe\xff", 2);
    for (const char c : latin1) {
        bytes += isLittle ? c : '\0';
        bytes += isLittle ? '\0' : c;
    }
    return bytes;
}

QByteArray manyMembers(int count)
{
    QByteArray object;
    for (int i = 0; i < count; ++i)
        object += ",\"m" + QByteArray::number(i) + "\":0";
    return R"("data":{"a":0)" + object + '}';
}

QList<HostileCase> longOnes()
{
    const QByteArray start = R"({"stream":"b-1","type":"T","data":)";
    // It is no refusal: the line, its copies on the way, and those of the database.
    auto large = stored(stretched("an event of 60 MB", "", start + '"', 'x', 60 * megabyte, "\"}\n",
        "Imported 1 event"));
    large.most = 400;
    return {
        stretched("a line of 1 GB", "", start + '"', 'x', gigabyte, "\"}\n", "over 64 MB"),
        stretched("1 GB without a line's end", "ndjson", "", ' ', gigabyte, "", "over 64 MB"),
        stretched("1 GB of empty lines", "ndjson", "", '\n', gigabyte, "[]", "JSON object"),
        stretched("a JSON text of 1 GB", "json", "[\"", 'x', gigabyte, "\"]", "over 64 MB"),
        stretched("1 GB of brackets", "json", "", '[', gigabyte, "", "1,000"),
        stretched("1 GB of commas", "json", R"([{"stream":"b-1","type":"T"})", ',', gigabyte, "]",
            "a value is expected"),
        stretched("1 GB of space in a JSON text", "json", "[", ' ', gigabyte, "x]", "byte"),
        stretched("a JSON object of 1 GB", "json", "{\"a\":\"", 'x', gigabyte, "\"}", "NDJSON"),
        stretched("1 GB of space before a JSON text", "json", "", ' ', gigabyte, "{}", "NDJSON"),
        records("130 MB of records in a JSON object", "{\"a\":[{}", ",{}", 41'000'000, "]}"),
        stretched("a CSV cell of 1 GB", "csv", "stream,type\n\"", 'x', gigabyte, "\"\n", "MB"),
        stretched("a CSV header of 1 GB", "csv", "", ',', gigabyte, "\n", "10000 cells"),
        stretched("1 GB of NUL", "", "", '\0', gigabyte, "", "no text"),
        stretched("an event of 100 MB", "", start + '"', 'x', 100 * megabyte, "\"}\n",
            "over 64 MB"),
        large,
        stretched("nesting of 100,000 levels", "", start, '[', 100'000, "}\n", "1,000"),
        stretched("nesting of 100,000 levels, JSON", "json", "", '[', 100'000, "", "1,000"),
        stored(stretched("a number of a million digits", "", start, '7', 1'000'000, "}\n",
            "Imported 1 event")),
        stretched("a stream's name of 1 MB", "", R"({"type":"T","stream":")", 'x', megabyte,
            "\"}\n", "stream"),
        stretched("a type of 1 MB", "", R"({"stream":"b-1","type":")", 'x', megabyte, "\"}\n",
            "type"),
        stretched("an id of 1 MB", "", R"({"stream":"b-1","type":"T","id":")", 'x', megabyte,
            "\"}\n", "200 are allowed"),
        stretched("a time of 1 MB", "", R"({"stream":"b-1","type":"T","time":")", '1', megabyte,
            "\"}\n", "time"),
        stretched("a million CSV columns", "csv", "stream,type", ',', 1'000'000, "\na-1,T\n", "10000 cells"),
    };
}

QList<HostileCase> encodings()
{
    const QByteArray good = event(R"("data":{})");
    const QByteArray bom = "\xef\xbb\xbf";
    return {
        stored(text("a byte order mark", bom + good, "Imported 1 event")),
        text("a byte order mark on line 2", good + bom + good, "byte order mark"),
        stored(text("CRLF", good.trimmed() + "\r\n" + good.trimmed() + "\r\n", "Imported 2")),
        text("UTF-16, little endian", utf16(good, true), "UTF-16"),
        text("UTF-16, big endian", utf16(good, false), "UTF-16"),
        text("UTF-16 without a mark", utf16(good, true).mid(2), "UTF-16"),
        text("Latin-1 on line 2", good + event("\"data\":\"caf\xe9\""), ":2: byte"),
        text("a lone surrogate", event(R"("data":"\ud800")"), "surrogate"),
        text("a surrogate pair that is turned round", event(R"("data":"\udc00\ud800")"),
            "surrogate"),
        text("a surrogate in UTF-8", event("\"data\":\"\xed\xa0\x80\""), "UTF-8"),
        text("an overlong NUL", event("\"data\":\"\xc0\x80\""), "UTF-8"),
        text("beyond Unicode", event("\"data\":\"\xf4\x90\x80\x80\""), "UTF-8"),
        text("a NUL in a text", event(QByteArray("\"data\":\"a\0b\"", 12)), "byte"),
        text("a NUL between lines", good + QByteArray(1, '\0') + good, ":2: byte"),
        stored(text("an escaped NUL", event(R"("data":"\u0000")"), "Imported 1 event")),
        text("an escaped NUL in a stream's name",
            "{\"stream\":\"b\\u0000\",\"type\":\"T\"}\n", "NUL"),
        text("gzip", QByteArray::fromHex("1f8b0800000000000003") + good, "unpack it first"),
        text("a zip archive", "PK\x03\x04" + good, "zip archive"),
        text("a picture", "\x89PNG\r\n\x1a\n" + QByteArray(100, '\1'), ""),
    };
}

QList<HostileCase> contents()
{
    const QByteArray good = event(R"("data":{})");
    return {
        text("the year 0", event(R"("time":"0000-01-01T00:00:00Z")"), "time"),
        text("the year 10000", event(R"("time":"10000-01-01T00:00:00Z")"), "time"),
        text("a time that overflows", event(R"("time":99999999999999999999)"), "time"),
        text("an hour of 25", event(R"("time":"2026-01-01T25:00:00Z")"), "time"),
        text("an id twice", event(R"("id":"x")") + event(R"("id":"x")"), "x"),
        text("an id that is stored with other content", event(R"("id":"1")"), "1"),
        stored(text("gaps between versions", event(R"("version":7)") + event(R"("version":9)"),
            "Imported 2")),
        stored(text("versions that go back", event(R"("version":2)") + event(R"("version":1)"),
            "Imported 2")),
        stored(text("a version that is none", event(R"("version":-1)"), "another version")),
        text("no stream", "{\"type\":\"T\"}\n", "stream"),
        text("an empty stream's name", "{\"stream\":\"\",\"type\":\"T\"}\n", "stream"),
        text("a stream that is a list", "{\"stream\":[],\"type\":\"T\"}\n", "stream"),
        text("a list for an event", good + "[]\n", "JSON object"),
        text("a last line that breaks off", good + R"({"stream":"b-1","ty)", ":2: byte"),
        text("a fault behind a thousand good lines", good.repeated(1000) + "{]\n", ":1001: byte"),
        stored(text("half a million members", event(manyMembers(500'000)), "Imported 1 event")),
        text("a CSV quote that never ends", "stream,type\nb-1,\"T\n", "quote"),
        text("a CSV row that is too long", "stream,type\nb-1,T\nb-1,T,x\n", ":3:"),
        text("a CSV row that is too short", "stream,type\nb-1\n", ":2:"),
        text("nothing but commas", ",,,,,,\n,,,,,,\n", "stream"),
    };
}

HostileCase file(const char* name, const char* path, const char* says,
    std::function<void(const QString&)> prepare = {}, bool isLarge = false)
{
    HostileCase row;
    row.name = name;
    row.words = importOf(path, "");
    row.says = says;
    row.prepare = std::move(prepare);
    row.isLarge = isLarge;
    return row;
}

QList<HostileCase> oddFiles()
{
    const auto sparse = [](const QString& folder) {
        QFile made(folder + QStringLiteral("/sparse"));
        if (!made.open(QIODevice::WriteOnly) || !made.resize(gigabyte))
            qFatal("cannot make a sparse file");
    };
    const auto sparseJson = [](const QString& folder) {
        QFile made(folder + QStringLiteral("/sparse.json"));
        if (!made.open(QIODevice::WriteOnly) || made.write("[\"") != 2 || !made.resize(gigabyte))
            qFatal("cannot make a sparse file");
    };
    return {
        file("a folder", ".", "folder"),
        file("a file that is not there", "none.ndjson", "does not exist"),
        file("the store itself", "s.eventlog", "belongs to a store that is open here"),
        file("a sparse file of 1 GB", "sparse", "no text", sparse, true),
        file("a sparse JSON file of 1 GB", "sparse.json", "", sparseJson, true),
        file("a device without end", "/dev/zero", "no text"),
    };
}

} // namespace

QList<HostileCase> hostileFiles()
{
    return longOnes() + encodings() + contents() + oddFiles();
}

} // namespace eventloupe
