#include "domain/example.h"
#include "domain/workspacetemplate.h"
#include "support/plainfold.h"
#include "support/scratchstore.h"
#include "time/replayer.h"

#include <QTest>

using namespace eventloupe;

namespace {

/// The events of the samples' examples, a stream for each example: those given, and those that its
/// command gives.
class ExampleLog {
public:
    explicit ExampleLog(std::shared_ptr<const Workspace> workspace)
        : m_workspace(std::move(workspace))
        , m_evolver(m_workspace)
    {
    }

    void add(const Example& example)
    {
        const CommandDefinition* command = m_workspace->command(example.command);
        m_stream = QStringLiteral("%1-%2")
                       .arg(command ? command->category : categoryOf(example.stream))
                       .arg(++m_streams);
        m_state = m_evolver.initialState(categoryOf(m_stream));
        for (const Example::Fact& fact : example.given)
            append({ fact.type, fact.data.toJson(),
                fact.metadata.isNull() ? QByteArray() : fact.metadata.toJson(), fact.time, {} });
        if (!command)
            return;
        const CommandContext context { example.now, QStringLiteral("command"), example.actor,
            m_stream, {} };
        const auto decision = Decider(m_workspace).decide(*command, example.data, m_state, context);
        if (!decision)
            qFatal("%s", qPrintable(decision.error().message));
        if (const auto* accepted = std::get_if<Accepted>(&*decision))
            for (const NewEvent& event : accepted->events)
                append(event);
    }

    [[nodiscard]] EventStore& store() const { return *m_store; }
    [[nodiscard]] const Evolver& evolver() const { return m_evolver; }

private:
    void append(NewEvent event)
    {
        event.id = QStringLiteral("%1/%2").arg(m_stream).arg(m_state.version + 1);
        const auto done = m_store->append({ m_stream, ExpectedVersion::any(), { event } });
        if (!done)
            qFatal("%s", qPrintable(done.error().message));
        const QByteArray stream = m_stream.toUtf8();
        const QByteArray type = event.type.toUtf8();
        EventView view;
        view.version = m_state.version + 1;
        view.stream = viewOf(stream);
        view.type = viewOf(type);
        view.time = event.time;
        view.data = viewOf(event.data);
        view.metadata = viewOf(event.metadata);
        (void)m_evolver.evolve(m_state, view);
    }

    std::shared_ptr<const Workspace> m_workspace;
    Evolver m_evolver;
    ScratchStore m_store;
    QString m_stream;
    AggregateState m_state;
    int m_streams = 0;
};

} // namespace

/// The states that the samples' events fold to are known: on another machine, by another compiler
/// and in another year they are the same, to the byte.
class TestSampleDigest final : public QObject {
    Q_OBJECT

private slots:
    void isTheSameEverywhere_data()
    {
        QTest::addColumn<QByteArray>("digest");
        QTest::newRow("users") << QByteArray(
            "8985546b4cc197dba2cb685d1a8876201bd557e07e4e63f975c2414f5476a127");
        QTest::newRow("shop") << QByteArray(
            "d554f1051f79522d83258619cca261bd82d2895a82fdc5e18da3abb744fb2721");
        QTest::newRow("bank") << QByteArray(
            "f7f537e6169c47819ef2d5bdf634e59a4132841b9dd43aa2de2aca758fa57399");
        QTest::newRow("library") << QByteArray(
            "dca45b248e68f356f4953cdf536a3a66cd3713f0f6ef4e49133836e29092bfdf");
    }

    void isTheSameEverywhere()
    {
        QFETCH(QByteArray, digest);
        const auto workspace
            = Workspace::load(QStringLiteral(EVENTLOUPE_SOURCE "/resources/workspaces/")
                + QString::fromLatin1(QTest::currentDataTag()));
        QVERIFY(workspace.ok());
        ExampleLog log(*workspace);
        QList<WorkspaceProblem> problems;
        for (const Example& example : loadExamples(**workspace, problems))
            log.add(example);
        QVERIFY(problems.isEmpty());
        const Position head = *log.store().head();
        const auto first = replayAll(log.store(), log.evolver(), head, {}, {});
        QVERIFY(first.ok());
        QCOMPARE(first->failures, 0);
        QCOMPARE(foldPlainly(log.store(), log.evolver(), head).digest, first->digest);
        QCOMPARE(replayAll(log.store(), log.evolver(), head, {}, {})->digest, first->digest);
        QCOMPARE(first->digest, digest);
        QVERIFY(first->events > 20);
    }
};

QTEST_GUILESS_MAIN(TestSampleDigest)
#include "tst_sampledigest.moc"
