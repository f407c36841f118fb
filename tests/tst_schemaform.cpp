#include "support/objectform.h"
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

using Form = ObjectForm;

class TestSchemaForm : public QObject {
    Q_OBJECT

private slots:
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
