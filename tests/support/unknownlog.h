#pragma once

#include <QSqlDatabase>
#include <QSqlQuery>
#include <QString>
#include <QVariant>

namespace eventloupe {

/// Writes an SQLite file with a table of events that is no known library's: `rows` of them over
/// three subjects, one a second.
inline void writeUnknownLog(const QString& file, int rows)
{
    const QString name = QStringLiteral("unknownlog");
    {
        auto database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), name);
        database.setDatabaseName(file);
        if (!database.open())
            qFatal("%s cannot be written", qPrintable(file));
        QSqlQuery query(database);
        query.exec(QStringLiteral(
            "CREATE TABLE happenings (seq INTEGER PRIMARY KEY, subject TEXT, revision INTEGER,"
            " kind TEXT, body TEXT, recorded_at INTEGER, message_id TEXT)"));
        query.exec(QStringLiteral("CREATE TABLE settings (name TEXT, value TEXT)"));
        database.transaction();
        query.prepare(QStringLiteral("INSERT INTO happenings VALUES (?, ?, ?, ?, ?, ?, ?)"));
        for (int i = 0; i < rows; ++i) {
            query.addBindValue(10 + i * 3);
            query.addBindValue(QStringLiteral("cart-%1").arg(i % 3));
            query.addBindValue(i / 3);
            query.addBindValue(i < 3 ? QStringLiteral("Opened") : QStringLiteral("ItemAdded"));
            query.addBindValue(QStringLiteral("{\"sku\":\"A%1\",\"qty\":%1}").arg(i));
            query.addBindValue(1'772'000'000'000 + i * 1000LL);
            query.addBindValue(QStringLiteral("m-%1").arg(i));
            query.exec();
        }
        database.commit();
        database.close();
    }
    QSqlDatabase::removeDatabase(name);
}

/// The same with all but the position in the JSON of one column.
inline void writePayloadLog(const QString& file, int rows)
{
    const QString name = QStringLiteral("payloadlog");
    {
        auto database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), name);
        database.setDatabaseName(file);
        if (!database.open())
            qFatal("%s cannot be written", qPrintable(file));
        QSqlQuery query(database);
        query.exec(QStringLiteral("CREATE TABLE notes (nr INTEGER PRIMARY KEY, x TEXT)"));
        database.transaction();
        query.prepare(QStringLiteral("INSERT INTO notes VALUES (?, ?)"));
        for (int i = 0; i < rows; ++i) {
            query.addBindValue(10 + i * 3);
            query.addBindValue(
                QStringLiteral("{\"kind\":\"%1\",\"about\":{\"cart\":\"cart-%2\",\"rev\":%3},"
                               "\"at\":%4,\"body\":{\"sku\":\"A%5\"}}")
                    .arg(i < 3 ? QStringLiteral("CartOpened") : QStringLiteral("ItemAdded"))
                    .arg(i % 3)
                    .arg(i / 3)
                    .arg(1'772'000'000'000 + i * 1000LL)
                    .arg(i));
            query.exec();
        }
        database.commit();
        database.close();
    }
    QSqlDatabase::removeDatabase(name);
}

} // namespace eventloupe
