#include "ui/postgres/keyring.h"

#include <QFile>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <optional>

using namespace eventloupe;

namespace {

const QString place = QStringLiteral("postgresql://ada@db.example.org/shop");

/// A session bus on which nobody offers anything that was not started here.
constexpr const char* busSettings
    = "<busconfig><type>session</type><listen>unix:tmpdir=%1</listen><policy context=\"default\">"
      "<allow send_destination=\"*\"/><allow receive_sender=\"*\"/><allow own=\"*\"/></policy>"
      "</busconfig>";

} // namespace

/// The desktop's keyring, as GNOME's service has it on a session bus of the test's own.
class KeyringTest final : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void cleanupTestCase();
    void withoutAServiceThereIsNoKeyring();
    void keepsReadsAndForgets();

private:
    std::optional<QByteArray> read(const QString& location)
    {
        std::optional<QByteArray> found;
        bool isDone = false;
        m_keyring.read(location, this, [&](const std::optional<QByteArray>& answer) {
            found = answer;
            isDone = true;
        });
        return QTest::qWaitFor([&] { return isDone; }) ? found : std::nullopt;
    }
    /// Why it failed; the text of a call that ends without one is empty.
    template <class Call> QString fault(Call call)
    {
        QString why = QStringLiteral("no answer");
        bool isDone = false;
        call([&](const QString& answer) {
            why = answer;
            isDone = true;
        });
        (void)QTest::qWaitFor([&] { return isDone; });
        return why;
    }

    QTemporaryDir m_folder;
    QProcess m_bus;
    QProcess m_service;
    DesktopKeyring m_keyring;
};

void KeyringTest::initTestCase()
{
    for (const char* program : { "dbus-daemon", "gnome-keyring-daemon" })
        if (QStandardPaths::findExecutable(QLatin1String(program)).isEmpty())
            QSKIP(qPrintable(QStringLiteral("%1 is not installed").arg(QLatin1String(program))));
    for (const char* variable : { "HOME", "XDG_RUNTIME_DIR", "XDG_DATA_HOME" })
        qputenv(variable, m_folder.path().toUtf8());
    for (const char* variable : { "XDG_CURRENT_DESKTOP", "DESKTOP_SESSION", "KDE_SESSION_VERSION" })
        qunsetenv(variable);
    QFile settings(m_folder.filePath(QStringLiteral("bus.conf")));
    QVERIFY(settings.open(QIODevice::WriteOnly));
    settings.write(QString::fromLatin1(busSettings).arg(m_folder.path()).toUtf8());
    settings.close();
    m_bus.start(QStringLiteral("dbus-daemon"),
        { QStringLiteral("--config-file=") + settings.fileName(), QStringLiteral("--nofork"),
            QStringLiteral("--print-address") });
    QVERIFY(m_bus.waitForReadyRead());
    // Before anyone in this process has looked for the bus.
    qputenv("DBUS_SESSION_BUS_ADDRESS", m_bus.readLine().trimmed());
}

void KeyringTest::cleanupTestCase()
{
    for (QProcess* each : { &m_service, &m_bus }) {
        each->terminate();
        if (each->state() != QProcess::NotRunning && !each->waitForFinished(5'000))
            each->kill();
    }
}

void KeyringTest::withoutAServiceThereIsNoKeyring()
{
    const QByteArray address = qgetenv("DBUS_SESSION_BUS_ADDRESS");
    qunsetenv("DBUS_SESSION_BUS_ADDRESS");
    QVERIFY(m_keyring.obstacle().contains(QStringLiteral("no keyring service")));
    qputenv("DBUS_SESSION_BUS_ADDRESS", address);
    QVERIFY(m_keyring.obstacle().contains(QStringLiteral("no keyring service")));
}

void KeyringTest::keepsReadsAndForgets()
{
    m_service.start(QStringLiteral("gnome-keyring-daemon"),
        { QStringLiteral("--unlock"), QStringLiteral("--foreground"),
            QStringLiteral("--components=secrets") });
    m_service.write("the keyring's own password\n");
    m_service.closeWriteChannel();
    QTRY_COMPARE(m_keyring.obstacle(), QString());
    QVERIFY(!read(place));
    const QByteArray secret = "p\303\244ss \"w\\ord\"\n\001";
    QCOMPARE(fault([&](auto done) { m_keyring.write(place, secret, this, done); }), QString());
    QCOMPARE(read(place), std::optional(secret));
    QVERIFY(!read(place + u'x'));
    const auto forget = [&](auto done) { m_keyring.forget(place, this, done); };
    QCOMPARE(fault(forget), QString());
    QVERIFY(!read(place));
    QCOMPARE(fault(forget), QString()); // What is not there is forgotten as well.
    // Nothing of it is in any file.
    QProcess search;
    search.start(QStringLiteral("grep"), { QStringLiteral("-ra"), QStringLiteral("ss \"w"),
                                             m_folder.path() });
    QVERIFY(search.waitForFinished());
    QCOMPARE(search.readAllStandardOutput(), QByteArray());
}

QTEST_GUILESS_MAIN(KeyringTest)
#include "tst_keyring.moc"
