#include "store/openstore.h"
#include "support/filesizelimit.h"
#include "time/marks.h"
#include "time/marksmodel.h"

#include <QAbstractItemModelTester>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <cerrno>
#include <csignal>
#include <thread>

using namespace eventloupe;

class TestMarks final : public QObject {
    Q_OBJECT

private slots:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void keepsMarksInAFile();
    void takesOverWhatASessionKnew();
    void prefersTheFile();
    void followsALink();
    void losesNoMarkOfTwoWindows();
    void losesNoMarkOfTwoProcesses();
    void leavesABrokenFileAlone();
    void tellsWhereItCannotWrite();
    void keepsWhatCannotBeWritten();
    void triesAgainWhenItIsClosed();
    void keepsItWhileAnotherFileIsOpen();
    void namesTheReason();
    void discardsAFile();
    void importsAndExports();
    void namesFaults_data();
    void namesFaults();
    void keepsNotesToTheirLength();
    void writesNothingThatIsTooLargeToRead();
    void showsRows();
    void liesBesideStoresOfOurOwnAlone();

private:
    [[nodiscard]] QString file(const char* name = "s.eventlog.marks.json") const
    {
        return m_folder->filePath(QString::fromUtf8(name));
    }
    [[nodiscard]] QByteArray text() const
    {
        QFile input(file());
        return input.open(QIODevice::ReadOnly) ? input.readAll() : QByteArray();
    }
    void write(const QByteArray& content) const
    {
        QFile output(file());
        QVERIFY(output.open(QIODevice::WriteOnly) && output.write(content) == content.size());
    }
    [[nodiscard]] static QString notes(const Marks& marks)
    {
        QStringList texts;
        for (const auto& [position, mark] : marks.all())
            texts.append(QString::number(position) + mark.note);
        return texts.join(u' ');
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestMarks::keepsMarksInAFile()
{
    {
        Marks marks;
        marks.open(file());
        marks.toggle(7);
        marks.set(3, QStringLiteral("x"));
        marks.toggle(9);
        marks.toggle(9);
        QCOMPARE(notes(marks), QStringLiteral("3x 7"));
        QTRY_VERIFY(text().contains("\"x\""));
    }
    QCOMPARE(QFileInfo(file()).permissions()
            & (QFileDevice::ReadGroup | QFileDevice::ReadOther | QFileDevice::WriteOther),
        QFileDevice::Permissions());
    Marks again;
    again.open(file());
    QTRY_COMPARE(notes(again), QStringLiteral("3x 7"));
    again.close();
    QVERIFY(again.all().empty());
}

/// As where a person keeps them in a folder of their own.
void TestMarks::followsALink()
{
    write(R"({"marks":[{"position":3,"note":"x"}]})");
    const QString link = file("link.json");
    QVERIFY(QFile::link(file(), link));
    {
        Marks marks;
        marks.open(link);
        QTRY_COMPARE(notes(marks), QStringLiteral("3x"));
        marks.toggle(7);
        QTRY_VERIFY(text().contains("7"));
    }
    QVERIFY(QFileInfo(link).isSymLink());
}

void TestMarks::takesOverWhatASessionKnew()
{
    Marks marks;
    marks.open(file(), { 5, 2 });
    QCOMPARE(notes(marks), QStringLiteral("2 5"));
    QTRY_VERIFY(text().contains("\"position\": 5"));
    QCOMPARE(notes(marks), QStringLiteral("2 5"));
}

void TestMarks::prefersTheFile()
{
    write(R"({"marks":[{"position":1,"note":"a","made":"2026-03-01T14:03:22Z"}]})");
    Marks marks;
    marks.open(file(), { 5 });
    QTRY_COMPARE(notes(marks), QStringLiteral("1a"));
}

void TestMarks::losesNoMarkOfTwoWindows()
{
    Marks one;
    Marks other;
    one.open(file());
    other.open(file());
    one.set(1, QStringLiteral("a"));
    other.set(2, QStringLiteral("b"));
    // Each sees the other's within its next look.
    QTRY_COMPARE(notes(one), QStringLiteral("1a 2b"));
    QTRY_COMPARE(notes(other), QStringLiteral("1a 2b"));
    one.remove(2);
    QTRY_COMPARE(notes(other), QStringLiteral("1a"));
}

void TestMarks::losesNoMarkOfTwoProcesses()
{
    constexpr int count = 60;
    std::vector<std::thread> writers;
    for (int writer = 0; writer < 3; ++writer) {
        writers.emplace_back([this, writer] {
            for (int i = 0; i < count; ++i)
                (void)changeMarks(file(), { { i * 3 + writer, Mark { {}, { 1 } } } });
        });
    }
    for (auto& writer : writers)
        writer.join();
    const auto marks = readMarks(file());
    QVERIFY(marks && *marks);
    QCOMPARE((*marks)->size(), std::size_t(count * 3));
    QVERIFY(!QFileInfo::exists(file() + QStringLiteral(".lock")));
}

void TestMarks::leavesABrokenFileAlone()
{
    write("{\"marks\":[");
    Marks marks;
    QSignalSpy failed(&marks, &Marks::failed);
    marks.open(file(), { 4 });
    QTRY_COMPARE(failed.size(), 1);
    QVERIFY(failed.first().first().value<Error>().message.contains(QStringLiteral("marks.json")));
    marks.toggle(8);
    QCOMPARE(notes(marks), QStringLiteral("4 8"));
    QTest::qWait(50);
    QCOMPARE(text(), QByteArray("{\"marks\":["));
    QCOMPARE(failed.size(), 1);
}

void TestMarks::tellsWhereItCannotWrite()
{
    QVERIFY(QFile(file("plain")).open(QIODevice::WriteOnly));
    Marks marks;
    QSignalSpy failed(&marks, &Marks::failed);
    marks.open(file("plain/below.json"));
    marks.toggle(8);
    QTRY_COMPARE(failed.size(), 1);
    QCOMPARE(notes(marks), QStringLiteral("8"));
    // It is tried again when it looks.
    QVERIFY(QFile::remove(file("plain")));
    QTRY_VERIFY(QFileInfo::exists(file("plain/below.json")));
    QCOMPARE(notes(marks), QStringLiteral("8"));
    QCOMPARE(failed.size(), 1);
}

/// Neither what others write nor what is written of its own takes it away.
void TestMarks::keepsWhatCannotBeWritten()
{
    MarkMap full;
    for (Position position = 1; position <= Position(mostMarks); ++position)
        full.insert({ position, Mark { {}, { 1 } } });
    QVERIFY(writeMarks(file(), full));
    Marks marks;
    QSignalSpy failed(&marks, &Marks::failed);
    marks.open(file());
    QTRY_COMPARE(marks.all().size(), mostMarks);
    marks.set(20'000, QStringLiteral("one too many"));
    QTRY_COMPARE(failed.size(), 1);
    full[7].note = QStringLiteral("of another window");
    QVERIFY(writeMarks(file(), full));
    QTRY_COMPARE(marks.all().at(7).note, full[7].note);
    QVERIFY(marks.all().contains(20'000));
    QCOMPARE(marks.all().at(20'000).note, QStringLiteral("one too many"));
    QCOMPARE(failed.size(), 1);
    marks.set(8, QStringLiteral("written"));
    QTRY_VERIFY(text().contains("written"));
    QVERIFY(!text().contains("one too many"));
    marks.remove(5);
    QTRY_VERIFY(text().contains("one too many"));
    QCOMPARE(marks.all().size(), mostMarks);
    QVERIFY(marks.all().contains(20'000));
    QCOMPARE(failed.size(), 1);
}

/// Without waiting for the next look; what was changed since is not written over.
void TestMarks::triesAgainWhenItIsClosed()
{
    for (const bool isDestroyed : { false, true }) {
        const auto below = QStringLiteral("plain%1").arg(isDestroyed);
        const QString kept = file(qPrintable(below + QStringLiteral("/below.json")));
        QVERIFY(QFile(file(qPrintable(below))).open(QIODevice::WriteOnly));
        Marks next;
        {
            Marks marks;
            QSignalSpy failed(&marks, &Marks::failed);
            marks.open(kept);
            marks.set(7, QStringLiteral("a"));
            marks.set(8, QStringLiteral("b"));
            QTRY_COMPARE(failed.size(), 1);
            QTRY_VERIFY(marks.isRead());
            QVERIFY(QFile::remove(file(qPrintable(below))));
            marks.set(8, QStringLiteral("c"));
            if (!isDestroyed)
                marks.close();
        }
        next.open(kept);
        QTRY_COMPARE(notes(next), QStringLiteral("7a 8c"));
    }
}

void TestMarks::keepsItWhileAnotherFileIsOpen()
{
    QVERIFY(QFile(file("plain")).open(QIODevice::WriteOnly));
    Marks marks;
    QSignalSpy failed(&marks, &Marks::failed);
    marks.open(file("plain/below.json"));
    marks.set(8, QStringLiteral("a"));
    QTRY_COMPARE(failed.size(), 1);
    marks.set(9, QStringLiteral("b"));
    // Before it is known whether that can be written, too.
    marks.open(file());
    QCOMPARE(notes(marks), QString());
    QTest::qWait(100);
    marks.open(file("plain/below.json"));
    QCOMPARE(notes(marks), QStringLiteral("8a 9b"));
    QVERIFY(QFile::remove(file("plain")));
    QTRY_VERIFY(QFileInfo::exists(file("plain/below.json")));
    QCOMPARE(notes(marks), QStringLiteral("8a 9b"));
}

void TestMarks::namesTheReason()
{
    QString told;
    std::signal(SIGXFSZ, SIG_IGN);
    {
        const FileSizeLimit limit(0);
        const auto changed = changeMarks(file(), { { 1, Mark { {}, { 1 } } } });
        told = changed ? QString() : changed.error().message;
    }
    QVERIFY2(!told.isEmpty() && !told.contains(QStringLiteral("folder")), qPrintable(told));
    QVERIFY2(told.contains(qt_error_string(EFBIG)), qPrintable(told));
    QCOMPARE(QDir(m_folder->path()).entryList(QDir::Files | QDir::Hidden), QStringList());
}

void TestMarks::discardsAFile()
{
    Marks marks;
    marks.openWith(file(), { { 5, Mark { QStringLiteral("a"), { 1 } } } });
    QCOMPARE(notes(marks), QStringLiteral("5a"));
    QTRY_VERIFY(text().contains("\"note\": \"a\""));
    marks.set(7, QStringLiteral("b"));
    const MarkMap left = marks.discard();
    QCOMPARE(left.size(), std::size_t(2));
    QVERIFY(!marks.isOpen());
    QTRY_VERIFY(!QFileInfo::exists(file()));
    QTest::qWait(50);
    QVERIFY(!QFileInfo::exists(file()));
    marks.openWith(file(), left);
    QTRY_VERIFY(text().contains("\"note\": \"b\""));
    QCOMPARE(notes(marks), QStringLiteral("5a 7b"));
}

void TestMarks::importsAndExports()
{
    Marks marks;
    marks.open(file());
    marks.set(1, QStringLiteral("a"));
    marks.exportFile(file("out.json"));
    QTRY_VERIFY(QFileInfo::exists(file("out.json")));
    marks.remove(1);
    marks.set(2, QStringLiteral("b"));
    marks.importFile(file("out.json"));
    QTRY_COMPARE(notes(marks), QStringLiteral("1a 2b"));
    QSignalSpy failed(&marks, &Marks::failed);
    marks.importFile(file("none.json"));
    QTRY_COMPARE(failed.size(), 1);
    // Not over what is a store's, nor from it.
    const auto store = openStore(file("s.eventlog"), OpenMode::Create);
    QVERIFY(store.ok());
    marks.exportFile(file("s.eventlog-journal"));
    QTRY_COMPARE(failed.size(), 2);
    QVERIFY(!QFileInfo::exists(file("s.eventlog-journal")));
    marks.importFile(file("s.eventlog"));
    QTRY_COMPARE(failed.size(), 3);
    const auto error = failed.last().first().value<Error>();
    QVERIFY2(error.message.contains(u"open here"), qPrintable(error.message));
}

void TestMarks::namesFaults_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("part");
    QTest::newRow("no list") << QByteArray("{}") << u"no list \"marks\""_qs;
    QTest::newRow("no position")
        << QByteArray(R"({"marks":[{"position":1},{}]})") << u"mark 2 has no \"position\""_qs;
    QTest::newRow("negative") << QByteArray(R"([{"position":-1}])") << u"mark 1"_qs;
    QTest::newRow("note") << QByteArray(R"([{"position":1,"note":1}])") << u"no text"_qs;
    QTest::newRow("time") << QByteArray(R"([{"position":1,"made":"x"}])") << u"no time"_qs;
    QTest::newRow("no JSON") << QByteArray("x") << u"a value is expected"_qs;
}

void TestMarks::namesFaults()
{
    QFETCH(QByteArray, json);
    QFETCH(QString, part);
    const auto marks = marksFromJson(json);
    QVERIFY(!marks);
    QVERIFY2(marks.error().message.contains(part), qPrintable(marks.error().message));
}

void TestMarks::keepsNotesToTheirLength()
{
    Marks marks;
    marks.open(file());
    marks.set(1, QString(5000, u'x'));
    QCOMPARE(marks.all().at(1).note.size(), longestNote);
    // Of a character outside of the basic plane there is no half.
    const QString owls = QStringLiteral("\U0001F989").repeated(longestNote);
    marks.set(1, u'x' + owls);
    QCOMPARE(marks.all().at(1).note, u'x' + owls.left(longestNote - 2));
    const auto read = marksFromJson("[{\"position\":1,\"note\":\"x" + owls.toUtf8() + "\"}]");
    QVERIFY(read);
    QCOMPARE(read->at(1).note, u'x' + owls.left(longestNote - 2));
}

void TestMarks::writesNothingThatIsTooLargeToRead()
{
    QList<MarkChange> changes;
    for (Position position = 1; position <= Position(mostMarks); ++position)
        changes.append({ position, Mark { QString(longestNote, u'ж'), { 1 } } });
    QVERIFY(changeMarks(file(), changes.mid(0, 10)));
    const auto before = text();
    const auto changed = changeMarks(file(), changes);
    QVERIFY(!changed);
    QCOMPARE(changed.error().code, ErrorCode::Unsupported);
    QVERIFY2(changed.error().message.contains(QStringLiteral("larger than 16 MB")),
        qPrintable(changed.error().message));
    QCOMPARE(text(), before);
    QVERIFY(changeMarks(file(), changes.mid(0, 6000)));
    QVERIFY(*readMarks(file()));
}

void TestMarks::showsRows()
{
    Marks marks;
    MarksModel model(marks);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    marks.open(file());
    marks.set(8120, QStringLiteral("here"));
    marks.set(12, {});
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(model.index(1, 0).data().toLongLong(), 8120);
    QCOMPARE(model.index(1, 1).data().toString(), QStringLiteral("here"));
    QCOMPARE(model.rowOf(8120), 1);
    QCOMPARE(model.rowOf(13), -1);
    QVERIFY(model.setData(model.index(0, 1), QStringLiteral(" there "), Qt::EditRole));
    QCOMPARE(marks.all().at(12).note, QStringLiteral("there"));
    QVERIFY(!model.setData(model.index(0, 0), 5, Qt::EditRole));
}

void TestMarks::liesBesideStoresOfOurOwnAlone()
{
    QCOMPARE(marksFileOf(QStringLiteral("/a/s.eventlog"), true, QStringLiteral("/c")),
        QStringLiteral("/a/s.eventlog.marks.json"));
    for (const auto& [location, isOurs] :
        { std::pair(u"/a/foreign.db"_qs, false), std::pair(u"postgresql://h/db"_qs, true) }) {
        const auto file = marksFileOf(location, isOurs, QStringLiteral("/c"));
        QVERIFY2(file.startsWith(QStringLiteral("/c/marks/")), qPrintable(file));
    }
}

QTEST_GUILESS_MAIN(TestMarks)
#include "tst_marks.moc"
