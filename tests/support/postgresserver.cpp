#include "support/postgresserver.h"

#include "postgres/postgresconnection.h"

namespace eventloupe {

namespace {

Result<std::unique_ptr<PostgresConnection>> connectTo(const QString& location)
{
    PostgresOptions options;
    auto address = PostgresAddress::parse(location);
    if (!address)
        return address.error();
    options.address = *address;
    options.isReadOnly = false;
    return PostgresConnection::open(options);
}

} // namespace

PostgresServer::~PostgresServer()
{
    m_process.closeWriteChannel();
    if (!m_process.waitForFinished(20'000))
        m_process.kill();
    m_process.waitForFinished(5'000);
}

void PostgresServer::start(const QStringList& arguments)
{
    m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_process.start(QStringLiteral("bash"),
        QStringList(QStringLiteral(EVENTLOUPE_SOURCE "/tests/support/postgres.sh")) + arguments);
    const QStringList words = readLine(120'000).split(QLatin1Char(' '));
    if (words.value(0) != QLatin1String("ready")) {
        m_failure = words.join(QLatin1Char(' '));
        if (m_failure.isEmpty())
            m_failure = QStringLiteral("postgres.sh gave no answer");
        return;
    }
    m_port = words.value(1).toInt();
    m_folder = words.value(2);
}

QString PostgresServer::readLine(int timeout)
{
    while (!m_process.canReadLine())
        if (!m_process.waitForReadyRead(timeout))
            return {};
    return QString::fromUtf8(m_process.readLine()).trimmed();
}

QString PostgresServer::location(const QString& schema, const QString& role) const
{
    return QStringLiteral("postgresql://%1@127.0.0.1:%2/postgres?schema=%3")
        .arg(role)
        .arg(m_port)
        .arg(schema);
}

bool PostgresServer::command(const char* word)
{
    m_process.write(QByteArray(word) + '\n');
    return readLine(60'000) == QLatin1String("ok");
}

QString PostgresServer::run(const QByteArray& sql) const
{
    const auto connection = connectTo(location(QStringLiteral("public")));
    if (!connection)
        return connection.error().message;
    const auto done = (*connection)->execute(sql);
    return done ? QString() : done.error().message;
}

QString PostgresServer::value(const QByteArray& sql) const
{
    const auto connection = connectTo(location(QStringLiteral("public")));
    if (!connection)
        return connection.error().message;
    const auto result = (*connection)->query({ sql.constData(), std::size_t(sql.size()) });
    if (!result)
        return result.error().message;
    return result->rows() > 0 ? result->string(0, 0) : QString();
}

} // namespace eventloupe
