#include "support/samplestore.h"
#include "support/windowbench.h"
#include "time/timecursor.h"
#include "ui/time/timelineslider.h"
#include "ui/window/filemenu.h"
#include "ui/window/sessionfile.h"

#include <QDir>
#include <QDirIterator>
#include <QFileInfo>
#include <QLineEdit>
#include <QScopeGuard>
#include <QSignalSpy>
#include <QTest>

#include <memory>

#include <sys/resource.h>
#include <sys/stat.h>

using namespace eventloupe;

// What cannot be read or written of a session.

class TestSessionFaults : public QObject {
    Q_OBJECT

private slots:
    void brokenFilesAreSetAside_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("torn") << QByteArray("{\"format\":1,\"recent\":[\"/a\"");
        QTest::newRow("no object") << QByteArray("[1]");
        QTest::newRow("no text") << QByteArray("\0\xff\x80", 3);
        QTest::newRow("deep") << QByteArray(100'000, '[');
    }
    void brokenFilesAreSetAside()
    {
        QFETCH(QByteArray, content);
        QTemporaryDir folder;
        qputenv("EVENTLOUPE_CONFIG_DIR", folder.path().toLocal8Bit());
        QString place;
        {
            Session session;
            session.addRecent(u"/a"_qs);
            session.setPlace(u"/a"_qs, { 12, false, {}, {}, {}, {} });
            session.flush();
            const QDir places(Session::folder() + u"/places"_qs);
            place = places.filePath(places.entryList({ u"*.json"_qs }).value(0));
        }
        for (const auto& name : { Session::fileName(), place }) {
            QFile file(name);
            QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
            QCOMPARE(file.write(content), content.size());
        }
        Session session;
        QVERIFY(session.takeTrouble().contains(u"session.json.broken"_qs));
        QVERIFY(session.takeTrouble().isEmpty());
        QVERIFY(session.recent().isEmpty());
        QCOMPARE(session.place(u"/a"_qs).position, 0);
        QVERIFY(session.takeTrouble().contains(QFileInfo(place).fileName() + u".broken"_qs));
        QVERIFY(QFile::exists(place + u".broken"_qs));
        // It goes on.
        session.setPlace(u"/a"_qs, { 5, false, {}, {}, {}, {} });
        session.flush();
        QVERIFY(QFile::exists(place));
    }

    /// As while the process has no file descriptor left.
    void whatCannotBeReadNowIsLeftAsItIs()
    {
        QTemporaryDir folder;
        qputenv("EVENTLOUPE_CONFIG_DIR", folder.path().toLocal8Bit());
        {
            Session session;
            session.setText(u"theme"_qs, u"dark"_qs);
            session.setPlace(u"/a"_qs, { 12, false, {}, {}, {}, "typed" });
        }
        std::unique_ptr<Session> session;
        QString told;
        {
            rlimit limit { };
            QCOMPARE(::getrlimit(RLIMIT_NOFILE, &limit), 0);
            const auto restore
                = qScopeGuard([limit] { QCOMPARE(::setrlimit(RLIMIT_NOFILE, &limit), 0); });
            const rlimit none { 0, limit.rlim_max };
            QCOMPARE(::setrlimit(RLIMIT_NOFILE, &none), 0);
            session = std::make_unique<Session>();
            told = session->takeTrouble();
            QCOMPARE(session->place(u"/a"_qs).position, 0);
        }
        QVERIFY2(told.contains(u"session.json cannot be read"_qs), qPrintable(told));
        QVERIFY(session->takeTrouble().contains(u"stays as it is"_qs));
        session->setText(u"pace"_qs, u"time"_qs);
        session->setPlace(u"/a"_qs, { 5, false, {}, {}, {}, "anew" });
        session->flush();
        QCOMPARE(Session().text(u"theme"_qs), u"dark"_qs);
        QCOMPARE(Session().text(u"pace"_qs), u"time"_qs);
        QCOMPARE(Session().place(u"/a"_qs).draft, QByteArray("typed"));
        // The store is opened once more.
        session->preparation()(u"/a"_qs);
        QCOMPARE(session->place(u"/a"_qs).draft, QByteArray("typed"));
        session->setPlace(u"/a"_qs, { 5, false, {}, {}, {}, "anew" });
        session.reset();
        QCOMPARE(Session().place(u"/a"_qs).draft, QByteArray("anew"));
    }

    void anotherWindowsBrokenFileIsItsOwn()
    {
        QTemporaryDir folder;
        qputenv("EVENTLOUPE_CONFIG_DIR", folder.path().toLocal8Bit());
        Session first;
        first.setPlace(u"/a"_qs, { 12, false, {}, {}, {}, "typed" });
        first.flush();
        const QString name = placeStem(folder.path(), u"/a"_qs) + u".json"_qs;
        QVERIFY(QFile::resize(name, 10));
        Session second;
        QCOMPARE(second.place(u"/a"_qs).position, 0);
        QVERIFY(second.takeTrouble().isEmpty());
        QCOMPARE(QFileInfo(name).size(), 10);
        QVERIFY(!QFile::exists(name + u".broken"_qs));
    }

    void whatIsTooLargeToBeReadIsNotWritten()
    {
        QTemporaryDir folder;
        qputenv("EVENTLOUPE_CONFIG_DIR", folder.path().toLocal8Bit());
        Session session;
        QSignalSpy failed(&session, &Session::failed);
        session.setPlace(u"/a"_qs, { 12, false, {}, {}, {}, "typed" });
        session.flush();
        session.setPlace(u"/a"_qs, { 13, false, {}, {}, {}, QByteArray(65 << 20, 'x') });
        session.flush();
        QTRY_COMPARE(failed.count(), 1);
        QVERIFY(failed.first().first().toString().contains(u"larger than 64 MB"_qs));
        const QString name = placeStem(folder.path(), u"/a"_qs) + u".json"_qs;
        QCOMPARE(lookAtPlace(name).draft, QByteArray("typed"));
        session.setPlace(u"/a"_qs, { 14, false, {}, {}, {}, "shorter" });
        session.flush();
        QCOMPARE(lookAtPlace(name).draft, QByteArray("shorter"));
    }

    void severalBrokenFilesAreKept()
    {
        const QTemporaryDir folder;
        const QString name = folder.filePath(u"a.json"_qs);
        for (char content = '1'; content <= '7'; ++content) {
            QFile file(name);
            QVERIFY(file.open(QIODevice::WriteOnly) && file.putChar(content));
            file.close();
            QVERIFY(setBrokenAside(name, u"torn"_qs).contains(u"a.json.broken,"_qs));
            QVERIFY(!QFile::exists(name));
        }
        QByteArray kept;
        for (const auto& each : QDir(folder.path()).entryList(QDir::Files, QDir::Name)) {
            QFile file(folder.filePath(each));
            QVERIFY(file.open(QIODevice::ReadOnly));
            kept += each.mid(6).toUtf8() + '=' + file.readAll() + ' ';
        }
        QCOMPARE(kept, QByteArray(".broken=7 .broken-2=6 .broken-3=5 .broken-4=4 .broken-5=3 "));
    }

    void whatCannotBeWrittenIsToldOnceAndWrittenLater()
    {
        QTemporaryDir folder;
        const auto place = folder.filePath(u"made"_qs);
        qputenv("EVENTLOUPE_CONFIG_DIR", place.toLocal8Bit());
        QFile obstacle(place);
        QVERIFY(obstacle.open(QIODevice::WriteOnly));
        Session session;
        QSignalSpy failed(&session, &Session::failed);
        session.setText(u"theme"_qs, u"dark"_qs);
        session.flush();
        session.flush();
        QTRY_COMPARE(failed.count(), 1);
        QCoreApplication::processEvents();
        QCOMPARE(failed.count(), 1);
        QVERIFY(obstacle.remove());
        session.flush();
        QCOMPARE(Session().text(u"theme"_qs), u"dark"_qs);
    }

    /// What was asked for instead of the open store came to nothing: the store is still open.
    void aFailedOpeningForgetsNothing()
    {
        SampleStore sample(SampleStore::numbered(50));
        WindowBench bench;
        QVERIFY(bench.open(sample.location()));
        bench.cursor().moveTo(20);
        QSignalSpy failed(&bench.workbench(), &Workbench::failed);
        emit bench.window().findChild<FileMenu*>()->newStoreAsked(sample.location());
        QTRY_COMPARE(failed.count(), 1);
        QCOMPARE(bench.cursor().position(), 20);
        bench.cursor().moveTo(30);
        bench.quit();
        bench.start();
        QVERIFY(bench.open(sample.location()));
        QTRY_COMPARE(bench.cursor().position(), 30);
    }
};

QTEST_MAIN(TestSessionFaults)
#include "tst_sessionfaults.moc"
