#include "monkey/scratch.h"

#include "domain/workspacetemplate.h"
#include "store/openstore.h"
#include "support/samplestore.h"
#include "support/shoplog.h"
#include "support/unknownlog.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>

namespace eventloupe {

namespace {

void require(bool holds, const char* what)
{
    if (!holds)
        qFatal("the scratch folder cannot be made: %s", what);
}

void load(const QString& location, const QList<SampleEvent>& events)
{
    const auto store = openStore(location, OpenMode::Create);
    require(store.ok(), "no store");
    const auto bulk = (*store)->beginBulk();
    require(bulk.ok(), "no import");
    qint64 time = 1'772'373'600'000'000;
    for (const SampleEvent& event : events)
        require((*bulk)->add(event.stream,
                           NewEvent { event.type, event.data, "{}", { time += 1'000'000 }, {} })
                    .ok(),
            "an event");
    require((*bulk)->commit({}).ok(), "the events");
}

/// What is hard to show: markup, long and deep values, numbers, signs of all directions.
QList<SampleEvent> oddEvents()
{
    const QString type = QStringLiteral("<b>T</b>\u202e");
    const QString stream = QStringLiteral("odd-<img src=x>");
    return { { stream, type, R"({"<b>k</b>":"<img src=x onerror=y>","n":18446744073709551615})" },
        { stream, type, R"({"a":100.10,"a":-0.0,"big":1e400,"s":"\u202egnp\u0000\ud83e\udd8a"})" },
        { stream, type, "{\"long\":\"" + QByteArray(1'000'000, 'x') + "\"}" },
        { stream, type, QByteArray(300, '[') + QByteArray(300, ']') },
        { stream, type, "[]" }, { stream, type, "null" }, { QStringLiteral("x"), type, "\"text\"" },
        { QStringLiteral("-"), QStringLiteral(" "), "{\"\":{\"\":{}}}" } };
}

QByteArray ndjson(int events)
{
    QByteArray lines;
    for (int i = 0; i < events; ++i)
        lines += "{\"stream\":\"cart-" + QByteArray::number(i % 50)
            + "\",\"type\":\"ITEM_ADDED\",\"data\":{\"sku\":\"A" + QByteArray::number(i % 7)
            + "\",\"qty\":" + QByteArray::number(i % 5) + ",\"unitPrice\":2.50}}\n";
    return lines;
}

void copyAll(const QString& from, const QString& to)
{
    QDirIterator each(from, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (each.hasNext()) {
        const QString path = to + each.next().mid(from.size());
        QDir().mkpath(QFileInfo(path).path());
        require(QFile::copy(each.filePath(), path), "a copy");
        QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner);
    }
}

} // namespace

Scratch::Scratch(QString folder)
    : m_folder(std::move(folder))
{
    makeWorkspaces();
    makeStores();
    makeFiles();
    copyForeign();
    renew();
}

QString Scratch::place(const QString& name)
{
    m_places.append(name);
    const QString path = m_folder + QStringLiteral("/pristine/") + name;
    QDir().mkpath(QFileInfo(path).path());
    return path;
}

void Scratch::write(const QString& name, const QByteArray& bytes)
{
    QFile file(place(name));
    require(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size(), "a file");
}

void Scratch::makeWorkspaces()
{
    for (const QString& name : workspaceTemplates()) {
        const QString folder = place(name);
        require(writeWorkspace(name, folder).ok(), "a workspace");
        if (name != QLatin1String("shop"))
            continue;
        const auto store = openStore(folder + QStringLiteral("/events.eventlog"), OpenMode::Create);
        require(store.ok(), "the shop's store");
        loadShop(**store, 2000);
        m_places.append({ name, name }); // Most panels have something to show there.
    }
    require(writeWorkspace(QStringLiteral("users"), place(QStringLiteral("broken"))).ok(), "users");
    write(QStringLiteral("broken/commands/NEW.json"), "{\"title\": \"No end");
    m_places.removeLast();
}

void Scratch::makeStores()
{
    load(place(QStringLiteral("long.eventlog")), SampleStore::numbered(20'000));
    load(place(QStringLiteral("odd.eventlog")), oddEvents());
    load(place(QStringLiteral("empty.eventlog")), {});
    const QString damaged = place(QStringLiteral("damaged.eventlog"));
    load(damaged, SampleStore::numbered(500));
    QFile file(damaged);
    require(file.open(QIODevice::ReadWrite) && file.seek(file.size() / 2)
            && file.write(QByteArray(6000, '\x5a')) == 6000,
        "the damage");
    writeUnknownLog(place(QStringLiteral("unknown.db")), 300);
}

void Scratch::makeFiles()
{
    write(QStringLiteral("none.eventlog"), "not a store");
    write(QStringLiteral("few.ndjson"), ndjson(20));
    write(QStringLiteral("many.ndjson"), ndjson(5000));
    write(QStringLiteral("broken.ndjson"), ndjson(3) + "{\"stream\":");
    write(QStringLiteral("table.csv"), "stream,type,time,n\na-1,B,2026-03-01,1\na-2,C,,\"x\"\"y\"\n");
    write(QStringLiteral("list.json"), "{\"events\":[{\"id\":1,\"kind\":\"A\",\"b\":{\"c\":[1]}}]}");
    write(QStringLiteral("nothing"), {});
}

void Scratch::copyForeign()
{
    const QDir shared(QStringLiteral(EVENTLOUPE_SHARED "/stores"));
    for (const QString& name : shared.entryList({ QStringLiteral("*.db") }, QDir::Files))
        require(QFile::copy(shared.filePath(name), place(name)), "a database");
}

void Scratch::renew() const
{
    QDir(work()).removeRecursively();
    QDir().mkpath(work() + QStringLiteral("/out"));
    copyAll(m_folder + QStringLiteral("/pristine"), work());
}

} // namespace eventloupe
