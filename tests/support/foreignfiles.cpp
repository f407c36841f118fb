#include "support/foreignfiles.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>

#include <cstdio>
#include <cstdlib>
#include <string>

#include <sqlite3.h>

namespace eventloupe {

namespace {

constexpr const char writerVariable[] = "EVENTLOUPE_TEST_WRITER";
constexpr int patience = 60'000;

/// The other program: runs the texts that come, each after a line with its length, and answers each
/// with a line.
void serveStatements(const char* path)
{
    sqlite3* handle = nullptr;
    int result = sqlite3_open(path, &handle);
    std::size_t length = 0;
    while (std::scanf("%zu", &length) == 1) {
        std::getchar();
        std::string sql(length, ' ');
        if (std::fread(sql.data(), 1, length, stdin) != length)
            break;
        if (result == SQLITE_OK)
            result = sqlite3_exec(handle, sql.c_str(), nullptr, nullptr, nullptr);
        std::printf("%s\n", result == SQLITE_OK ? "ok" : sqlite3_errmsg(handle));
        std::fflush(stdout);
    }
    sqlite3_close(handle);
    std::_Exit(0);
}

/// A test program that is started with the variable is the other program.
const bool isTest = [] {
    if (const char* const path = std::getenv(writerVariable))
        serveStatements(path);
    return true;
}();

} // namespace

OtherProgram::OtherProgram(const QString& path)
{
    Q_UNUSED(isTest);
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QString::fromLatin1(writerVariable), path);
    m_process.setProcessEnvironment(environment);
    m_process.setProcessChannelMode(QProcess::SeparateChannels);
    m_process.start(QCoreApplication::applicationFilePath(), {});
    if (!m_process.waitForStarted(patience))
        qFatal("cannot start the other program");
}

OtherProgram::~OtherProgram()
{
    m_process.closeWriteChannel();
    m_process.waitForFinished(patience);
}

void OtherProgram::run(const QByteArray& sql)
{
    m_process.write(QByteArray::number(sql.size()) + "\n" + sql);
    while (!m_process.canReadLine())
        if (!m_process.waitForReadyRead(patience))
            qFatal("the other program does not answer");
    const QByteArray answer = m_process.readLine().trimmed();
    if (answer != "ok")
        qFatal("%s: %s", sql.left(200).constData(), answer.constData());
}

void OtherProgram::die()
{
    m_process.kill();
    m_process.waitForFinished(patience);
}

QByteArray emmettTables()
{
    return "CREATE TABLE emt_streams(stream_id TEXT NOT NULL, stream_position BIGINT NOT NULL,"
           " partition TEXT NOT NULL DEFAULT 'global', stream_type TEXT NOT NULL,"
           " stream_metadata JSONB NOT NULL, is_archived BOOLEAN NOT NULL DEFAULT FALSE,"
           " PRIMARY KEY (stream_id, partition, is_archived));"
           "CREATE TABLE emt_messages(stream_id TEXT NOT NULL, stream_position BIGINT NOT NULL,"
           " partition TEXT NOT NULL DEFAULT 'global', message_kind CHAR(1) NOT NULL DEFAULT 'E',"
           " message_data JSONB NOT NULL, message_metadata JSONB NOT NULL,"
           " message_schema_version TEXT NOT NULL, message_type TEXT NOT NULL,"
           " message_id TEXT NOT NULL, is_archived BOOLEAN NOT NULL DEFAULT FALSE,"
           " global_position INTEGER PRIMARY KEY, created DATETIME DEFAULT CURRENT_TIMESTAMP,"
           " UNIQUE (stream_id, stream_position, partition, is_archived));";
}

QByteArray emmettEvent(qint64 position, const QByteArray& stream, qint64 version,
    const QByteArray& type, const QByteArray& data, const QByteArray& id)
{
    const QByteArray name = id.isEmpty() ? "id-" + QByteArray::number(position) : id;
    return "INSERT INTO emt_messages VALUES('" + stream + "'," + QByteArray::number(version)
        + ",'global','E','" + data + "','{}','1','" + type + "','" + name + "',0,"
        + QByteArray::number(position) + ",'2026-01-05 08:00:00');";
}

std::unique_ptr<EventStore> openCounted(const QString& location)
{
    auto store = openStore(location, OpenMode::ReadOnly);
    if (!store)
        qFatal("%s", qPrintable(store.error().message));
    waitUntilCounted(**store, {});
    return std::move(*store);
}

QString openingError(const QString& location)
{
    const auto store = openStore(location, OpenMode::ReadOnly);
    return store ? QString() : store.error().message;
}

QMap<QString, QByteArray> filesOf(const QString& folder)
{
    // By another program: to open and close a file here would drop the locks that are held on it.
    QMap<QString, QByteArray> files;
    for (const QString& name : QDir(folder).entryList(QDir::Files | QDir::Hidden)) {
        QProcess sum;
        sum.start(QStringLiteral("sha256sum"), { folder + u'/' + name });
        if (!sum.waitForFinished(patience) || sum.exitCode() != 0)
            qFatal("cannot read %s", qPrintable(name));
        files.insert(name, sum.readAllStandardOutput().left(64));
    }
    return files;
}

QString copyOfShared(const QString& name, const QString& folder)
{
    const QString path = folder + u'/' + name;
    if (!QFile::copy(QStringLiteral(EVENTLOUPE_SHARED "/stores/") + name, path))
        return {};
    QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner);
    return path;
}

} // namespace eventloupe
