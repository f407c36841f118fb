#include "report/messagetemplates.h"
#include "report/programreport.h"
#include "report/recenterrors.h"
#include "report/storereport.h"
#include "report/workspacereport.h"
#include "store/openstore.h"
#include "support/filelocks.h"
#include "support/workspacefolder.h"

#include <QTemporaryDir>
#include <QTest>

using namespace eventloupe;

namespace {

QString translated(const char* text)
{
    return QCoreApplication::translate("TestReport", text);
}

/// Everywhere where a report could take it from.
constexpr auto marker = "Kx7secret";

QString marked(const char* name)
{
    return QLatin1String(marker) + QLatin1String(name);
}

NewEvent markedEvent(int number)
{
    NewEvent event;
    event.type = marked("Type");
    event.data = QByteArray("{\"") + marker + "Field\":\"" + marker + "Value\",\"n\":"
        + QByteArray::number(number) + '}';
    event.metadata = QByteArray("{\"actor\":\"") + marker + "Actor\"}";
    event.id = marked("Id%1").arg(number);
    return event;
}

} // namespace

/// What a bug report may say: the program's own texts and figures, and nothing of a log.
class TestReport : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { MessageTemplates::instance(); }

    void messagesAreGivenBackWithoutTheirContent()
    {
        const auto& templates = MessageTemplates::instance();
        QCOMPARE(templates.templateOf(translated("the walrus %1 swims to %2").arg(u"a"_qs, u"b"_qs)),
            u"the walrus %1 swims to %2"_qs);
        QCOMPARE(templates.templateOf(translated("no walrus at all")), u"no walrus at all"_qs);
        // A message in a message.
        const QString inner = translated("the walrus %1 is hungry").arg(marked("Name"));
        QCOMPARE(templates.templateOf(translated("%1: %2").arg(u"/home/x"_qs, inner)),
            u"%1: the walrus %1 is hungry"_qs);
        // Nothing of the program's: nothing but its length.
        QVERIFY(!templates.templateOf(u"what nobody translated"_qs));
        QVERIFY(!templates.templateOf(translated("%1: %2").arg(u"a"_qs, u"b"_qs)));
        QCOMPARE(templates.placeholdersFor(u"abc"_qs), u"(3 characters)"_qs);
    }

    void theTextThatSaysMostIsTaken()
    {
        const auto& templates = MessageTemplates::instance();
        static_cast<void>(translated("the seal %1"));
        const QString message = translated("the seal %1 sleeps on %2").arg(u"x"_qs, u"y"_qs);
        QCOMPARE(templates.templateOf(message), u"the seal %1 sleeps on %2"_qs);
        QCOMPARE(templates.templateOf(u"the seal is away"_qs), u"the seal %1"_qs);
    }

    void aTextMadeAtRunTimeIsNoTemplate()
    {
        const QByteArray made = QByteArray("a secret told ") + marker;
        QCOMPARE(translated(made.constData()), QString::fromUtf8(made));
        QVERIFY(!MessageTemplates::instance().templateOf(QString::fromUtf8(made)));
    }

    /// The store is open in the window that makes the report.
    void theStoreKeepsItsLocks()
    {
        const QTemporaryDir folder;
        const QString file = folder.filePath(u"s.eventlog"_qs);
        const auto store = openStore(file, OpenMode::Create);
        QVERIFY(store.ok());
        QCOMPARE(*(*store)->head(), 0);
        const int locks = locksOn(file);
        if (locks < 1)
            QSKIP("the system does not tell which locks there are");
        QVERIFY(sqliteFileFigures(file).find("page_size"));
        QCOMPARE(locksOn(file), locks);
        QVERIFY(!sqliteFileFigures(folder.filePath(u"none"_qs)).find("page_size"));
    }

    void errorsAreKeptWithoutTheirContent()
    {
        RecentErrors errors;
        errors.note({ ErrorCode::NotFound, translated("There is no whale %1.").arg(marked("W")) });
        errors.note({ ErrorCode::Corrupt, marked(" in a message of nobody") });
        const QByteArray text = errors.figures().toJson();
        QVERIFY2(!text.contains(marker), text);
        QVERIFY2(text.contains(R"x("code":"NotFound","message":"There is no whale %1.")x"), text);
        QVERIFY2(text.contains(R"x("code":"Corrupt","message":"(32 characters)")x"), text);
        for (std::size_t i = 0; i < 2 * RecentErrors::mostKept; ++i)
            errors.note({ ErrorCode::Busy, {} });
        QCOMPARE(errors.figures().size(), qsizetype(RecentErrors::mostKept));
    }

    void aStoreIsCountedAndNothingOfItIsTold()
    {
        const QTemporaryDir folder;
        const QString location = folder.filePath(marked("Folder.eventlog"));
        {
            const auto store = openStore(location, OpenMode::Create);
            QVERIFY(store.ok());
            for (int i = 0; i < 6; ++i) {
                AppendRequest request;
                request.stream = marked("Category-%1").arg(i % 2);
                request.events.append(markedEvent(i));
                QVERIFY((*store)->append(request).ok());
            }
        }
        const auto store = openStore(location, OpenMode::ReadOnly);
        QVERIFY(store.ok());
        const auto figures = storeFigures(**store, location, {});
        const QByteArray text = figures.toIndentedJson();
        QVERIFY2(!text.contains(marker), text);
        const auto* counts = figures.find("counts");
        QVERIFY(counts);
        QCOMPARE(counts->toJson(),
            QByteArray(R"({"events":6,"streams":2,"categories":1,"types":1,"last_page":6,"scanned":6})"));
        QCOMPARE(figures.find("kind")->toUtf8(), QByteArray("eventloupe"));
        QCOMPARE(figures.find("location")->find("suffix")->toUtf8(), QByteArray("eventlog"));
        QVERIFY(figures.find("bytes")->find("file")->toJson().toLongLong() > 0);
        QCOMPARE(figures.find("sqlite")->find("page_size")->toJson(), QByteArray("8192"));
        QCOMPARE(figures.find("sqlite")->find("wal_mode")->toJson(), QByteArray("true"));
    }

    void aLocationIsAHash()
    {
        const QString location = u"postgresql://%1:%1@%1.example.org/%1?password=%1"_qs.arg(marked("X"));
        const QByteArray text = locationFigures(location).toJson();
        QVERIFY2(!text.contains(marker), text);
        QVERIFY2(text.contains(R"("is":"server")"), text);
        // The password is not in the hash: two people's reports about one store agree.
        QCOMPARE(locationFigures(u"postgresql://a:one@db/x"_qs).toJson(),
            locationFigures(u"postgresql://a:two@db/x"_qs).toJson());
        const QByteArray odd = locationFigures(u"/x/a."_qs + marked("Suffix")).toJson();
        QVERIFY2(!odd.contains(marker), odd);
        QVERIFY2(!odd.contains("x7secret"), odd);
    }

    void aWorkspaceIsCountedAndItsProblemsAreTold()
    {
        WorkspaceFolder folder;
        folder.write(u"workspace.json"_qs, QByteArray("{\"name\":\"") + marker + "\"}");
        folder.write(u"events/"_qs + marked("E.json"), "{\"evolve\":{\"/a\":\"no such(\"}}");
        folder.write(u"events/OTHER.json"_qs,
            QByteArray("{\"evolve\":{\"/a\":\"") + marker + "\"}}");
        const auto workspace = folder.load();
        QVERIFY(workspace && !workspace->problems().isEmpty());
        const auto figures = workspaceFigures(*workspace);
        const QByteArray text = figures.toIndentedJson();
        QVERIFY2(!text.contains(marker), text);
        qint64 problems = 0;
        for (const JsonValue& each : figures.find("problems")->elements())
            problems += each.find("count")->toJson().toLongLong();
        QCOMPARE(problems, qint64(workspace->problems().size()));
    }

    void theProgramSaysWhatItIs()
    {
        const auto report = newReport();
        QCOMPARE(report.find("eventloupe_report")->toJson(), QByteArray("1"));
        for (const char* name : { "version", "qt", "sqlite", "system", "kernel", "processor" })
            QVERIFY2(report.find("program")->find(name), name);
        const QByteArray text = report.toJson();
        QVERIFY2(!text.contains(QSysInfo::machineHostName().toUtf8()), text);
    }
};

QTEST_GUILESS_MAIN(TestReport)
#include "tst_report.moc"
