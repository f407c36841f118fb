#include "ui/command/fieldcell.h"
#include "ui/command/schemaform.h"
#include "value/event.h"
#include "value/json.h"

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

namespace {

Schema schemaOf(const QByteArray& text)
{
    const auto document = parseJson(viewOf(text));
    Q_ASSERT(document);
    auto schema = Schema::compile(*document);
    Q_ASSERT(schema);
    return *schema;
}

/// A form over one object, shown so that visibility means something.
class Form {
public:
    explicit Form(const QByteArray& schema, const QSet<QByteArray>& named = {})
    {
        form.setSchema(schemaOf(schema), named);
        form.resize(700, 500);
        form.show();
    }

    template <class T> T* find(const char* name)
    {
        auto* widget = form.findChild<T*>(QString::fromLatin1(name));
        if (widget == nullptr)
            qFatal("no %s", name);
        return widget;
    }
    void type(const char* name, const QString& text)
    {
        auto* line = find<QLineEdit>(name);
        line->selectAll();
        QTest::keyClicks(line, text);
    }
    void clear(const char* name)
    {
        auto* line = find<QLineEdit>(name);
        line->selectAll();
        QTest::keyClick(line, Qt::Key_Delete);
    }
    QString reason(const char* name)
    {
        auto* label = find<QLabel>(name);
        return label->isVisible() ? label->text() : QString();
    }
    QByteArray json() const { return form.data().toJson(); }

    SchemaForm form;
};

} // namespace

class TestSchemaForm : public QObject {
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

    void nestedObjectsAreGroups()
    {
        Form form(R"({"type":"object","properties":{
            "address":{"type":"object","title":"Where to",
              "properties":{"street":{"type":"string"},"city":{"type":"string"}},
              "required":["city"]}}})");
        QCOMPARE(form.json(), "{}");
        QVERIFY(form.form.isValid());
        form.type("field:/address/street", u"Low Road"_qs);
        QCOMPARE(form.json(), R"({"address":{"street":"Low Road"}})");
        QVERIFY(!form.form.isValid());
        form.form.showAllReasons();
        QVERIFY(form.reason("reason:/address/city").contains(u"is needed"));
        form.type("field:/address/city", u"Ely"_qs);
        QCOMPARE(form.json(), R"({"address":{"street":"Low Road","city":"Ely"}})");
        QVERIFY(form.form.isValid());
    }

    void arraysAreRows()
    {
        Form form(R"({"type":"object","properties":{"items":{"type":"array","minItems":1,
            "items":{"type":"object","properties":{"sku":{"type":"string"},
            "qty":{"type":"integer","minimum":1}},"required":["sku","qty"]}}},
            "required":["items"]})");
        form.type("field:/items/0/sku", u"A1"_qs);
        form.type("field:/items/0/qty", u"2"_qs);
        QCOMPARE(form.json(), R"({"items":[{"sku":"A1","qty":2}]})");
        form.find<QToolButton>("field:/items")->click();
        QVERIFY(!form.form.isValid());
        form.type("field:/items/1/sku", u"B2"_qs);
        form.type("field:/items/1/qty", u"0"_qs);
        QVERIFY(!form.reason("reason:/items/1/qty").isEmpty());
        QCOMPARE(form.json(), R"({"items":[{"sku":"A1","qty":2},{"sku":"B2","qty":0}]})");
        form.find<QToolButton>("remove:/items/0")->click();
        QCOMPARE(form.json(), R"({"items":[{"sku":"B2","qty":0}]})");
        form.type("field:/items/0/qty", u"7"_qs);
        QCOMPARE(form.json(), R"({"items":[{"sku":"B2","qty":7}]})");
        QVERIFY(form.form.isValid());
        QCOMPARE(form.reason("reason:/items/0/qty"), QString());
    }

    void laterRowsTakeTheKeyboardInTheirPlace()
    {
        Form form(R"({"type":"object","properties":{
            "tags":{"type":"array","items":{"type":"string"}},"last":{"type":"string"}}})");
        form.find<QToolButton>("field:/tags")->click();
        QStringList names;
        for (const auto* widget : form.form.tabWidgets())
            names.append(widget->objectName());
        QCOMPARE(names,
            QStringList({ u"field:/tags/0"_qs, u"up:/tags/0"_qs, u"down:/tags/0"_qs,
                u"remove:/tags/0"_qs, u"field:/tags"_qs, u"field:/last"_qs }));
    }

    void whatFitsNoEditorIsJson()
    {
        Form form(R"({"type":"object","properties":{"any":{"type":["array","object"]}}})");
        auto* any = form.find<QPlainTextEdit>("field:/any");
        QTest::keyClicks(any, u"{\"a\":1.0"_qs);
        QVERIFY(form.reason("reason:/any").contains(u"is not JSON"));
        QTest::keyClicks(any, u"}"_qs);
        QCOMPARE(form.json(), R"({"any":{"a":1.0}})");
        QVERIFY(form.form.isValid());
    }

    void freeDataIsJsonAsAWhole()
    {
        Form form("{}");
        QCOMPARE(form.json(), "{}");
        form.find<QPlainTextEdit>("field:")->setPlainText(u"{\"x\": [1]}"_qs);
        QCOMPARE(form.json(), R"({"x":[1]})");
        form.form.reset();
        QCOMPARE(form.json(), "{}");
    }

    void reasonsAppearAsOneTypes()
    {
        Form form(R"({"type":"object","properties":{
            "name":{"type":"string","minLength":3,"title":"Full name","description":"As spoken"}},
            "required":["name"]})");
        QVERIFY(!form.form.isValid());
        QCOMPARE(form.reason("reason:/name"), QString());
        form.type("field:/name", u"Al"_qs);
        QVERIFY(form.reason("reason:/name").startsWith(u"⚠ "));
        auto* line = form.find<QLineEdit>("field:/name");
        QVERIFY(line->accessibleDescription().size() > int(qstrlen("As spoken")));
        QCOMPARE(line->accessibleName(), u"Full name"_qs);
        form.type("field:/name", u"Ada"_qs);
        QCOMPARE(form.reason("reason:/name"), QString());
        QCOMPARE(line->accessibleDescription(), u"As spoken"_qs);
        QVERIFY(form.form.isValid());
    }

    void requiredAndUntouchedIsQuietUntilIssued()
    {
        Form form(R"({"type":"object","properties":{"a":{"type":"string"},"b":{"type":"string"}},
            "required":["a","b"]})");
        form.type("field:/a", u"x"_qs);
        form.clear("field:/a");
        QVERIFY(form.reason("reason:/a").contains(u"is needed"));
        QCOMPARE(form.reason("reason:/b"), QString());
        form.form.showAllReasons();
        QVERIFY(form.reason("reason:/b").contains(u"is needed"));
    }

    void labelsNameFieldsAndMarkTheRequired()
    {
        Form form(R"({"type":"object","properties":{
            "userId":{"type":"string"},"e":{"type":"string","title":"<b>R&D</b>"}},
            "required":["userId"]})");
        QHash<QString, QLabel*> labels;
        for (auto* label : form.form.findChildren<QLabel*>()) {
            if (label->buddy() != nullptr)
                labels.insert(label->buddy()->objectName(), label);
        }
        const auto plain = [](QString text) {
            text.replace(u"&&"_qs, u"+"_qs);
            return text.remove(u'&').replace(u'+', u'&');
        };
        QCOMPARE(plain(labels.value(u"field:/userId"_qs)->text()), u"User id *"_qs);
        QCOMPARE(plain(labels.value(u"field:/e"_qs)->text()), u"<b>R&D</b>"_qs);
        QCOMPARE(labels.value(u"field:/e"_qs)->textFormat(), Qt::PlainText);
        QVERIFY(form.find<QLabel>("requiredNote")->isVisible());
    }

    void defaultsArePresetAndComeBack()
    {
        Form form(R"({"type":"object","properties":{
            "n":{"type":"integer","default":5},"s":{"enum":["a","b"],"default":"b"}}})");
        QCOMPARE(form.json(), R"({"n":5,"s":"b"})");
        form.type("field:/n", u"6"_qs);
        form.form.reset();
        QCOMPARE(form.json(), R"({"n":5,"s":"b"})");
    }

    void draftKeepsWhatIsNoValue()
    {
        const QByteArray schema(R"({"type":"object","properties":{"n":{"type":"integer"},
            "tags":{"type":"array","items":{"type":"string"}}}})");
        Form form(schema);
        form.type("field:/n", u"twelve"_qs);
        form.find<QToolButton>("field:/tags")->click();
        form.type("field:/tags/0", u"red"_qs);
        const auto draft = form.form.draft();
        Form other(schema);
        other.form.restore(draft);
        QCOMPARE(other.find<QLineEdit>("field:/n")->text(), u"twelve"_qs);
        QCOMPARE(other.find<QLineEdit>("field:/tags/0")->text(), u"red"_qs);
        QVERIFY(!other.form.isValid());
    }

    void prefillLeavesWhatWasTyped()
    {
        Form form(R"({"type":"object","properties":{"id":{"type":"integer"}}})");
        form.form.prefill(*JsonPointer::parse("/id"), u"42"_qs);
        QCOMPARE(form.json(), R"({"id":42})");
        form.form.prefill(*JsonPointer::parse("/id"), u"43"_qs);
        QCOMPARE(form.json(), R"({"id":43})");
        form.type("field:/id", u"7"_qs);
        form.form.prefill(*JsonPointer::parse("/id"), u"44"_qs);
        QCOMPARE(form.json(), R"({"id":7})");
    }

    void reasonsAreInTheColourOfErrorsInLightAndDark()
    {
        Form form(R"({"type":"object","properties":{"n":{"type":"integer"}}})");
        form.type("field:/n", u"x"_qs);
        const auto light = form.find<QLabel>("reason:/n")->palette().color(QPalette::WindowText);
        auto dark = form.form.palette();
        dark.setColor(QPalette::Window, Qt::black);
        dark.setColor(QPalette::Base, Qt::black);
        dark.setColor(QPalette::WindowText, Qt::white);
        dark.setColor(QPalette::Text, Qt::white);
        form.form.setPalette(dark);
        const auto night = form.find<QLabel>("reason:/n")->palette().color(QPalette::WindowText);
        QVERIFY(light != night);
    }

    void referencesAreFollowedToADepth()
    {
        const auto document = parseJson("{\"$defs\":{\"node\":{\"type\":\"object\",\"title\":"
                                        "\"Node\",\"properties\":{\"child\":{\"$ref\":"
                                        "\"#/$defs/node\"}}}},\"$ref\":\"#/$defs/node\"}");
        QVERIFY(document);
        const auto schema = Schema::compile(*document);
        QVERIFY(schema);
        auto spec = FieldSpec::make({ *schema, {} }, {}, *document, true);
        QCOMPARE(spec.title, u"Node"_qs);
        int depth = 0;
        while (spec.kind == EditorKind::Object && depth < 100) {
            spec = spec.member("child", *spec.keyword("properties")->find("child"));
            ++depth;
        }
        QCOMPARE(spec.kind, EditorKind::Json);
        QVERIFY(depth > 2);
    }
};

QTEST_MAIN(TestSchemaForm)
#include "tst_schemaform.moc"
