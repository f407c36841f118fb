#include "expression/containers.h"
#include "expression/expression.h"
#include "value/event.h"
#include "value/json.h"

#include <QDir>
#include <QFile>
#include <QMap>
#include <QTest>

#include <cmath>
#include <limits>

using namespace eventloupe;

namespace {

QString folder()
{
    return QStringLiteral(EVENTLOUPE_SHARED "/cel");
}

JsonValue readVectors(const QString& name)
{
    QFile file(folder() + u'/' + name);
    if (!file.open(QIODevice::ReadOnly)) {
        return {};
    }
    const QByteArray text = file.readAll();
    const auto json = parseJson(viewOf(text));
    return json ? *json : JsonValue();
}

double toDouble(const QByteArray& text)
{
    const double infinity = std::numeric_limits<double>::infinity();
    return text == "inf" ? infinity
        : text == "-inf" ? -infinity
        : text == "nan"  ? std::numeric_limits<double>::quiet_NaN()
                         : text.toDouble();
}

Value typeNamed(std::string_view name)
{
    for (int type = 0; type <= static_cast<int>(ValueType::Type); ++type) {
        if (nameOf(static_cast<ValueType>(type)) == name) {
            return Value::fromType(static_cast<ValueType>(type));
        }
    }
    return {};
}

/// A value as the vectors write it: {"int":"1"}, {"list":[...]}.
Value valueOf(const JsonValue& json)
{
    const auto& [kind, content] = json.members()[0];
    const QByteArray text = content.toUtf8();
    if (kind == "bool") {
        return Value::fromBool(content.toBool());
    }
    if (kind == "int") {
        return Value::fromInt(text.toLongLong());
    }
    if (kind == "uint") {
        return Value::fromUInt(text.toULongLong());
    }
    if (kind == "double") {
        return Value::fromDouble(toDouble(text));
    }
    if (kind == "string") {
        return Value::fromString(text);
    }
    if (kind == "bytes") {
        return Value::fromBytes(QByteArray::fromHex(text));
    }
    if (kind == "type") {
        return typeNamed(viewOf(text));
    }
    std::vector<Value> items;
    std::vector<MapValue::Entry> entries;
    for (const JsonValue& element : content.elements()) {
        if (kind == "list") {
            items.push_back(valueOf(element));
        } else {
            entries.emplace_back(valueOf(element.elements()[0]), valueOf(element.elements()[1]));
        }
    }
    if (kind == "list") {
        return Value::fromList(std::move(items));
    }
    auto map = std::make_shared<MapValue>();
    return kind == "map" && map->assign(std::move(entries)) < 0
        ? Value(Value::Content(std::shared_ptr<const MapValue>(map)))
        : Value();
}

/// Equal, of one type, and equal as well where both are not numbers.
bool isSame(const Value& actual, const Value& expected)
{
    if (actual.type() != expected.type()) {
        return false;
    }
    if (expected.type() == ValueType::Double && std::isnan(expected.toDouble())) {
        return std::isnan(actual.toDouble());
    }
    return actual == expected;
}

/// "" when the vector's expression does what the suite says, else what it did.
QString difference(const JsonValue& vector)
{
    std::vector<std::string_view> names;
    std::vector<Value> values;
    if (const JsonValue* bindings = vector.find("bindings")) {
        for (const auto& [name, value] : bindings->members()) {
            names.push_back(viewOf(name));
            values.push_back(valueOf(value));
        }
    }
    const ExpressionNames known { names, {}, UnknownNames::FailWhenEvaluated };
    const auto expression = Expression::compile(vector.find("expr")->toView(), known);
    const auto value
        = expression ? expression->evaluate(values) : Result<Value>(expression.error());
    const JsonValue* expected = vector.find("value");
    if (!value) {
        return expected == nullptr ? QString() : value.error().message;
    }
    const auto json = value->toJson();
    const auto shown = QString::fromUtf8(json ? json->toJson() : QByteArray("no JSON"));
    if (expected == nullptr) {
        return QStringLiteral("no error but ") + shown;
    }
    return isSame(*value, valueOf(*expected)) ? QString() : shown;
}

} // namespace

class TestCelVectors : public QObject {
    Q_OBJECT

private slots:
    void vectorsPass_data();
    void vectorsPass();
};

/// All of them: none contradicts the one extension, arithmetic between an int and a double, which
/// the vectors leave to a type checker.
void TestCelVectors::vectorsPass_data()
{
    QTest::addColumn<JsonValue>("vector");
    const QStringList files = QDir(folder()).entryList({ QStringLiteral("*.json") });
    if (files.isEmpty()) {
        QSKIP("the shared data with the CEL vectors is absent");
    }
    for (const QString& name : files) {
        const JsonValue vectors = readVectors(name);
        QVERIFY2(vectors.size() > 0, qPrintable(name));
        for (const JsonValue& vector : vectors.elements()) {
            QTest::addRow("%s %s", qPrintable(name), vector.find("expr")->toUtf8().constData())
                << vector;
        }
    }
}

void TestCelVectors::vectorsPass()
{
    QFETCH(JsonValue, vector);
    QCOMPARE(difference(vector), QString());
}

QTEST_APPLESS_MAIN(TestCelVectors)
#include "tst_celvectors.moc"
