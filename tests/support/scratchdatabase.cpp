#include "support/scratchdatabase.h"

#include "foreign/foreignstores.h"
#include "postgres/postgresconnection.h"

#include <QProcess>

namespace eventloupe {

ScratchDatabase::ScratchDatabase(const PostgresServer& server)
{
    static int made = 0;
    const QString name = QStringLiteral("scratch%1").arg(++made);
    const QString failure = server.run("CREATE DATABASE " + name.toUtf8());
    if (!failure.isEmpty())
        qFatal("%s", qPrintable(failure));
    m_location
        = QStringLiteral("postgresql://eventloupe@127.0.0.1:%1/%2").arg(server.port()).arg(name);
}

std::unique_ptr<PostgresConnection> ScratchDatabase::connect() const
{
    PostgresOptions options;
    options.address = *PostgresAddress::parse(m_location);
    options.isReadOnly = false;
    auto connection = PostgresConnection::open(options);
    if (!connection)
        qFatal("%s", qPrintable(connection.error().message));
    return std::move(*connection);
}

void ScratchDatabase::run(const QByteArray& sql) const
{
    const auto done = connect()->execute(sql);
    if (!done)
        qFatal("%s: %s", sql.left(300).constData(), qPrintable(done.error().message));
}

QString ScratchDatabase::load(const QString& file) const
{
    QProcess psql;
    psql.setProcessChannelMode(QProcess::MergedChannels);
    psql.start(QStringLiteral("psql"),
        { QStringLiteral("-X"), QStringLiteral("-q"), QStringLiteral("-v"),
            QStringLiteral("ON_ERROR_STOP=1"), QStringLiteral("-f"), file, QStringLiteral("-d"),
            m_location });
    if (!psql.waitForFinished(60'000))
        return QStringLiteral("psql did not end: %1").arg(psql.errorString());
    return psql.exitCode() == 0 ? QString() : QString::fromUtf8(psql.readAll());
}

std::unique_ptr<EventStore> openCounted(const QString& location)
{
    auto store = openStore(location, OpenMode::ReadOnly);
    if (!store)
        qFatal("%s", qPrintable(store.error().message));
    waitUntilCounted(**store, {});
    return std::move(*store);
}

QString lineOf(const Event& event)
{
    return QStringLiteral("%1@%2 %3 %4")
        .arg(event.stream)
        .arg(event.version)
        .arg(event.type, QString::fromUtf8(event.data));
}

} // namespace eventloupe
