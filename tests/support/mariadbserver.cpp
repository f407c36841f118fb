#include "support/mariadbserver.h"

#include "mysql/mysqlconnection.h"

#include <QStringList>

#include <chrono>

namespace eventloupe {

MariaDbServer::MariaDbServer()
{
    m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_process.start(
        QStringLiteral("bash"), { QStringLiteral(EVENTLOUPE_SOURCE "/tests/support/mariadb.sh") });
    const QStringList words = readLine(120'000).split(u' ');
    if (words.value(0) != u"ready") {
        m_failure = words.join(u' ');
        if (m_failure.isEmpty())
            m_failure = QStringLiteral("mariadb.sh gave no answer");
        return;
    }
    m_port = words.value(1).toInt();
    m_folder = words.value(2);
}

MariaDbServer::~MariaDbServer()
{
    m_process.closeWriteChannel();
    if (!m_process.waitForFinished(20'000))
        m_process.kill();
    m_process.waitForFinished(5'000);
}

QString MariaDbServer::readLine(int timeout)
{
    while (!m_process.canReadLine())
        if (!m_process.waitForReadyRead(timeout))
            return {};
    return QString::fromUtf8(m_process.readLine()).trimmed();
}

QString MariaDbServer::location(const QString& database, const QString& user) const
{
    return QStringLiteral("mysql://%1@127.0.0.1:%2/%3").arg(user).arg(m_port).arg(database);
}

bool MariaDbServer::command(const QByteArray& line)
{
    m_process.write(line + '\n');
    return readLine(60'000) == u"ok";
}

namespace {

std::string_view view(const QByteArray& bytes)
{
    return { bytes.constData(), static_cast<std::size_t>(bytes.size()) };
}

std::unique_ptr<MysqlConnection> openForWriting(const QString& location)
{
    MysqlOptions options;
    options.address = *MysqlAddress::parse(location);
    options.mayWrite = true;
    options.statementTimeout = std::chrono::milliseconds(0);
    options.answerTimeout = std::chrono::minutes(5);
    auto connection = MysqlConnection::open(options);
    if (!connection)
        qFatal("%s", qPrintable(connection.error().message));
    return std::move(*connection);
}

} // namespace

ScratchMariaDb::ScratchMariaDb(const MariaDbServer& server)
{
    static int made = 0;
    m_name = QStringLiteral("scratch%1").arg(++made);
    const auto created
        = openForWriting(server.location({}))->query("CREATE DATABASE " + m_name.toStdString());
    if (!created)
        qFatal("%s", qPrintable(created.error().message));
    m_location = server.location(m_name);
}

ScratchMariaDb::~ScratchMariaDb() = default;

MysqlConnection& ScratchMariaDb::own() const
{
    if (!m_own || m_own->isBroken() || !m_own->query("DO 1"))
        m_own = connect();
    return *m_own;
}

std::unique_ptr<MysqlConnection> ScratchMariaDb::connect() const
{
    return openForWriting(m_location);
}

void ScratchMariaDb::run(const QByteArray& sql) const
{
    MysqlConnection& connection = own();
    for (qsizetype from = 0; from < sql.size();) {
        auto end = sql.indexOf(";\n", from);
        end = end < 0 ? sql.size() : end;
        const QByteArray statement = sql.mid(from, end - from);
        from = end + 2;
        if (statement.trimmed().isEmpty())
            continue;
        if (const auto done = connection.query(view(statement)); !done)
            qFatal("%s: %s", statement.left(300).constData(), qPrintable(done.error().message));
    }
}

QString ScratchMariaDb::lines(const QByteArray& sql) const
{
    QStringList found;
    const auto read = own().query(view(sql), [&found](const MysqlRow& row) {
        QStringList values;
        for (int column = 0; column < row.columns(); ++column)
            values.append(row.string(column));
        found.append(values.join(u'|'));
        return true;
    });
    if (!read)
        qFatal("%s", qPrintable(read.error().message));
    return found.join(u'\n');
}

QString ScratchMariaDb::content() const
{
    QString text;
    const QStringList tables = lines("SELECT TABLE_NAME FROM information_schema.TABLES WHERE"
                                     " TABLE_SCHEMA = DATABASE() ORDER BY 1")
                                   .split(u'\n');
    for (const QString& table : tables)
        text += lines("CHECKSUM TABLE `" + table.toUtf8() + "` EXTENDED") + u'\n'
            + lines("SHOW CREATE TABLE `" + table.toUtf8() + '`') + u'\n';
    return text;
}

} // namespace eventloupe
