#include "store/storesecrets.h"
#include "ui/postgres/serverdialog.h"
#include "ui/postgres/serverform.h"
#include "ui/postgres/tlsmodes.h"

#include <QComboBox>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <memory>

using namespace eventloupe;

/// The dialog for a database server, with a server that the test plays.
class ServerDialogTest final : public QObject {
    Q_OBJECT

private:
    template <class Widget> static Widget& find(const QWidget& dialog, const char* name)
    {
        auto* widget = dialog.findChild<Widget*>(QString::fromLatin1(name));
        if (!widget)
            qFatal("no %s", name);
        return *widget;
    }

    static Result<ServerReport> shop(const QString&, const CancelToken&)
    {
        return ServerReport { { QStringLiteral("db:5432"), QStringLiteral("PostgreSQL 15.18"),
                                  QStringLiteral("TLSv1.3, certificate and host name verified"),
                                  true },
            QStringLiteral("ada"), QStringLiteral("shop"),
            { QStringLiteral("Eventloupe, schema public: 12 events") } };
    }

    static QString allTexts(const QWidget& window)
    {
        QString texts = window.windowTitle();
        for (const auto* label : window.findChildren<QLabel*>())
            texts += label->text() + label->toolTip() + u'\n';
        for (const auto* field : window.findChildren<QLineEdit*>())
            texts += field->text() + field->toolTip() + u'\n';
        for (const auto* list : window.findChildren<QComboBox*>())
            for (int i = 0; i < list->count(); ++i)
                texts += list->itemText(i) + list->itemData(i).toString() + u'\n';
        for (const auto* each : window.findChildren<QWidget*>())
            texts += each->accessibleName() + each->accessibleDescription() + u'\n';
        return texts;
    }

private slots:
    void fieldsFollowTheAddress()
    {
        ServerForm form;
        auto& address = find<QLineEdit>(form, "serverAddress");
        QTest::keyClicks(&address,
            QStringLiteral("postgresql://ada@db1,db2:5433/shop?sslmode=verify-full&schema=log"));
        QCOMPARE(form.problem(), QString());
        QCOMPARE(find<QLineEdit>(form, "serverHosts").text(), QStringLiteral("db1,db2"));
        QCOMPARE(find<QLineEdit>(form, "serverDatabase").text(), QStringLiteral("shop"));
        QCOMPARE(find<QLineEdit>(form, "serverUser").text(), QStringLiteral("ada"));
        QCOMPARE(find<QLineEdit>(form, "serverSchema").text(), QStringLiteral("log"));
        QCOMPARE(find<QComboBox>(form, "serverTls").currentData().toString(),
            QStringLiteral("verify-full"));
        QVERIFY(find<QLabel>(form, "tlsPromise").text().contains(QStringLiteral("host name")));
    }

    void theAddressFollowsTheFields()
    {
        ServerForm form;
        QTest::keyClicks(&find<QLineEdit>(form, "serverHosts"), QStringLiteral("db1,db2"));
        QTest::keyClicks(&find<QLineEdit>(form, "serverPorts"), QStringLiteral("5433"));
        QTest::keyClicks(&find<QLineEdit>(form, "serverDatabase"), QStringLiteral("my shop"));
        QTest::keyClicks(&find<QLineEdit>(form, "serverUser"), QStringLiteral("a@b"));
        QCOMPARE(form.location(), QStringLiteral("postgresql://a%40b@db1:5433,db2:5433/my%20shop"));
        QCOMPARE(find<QLineEdit>(form, "serverAddress").text(), form.location());
    }

    void whatTheFormHasNoFieldForStays()
    {
        const QString location
            = QStringLiteral("postgresql://ada@db/shop?target_session_attrs=read-write");
        ServerForm form;
        form.setLocation(location);
        QTest::keyClicks(&find<QLineEdit>(form, "serverPorts"), QStringLiteral("6"));
        QCOMPARE(form.location(),
            QStringLiteral("postgresql://ada@db:6/shop?target_session_attrs=read-write"));
    }

    void anAddressOfMysqlShowsItsFields()
    {
        ServerForm form;
        form.show();
        QTest::keyClicks(&find<QLineEdit>(form, "serverAddress"),
            QStringLiteral("mysql://ada@db:3307/shop?ssl-mode=verify_identity&ssl-ca=/ca.pem"));
        QCOMPARE(form.problem(), QString());
        QCOMPARE(find<QComboBox>(form, "serverKind").currentIndex(), 1);
        QCOMPARE(find<QLineEdit>(form, "serverHosts").text(), QStringLiteral("db"));
        QCOMPARE(find<QLineEdit>(form, "serverPorts").text(), QStringLiteral("3307"));
        QCOMPARE(find<QLineEdit>(form, "serverDatabase").text(), QStringLiteral("shop"));
        QCOMPARE(find<QComboBox>(form, "serverTls").currentData().toString(),
            QStringLiteral("VERIFY_IDENTITY"));
        QVERIFY(!find<QLineEdit>(form, "serverSchema").isVisible());
        QVERIFY(!find<QComboBox>(form, "serverService").isVisible());
        QTest::keyClicks(&find<QLineEdit>(form, "serverDatabase"), QStringLiteral(" 2"));
        QCOMPARE(form.location(),
            QStringLiteral("mysql://ada@db:3307/shop%202?ssl-mode=VERIFY_IDENTITY&ssl-ca=/ca.pem"));
        QTest::keyClicks(&find<QLineEdit>(form, "serverHosts"), QStringLiteral(",db2"));
        QVERIFY2(form.problem().contains(QStringLiteral("db,db2")), qPrintable(form.problem()));
    }

    void theKindOfServerIsChosen()
    {
        ServerForm form;
        QTest::keyClicks(&find<QLineEdit>(form, "serverSchema"), QStringLiteral("log"));
        auto& kind = find<QComboBox>(form, "serverKind");
        kind.setCurrentIndex(1);
        QVERIFY(!form.problem().isEmpty());
        QTest::keyClicks(&find<QLineEdit>(form, "serverHosts"), QStringLiteral("/run/db.sock"));
        QTest::keyClicks(&find<QLineEdit>(form, "serverUser"), QStringLiteral("a@b"));
        QCOMPARE(form.location(), QStringLiteral("mysql://a%40b@/?socket=/run/db.sock"));
        kind.setCurrentIndex(0);
        QVERIFY(form.location().startsWith(QStringLiteral("postgresql://a%40b@")));
        QVERIFY(form.location().contains(QStringLiteral("schema=log")));
    }

    void takesAPasswordOutOfMysqlsAddress()
    {
        const QString secret = QStringLiteral("hunter2mysql");
        ServerDialog dialog(shop, {});
        QTest::keyClicks(&find<QLineEdit>(dialog, "serverAddress"),
            QStringLiteral("mysql://ada:%1@db/shop").arg(secret));
        QCOMPARE(dialog.location(), QStringLiteral("mysql://ada@db/shop"));
        QCOMPARE(secretOf(dialog.location()), std::optional(secret.toUtf8()));
        QVERIFY(!allTexts(dialog).contains(secret));
    }

    void tellsWhatIsNoAddress()
    {
        ServerDialog dialog(shop, {});
        QVERIFY(!find<QPushButton>(dialog, "openServer").isEnabled());
        QTest::keyClicks(&find<QLineEdit>(dialog, "serverAddress"),
            QStringLiteral("postgresql://db/x?nonsense=1"));
        QVERIFY(dialog.form().problem().contains(QStringLiteral("nonsense")));
        QVERIFY(!find<QPushButton>(dialog, "openServer").isEnabled());
        QVERIFY(!find<QPushButton>(dialog, "testServer").isEnabled());
    }

    void takesAPasswordOutOfTheAddress()
    {
        const QString secret = QStringLiteral("hunter2typed");
        ServerDialog dialog(shop, {});
        QTest::keyClicks(&find<QLineEdit>(dialog, "serverAddress"),
            QStringLiteral("postgresql://ada:%1@db/shop").arg(secret));
        QCOMPARE(dialog.location(), QStringLiteral("postgresql://ada@db/shop"));
        QCOMPARE(secretOf(dialog.location()), std::optional(secret.toUtf8()));
        QVERIFY(!allTexts(dialog).contains(secret));
        // It is for this server, whatever else is changed; and for no other one.
        QTest::keyClicks(&find<QLineEdit>(dialog, "serverDatabase"), QStringLiteral("2"));
        QCOMPARE(secretOf(dialog.location()), std::optional(secret.toUtf8()));
        QTest::keyClicks(&find<QLineEdit>(dialog, "serverHosts"), QStringLiteral(".evil"));
        QCOMPARE(secretOf(dialog.location()), std::optional<QByteArray>());
    }

    void takesAPastedPasswordOut()
    {
        const QString secret = QStringLiteral("hunter2pasted");
        ServerDialog dialog(shop, {});
        auto& address = find<QLineEdit>(dialog, "serverAddress");
        address.insert(QStringLiteral("postgresql://db/shop?password=%1").arg(secret));
        emit address.textEdited(address.text());
        QCOMPARE(dialog.location(), QStringLiteral("postgresql://db/shop"));
        QVERIFY(!allTexts(dialog).contains(secret));
    }

    void goesQuietlyWhileItsAddressHasTheKeyboard()
    {
        auto form = std::make_unique<ServerForm>();
        const QSignalSpy edited(form.get(), &ServerForm::edited);
        form->show();
        QVERIFY(QTest::qWaitForWindowActive(form.get()));
        auto& address = find<QLineEdit>(*form, "serverAddress");
        address.setFocus();
        address.setText(QStringLiteral("postgresql://ada:secret@db/shop"));
        const auto before = edited.count();
        form.reset();
        QCOMPARE(edited.count(), before);
    }

    void showsWhatTheTestFound()
    {
        ServerDialog dialog(shop, {});
        dialog.form().setLocation(QStringLiteral("postgresql://ada@db/shop"));
        QSignalSpy worked(&dialog, &ServerDialog::testWorked);
        find<QPushButton>(dialog, "testServer").click();
        QVERIFY(worked.wait(10'000));
        const auto texts = allTexts(find<QWidget>(dialog, "serverReport"));
        for (const auto& text : { "db:5432", "PostgreSQL 15.18", "standby", "ada, database shop",
                 "TLSv1.3, certificate and host name verified", "schema public: 12 events" })
            QVERIFY2(texts.contains(QLatin1String(text)), text);
    }

    void anEditMakesATestOutdated()
    {
        std::atomic<bool> wasCancelled { false };
        ServerDialog dialog(
            [&wasCancelled](const QString&, const CancelToken& cancel) -> Result<ServerReport> {
                while (!cancel.isCancelled())
                    QThread::msleep(1);
                wasCancelled = true;
                return Error { ErrorCode::Cancelled, QStringLiteral("cancelled") };
            },
            {});
        dialog.form().setLocation(QStringLiteral("postgresql://ada@db/shop"));
        dialog.test();
        QTest::keyClicks(&find<QLineEdit>(dialog, "serverPorts"), QStringLiteral("1"));
        QVERIFY(QTest::qWaitFor([&wasCancelled] { return wasCancelled.load(); }, 10'000));
        QTest::qWait(20);
        QVERIFY(find<QWidget>(dialog, "serverReport").isHidden());
        QVERIFY(find<QWidget>(dialog, "serverProblem").isHidden());
    }

    void tellsWhyATestFailed()
    {
        ServerDialog dialog(
            [](const QString&, const CancelToken&) -> Result<ServerReport> {
                return Error { ErrorCode::InputOutput, QStringLiteral("db does not answer.") };
            },
            {});
        dialog.form().setLocation(QStringLiteral("postgresql://ada@db/shop"));
        dialog.test();
        auto& problem = find<QWidget>(dialog, "serverProblem");
        QVERIFY(QTest::qWaitFor(
            [&problem] {
                return problem.accessibleName() == QStringLiteral("db does not answer.");
            },
            10'000));
    }

    void offersRecentServers()
    {
        const QString location = QStringLiteral("postgresql://ada@db/shop");
        ServerDialog dialog(shop, { location });
        auto& recent = find<QComboBox>(dialog, "serverRecent");
        recent.setCurrentIndex(1);
        emit recent.activated(1);
        QCOMPARE(dialog.location(), location);
    }

    void namesServicesButNothingElseOfTheirFile()
    {
        QTemporaryDir folder;
        QFile file(folder.filePath(QStringLiteral("services")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("# mine\n[shop]\nhost=db\npassword=hunter2service\n[bank]\n");
        file.close();
        qputenv("PGSERVICEFILE", file.fileName().toLocal8Bit());
        qputenv("PGSYSCONFDIR", folder.path().toLocal8Bit());
        ServerForm form;
        qunsetenv("PGSERVICEFILE");
        qunsetenv("PGSYSCONFDIR");
        auto& service = find<QComboBox>(form, "serverService");
        QCOMPARE(service.count(), 3);
        QCOMPARE(service.itemText(1), QStringLiteral("shop"));
        QVERIFY(!allTexts(form).contains(QStringLiteral("hunter2service")));
        service.setEditText(QStringLiteral("shop"));
        QCOMPARE(form.location(), QStringLiteral("postgresql:///?service=shop"));
    }

    void everyTlsModeSaysWhatItVerifies()
    {
        QStringList names;
        for (const TlsMode& mode : tlsModes()) {
            names.append(mode.name);
            QVERIFY(!mode.promise.isEmpty());
        }
        QCOMPARE(names.join(u' '),
            QStringLiteral(" disable allow prefer require verify-ca verify-full"));
    }
};

QTEST_MAIN(ServerDialogTest)
#include "tst_serverdialog.moc"
