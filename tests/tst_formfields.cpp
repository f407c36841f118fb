// The fields of a form, by the type of their values.
#include "support/objectform.h"
#include "ui/command/fieldcell.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>
#include <QUuid>

using namespace eventloupe;

using Form = ObjectForm;

class TestFormFields : public QObject {
    Q_OBJECT

private slots:
    void textGivesAStringAndEmptyIsAbsent()
    {
        Form form(R"({"type":"object","properties":{"name":{"type":"string"}}})");
        QCOMPARE(form.json(), "{}");
        form.type("field:/name", u"  Ada \"L\""_qs);
        QCOMPARE(form.json(), "{\"name\":\"  Ada \\\"L\\\"\"}");
        form.clear("field:/name");
        QCOMPARE(form.json(), "{}");
        QVERIFY(form.form.isValid());
    }

    void numbersKeepEveryDigit_data()
    {
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QByteArray>("json");
        QTest::newRow("int64") << QByteArray("integer") << u"9223372036854775807"_qs
                               << QByteArray("9223372036854775807");
        QTest::newRow("uint64") << QByteArray("integer") << u"18446744073709551615"_qs
                                << QByteArray("18446744073709551615");
        QTest::newRow("negative") << QByteArray("integer") << u"-3"_qs << QByteArray("-3");
        QTest::newRow("cents") << QByteArray("number") << u"100.10"_qs << QByteArray("100.10");
        QTest::newRow("digits") << QByteArray("number") << u"0.1234567890123456789"_qs
                                << QByteArray("0.1234567890123456789");
        QTest::newRow("exponent") << QByteArray("number") << u"1e3"_qs << QByteArray("1e3");
    }
    void numbersKeepEveryDigit()
    {
        QFETCH(QByteArray, type);
        QFETCH(QString, typed);
        QFETCH(QByteArray, json);
        Form form("{\"type\":\"object\",\"properties\":{\"n\":{\"type\":\"" + type + "\"}}}");
        form.type("field:/n", typed);
        QCOMPARE(form.json(), QByteArray("{\"n\":" + json + '}'));
        QVERIFY(form.form.isValid());
    }

    void whatIsNoNumberIsSaidAtTheField_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::newRow("word") << u"many"_qs;
        QTest::newRow("comma") << u"1,5"_qs;
        QTest::newRow("zero") << u"01"_qs;
        QTest::newRow("point") << u".5"_qs;
        QTest::newRow("json") << u"[1]"_qs;
    }
    void whatIsNoNumberIsSaidAtTheField()
    {
        QFETCH(QString, typed);
        Form form(R"({"type":"object","properties":{"n":{"type":"number"}},"required":["n"]})");
        form.type("field:/n", typed);
        QVERIFY(!form.form.isValid());
        QVERIFY2(form.reason("reason:/n").contains(u"is not a number"),
            qPrintable(form.reason("reason:/n")));
    }

    void wholeNumbersCountByArrowKeys()
    {
        Form form(R"({"type":"object","properties":{"n":{"type":"integer"}}})");
        auto* line = form.find<QLineEdit>("field:/n");
        QTest::keyClick(line, Qt::Key_Up);
        QTest::keyClick(line, Qt::Key_Up);
        QTest::keyClick(line, Qt::Key_Down);
        QCOMPARE(form.json(), R"({"n":1})");
        form.type("field:/n", u"9223372036854775807"_qs);
        QTest::keyClick(line, Qt::Key_Up);
        QCOMPARE(form.json(), R"({"n":9223372036854775807})");
        form.type("field:/n", u"1.50"_qs);
        QTest::keyClick(line, Qt::Key_Up);
        QCOMPARE(form.json(), R"({"n":1.50})");
    }

    void checkBoxesAreTrueFalseOrNotSet()
    {
        Form form(R"({"type":"object","properties":{
            "agreed":{"type":"boolean"},"news":{"type":"boolean","default":true},
            "gift":{"type":"boolean"}},"required":["agreed"]})");
        QCOMPARE(form.json(), R"({"agreed":false,"news":true})");
        auto* gift = form.find<QCheckBox>("field:/gift");
        gift->click();
        QCOMPARE(form.json(), R"({"agreed":false,"news":true,"gift":true})");
        gift->click();
        QCOMPARE(form.json(), R"({"agreed":false,"news":true,"gift":false})");
        gift->click();
        form.find<QCheckBox>("field:/agreed")->click();
        form.find<QCheckBox>("field:/news")->click();
        QCOMPARE(form.json(), R"({"agreed":true,"news":false})");
    }

    void enumOffersItsValuesOfAnyType()
    {
        Form form(R"({"type":"object","properties":{
            "size":{"enum":["S","M",42,null]},
            "unit":{"oneOf":[{"const":"kg","title":"Kilogram"},{"const":"lb","title":"Pound"}]}},
            "required":["unit"]})");
        auto* size = form.find<QComboBox>("field:/size");
        QCOMPARE(size->count(), 5);
        QCOMPARE(size->itemText(1), u"S"_qs);
        QTest::keyClick(size, Qt::Key_Down);
        QCOMPARE(form.json(), R"({"size":"S"})");
        QTest::keyClick(size, Qt::Key_End);
        QCOMPARE(form.json(), R"({"size":null})");
        auto* unit = form.find<QComboBox>("field:/unit");
        QCOMPARE(unit->itemText(2), u"Pound"_qs);
        QVERIFY(!form.form.isValid());
        QTest::keyClick(unit, Qt::Key_End);
        QCOMPARE(form.json(), R"({"size":null,"unit":"lb"})");
        QVERIFY(form.form.isValid());
    }

    void uuidIsPresetAndGenerated()
    {
        const QByteArray schema(R"({"type":"object","properties":{
            "id":{"type":"string","format":"uuid"},"other":{"type":"string","format":"uuid"}},
            "required":["id"]})");
        Form form(schema);
        const auto first = form.find<QLineEdit>("field:/id")->text();
        QVERIFY(!QUuid(first).isNull());
        QCOMPARE(form.find<QLineEdit>("field:/other")->text(), QString());
        form.find<QToolButton>("generate:/id")->click();
        const auto second = form.find<QLineEdit>("field:/id")->text();
        QVERIFY(second != first);
        QCOMPARE(form.json(), QByteArray("{\"id\":\"" + second.toLatin1() + "\"}"));
        form.type("field:/id", u"42"_qs);
        QVERIFY(!form.reason("reason:/id").isEmpty());
        form.form.reset();
        QVERIFY(!QUuid(form.find<QLineEdit>("field:/id")->text()).isNull());
        QVERIFY(form.find<QLineEdit>("field:/id")->text() != second);

        Form naming(schema, { "/id" });
        QCOMPARE(naming.find<QLineEdit>("field:/id")->text(), QString());
    }

    void timesAreKeptAsTypedOrTakenAsLocal()
    {
        qputenv("TZ", "Europe/Berlin");
        Form form(R"({"type":"object","properties":{
            "at":{"type":"string","format":"date-time"},"on":{"type":"string","format":"date"}}})");
        QCOMPARE(form.json(), "{}");
        form.type("field:/at", u"2026-03-01T14:03:22.000001+02:00"_qs);
        QCOMPARE(form.json(), R"({"at":"2026-03-01T14:03:22.000001+02:00"})");
        form.type("field:/at", u"2026-03-01 14:03"_qs);
        QCOMPARE(form.json(), R"({"at":"2026-03-01T13:03:00Z"})");
        form.type("field:/at", u"yesterday"_qs);
        QVERIFY(!form.form.isValid());
        QVERIFY(form.reason("reason:/at").contains(u"is not a time"));
        form.clear("field:/at");
        form.type("field:/on", u"2026-02-30"_qs);
        QVERIFY(form.reason("reason:/on").contains(u"is not a date"));
        form.type("field:/on", u"2026-02-28"_qs);
        QCOMPARE(form.json(), R"({"on":"2026-02-28"})");
    }

    void longTextHasLines()
    {
        Form form(R"({"type":"object","properties":{
            "note":{"type":"string","maxLength":2000}}})");
        auto* note = form.find<QPlainTextEdit>("field:/note");
        QTest::keyClicks(note, u"one"_qs);
        QTest::keyClick(note, Qt::Key_Return);
        QTest::keyClicks(note, u"two"_qs);
        QCOMPARE(form.json(), R"({"note":"one\ntwo"})");
        Form line(R"({"type":"object","properties":{
            "mail":{"type":"string","format":"email","maxLength":254}}})");
        QVERIFY(line.find<QLineEdit>("field:/mail")->isVisible());
    }
};

QTEST_MAIN(TestFormFields)
#include "tst_formfields.moc"
