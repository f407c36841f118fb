#include "causation/causationids.h"

#include <QTest>

using namespace eventloupe;

class TestCausationIds final : public QObject {
    Q_OBJECT

private slots:
    void readsSpellings_data();
    void readsSpellings();
    void prefersWhatStandsOutside();
    void readsIdsOfTheData();
    void leavesDataOfADomainAlone();
    void writesAConditionThatNamesThePlace();
    void survivesWhatIsNoObject();
};

void TestCausationIds::readsSpellings_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QByteArray>("correlation");
    QTest::addColumn<QByteArray>("causation");
    const auto row = [](const char* name, const char* json, const char* correlation,
                         const char* causation) {
        QTest::newRow(name) << QByteArray(json) << QByteArray(correlation) << QByteArray(causation);
    };
    row("ours", R"({"correlationId":"a","causationId":"b"})", "a", "b");
    row("Kurrent", R"({"$correlationId":"a","$causationId":"b"})", "a", "b");
    row("Rails Event Store", R"({"correlation_id":"a","causation_id":"b"})", "a", "b");
    row("NServiceBus", R"({"NServiceBus.ConversationId":"a","NServiceBus.RelatedTo":"b"})", "a",
        "b");
    row("Chronicle", R"({"CorrelationId":"a"})", "a", "");
    row("Axon 4", R"({"traceId":"root","correlationId":"cause"})", "root", "cause");
    row("Axon 5", R"({"correlationId":"root","causationId":"cause"})", "root", "cause");
    row("trace beside both", R"({"traceId":"t","correlationId":"a","causationId":"b"})", "a", "b");
    row("Marten", R"({"headers":{"correlation-id":"a","causation-id":"b"}})", "a", "b");
    row("Protean", R"({"domain":{"x":{"correlation_id":"a","causation_id":"b"}}})", "a", "b");
    row("too deep", R"({"a":{"b":{"c":{"correlationId":"a"}}}})", "", "");
    row("a number", R"({"correlationId":42,"causationId":7})", "42", "7");
    row("no text", R"({"correlationId":{"a":1},"causationId":null})", "", "");
    row("trace context",
        R"({"traceparent":"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"})",
        "0af7651916cd43dd8448eb211c80319c", "");
    row("damaged trace context", R"({"traceparent":"00-12-34-01"})", "", "");
    row("escaped", R"({"correlation\u0049d":"\u0061"})", "a", "");
}

void TestCausationIds::readsSpellings()
{
    QFETCH(QByteArray, json);
    const auto ids = causationIdsIn(viewOf(json));
    QTEST(ids.correlation, "correlation");
    QTEST(ids.causation, "causation");
}

void TestCausationIds::prefersWhatStandsOutside()
{
    const auto ids = causationIdsIn(
        R"({"headers":{"correlationId":"in"},"correlation_id":"out","messageId":"m",)"
        R"("causationMessageStreamName":"a-1","causationMessagePosition":3,"command":"DO"})");
    QCOMPARE(ids.correlation, QByteArray("out"));
    QCOMPARE(ids.message, QByteArray("m"));
    QCOMPARE(ids.causeStream, QByteArray("a-1"));
    QCOMPARE(ids.causeNumber, 3);
    QCOMPARE(ids.command, QByteArray("DO"));
}

void TestCausationIds::readsIdsOfTheData()
{
    bool isInData = false;
    const auto ids = causationIdsOf(
        "{}", R"({"correlation_id":"a","causation_id":"b","command":"no"})", &isInData);
    QVERIFY(isInData);
    QCOMPARE(ids.correlation, QByteArray("a"));
    QCOMPARE(ids.causation, QByteArray("b"));
    QVERIFY(ids.command.isEmpty());
}

void TestCausationIds::leavesDataOfADomainAlone()
{
    bool isInData = true;
    QVERIFY(causationIdsOf("{}", R"({"traceId":"parcel","conversationId":"chat"})", &isInData)
                .isEmpty());
    QVERIFY(!isInData);
    QVERIFY(causationIdsOf("{}", R"({"inner":{"correlationId":"x"}})").isEmpty());
}

void TestCausationIds::writesAConditionThatNamesThePlace()
{
    const auto outside = causationIdsIn(R"({"$correlationId":"a\"b"})");
    QCOMPARE(correlationCondition(outside, false),
        QStringLiteral(R"(metadata["$correlationId"] == "a\"b")"));
    const auto inside = causationIdsIn(R"({"headers":{"correlation-id":"x"}})");
    QCOMPARE(correlationCondition(inside, false),
        QStringLiteral(R"(metadata["headers"]["correlation-id"] == "x")"));
    const auto trace = causationIdsIn(
        R"({"traceparent":"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"})");
    QCOMPARE(correlationCondition(trace, false), QString());
}

void TestCausationIds::survivesWhatIsNoObject()
{
    for (const char* json : { "", "null", "[]", "\"correlationId\"", "{", "{\"a\":" })
        QVERIFY(causationIdsIn(json).isEmpty());
}

QTEST_APPLESS_MAIN(TestCausationIds)
#include "tst_causationids.moc"
