#include "support/markupstore.h"

#include "store/openstore.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace eventloupe {

namespace {

constexpr int eventCount = 24;

QByteArray jsonText(const QJsonObject& object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

} // namespace

MarkupStore::MarkupStore(quint16 port)
    : m_markup(
        QStringLiteral("<img src=\"http://127.0.0.1:%1/x.png\"><a href=\"file:///etc/passwd\">"
                       "l</a><b>a&b</b>&amp;<table><tr><td>t</td></tr></table>"
                       "[*]\u202Egnp.exe\u202C\u200B\u2066\u00AD\uFEFF%1")
            .arg(port))
{
    if (!QDir(m_folder.path()).mkpath(fileName(QStringLiteral("shop"))))
        qFatal("markup store: no folder");
    writeWorkspace();
    writeForm();
    writeStore();
}

QString MarkupStore::fileName(const QString& word)
{
    return word + QStringLiteral("<img src=x>a&b[*]\u202E\u200B");
}

QString MarkupStore::folder() const
{
    return m_folder.filePath(fileName(QStringLiteral("shop")));
}

QString MarkupStore::stream(int number) const
{
    return text(QStringLiteral("cat")) + u'-' + QString::number(number);
}

QString MarkupStore::eventsFile() const
{
    return QDir(folder()).filePath(fileName(QStringLiteral("more")) + QStringLiteral(".csv"));
}

void MarkupStore::write(const QString& name, const QByteArray& text) const
{
    QFile file(QDir(folder()).filePath(name));
    if (!QDir().mkpath(QFileInfo(file).path()) || !file.open(QIODevice::WriteOnly)
        || file.write(text) != text.size())
        qFatal("markup store: cannot write %s", qPrintable(name));
}

void MarkupStore::writeWorkspace() const
{
    const auto named = [](const char* folder, const char* word) {
        return QStringLiteral("%1/%2.json")
            .arg(QLatin1String(folder), fileName(QLatin1String(word)));
    };
    const auto type = text(QStringLiteral("Type"));
    write(QStringLiteral("workspace.json"),
        jsonText({ { QStringLiteral("name"), text(QStringLiteral("Shop")) },
            { QStringLiteral("store"),
                fileName(QStringLiteral("events")) + QStringLiteral(".eventlog") } }));
    write(named("aggregates", "Cat"),
        jsonText({ { QStringLiteral("category"), text(QStringLiteral("cat")) },
            { QStringLiteral("title"), text(QStringLiteral("Aggregate")) },
            { QStringLiteral("description"), text(QStringLiteral("About")) },
            { QStringLiteral("headline"), QJsonArray { QStringLiteral("/name") } } }));
    write(named("events", "Type"),
        jsonText({ { QStringLiteral("type"), type },
            { QStringLiteral("title"), text(QStringLiteral("Event")) },
            { QStringLiteral("evolve"), QStringLiteral("merge") } }));
    write(named("events", "Broken"), "{\"type\": \"" + text({}).toHtmlEscaped().toUtf8() + "\", ]");
    write(named("events", "Wrong"),
        jsonText({ { QStringLiteral("type"), text(QStringLiteral("Wrong")) },
            { QStringLiteral("evolve"),
                QJsonObject { { QStringLiteral("/x"), text(QStringLiteral("state.")) } } } }));
    const QJsonObject fact { { QStringLiteral("type"), type },
        { QStringLiteral("data"), QJsonObject { { QStringLiteral("name"), text({}) } } } };
    write(named("examples", "Example"),
        jsonText({ { QStringLiteral("title"), text(QStringLiteral("Example")) },
            { QStringLiteral("given"), QJsonArray { fact } },
            { QStringLiteral("when"),
                QJsonObject { { QStringLiteral("command"), command() },
                    { QStringLiteral("data"),
                        QJsonObject { { QStringLiteral("id"), text({}) } } } } },
            { QStringLiteral("then"), QJsonArray { fact } } }));
    write(named("projections", "Projection"),
        jsonText({ { QStringLiteral("title"), text(QStringLiteral("Projection")) },
            { QStringLiteral("description"), text(QStringLiteral("Rows")) },
            { QStringLiteral("key"), QStringLiteral("data.name") },
            { QStringLiteral("columns"),
                QJsonArray { QJsonObject { { QStringLiteral("name"), QStringLiteral("name") },
                    { QStringLiteral("title"), text(QStringLiteral("Column")) } } } },
            { QStringLiteral("evolve"),
                QJsonObject { { type,
                    QJsonObject {
                        { QStringLiteral("/name"), QStringLiteral("data.name") } } } } } }));
    write(fileName(QStringLiteral("more")) + QStringLiteral(".csv"),
        "stream,type,\"" + text(QStringLiteral("Head")).toUtf8().replace('"', "\"\"")
            + "\"\ns-1,T,\"" + text(QStringLiteral("Cell")).toUtf8().replace('"', "\"\"") + "\"\n");
}

/// A field of each kind of editor.
void MarkupStore::writeForm() const
{
    const auto field = [this](const char* word, const char* kind, QJsonObject more = {}) {
        more[QStringLiteral("title")] = text(QLatin1String(word));
        more[QStringLiteral("description")] = text(QStringLiteral("Hint"));
        if (kind)
            more[QStringLiteral("type")] = QLatin1String(kind);
        return more;
    };
    const QJsonObject option { { QStringLiteral("title"), text(QStringLiteral("Option")) },
        { QStringLiteral("description"), text(QStringLiteral("Choose")) },
        { QStringLiteral("type"), QStringLiteral("object") },
        { QStringLiteral("properties"),
            QJsonObject { { text(QStringLiteral("key")), QJsonObject() } } } };
    const QJsonObject properties {
        { QStringLiteral("id"),
            field("Id", "string",
                { { QStringLiteral("examples"), QJsonArray { text(QStringLiteral("such")) } } }) },
        { text(QStringLiteral("yes")), field("Yes", "boolean") },
        { text(QStringLiteral("number")), field("Number", "integer") },
        { text(QStringLiteral("day")),
            field("Day", "string", { { QStringLiteral("format"), QStringLiteral("date-time") } }) },
        { text(QStringLiteral("uuid")),
            field("Uuid", "string", { { QStringLiteral("format"), QStringLiteral("uuid") } }) },
        { text(QStringLiteral("one")),
            field("One", nullptr,
                { { QStringLiteral("enum"),
                    QJsonArray {
                        text(QStringLiteral("first")), text(QStringLiteral("second")) } } }) },
        { text(QStringLiteral("group")),
            field("Group", "object",
                { { QStringLiteral("properties"),
                    QJsonObject { { QStringLiteral("in"), field("In", "string") } } } }) },
        { text(QStringLiteral("list")),
            field("List", "array",
                { { QStringLiteral("minItems"), 1 },
                    { QStringLiteral("items"), field("Item", "string") } }) },
        { text(QStringLiteral("map")),
            field("Map", "object",
                { { QStringLiteral("additionalProperties"), field("Value", "string") } }) },
        { text(QStringLiteral("any")),
            field("Any", nullptr, { { QStringLiteral("oneOf"), QJsonArray { option, option } } }) },
    };
    const QJsonArray emitted { QJsonObject {
        { QStringLiteral("type"), text(QStringLiteral("Type")) },
        { QStringLiteral("data"),
            QJsonObject { { QStringLiteral("name"), QStringLiteral("data.id") } } } } };
    const QJsonArray guards { QJsonObject {
        { QStringLiteral("that"), QStringLiteral("data.id != 'no'") },
        { QStringLiteral("message"), text(QStringLiteral("Refused")) } } };
    write(QStringLiteral("commands/%1.json").arg(command()),
        jsonText({ { QStringLiteral("title"), text(QStringLiteral("Command")) },
            { QStringLiteral("description"), text(QStringLiteral("Does")) },
            { QStringLiteral("stream"), stream(1) },
            { QStringLiteral("schema"),
                QJsonObject { { QStringLiteral("type"), QStringLiteral("object") },
                    { QStringLiteral("required"), QJsonArray { QStringLiteral("id") } },
                    { QStringLiteral("properties"), properties } } },
            { QStringLiteral("require"), guards }, { QStringLiteral("emit"), emitted } }));
}

QByteArray MarkupStore::dataOf(int number) const
{
    QJsonObject data { { QStringLiteral("name"), text(QStringLiteral("Name")) },
        { text(QStringLiteral("key")), text(QStringLiteral("value")) },
        { QStringLiteral("n"), number },
        { QStringLiteral("list"), QJsonArray { text(QStringLiteral("element")) } } };
    if (number == 3)
        data[QStringLiteral("long")] = QString(100'000, u'<');
    return jsonText(data);
}

void MarkupStore::writeStore() const
{
    const auto file
        = QDir(folder()).filePath(fileName(QStringLiteral("events")) + QStringLiteral(".eventlog"));
    const auto store = openStore(file, OpenMode::Create);
    if (!store)
        qFatal("markup store: %s", qPrintable(store.error().message));
    const auto bulk = (*store)->beginBulk();
    for (int number = 1; number <= eventCount; ++number) {
        const auto id = [this](int of) {
            return of < 1 ? text(QStringLiteral("nowhere")).left(190)
                          : QStringLiteral("%1<b>a&b</b>\u202E").arg(of);
        };
        const QJsonObject metadata { { QStringLiteral("correlationId"),
                                         text(QStringLiteral("run")) },
            { QStringLiteral("causationId"), id(number - 1) },
            { QStringLiteral("actor"), text(QStringLiteral("actor")) },
            { QStringLiteral("command"), text(QStringLiteral("command")) } };
        const auto type = text(number % 5 == 0 ? QStringLiteral("Wrong") : QStringLiteral("Type"));
        const NewEvent event { type, dataOf(number), jsonText(metadata),
            Timestamp { 1'772'373'600'000'000 + number * 60'000'000LL }, id(number) };
        if (const auto added = (*bulk)->add(stream(number % 4 + 1), event); !added)
            qFatal("markup store: %s", qPrintable(added.error().message));
    }
    if (const auto done = (*bulk)->commit({}); !done)
        qFatal("markup store: %s", qPrintable(done.error().message));
}

} // namespace eventloupe
