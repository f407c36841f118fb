#include "support/expressionsample.h"

#include <QTest>
#include <QThread>

#include <atomic>
#include <memory>
#include <vector>

using namespace eventloupe;

/// Deep, long and endless-looking sources, and one expression in several threads.
class TestExpressionDepth : public QObject {
    Q_OBJECT

private slots:
    void sharedBetweenThreads();
    void deepSources_data();
    void deepSources();
    void longChains();
    void boundedWork_data();
    void boundedWork();
    void noInputCrashes();
};

void TestExpressionDepth::sharedBetweenThreads()
{
    const auto expression
        = Expression::compile("data.lines.exists(l, l.sku.matches('^B$')) && version == 7", names);
    QVERIFY(expression.ok());
    std::atomic<int> right = 0;
    std::vector<std::unique_ptr<QThread>> threads;
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back(QThread::create([&] {
            const auto own = variables();
            for (int round = 0; round < 500; ++round) {
                const auto held = expression->test(own);
                right += held && *held ? 1 : 0;
            }
        }));
        threads.back()->start();
    }
    for (const auto& thread : threads) {
        QVERIFY(thread->wait());
    }
    QCOMPARE(right.load(), 2000);
}

void TestExpressionDepth::deepSources_data()
{
    QTest::addColumn<QByteArray>("source");
    constexpr int depth = 5000;
    QTest::newRow("brackets") << QByteArray(depth, '(') + "1" + QByteArray(depth, ')');
    QTest::newRow("lists") << QByteArray(depth, '[') + QByteArray(depth, ']');
    QTest::newRow("open") << QByteArray(60'000, '[');
    QTest::newRow("maps") << QByteArray("{1:").repeated(depth) + "1" + QByteArray(depth, '}');
    QTest::newRow("calls") << QByteArray("size(").repeated(depth) + "1" + QByteArray(depth, ')');
    QTest::newRow("ternaries") << QByteArray("true?1:").repeated(depth) + "1";
    QTest::newRow("indexes") << "data" + QByteArray("[0]").repeated(depth);
    QTest::newRow("fields") << "data" + QByteArray(".a").repeated(depth);
    QTest::newRow("sums") << "1" + QByteArray("+1").repeated(depth);
    QTest::newRow("too long") << QByteArray(70'000, ' ') + "1";
}

void TestExpressionDepth::deepSources()
{
    QFETCH(QByteArray, source);
    ExpressionFault fault;
    QVERIFY(!Expression::compile(viewOf(source), names, &fault).ok());
    QVERIFY(fault.message.contains(QLatin1String("nested too deeply"))
        || fault.message.contains(QLatin1String("longer than 64 KiB")));
}

void TestExpressionDepth::longChains()
{
    QCOMPARE(evaluated(QByteArray(200, '(') + "1" + QByteArray(200, ')')), QStringLiteral("1"));
    QCOMPARE(evaluated("1" + QByteArray("+1").repeated(900)), QStringLiteral("901"));
    QCOMPARE(evaluated("true" + QByteArray(" && true").repeated(7000)), QStringLiteral("true"));
    QCOMPARE(evaluated(QByteArray(60'000, '-') + "1"), QStringLiteral("1"));
    QCOMPARE(
        evaluated("[" + QByteArray("1,").repeated(20'000) + "].size()"), QStringLiteral("20000"));
    QCOMPARE(evaluated(QByteArray(400, '!') + "true"), QStringLiteral("true"));
}

void TestExpressionDepth::boundedWork_data()
{
    QTest::addColumn<QByteArray>("source");
    const auto binds = [](int depth, const QByteArray& step, const QByteArray& last) {
        QByteArray source = "cel.bind(v0, " + step + ", ";
        for (int i = 1; i < depth; ++i) {
            const QByteArray before = "v" + QByteArray::number(i - 1);
            source += "cel.bind(v" + QByteArray::number(i) + ", "
                + QByteArray(step).replace("'x'", before) + ", ";
        }
        return source + last + QByteArray(depth, ')');
    };
    QByteArray loops = "1 == 1";
    for (int i = 0; i < 30; ++i) {
        loops = "[1,2,3,4,5,6,7,8,9].all(v" + QByteArray::number(i) + ", " + loops + ")";
    }
    QTest::newRow("loops") << loops;
    QTest::newRow("growing text") << binds(60, "'x' + 'x'", "v59.size()");
    QTest::newRow("growing list") << binds(60, "['x'] + ['x']", "v59.size()");
    QTest::newRow("shared lists") << binds(60, "['x', 'x']", "v59 == v59");
    QTest::newRow("shared maps") << binds(60, "{1: 'x', 2: 'x'}", "v59");
    QTest::newRow("pattern") << QByteArray("('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!')"
                                           ".matches('^(a+)+(a+)+$')");
}

void TestExpressionDepth::boundedWork()
{
    QFETCH(QByteArray, source);
    const auto message = evaluated(source);
    QVERIFY2(message.startsWith(QLatin1String("the expression takes too much time or memory")),
        qPrintable(message));
}

/// Every beginning of some sources, and each with one byte replaced: a fault or a value.
void TestExpressionDepth::noInputCrashes()
{
    const QByteArrayList sources { "data.lines.filter(l, l.qty > 1u).map(x, {x.sku: [1.5e3, -2]})",
        "has(state.a.b) ? r'\\d' + b'\\x41' : \"\\U0001f431\" in ['a', `b-c`]",
        "cel.bind(a, 0x1F, a % 2 == 0 || !(a in {1: null})) // c" };
    const QByteArray bytes("\0'\"\\([{.?u0-!\xff\xc3`", 17);
    int compiled = 0;
    for (const QByteArray& source : sources) {
        for (qsizetype i = 0; i <= source.size(); ++i) {
            compiled += evaluated(source.left(i)).isEmpty() ? 0 : 1;
            for (const char byte : bytes) {
                QByteArray changed = source;
                changed.replace(std::min(i, source.size() - 1), 1, QByteArray(1, byte));
                compiled += evaluated(changed).isEmpty() ? 0 : 1;
            }
        }
    }
    QVERIFY(compiled > 0);
}

QTEST_APPLESS_MAIN(TestExpressionDepth)
#include "tst_expressiondepth.moc"
