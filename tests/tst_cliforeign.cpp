#include "support/program.h"

#include <QFile>
#include <QJsonArray>
#include <QTest>

#include <memory>

using namespace eventloupe;

/// Another library's database on the command line, as a script has it.
class CliForeignTest final : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<Program> m_program;

    ProgramRun run(const QString& words) const { return m_program->run(words); }

private slots:
    void init()
    {
        m_program = std::make_unique<Program>();
        if (!QFile::copy(QStringLiteral(EVENTLOUPE_SHARED "/stores/emmett-sqlite.db"),
                m_program->path(QStringLiteral("shop.db"))))
            QSKIP("no databases of other libraries here");
        m_program->write(QStringLiteral("shop/workspace.json"),
            json("{'name':'Shop','store':'../shop.db'}"));
    }

    void isListedByItsFileAndByItsWorkspace()
    {
        const auto file = run(QStringLiteral("stores shop.db"));
        QCOMPARE(file.code, 0);
        QCOMPARE(file.object().value(QStringLiteral("profile")).toString(),
            QStringLiteral("emmett-sqlite"));
        QCOMPARE(file.object().value(QStringLiteral("about_events")).toInt(), 1625);
        const auto workspace = run(QStringLiteral("stores shop"));
        QCOMPARE(workspace.err, QByteArray());
        QCOMPARE(workspace.code, 0);
        QCOMPARE(workspace.object().value(QStringLiteral("profile")).toString(),
            QStringLiteral("emmett-sqlite"));
        const auto proposed = run(QStringLiteral("stores shop --propose"));
        QCOMPARE(proposed.code, 0);
        QVERIFY(proposed.out.contains("\"message_data\""));
        const auto nothing = run(QStringLiteral("stores nowhere"));
        QCOMPARE(nothing.code, 1);
        m_program->makeStore(1);
        const auto own = run(QStringLiteral("stores s.eventlog"));
        QCOMPARE(own.code, 1);
        QVERIFY2(own.err.contains("a store of Eventloupe's own"), own.err.constData());
    }

    void isReadByEveryVerb()
    {
        QCOMPARE(run(QStringLiteral("log shop.db")).lines().size(), 1625);
        QCOMPARE(run(QStringLiteral("log shop")).out, run(QStringLiteral("log shop.db")).out);
        const auto streams = run(QStringLiteral("streams shop.db"));
        QCOMPARE(streams.lines().size(), 95);
        const auto stream = streams.object().value(QStringLiteral("stream")).toString();
        const auto state = m_program->run({ QStringLiteral("state"), QStringLiteral("shop.db"),
            stream, QStringLiteral("--version"), QStringLiteral("1") });
        QCOMPARE(state.code, 0);
        QCOMPARE(state.object().value(QStringLiteral("version")).toInt(), 1);
        const auto verified = run(QStringLiteral("verify shop.db"));
        QCOMPARE(verified.code, 0);
        QVERIFY2(verified.out.contains("1625 events verified"), verified.out.constData());
        const auto command = run(QStringLiteral("command shop OPEN"));
        QCOMPARE(command.code, 1);
    }

    void sharedStreamsAreCopiedWithVersionsOfTheirOwn()
    {
        if (!QFile::copy(QStringLiteral(EVENTLOUPE_SHARED "/stores/rails-event-store.db"),
                m_program->path(QStringLiteral("rails.db"))))
            QSKIP("no database of Rails Event Store here");
        const auto copied = run(QStringLiteral("copy rails.db copy.eventlog"));
        QVERIFY2(copied.code == 0, copied.err.constData());
        const auto there = run(QStringLiteral("log rails.db")).lines();
        const auto here = run(QStringLiteral("log copy.eventlog"));
        QVERIFY(!there.isEmpty());
        QCOMPARE(here.lines().size(), there.size());
        const auto last = static_cast<qsizetype>(there.size()) - 1;
        QCOMPARE(here.object(last).value(QStringLiteral("id")),
            run(QStringLiteral("log rails.db")).object(last).value(QStringLiteral("id")));
        QCOMPARE(run(QStringLiteral("verify copy.eventlog")).code, 0);
        // What is there already is known again, whatever its versions are.
        // Into another log that could not be written either: both are said.
        m_program->write(QStringLiteral("x.ndjson"), json("{'stream':'x-1','type':'X','data':{}}\n"));
        QCOMPARE(run(QStringLiteral("import x.eventlog x.ndjson")).code, 0);
        const auto refused = run(QStringLiteral("copy x.eventlog rails.db"));
        QCOMPARE(refused.code, 1);
        QVERIFY2(refused.err.contains("is no copy of x.eventlog"), refused.err);
        QVERIFY2(refused.err.contains("Nor can it be written: "), refused.err);
        const auto again = run(QStringLiteral("copy rails.db copy.eventlog"));
        QVERIFY2(again.code == 0, again.err.constData());
        QCOMPARE(run(QStringLiteral("log copy.eventlog")).lines().size(), there.size());
    }

    /// What stands before a damaged page is given out, and nobody takes it for all.
    void whatLiesBeforeDamageIsReadAndNotTakenForAll()
    {
        QFile file(m_program->path(QStringLiteral("shop.db")));
        QVERIFY(file.open(QIODevice::ReadWrite));
        constexpr qint64 page = 4096;
        QVERIFY(file.seek(60 * page));
        QCOMPARE(file.write(QByteArray(page, '\xff')), page);
        file.close();
        const auto log = run(QStringLiteral("log shop.db"));
        const auto lines = log.lines().size();
        QVERIFY2(lines > 0 && lines < 1625, qPrintable(QString::number(lines)));
        QVERIFY2(log.err.contains("before the damage"), log.err);
        QCOMPARE(log.code, 1);
        QCOMPARE(run(QStringLiteral("log shop.db --to 5")).lines().size(), 5);
        const auto exported = run(QStringLiteral("export shop.db -o all.ndjson"));
        QCOMPARE(exported.code, 1);
        QVERIFY2(exported.out.contains(QByteArray::number(lines)), exported.out);
        const auto copied = run(QStringLiteral("copy shop.db copy.eventlog"));
        QCOMPARE(copied.code, 1);
        QCOMPARE(copied.object().value(QStringLiteral("copied")).toInt(), int(lines));
        const auto verified = run(QStringLiteral("verify copy.eventlog"));
        QCOMPARE(verified.code, 0);
    }
};

QTEST_GUILESS_MAIN(CliForeignTest)
#include "tst_cliforeign.moc"
