#include "domain/eventfilter.h"

#include "value/category.h"
#include "value/json.h"

#include <QRandomGenerator>
#include <QtTest>

using namespace eventloupe;

class tst_EventFilter : public QObject {
    Q_OBJECT

private slots:
    void matches_data();
    void matches();
    void namesThePlaceOfAFault();
    void refusesWhatIsNeverTrueOrFalse_data();
    void refusesWhatIsNeverTrueOrFalse();
    void notesWhereItFails();
    void leavesAloneWhatItDoesNotUse();
    void tellsWhatIsMissingFromWhatFails();
    void tellsItsColumns_data();
    void tellsItsColumns();
    void selects_data();
    void selects();
    void agreesWithValuesOverAnyEvent();
};

namespace {

/// A selection in short: "type=A,B position=1..5".
QString shown(const LogSelection& selection)
{
    QStringList parts;
    const auto texts = [&parts](const char* name, const std::optional<QStringList>& wanted) {
        if (wanted)
            parts.append(QLatin1String(name) + QLatin1Char('=') + wanted->join(QLatin1Char(',')));
    };
    const auto numbers = [&parts](const char* name, const NumberRange& range) {
        const auto limit = [](qint64 number, qint64 none) {
            return number == none ? QString() : QString::number(number);
        };
        if (!range.isAll())
            parts.append(QLatin1String(name) + QLatin1Char('=')
                + limit(range.first, NumberRange().first) + QStringLiteral("..")
                + limit(range.last, NumberRange().last));
    };
    texts("type", selection.types);
    texts("stream", selection.streams);
    texts("category", selection.categories);
    texts("id", selection.ids);
    numbers("position", selection.positions);
    numbers("version", selection.versions);
    numbers("time", selection.times);
    return parts.join(QLatin1Char(' '));
}

bool admits(const LogSelection& selection, const EventView& event)
{
    const auto isIn = [](const std::optional<QStringList>& texts, std::string_view text) {
        return !texts || texts->contains(QString::fromUtf8(toBytes(text)));
    };
    return selection.positions.holds(event.position) && selection.versions.holds(event.version)
        && selection.times.holds(event.time.microseconds) && isIn(selection.types, event.type)
        && isIn(selection.streams, event.stream) && isIn(selection.ids, event.id)
        && isIn(selection.categories, categoryOf(event.stream));
}

constexpr std::array<std::string_view, 9> variableNames { "position", "stream", "category",
    "version", "type", "time", "id", "data", "metadata" };

/// The filter as it is without any short way: every variable a value, every payload a tree.
std::optional<bool> evaluated(const Expression& expression, const EventView& event)
{
    const auto text = [](std::string_view view) { return Value::fromString(toBytes(view)); };
    const auto json = [](std::string_view view) { return Value::fromJson(*parseJson(view)); };
    const std::array<Value, 9> values { Value::fromInt(event.position), text(event.stream),
        text(categoryOf(event.stream)), Value::fromInt(event.version), text(event.type),
        Value::fromTimestamp(event.time), text(event.id), json(event.data), json(event.metadata) };
    const auto tested = expression.test(values);
    return tested ? std::optional(*tested) : std::nullopt;
}

class Sources {
public:
    QByteArray condition(int depth)
    {
        switch (depth > 0 ? m_random.bounded(5) : 4) {
        case 0:
            return '(' + condition(depth - 1) + " && " + condition(depth - 1) + ')';
        case 1:
            return '(' + condition(depth - 1) + " || " + condition(depth - 1) + ')';
        case 2:
            return condition(depth - 1) + " && " + condition(depth - 1);
        case 3:
            return "!(" + condition(depth - 1) + ')';
        default:
            return simple();
        }
    }

private:
    QByteArray pick(const QByteArrayList& from)
    {
        return from.at(m_random.bounded(static_cast<int>(from.size())));
    }
    QByteArray simple()
    {
        static const QByteArrayList others { "has(data.a)", "has(data.b.c)", "has(metadata.a)",
            "data.b.c in [1, 'x', null, 2.5]", "'x' in data.l", "data.l[1] == 2",
            "data.s.startsWith('a')", "data.s.contains('\"')", "size(data.l) > 1", "data.a + 1 > 2",
            "data.l.exists(e, e == data.a)", "data.a", "data == metadata",
            "string(data.a) == '1.50'", "type in ['A', 'B']", "stream in ['s-1', 't-2']",
            "category == 't' || category == 's'", "'A' == type", "type == 'B'", "id == 'e1'",
            "position >= 2 ", "position < 3", "3 >= position", "version == 1", "version != 1",
            "time >= timestamp('1970-01-01T00:00:00.000002Z')",
            "time < timestamp('1970-01-01T00:00:00.0000025Z')",
            "timestamp('1970-01-01T00:00:00.0000015Z') == time", "true", "1 < 2.0" };
        if (m_random.bounded(3) > 0)
            return pick({ "data.a", "data.b.c", "data.s", "data.b", "metadata.a", "data.x.y" })
                + pick({ " == ", " != ", " < ", " >= " })
                + pick({ "1", "1.5", "2u", "'x'", "'a\\u0062'", "null", "true", "data.a" });
        return pick(others);
    }

    QRandomGenerator m_random { 11 };
};

} // namespace

void tst_EventFilter::tellsWhatIsMissingFromWhatFails()
{
    EventView event;
    event.data = R"({"n":"text"})";
    event.metadata = "{}";
    const auto judged
        = [&event](const char* source) { return EventFilter::compile(source)->judge(event); };
    QCOMPARE(judged("data.n == 'text'"), Verdict::Holds);
    QCOMPARE(judged("data.n == 1"), Verdict::HoldsNot);
    QCOMPARE(judged("data.m == 1"), Verdict::Missing);
    QCOMPARE(judged("data.n.m == 1"), Verdict::Missing);
    QCOMPARE(judged("data.n > 1"), Verdict::Failed);
    QCOMPARE(judged("data.n"), Verdict::Failed);
    QCOMPARE(EventFilter::compile("data.n == 1")->failureAt(event), QString());
    QVERIFY(EventFilter::compile("data.n > 1")->failureAt(event).contains(QStringLiteral("'>'")));
}

void tst_EventFilter::tellsItsColumns_data()
{
    QTest::addColumn<ScanColumns>("columns");
    const auto row
        = [](const char* source, ScanColumns columns) { QTest::newRow(source) << columns; };
    row("data.total > 100", ScanColumn::Data);
    row("type == 'A' && data.total > 100", { ScanColumn::Type, ScanColumn::Data });
    row("category == 'a' || has(metadata.actor)", { ScanColumn::Stream, ScanColumn::Metadata });
    row("position % 2 == 0", {});
    row("version % 2 == 0", ScanColumn::Time);
    row("id.startsWith('a')", ScanColumn::Id);
    // The index tells all.
    row("type == 'A' && position > 10", {});
}

void tst_EventFilter::tellsItsColumns()
{
    QFETCH(ScanColumns, columns);
    QCOMPARE(EventFilter::compile(QTest::currentDataTag())->columns(), columns);
}

void tst_EventFilter::selects_data()
{
    QTest::addColumn<QString>("selection");
    QTest::addColumn<bool>("isWhole");
    const auto row = [](const char* source, const char* selection, bool isWhole) {
        QTest::newRow(source) << QString::fromUtf8(selection) << isWhole;
    };
    row("type == 'A'", "type=A", true);
    row("'A' == type && data.x > 1", "type=A", false);
    row("type in ['A', 'B'] && type == 'B'", "type=B", true);
    row("type == 'A' && type == 'B'", "type=", true);
    row("type == 'A' || type == 'B'", "type=A,B", true);
    row("type == 'A' || stream == 's'", "", false);
    row("type == 'A' || data.x == 1", "", false);
    row("type != 'A'", "", false);
    row("!(type == 'A')", "", false);
    row("type in ['A', data.x]", "", false);
    row("stream == 'a-1' && category == 'a' && id == 'e'", "stream=a-1 category=a id=e", true);
    row("position > 5 && position <= 10", "position=6..10", true);
    row("5 < position && (version == 1 && data.x == 1)", "position=6.. version=1..1", false);
    row("position > 5.5", "", false);
    row("position > 9223372036854775807", "position=1..0", true);
    row("position > -9223372036854775808", "position=-9223372036854775807..", true);
    row("time < timestamp('1970-01-01T00:00:01Z')", "time=..999999", true);
    row("time <= timestamp('1970-01-01T01:00:01+01:00')", "time=..1000000", true);
    row("time > timestamp('1970-01-01T00:00:00.0000015Z')", "time=2..", true);
    row("time >= timestamp('1970-01-01T00:00:00.0000015Z')", "time=2..", true);
    row("time < timestamp('1970-01-01T00:00:00.0000015Z')", "time=..1", true);
    row("time == timestamp('1970-01-01T00:00:00.0000015Z')", "time=1..0", true);
    row("time > timestamp('nonsense')", "", false);
    row("time > timestamp(data.x)", "", false);
    row("data.x ? type == 'A' : type == 'B'", "", false);
    row("true", "", true);
    row("false", "", false);
}

void tst_EventFilter::selects()
{
    QFETCH(QString, selection);
    QFETCH(bool, isWhole);
    const auto filter = EventFilter::compile(QTest::currentDataTag());
    QVERIFY2(filter.ok(), filter.ok() ? "" : qPrintable(filter.error().message));
    QCOMPARE(shown(filter->selection()), selection);
    QCOMPARE(filter->isSelectionWhole(), isWhole);
}

void tst_EventFilter::agreesWithValuesOverAnyEvent()
{
    constexpr std::array<const char*, 12> payloads { R"({"a":1,"b":{"c":2},"s":"abc","l":[1,2]})",
        R"({"a":1.50,"b":{"c":"x","c":1},"l":["x"]})", R"({"\u0061":"x","s":"a\"\u0062"})",
        R"({"a":null,"b":null,"s":5})", R"({"b":{"c":null},"b":{},"a":true})", "{}", "[]", "7",
        R"("text")", "null", R"( { "s" : "ab" , "a" : 18446744073709551615 } )",
        R"({"a":{"a":1},"b":{"c":2.5},"l":{"x":1}})" };
    std::vector<EventView> events;
    for (std::size_t i = 0; i < payloads.size() * 3; ++i) {
        EventView event;
        event.position = static_cast<Position>(i % 5);
        event.version = static_cast<StreamVersion>(i % 2 + 1);
        event.stream = std::array<std::string_view, 3> { "s-1", "t-2", "plain" }.at(i % 3);
        event.type = std::array<std::string_view, 4> { "A", "B", "C", "" }.at(i % 4);
        event.id = i % 2 == 0 ? "e1" : "e2";
        event.time.microseconds = static_cast<qint64>(i % 4);
        event.data = payloads.at(i % payloads.size());
        event.metadata = payloads.at(i * 7 % payloads.size());
        events.push_back(event);
    }
    Sources sources;
    int held = 0;
    int selective = 0;
    for (int round = 0; round < 4000; ++round) {
        const QByteArray source = sources.condition(2);
        const auto filter = EventFilter::compile(viewOf(source));
        QVERIFY2(filter.ok(), source.constData());
        const auto expression = Expression::compile(viewOf(source), variableNames);
        selective += filter->selection().isAll() ? 0 : 1;
        for (const EventView& event : events) {
            const auto expected = evaluated(*expression, event);
            const Verdict verdict = filter->judge(event);
            QVERIFY2((verdict == Verdict::Holds) == (expected == true), source.constData());
            QVERIFY2((verdict == Verdict::HoldsNot) == (expected == false), source.constData());
            const bool isAdmitted = admits(filter->selection(), event);
            QVERIFY2(isAdmitted || expected != true, source.constData());
            if (filter->isSelectionWhole())
                QVERIFY2(isAdmitted == (expected == true), source.constData());
            held += expected == true ? 1 : 0;
        }
    }
    QVERIFY(held > 10'000);
    QVERIFY(selective > 300);
}

void tst_EventFilter::matches_data()
{
    QTest::addColumn<QByteArray>("source");
    QTest::addColumn<bool>("expected");
    const auto row = [](const char* source, bool expected) {
        QTest::newRow(source) << QByteArray(source) << expected;
    };
    row("position == 7", true);
    row("stream == 'order-42'", true);
    row("category == \"order\"", true);
    row("version == 3", true);
    row("type == \"ORDER_PLACED\" && data.total > 100", true);
    row("type == \"ORDER_PLACED\" && data.total > 200", false);
    row("id == 'e-1'", true);
    row("metadata.actor == 'ada'", true);
    row("has(data.none)", false);
    row("data.none == 1", false); // fails, so it does not fit
    row("'TEA' in data.skus", true);
    row("data.total", false); // no boolean
    row("true", true);
}

void tst_EventFilter::matches()
{
    QFETCH(QByteArray, source);
    QFETCH(bool, expected);
    const auto filter = EventFilter::compile(viewOf(source));
    QVERIFY2(filter.ok(), filter.ok() ? "" : qPrintable(filter.error().message));
    QCOMPARE(filter->source(), source);
    EventView event;
    event.position = 7;
    event.stream = "order-42";
    event.version = 3;
    event.type = "ORDER_PLACED";
    event.id = "e-1";
    event.data = R"({"total":150.5,"skus":["TEA"]})";
    event.metadata = R"({"actor":"ada"})";
    QCOMPARE(filter->matches(event), expected);
}

void tst_EventFilter::namesThePlaceOfAFault()
{
    const auto filter = EventFilter::compile("type == 'A' && dta.x > 1");
    QVERIFY(!filter.ok());
    QVERIFY2(filter.error().message.startsWith(QStringLiteral("1:16: ")),
        qPrintable(filter.error().message));
}

void tst_EventFilter::refusesWhatIsNeverTrueOrFalse_data()
{
    QTest::addColumn<bool>("isRefused");
    const auto row = [](const char* source, bool isRefused) { QTest::newRow(source) << isRefused; };
    row("1 + 1", true);
    row("data.a * 2", true);
    row("-data.a", true);
    row("'text'", true);
    row("type", true);
    row("position", true);
    row("[true]", true);
    row("size(data.items)", true);
    row("data.items.size()", true);
    row("time.getHours()", true);
    row("data.items.map(x, x > 1)", true);
    row("data.a ? 1 : 'b'", true);
    row("data.a", false);
    row("data", false);
    row("metadata.test", false);
    row("true", false);
    row("!data.a", false);
    row("data.a ? data.b : 1", false);
    row("data.items.exists(x, x > 1)", false);
    row("type.startsWith('A')", false);
    row("has(data.a)", false);
    row("dyn(data.a)", false);
    row("bool(data.a)", false);
}

void tst_EventFilter::refusesWhatIsNeverTrueOrFalse()
{
    QFETCH(bool, isRefused);
    const auto filter = EventFilter::compile(QTest::currentDataTag());
    QCOMPARE(filter.ok(), !isRefused);
    if (isRefused) {
        const QString& message = filter.error().message;
        QVERIFY2(message.startsWith(QStringLiteral("1:")), qPrintable(message));
        QVERIFY2(message.contains(QStringLiteral("never true or false")), qPrintable(message));
    }
}

void tst_EventFilter::notesWhereItFails()
{
    const auto filter = EventFilter::compile("data.n > 1");
    const auto look = [&](Position position, std::string_view data, FilterFailures& failures) {
        EventView event;
        event.position = position;
        event.data = data;
        return filter->matches(event, failures);
    };
    FilterFailures later;
    QVERIFY(look(7, "{\"n\":2}", later));
    QVERIFY(!look(8, "{\"n\":1}", later));
    QVERIFY(later.toTexts(QStringLiteral("It")).isEmpty());
    QVERIFY(!look(9, "{}", later));
    QVERIFY(!look(10, "{\"n\":\"a\"}", later));
    FilterFailures all;
    QVERIFY(!look(5, "{}", all));
    QVERIFY(!look(6, "{}", all));
    all.add(later);
    QCOMPARE(all.toTexts(QStringLiteral("It")),
        QStringList({
            QStringLiteral("It could not be evaluated for one event, at position 10: "
                           "'>' does not take string and int (column 8)"),
            QStringLiteral("It could not be evaluated for 3 events, the first at position 5: "
                           "no such key 'n' (column 6)"),
        }));
}

void tst_EventFilter::leavesAloneWhatItDoesNotUse()
{
    EventView event;
    event.type = "A";
    event.data = "damaged";
    QVERIFY(EventFilter::compile("type == 'A'")->matches(event));
    QVERIFY(!EventFilter::compile("type == 'A' && data.x == 1")->matches(event));
}

QTEST_APPLESS_MAIN(tst_EventFilter)
#include "tst_eventfilter.moc"
