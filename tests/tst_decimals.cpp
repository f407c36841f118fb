#include "expression/decimal.h"
#include "expression/expression.h"
#include "value/event.h"
#include "value/json.h"

#include <QRandomGenerator>
#include <QTest>

#include <array>

using namespace eventloupe;

namespace {

/// What an expression over `data` gives as JSON, or why it fails.
QByteArray evaluated(const QByteArray& source, const QByteArray& data = "{}")
{
    const std::array<std::string_view, 1> names { "data" };
    const auto expression = Expression::compile(viewOf(source), names);
    if (!expression)
        return expression.error().message.toUtf8();
    const std::array values { Value::fromJson(*parseJson(viewOf(data))) };
    const auto value = expression->evaluate(values);
    if (!value)
        return value.error().message.toUtf8();
    const auto json = value->toJson();
    return json ? json->toJson() : json.error().message.toUtf8();
}

/// A number of up to nine digits and four decimals, as text and as what it is ten-thousandfold.
struct Sample {
    qint64 scaled = 0;
    QByteArray text;
};

Sample anyNumber(QRandomGenerator& random)
{
    const int decimals = random.bounded(5);
    qint64 digits = random.bounded(1'000'000'000);
    for (int fewer = random.bounded(9); fewer > 0; --fewer)
        digits /= 10;
    const bool isNegative = random.bounded(2) == 0 && digits != 0;
    QByteArray text = QByteArray::number(digits);
    if (decimals > 0) {
        text = text.rightJustified(decimals + 1, '0');
        text.insert(text.size() - decimals, '.');
    }
    qint64 scaled = digits;
    for (int i = decimals; i < 4; ++i)
        scaled *= 10;
    return { isNegative ? -scaled : scaled, isNegative ? '-' + text : text };
}

Decimal decimalOf(const QByteArray& text)
{
    const auto number = Decimal::parse(viewOf(text));
    if (!number)
        qFatal("not read: %s", text.constData());
    return *number;
}

QByteArray scaledText(qint64 number, int decimals)
{
    QByteArray text = QByteArray::number(std::abs(number)).rightJustified(decimals + 1, '0');
    text.insert(text.size() - decimals, '.');
    return number < 0 ? '-' + text : text;
}

QByteArray textOf(const Decimal& number, int decimals)
{
    return QByteArray::fromStdString(number.rounded(decimals).text());
}

} // namespace

/// Exact decimals in expressions.
class tst_Decimals final : public QObject {
    Q_OBJECT

private slots:
    void gives_data();
    void gives();
    void refuses_data();
    void refuses();
    void numbersOfJsonKeepTheirSpelling();
    void agreesWithIntegers();
    void lengthIsBounded();
    void workIsBounded();
};

void tst_Decimals::gives_data()
{
    QTest::addColumn<QByteArray>("expression");
    QTest::addColumn<QByteArray>("result");
    const auto row = [](const char* expression, const char* result) {
        QTest::newRow(expression) << QByteArray(expression) << QByteArray(result);
    };
    row("decimal.add('0.1', '0.2')", "\"0.3\"");
    row("decimal.add('0.00', '12')", "\"12.00\"");
    row("decimal.add('-0.05', '0.05')", "\"0.00\"");
    row("decimal.add('999.99', '0.01')", "\"1000.00\"");
    row("decimal.add('90071992547409931.07', '-90071992547409931.08')", "\"-0.01\"");
    row("decimal.add(1, 2u)", "\"3\"");
    row("decimal.add('1e3', '-2.5E-1')", "\"999.75\"");
    row("decimal.add('+007', '-0')", "\"7\"");
    row("decimal.subtract('1', '1.000')", "\"0.000\"");
    row("decimal.subtract('-1', '-3')", "\"2\"");
    row("decimal.multiply('-1.50', '0.2')", "\"-0.300\"");
    row("decimal.multiply('0.00', '-5')", "\"0.00\"");
    row("decimal.multiply('99999999999999999999', '99999999999999999999')",
        "\"9999999999999999999800000000000000000001\"");
    row("decimal.compare('1.50', '1.5')", "0");
    row("decimal.compare('-2', '1')", "-1");
    row("decimal.compare('0.11', '0.1')", "1");
    row("decimal.round('2.345', 2)", "\"2.35\"");
    row("decimal.round('-2.345', 2)", "\"-2.35\"");
    row("decimal.round('2.344', 2)", "\"2.34\"");
    row("decimal.round('-0.004', 2)", "\"0.00\"");
    row("decimal.round('0.05', 0)", "\"0\"");
    row("decimal.round('0.5', 0)", "\"1\"");
    row("decimal.round('9.99', 1)", "\"10.0\"");
    row("decimal.round('7', 2)", "\"7.00\"");
    row("decimal.sum([])", "\"0\"");
    row("decimal.sum(['1.10', -3, '0.005'])", "\"-1.895\"");
}

void tst_Decimals::refuses_data()
{
    QTest::addColumn<QByteArray>("expression");
    QTest::addColumn<QByteArray>("result");
    const auto row = [](const char* expression, const char* result) {
        QTest::newRow(expression) << QByteArray(expression) << QByteArray(result);
    };
    row("decimal.add('', '1')", "'decimal.add' cannot read '' (column 9)");
    row("decimal.add('1.', '1')", "'decimal.add' cannot read '1.' (column 9)");
    row("decimal.add('.5', '1')", "'decimal.add' cannot read '.5' (column 9)");
    row("decimal.add('1', '1 ')", "'decimal.add' cannot read '1 ' (column 9)");
    row("decimal.add('1', '+-1')", "'decimal.add' cannot read '+-1' (column 9)");
    row("decimal.add('1', '1e+-1')", "'decimal.add' cannot read '1e+-1' (column 9)");
    row("decimal.add('1', 0.0 / 0.0)", "'decimal.add' cannot read double (column 9)");
    row("decimal.add('1', true)", "'decimal.add' does not take bool (column 9)");
    row("decimal.round('1', -1)", "the result of 'decimal.round' is out of range (column 9)");
    row("decimal.sum('1')", "'decimal.sum' does not take string (column 9)");
}

void tst_Decimals::refuses()
{
    gives();
}

void tst_Decimals::gives()
{
    QFETCH(QByteArray, expression);
    QFETCH(QByteArray, result);
    QCOMPARE(evaluated(expression), result);
}

void tst_Decimals::numbersOfJsonKeepTheirSpelling()
{
    QCOMPARE(evaluated("decimal.add(data.price, 0)", "{\"price\":100.10}"), "\"100.10\"");
    QCOMPARE(evaluated("decimal.sum(data.amounts)",
                 "{\"amounts\":[90071992547409931.07,18446744073709551616,1e-2]}"),
        "\"18536816066256961547.08\"");
    QCOMPARE(evaluated("decimal.add(0.1 + 0.2, 0)"), "\"0.30000000000000004\"");
}

void tst_Decimals::agreesWithIntegers()
{
    QRandomGenerator random(7);
    for (int i = 0; i < 20'000; ++i) {
        const Sample one = anyNumber(random);
        const Sample other = anyNumber(random);
        const Decimal left = decimalOf(one.text);
        const Decimal right = decimalOf(other.text);
        QCOMPARE(textOf(left + right, 4), scaledText(one.scaled + other.scaled, 4));
        QCOMPARE(textOf(left - right, 4), scaledText(one.scaled - other.scaled, 4));
        QCOMPARE(Decimal::compare(left, right),
            one.scaled < other.scaled ? -1 : one.scaled > other.scaled ? 1 : 0);
        // A factor of one digit, so that the product is an int64.
        const Decimal factor = decimalOf(QByteArray::number(i % 19 - 9));
        QCOMPARE(textOf(left * factor, 4), scaledText(one.scaled * (i % 19 - 9), 4));
        const qint64 half = one.scaled < 0 ? -50 : 50;
        QCOMPARE(textOf(left, 2), scaledText((one.scaled + half) / 100, 2));
        // What was written is read again.
        QCOMPARE(QByteArray::fromStdString(left.text()), one.text);
    }
}

void tst_Decimals::lengthIsBounded()
{
    const QByteArray nines(1000, '9');
    QCOMPARE(evaluated("decimal.add('" + nines + "', 0)"), '"' + nines + '"');
    QVERIFY(evaluated("decimal.add('" + nines + "', 1)").contains("out of range"));
    QVERIFY(evaluated("decimal.multiply('" + nines + "', 10)").contains("out of range"));
    QVERIFY(evaluated("decimal.add('1" + nines + "', 1)").contains("cannot read"));
    QVERIFY(evaluated("decimal.add('1e1000', 1)").contains("cannot read"));
    QVERIFY(evaluated("decimal.add('1e999999999', 1)").contains("cannot read"));
    QVERIFY(evaluated("decimal.add('1e-1001', 1)").contains("cannot read"));
    QCOMPARE(evaluated("decimal.add('1e999', 0).size()"), "1000");
    QCOMPARE(evaluated("decimal.add('1e-1000', 0).size()"), "1002");
    // Zeros in front count for nothing.
    QCOMPARE(evaluated("decimal.add('" + QByteArray(2000, '0') + "1', 1)"), "\"2\"");
}

void tst_Decimals::workIsBounded()
{
    const QByteArray product = "decimal.multiply('" + QByteArray(400, '7') + "', '"
        + QByteArray(400, '9') + "').size()";
    QCOMPARE(evaluated(product), "800");
    QVERIFY(evaluated("lists.range(100000).map(i, " + product + ").sum()").contains("too m"));
}

QTEST_GUILESS_MAIN(tst_Decimals)
#include "tst_decimals.moc"
