#include "hostile/hostilecase.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <sys/stat.h>
#include <unistd.h>

// What a workspace, an expression or a schema can do; tst_brokenworkspaces has the texts of each.

namespace eventloupe {

namespace {

void write(const QString& folder, const char* name, const QByteArray& content)
{
    const QString path = folder + QStringLiteral("/w/") + QString::fromLatin1(name);
    QDir().mkpath(QFileInfo(path).path());
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
        qFatal("cannot write %s", name);
}

/// `eventloupe check w`, where one file has this text and all else is right.
HostileCase definition(
    const char* name, const char* file, const QByteArray& content, const char* says)
{
    HostileCase row;
    row.name = name;
    row.words = { QStringLiteral("check"), QStringLiteral("w") };
    row.says = says;
    row.prepare = [=](const QString& folder) {
        write(folder, "workspace.json", "{\"name\":\"w\"}");
        write(folder, file, content);
    };
    return row;
}

HostileCase odd(const char* name, const char* says, void (*make)(const QByteArray& path))
{
    auto row = definition(name, "events/A.json", "{}", says);
    row.prepare = [make, good = row.prepare](const QString& folder) {
        good(folder);
        QDir().mkpath(folder + QStringLiteral("/w/commands"));
        make(QFile::encodeName(folder + QStringLiteral("/w/commands/A.json")));
    };
    return row;
}

QList<HostileCase> workspaces()
{
    const auto rule = [](const QByteArray& source) {
        return "{\"evolve\": {\"/a\": \"" + source + "\"}}";
    };
    const auto schema = [](const QByteArray& text) { return "{\"schema\": " + text + '}'; };
    QByteArray many = "{\"properties\":{\"a\":{}";
    for (int i = 0; many.size() < 900'000; ++i)
        many += ",\"p" + QByteArray::number(i) + "\":{\"$ref\":\"#/properties/a\"}";
    auto large = definition("a schema of 900 kB", "events/A.json", schema(many + "}}"), "");
    large.code = 0;
    return {
        definition("an expression of 1 MB", "events/A.json", rule(QByteArray(999'900, '(')),
            "longer than 64 KiB"),
        definition("60,000 brackets", "events/A.json", rule(QByteArray(60'000, '(')), "A.json:1:"),
        odd("a definition of 1 GB", "larger than 1 MB",
            [](const QByteArray& path) {
                QFile file(QFile::decodeName(path));
                if (!file.open(QIODevice::WriteOnly) || !file.resize(qint64(1) << 30))
                    qFatal("cannot make a sparse file");
            }),
        definition("a definition of 400,000 levels", "events/A.json", QByteArray(400'000, '['),
            "not JSON"),
        definition("a reference to itself", "events/A.json", schema(R"({"$ref":"#"})"), "A.json:1:"),
        definition("references in a circle", "events/A.json",
            schema(R"({"$ref":"#/$defs/a","$defs":{"a":{"$ref":"#/$defs/b"},)"
                   R"("b":{"$ref":"#/$defs/a"}}})"),
            "A.json:1:"),
        definition("a reference out of the folder", "events/A.json",
            schema(R"({"$ref":"../../../../etc/passwd"})"), "leads out of the folder"),
        definition("a reference to an absolute path", "events/A.json",
            schema(R"({"$ref":"/etc/passwd"})"), "A.json:1:"),
        definition("a reference to the network", "events/A.json",
            schema(R"({"$ref":"http://127.0.0.1:1/a.json"})"), "A.json:1:"),
        definition("a pattern that explodes", "events/A.json",
            schema(R"({"pattern":")" + QByteArray(20'000, '(') + R"("})"), "A.json:1:"),
        large,
        odd("a link", "not an ordinary file",
            [](const QByteArray& path) {
                if (::symlink("/etc/passwd", path.constData()) != 0)
                    qFatal("no link");
            }),
        odd("a FIFO", "not an ordinary file",
            [](const QByteArray& path) {
                if (::mkfifo(path.constData(), 0600) != 0)
                    qFatal("no FIFO");
            }),
        odd("a folder for a file", "not an ordinary file",
            [](const QByteArray& path) { ::mkdir(path.constData(), 0700); }),
    };
}

HostileCase line(const char* name, const QStringList& words, const QByteArray& content,
    const char* says, int code)
{
    HostileCase row;
    row.name = name;
    row.words = words;
    row.code = code;
    row.says = says;
    row.input = [content](const Feed& feed) {
        feed({ content.constData(), static_cast<std::size_t>(content.size()) });
    };
    return row;
}

/// `eventloupe eval -`, which answers each line.
HostileCase expression(const char* name, const QByteArray& source, const char* says)
{
    return line(name, { QStringLiteral("eval"), QStringLiteral("-") },
        "{\"expr\":\"" + source + "\",\"bindings\":{}}\n", says, 0);
}

QList<HostileCase> expressions()
{
    const QByteArray loops = "[1,2,3,4,5,6,7,8,9,0]";
    QByteArray nested = "1";
    for (const char c : QByteArray("abcdefghij"))
        nested = loops + ".map(" + c + ", " + nested + ')';
    return {
        expression("an expression of 1 MB alone", "1" + QByteArray(" + 1").repeated(250'000),
            "longer than 64 KiB"),
        expression("100,000 brackets", QByteArray(60'000, '('), "error"),
        expression("loops in loops", nested, "error"),
        expression("a text that doubles",
            "cel.bind(a, 'xxxxxxxxxxxxxxxx', " + loops.mid(0, 1) + "a"
                + QByteArray(" + a").repeated(900) + "])",
            ""),
        expression("a pattern that backtracks",
            "'" + QByteArray(50'000, 'a') + "b'.matches('^(a|b|ab)*c$')", ""),
        line("lines that are no JSON", { QStringLiteral("eval"), QStringLiteral("-") },
            QByteArray("[[[\n").repeated(1000), "error", 0),
    };
}

} // namespace

QList<HostileCase> hostileWorkspaces()
{
    return workspaces() + expressions();
}

} // namespace eventloupe
