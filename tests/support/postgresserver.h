#pragma once

#include <QProcess>
#include <QString>

namespace eventloupe {

/// A throw-away PostgreSQL server on loopback; see postgres.sh, which ends it with this object and
/// also where the test is killed.
class PostgresServer final {
public:
    PostgresServer() { start({ QStringLiteral("primary") }); }
    /// A standby of another one.
    explicit PostgresServer(const PostgresServer& primary)
    {
        start({ QStringLiteral("standby"), QString::number(primary.port()) });
    }
    ~PostgresServer();

    /// Empty when it runs, else why not.
    [[nodiscard]] const QString& failure() const { return m_failure; }
    [[nodiscard]] int port() const { return m_port; }
    [[nodiscard]] const QString& folder() const { return m_folder; }
    /// Of a schema in its database "postgres", as its owner or another role.
    [[nodiscard]] QString location(
        const QString& schema, const QString& role = QStringLiteral("eventloupe")) const;
    /// kill, stop, continue, start, promote, cut; false where it was refused.
    [[nodiscard]] bool command(const char* word);
    /// Runs SQL as the owner; an empty text, or why it failed.
    [[nodiscard]] QString run(const QByteArray& sql) const;
    /// The first value that a statement gives.
    [[nodiscard]] QString value(const QByteArray& sql) const;

private:
    void start(const QStringList& arguments);
    [[nodiscard]] QString readLine(int timeout);

    QProcess m_process;
    QString m_failure;
    QString m_folder;
    int m_port = 0;
};

} // namespace eventloupe
