#include "support/samplestore.h"
#include "support/windowbench.h"
#include "time/timecursor.h"
#include "ui/time/timelineslider.h"
#include "ui/window/filemenu.h"

#include <QFileInfo>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>

using namespace eventloupe;

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
        Session session;
        session.setText(u"theme"_qs, u"dark"_qs);
        session.save();
        session.setText(u"theme"_qs, u"light"_qs);
        session.save();
        const auto others
            = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
        QVERIFY(QFileInfo::exists(Session::fileName()));
        QVERIFY(!(QFile::permissions(Session::fileName()) & others));
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
        QCOMPARE(session.place(u"/store0"_qs).position, 0);
        QCOMPARE(session.place(u"/store5"_qs).position, 6);
        session.addRecent(u"/store5"_qs);
        QCOMPARE(session.recent().first(), u"/store5"_qs);
        QCOMPARE(session.recent().size(), Session::recentCount);
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
        QVERIFY(QFile::remove(Session::fileName()));
        session.setPlace(u"/a"_qs, place);
        session.setBytes(u"window/docks"_qs, QByteArray("\0\xff", 2));
        session.save();
        QVERIFY(!QFile::exists(Session::fileName()));
        session.setPlace(u"/a"_qs, { 13, false, u"a"_qs, {}, { 3, 9 }, QByteArray("\0x", 2) });
        session.save();
        QVERIFY(QFile::exists(Session::fileName()));
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
