#pragma once

#include <QProcess>
#include <QString>

#include <memory>

namespace eventloupe {

class MysqlConnection;

/// A throw-away MariaDB server on loopback; see mariadb.sh, which ends it with this object and also
/// where the test is killed.
class MariaDbServer final {
public:
    MariaDbServer();
    ~MariaDbServer();

    /// Empty when it runs, else why not.
    [[nodiscard]] const QString& failure() const { return m_failure; }
    [[nodiscard]] int port() const { return m_port; }
    [[nodiscard]] const QString& folder() const { return m_folder; }
    [[nodiscard]] QString location(
        const QString& database, const QString& user = QStringLiteral("eventloupe")) const;
    /// kill, stop, continue, start; false where it was refused.
    [[nodiscard]] bool command(const QByteArray& line);

private:
    [[nodiscard]] QString readLine(int timeout);

    QProcess m_process;
    QString m_failure;
    QString m_folder;
    int m_port = 0;
};

/// A new database on it, as another library's application would have it. A failure ends the test
/// program.
class ScratchMariaDb final {
public:
    explicit ScratchMariaDb(const MariaDbServer& server);
    ~ScratchMariaDb();
    ScratchMariaDb(const ScratchMariaDb&) = delete;
    ScratchMariaDb& operator=(const ScratchMariaDb&) = delete;

    [[nodiscard]] const QString& name() const { return m_name; }
    [[nodiscard]] QString location(const QString& rest = {}) const { return m_location + rest; }
    /// A session that may write.
    [[nodiscard]] std::unique_ptr<MysqlConnection> connect() const;
    /// Runs statements with ";\n" between them.
    void run(const QByteArray& sql) const;
    /// The first column of a result, a line each.
    [[nodiscard]] QString lines(const QByteArray& sql) const;
    /// What each table holds: its CHECKSUM and its definition.
    [[nodiscard]] QString content() const;

private:
    MysqlConnection& own() const;

    QString m_name;
    QString m_location;
    mutable std::unique_ptr<MysqlConnection> m_own; ///< For what is run here.
};

} // namespace eventloupe
