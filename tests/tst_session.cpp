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

namespace {

bool isPrivate(const QFileInfo& info)
{
    return !(info.permissions()
        & (QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup | QFile::ReadOther
            | QFile::WriteOther | QFile::ExeOther));
}

} // namespace

class TestSession : public QObject {
    Q_OBJECT

private slots:
    void placesComeBack()
    {
        QTemporaryDir folder;
        qputenv("EVENTLOUPE_CONFIG_DIR", folder.path().toLocal8Bit());
        {
            Session session;
            session.addRecent(u"/a"_qs);
            session.setPlace(u"/a"_qs,
                { 12, false, u"type == \"ä, b\""_qs, u"user-1"_qs, { 3, 9 },
                    QByteArray("\0x", 2) });
        }
        Session session;
        const auto place = session.place(u"/a"_qs);
        QCOMPARE(place.position, 12);
        QVERIFY(!place.live);
        QCOMPARE(place.filter, u"type == \"ä, b\""_qs);
        QCOMPARE(place.pinned, u"user-1"_qs);
        QCOMPARE(place.marks, (std::set<Position> { 3, 9 }));
        QCOMPARE(place.draft, QByteArray("\0x", 2));
        QVERIFY(session.place(u"/other"_qs).live);
    }

    void fileIsForItsOwnerOnly()
    {
        QTemporaryDir folder;
        qputenv("EVENTLOUPE_CONFIG_DIR", folder.filePath(u"made"_qs).toLocal8Bit());
        const mode_t before = ::umask(0);
        const auto restore = qScopeGuard([before] { ::umask(before); });
        Session session;
        session.setText(u"theme"_qs, u"dark"_qs);
        session.save();
        session.setText(u"theme"_qs, u"light"_qs);
        session.save();
        session.setPlace(u"/a"_qs, { 1, false, {}, {}, {}, {} });
        session.flush();
        QVERIFY(QFileInfo::exists(Session::fileName()));
        QVERIFY(QDir(Session::folder() + u"/places"_qs).entryList({ u"*.json"_qs }).size() == 1);
        // Whatever the process's umask is.
        QDirIterator all(Session::folder(), QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot,
            QDirIterator::Subdirectories);
        while (all.hasNext()) {
            const QFileInfo info(all.next());
            QVERIFY2(isPrivate(info), qPrintable(info.filePath()));
        }
        QVERIFY(isPrivate(QFileInfo(Session::folder())));
    }

    void recentIsBounded()
    {
        QTemporaryDir folder;
        qputenv("EVENTLOUPE_CONFIG_DIR", folder.path().toLocal8Bit());
        Session session;
        for (int i = 0; i < Session::recentCount + 2; ++i) {
            const auto location = u"/store%1"_qs.arg(i);
            session.addRecent(location);
            session.setPlace(location, { i + 1, false, {}, {}, {}, {} });
        }
        QCOMPARE(session.recent().size(), Session::recentCount);
        QCOMPARE(session.recent().first(), u"/store11"_qs);
        session.flush();
        QTRY_COMPARE(session.place(u"/store0"_qs).position, 0);
        QCOMPARE(session.place(u"/store5"_qs).position, 6);
        session.addRecent(u"/store5"_qs);
        QCOMPARE(session.recent().first(), u"/store5"_qs);
        QCOMPARE(session.recent().size(), Session::recentCount);
    }

    /// What falls off is what the file has last, not what this window knew last.
    void whatAnotherWindowShowedIsNoOldOne()
    {
        QTemporaryDir folder;
        qputenv("EVENTLOUPE_CONFIG_DIR", folder.path().toLocal8Bit());
        QStringList stores;
        {
            Session session;
            for (int i = Session::recentCount; i > 0; --i) {
                stores.prepend(u"/store%1"_qs.arg(i));
                session.addRecent(stores.first());
                session.setPlace(stores.first(), { 1, false, {}, {}, {}, {} });
            }
        }
        Session session;
        session.addRecent(stores.first());
        session.flush();
        {
            Session other;
            other.addRecent(stores.last());
            other.setPlace(stores.last(), { 12, false, {}, {}, {}, "typed" });
        }
        session.addRecent(u"/new"_qs);
        session.flush();
        QCOMPARE(Session().place(stores.last()).draft, QByteArray("typed"));
        QCOMPARE(Session().recent().mid(0, 3),
            (QStringList { u"/new"_qs, stores.last(), stores.first() }));
        QCOMPARE(Session().recent().size(), Session::recentCount);
        QVERIFY(!Session().recent().contains(stores.at(stores.size() - 2)));
        QCOMPARE(Session().place(stores.at(stores.size() - 2)).position, 0);
        // The first one here, and no more so in the file.
        {
            Session other;
            other.addRecent(stores.last());
        }
        session.addRecent(u"/new"_qs);
        session.flush();
        QCOMPARE(Session().recent().first(), u"/new"_qs);
    }

    void nothingIsForgottenUntilTheListIsWritten()
    {
        QTemporaryDir folder;
        qputenv("EVENTLOUPE_CONFIG_DIR", folder.path().toLocal8Bit());
        {
            Session session;
            for (int i = 0; i < Session::recentCount; ++i)
                session.addRecent(u"/store%1"_qs.arg(i));
            session.setPlace(u"/store0"_qs, { 12, false, {}, {}, {}, {} });
        }
        const auto lock = Session::fileName() + u".lock"_qs;
        QVERIFY(QDir().mkdir(lock)); // No file can be made of that name.
        Session session;
        session.addRecent(u"/new"_qs);
        session.flush();
        QCOMPARE(Session().place(u"/store0"_qs).position, 12);
        QVERIFY(QDir().rmdir(lock));
        session.flush();
        QCOMPARE(Session().recent().first(), u"/new"_qs);
        QCOMPARE(Session().place(u"/store0"_qs).position, 0);
    }

    void windowComesBack()
    {
        SampleStore sample(SampleStore::numbered(50));
        WindowBench bench;
        QVERIFY(bench.open(sample.location()));
        bench.window().resize(1100, 720);
        bench.cursor().moveTo(20);
        bench.workbench().parts().subject.pin(u"user-1"_qs);
        bench.find<TimelineSlider>("timelineSlider")->toggleMark(7);
        auto* filter = bench.find<QLineEdit>("filterEdit");
        QTest::keyClicks(filter, u"data.n > 5"_qs);
        QTest::keyClick(filter, Qt::Key_Return);
        bench.quit();

        bench.start();
        QVERIFY(bench.open(sample.location()));
        QTRY_COMPARE(bench.cursor().position(), 20);
        QVERIFY(!bench.cursor().isLive());
        QCOMPARE(bench.workbench().parts().subject.stream(), u"user-1"_qs);
        QVERIFY(bench.workbench().parts().subject.isPinned());
        QCOMPARE(bench.find<TimelineSlider>("timelineSlider")->marks(), (std::set<Position> { 7 }));
        QCOMPARE(bench.find<QLineEdit>("filterEdit")->text(), u"data.n > 5"_qs);
        QCOMPARE(bench.workbench().parts().filter.expression(), u"data.n > 5"_qs);
        QCOMPARE(bench.window().size(), QSize(1100, 720));
    }

    /// As after a kill: what another reader finds in the file while the window is open.
    void isKeptWithoutAQuit()
    {
        SampleStore sample(SampleStore::numbered(50));
        WindowBench bench;
        QVERIFY(bench.open(sample.location()));
        bench.cursor().moveTo(20);
        bench.workbench().parts().subject.pin(u"user-1"_qs);
        bench.find<TimelineSlider>("timelineSlider")->toggleMark(7);
        bench.workbench().parts().filter.setExpression(u"data.n > 5"_qs);
        const auto written = [&] { return Session().place(sample.location()); };
        QTRY_COMPARE(written().position, 20);
        QTRY_COMPARE(written().filter, u"data.n > 5"_qs);
        QVERIFY(!written().live);
        QCOMPARE(written().pinned, u"user-1"_qs);
        QCOMPARE(written().marks, (std::set<Position> { 7 }));
        QVERIFY(!Session().bytes(u"window/geometry"_qs).isEmpty());
    }

    void isWrittenForAChangeOnly()
    {
        QTemporaryDir folder;
        qputenv("EVENTLOUPE_CONFIG_DIR", folder.path().toLocal8Bit());
        const Session::Place place { 12, false, u"a"_qs, {}, { 3, 9 }, QByteArray("\0x", 2) };
        {
            Session session;
            session.setPlace(u"/a"_qs, place);
            session.setBytes(u"window/docks"_qs, QByteArray("\0\xff", 2));
        }
        Session session; // What it compares with was read from the file.
        QCOMPARE(session.place(u"/a"_qs).position, 12);
        QVERIFY(QFile::remove(Session::fileName()));
        const QDir places(Session::folder() + u"/places"_qs);
        const auto file = places.filePath(places.entryList({ u"*.json"_qs }).value(0));
        QVERIFY(QFile::remove(file));
        session.setPlace(u"/a"_qs, place);
        session.setBytes(u"window/docks"_qs, QByteArray("\0\xff", 2));
        session.flush();
        QVERIFY(!QFile::exists(Session::fileName()));
        QVERIFY(!QFile::exists(file));
        session.setPlace(u"/a"_qs, { 13, false, u"a"_qs, {}, { 3, 9 }, QByteArray("\0x", 2) });
        session.setText(u"theme"_qs, u"dark"_qs);
        session.flush();
        QVERIFY(QFile::exists(file));
        // One that was removed is made anew with all that is known.
        QCOMPARE(Session().bytes(u"window/docks"_qs), QByteArray("\0\xff", 2));
    }

    void valuesOfOtherTypesAreAsAtFirst()
    {
        const auto place = placeFromJson(
            "{\"format\":7,\"position\":-3,\"live\":\"no\",\"filter\":[],\"marks\":[1,\"x\",-1,9],"
            "\"others\":{\"a\":\"b\",\"c\":1},\"newer\":{}}");
        QVERIFY(place);
        QCOMPARE(place->position, 0);
        QVERIFY(place->live);
        QCOMPARE(place->marks, (std::set<Position> { 1, 9 }));
        QCOMPARE(place->others, (QMap<QString, QByteArray> { { u"a"_qs, "b" } }));
    }

    void windowsOnTheSameStoreHaveTheirOwn()
    {
        QTemporaryDir folder;
        qputenv("EVENTLOUPE_CONFIG_DIR", folder.path().toLocal8Bit());
        {
            Session first;
            first.setPlace(u"/a"_qs, { 12, false, u"f"_qs, {}, {}, "typed in the first" });
            first.setText(u"theme"_qs, u"dark"_qs);
            Session second;
            // It begins where the first is, but what is typed there is issued there.
            first.flush();
            QCOMPARE(second.place(u"/a"_qs).position, 12);
            QCOMPARE(second.place(u"/a"_qs).draft, QByteArray());
            second.setPlace(u"/a"_qs, { 30, false, {}, {}, {}, "typed in the second" });
            second.setText(u"pace"_qs, u"time"_qs);
            second.flush();
            first.setText(u"speed"_qs, u"2"_qs);
            first.flush();
        }
        Session first;
        Session second;
        QCOMPARE(first.place(u"/a"_qs).draft, QByteArray("typed in the first"));
        QCOMPARE(second.place(u"/a"_qs).draft, QByteArray("typed in the second"));
        QCOMPARE(second.place(u"/a"_qs).position, 30);
        // What is the window's is of both.
        QCOMPARE(first.text(u"theme"_qs), u"dark"_qs);
        QCOMPARE(first.text(u"pace"_qs), u"time"_qs);
        QCOMPARE(first.text(u"speed"_qs), u"2"_qs);
    }

    void whatAKilledWriterLeftIsRemoved()
    {
        QTemporaryDir folder;
        qputenv("EVENTLOUPE_CONFIG_DIR", folder.path().toLocal8Bit());
        QFile left(Session::fileName() + u".a1B2c3.new"_qs);
        QVERIFY(left.open(QIODevice::WriteOnly));
        QFile lock(Session::fileName() + u".lock"_qs);
        QVERIFY(lock.open(QIODevice::WriteOnly));
        Session session;
        session.setText(u"theme"_qs, u"dark"_qs);
        session.flush();
        QVERIFY(!left.exists());
        QCOMPARE(Session().text(u"theme"_qs), u"dark"_qs);
    }

    void liveStaysLive()
    {
        SampleStore sample(SampleStore::numbered(5));
        WindowBench bench;
        QVERIFY(bench.open(sample.location()));
        bench.quit();
        sample.append(SampleStore::numbered(5, 6));
        bench.start();
        QVERIFY(bench.open(sample.location()));
        QTRY_COMPARE(bench.cursor().position(), 10);
        QVERIFY(bench.cursor().isLive());
    }
};

QTEST_MAIN(TestSession)
#include "tst_session.moc"
