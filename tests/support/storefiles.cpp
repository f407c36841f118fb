#include "support/storefiles.h"

#include <QFile>

#include <sqlite3.h>

namespace eventloupe {

namespace {

QString execute(sqlite3* database, const QByteArray& sql)
{
    char* message = nullptr;
    sqlite3_exec(database, sql.constData(), nullptr, nullptr, &message);
    const QString result = QString::fromUtf8(message);
    sqlite3_free(message);
    return result;
}

QByteArrayList triggers(sqlite3* database)
{
    QByteArrayList result;
    sqlite3_exec(
        database, "SELECT sql FROM sqlite_schema WHERE type = 'trigger'",
        [](void* list, int, char** values, char**) {
            static_cast<QByteArrayList*>(list)->append(values[0]);
            return 0;
        },
        &result, nullptr);
    return result;
}

} // namespace

QString runSql(const QString& path, const QByteArray& sql)
{
    sqlite3* database = nullptr;
    sqlite3_open_v2(QFile::encodeName(path).constData(), &database, SQLITE_OPEN_READWRITE, nullptr);
    const QString result = execute(database, sql);
    sqlite3_close_v2(database);
    return result;
}

QString tamper(const QString& path, const QByteArray& sql)
{
    sqlite3* database = nullptr;
    sqlite3_open_v2(QFile::encodeName(path).constData(), &database, SQLITE_OPEN_READWRITE, nullptr);
    const QByteArrayList kept = triggers(database);
    QString result = execute(database,
        "DROP TRIGGER event_is_not_updated; DROP TRIGGER event_is_not_deleted;"
        "DROP TRIGGER event_is_not_replaced;"
            + sql);
    for (const QByteArray& trigger : kept)
        result += execute(database, trigger);
    sqlite3_close_v2(database);
    return result;
}

void makeStoreFile(const QString& path, int events)
{
    const auto store = openStore(path, OpenMode::Create);
    if (!store)
        qFatal("%s", qPrintable(store.error().message));
    const auto bulk = (*store)->beginBulk();
    for (int i = 1; i <= events; ++i) {
        const NewEvent event { QStringLiteral("E"), "{\"n\":" + QByteArray::number(i) + '}', "{}",
            { i }, QStringLiteral("id-%1").arg(i) };
        if (!(*bulk)->add(QStringLiteral("s-%1").arg((i - 1) % 3 + 1), event))
            qFatal("the event was refused");
    }
    if (!(*bulk)->commit({}))
        qFatal("the load was refused");
}

Result<AppendOutcome> appendOne(EventStore& store, const QString& stream)
{
    return store.append({ stream, ExpectedVersion::any(),
        { NewEvent { QStringLiteral("E"), "{}", "{}", { 1 }, QString() } } });
}

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void writeContent(const QString& path, const QByteArray& content)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
        qFatal("%s cannot be written", qPrintable(path));
}

} // namespace eventloupe
