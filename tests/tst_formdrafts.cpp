// Forms: what is kept of fields that are hidden, what a condition presets, and bounds.
#include "support/formdriver.h"
#include "ui/command/fieldcell.h"
#include "ui/command/patternschemas.h"

#include <QCheckBox>

using namespace eventloupe;

namespace {

using Form = FormDriver;

/// A member that two branches give schemas of their own, and a third leaves out.
const QByteArray branches = "{'type':'object','properties':{'how':{'enum':['a','b','c']}},'allOf':["
                            "{'if':{'required':['how'],'properties':{'how':{'const':'a'}}},"
                            "'then':{'properties':{'x':{'type':'string'}}}},"
                            "{'if':{'required':['how'],'properties':{'how':{'const':'b'}}},"
                            "'then':{'properties':{'x':{'type':'string','minLength':5}}}}]}";

} // namespace

class TestFormDrafts : public QObject {
    Q_OBJECT

private slots:
    void whatIsHiddenIsKeptWhileTheDataIsJson()
    {
        const QByteArray rows
            = "{'type':'object','properties':{'rows':{'type':'array','items':" + delivery + "}}}";
        Form form(rows);
        form.click(u"field:/rows"_qs);
        form.choose(u"field:/rows/0/how"_qs, u"post"_qs);
        form.type(u"field:/rows/0/street"_qs, u"Mill Lane"_qs);
        form.choose(u"field:/rows/0/how"_qs, u"shop"_qs);
        form.toggle();
        form.typeJson("{'rows':[{'how':'shop','branch':'North'}]}");
        form.toggle();
        QVERIFY(!form.isJson());
        QCOMPARE(form.data(), "{'rows':[{'how':'shop','branch':'North'}]}");
        form.choose(u"field:/rows/0/how"_qs, u"post"_qs);
        QCOMPARE(form.data(), "{'rows':[{'how':'post','street':'Mill Lane'}]}");
        // The text hides it this time.
        form.toggle();
        form.typeJson("{'rows':[{'how':'shop'}]}");
        form.toggle();
        QCOMPARE(form.data(), "{'rows':[{'how':'shop'}]}");
        form.choose(u"field:/rows/0/how"_qs, u"post"_qs);
        QCOMPARE(form.data(), "{'rows':[{'how':'post','street':'Mill Lane'}]}");
    }

    void aTextGoesFromBranchToBranchOverOneWithoutIt()
    {
        Form form(branches);
        form.choose(u"field:/how"_qs, u"a"_qs);
        form.type(u"field:/x"_qs, u"Mill Lane"_qs);
        form.choose(u"field:/how"_qs, u"c"_qs);
        QCOMPARE(form.data(), "{'how':'c'}");
        form.choose(u"field:/how"_qs, u"b"_qs);
        QCOMPARE(form.data(), "{'how':'b','x':'Mill Lane'}");
        Form other(branches);
        other.form.restore(form.form.draft());
        QCOMPARE(other.data(), "{'how':'b','x':'Mill Lane'}");
        // The field of the first branch is hidden still, with the text of before.
        for (auto* line : form.form.findChildren<QLineEdit*>(u"field:/x"_qs)) {
            if (line->isVisible()) {
                line->selectAll();
                QTest::keyClicks(line, u"Mill Road"_qs);
            }
        }
        form.choose(u"field:/how"_qs, u"c"_qs);
        form.choose(u"field:/how"_qs, u"a"_qs);
        QCOMPARE(form.data(), "{'how':'a','x':'Mill Road'}");
    }

    void whatAnotherKindOfFieldCannotTakeIsInTheDraft()
    {
        const QByteArray schema
            = QByteArray(branches).replace("{'type':'string','minLength':5}", "{'type':'boolean'}");
        Form form(schema);
        form.choose(u"field:/how"_qs, u"a"_qs);
        form.type(u"field:/x"_qs, u"Mill Lane"_qs);
        form.choose(u"field:/how"_qs, u"b"_qs);
        Form other(schema);
        other.form.restore(form.form.draft());
        QVERIFY(!other.data().contains("Mill"));
        other.choose(u"field:/how"_qs, u"c"_qs);
        other.choose(u"field:/how"_qs, u"a"_qs);
        QCOMPARE(other.data(), "{'how':'a','x':'Mill Lane'}");
    }

    void aDraftOfBeforeIsRead()
    {
        Form form(delivery);
        form.form.restore(json("{'how':null,'note':'ring','$hidden':{'street':'Mill Lane'}}"));
        QCOMPARE(form.find<QLineEdit>(u"field:/note"_qs)->text(), u"ring"_qs);
        form.choose(u"field:/how"_qs, u"post"_qs);
        QCOMPARE(form.data(), "{'how':'post','note':'ring','street':'Mill Lane'}");
    }

    void membersMayBeCalledAsThePartsOfADraft()
    {
        const QByteArray schema = "{'type':'object','properties':{'$hidden':{'type':'string'},"
                                  "'$entries':{'type':'string'},'$fields':{'type':'string'},"
                                  "'$json':{'type':'string'}}}";
        Form form(schema);
        for (const auto& name : { u"$hidden"_qs, u"$entries"_qs, u"$fields"_qs, u"$json"_qs })
            form.type(u"field:/"_qs + name, name);
        Form other(schema);
        other.form.restore(form.form.draft());
        QVERIFY(!other.isJson());
        QCOMPARE(other.data(), form.data());
        QCOMPARE(other.find<QLineEdit>(u"field:/$hidden"_qs)->text(), u"$hidden"_qs);
    }

    void whatIsNeededByAConditionIsPreset()
    {
        Form form("{'type':'object','properties':{'on':{'type':'boolean'},"
                  "'id':{'type':'string','format':'uuid'},'kind':{'const':'k'},"
                  "'pick':{'oneOf':[{'type':'string'},{'type':'integer'}]},"
                  "'list':{'type':'array','minItems':2,'items':{'type':'string'}},"
                  "'by':{'type':'string','readOnly':true},'flag':{'type':'boolean'}},"
                  "'if':{'required':['on'],'properties':{'on':{'const':true}}},"
                  "'then':{'required':['id','kind','pick','list','by','flag']}}");
        const auto pick = [&form] { return form.find<QComboBox>(u"choice:/pick"_qs)->itemText(0); };
        QCOMPARE(form.data(), "{}");
        QCOMPARE(pick(), u"(not set)"_qs);
        QVERIFY(!form.find<QLineEdit>(u"field:/by"_qs)->isEnabled());
        form.find<QCheckBox>(u"field:/on"_qs)->click();
        QCOMPARE(form.find<QLineEdit>(u"field:/id"_qs)->text().size(), 36);
        QCOMPARE(form.find<QComboBox>(u"field:/kind"_qs)->currentText(), u"k"_qs);
        QCOMPARE(form.find<QComboBox>(u"field:/kind"_qs)->count(), 1);
        QCOMPARE(pick(), u"(choose)"_qs);
        QVERIFY(form.form.findChild<QLineEdit*>(u"field:/list/1"_qs) != nullptr);
        QVERIFY(form.find<QLineEdit>(u"field:/by"_qs)->isEnabled());
        QVERIFY(!form.find<QCheckBox>(u"field:/flag"_qs)->isTristate());
        QVERIFY(form.data().contains("'kind':'k'"));
        QVERIFY(form.data().contains("'flag':false"));
        form.find<QCheckBox>(u"field:/on"_qs)->click();
        QCOMPARE(form.data(), "{'on':false}");
        QCOMPARE(pick(), u"(not set)"_qs);
        QVERIFY(!form.find<QLineEdit>(u"field:/by"_qs)->isEnabled());
    }

    void whatWasTypedStaysWhenItIsNeededNoMore()
    {
        Form form("{'type':'object','properties':{'on':{'type':'boolean'},"
                  "'id':{'type':'string','format':'uuid'}},"
                  "'if':{'required':['on'],'properties':{'on':{'const':true}}},"
                  "'then':{'required':['id']}}");
        form.type(u"field:/id"_qs, u"mine"_qs);
        form.find<QCheckBox>(u"field:/on"_qs)->click();
        QCOMPARE(form.data(), "{'on':true,'id':'mine'}");
        form.find<QCheckBox>(u"field:/on"_qs)->click();
        QCOMPARE(form.data(), "{'on':false,'id':'mine'}");
    }

    void aFieldThatHadTheKeyboardIsExchangedLater()
    {
        Form form("{'type':'object','properties':{'a':{'type':'string'},'b':{'type':'string'},"
                  "'c':{'type':'string'}},"
                  "'if':{'required':['a']},"
                  "'then':{'properties':{'b':{'type':'string','description':'narrow'}}}}");
        QVERIFY(QTest::qWaitForWindowActive(&form.form));
        form.find<QLineEdit>(u"field:/b"_qs)->setFocus();
        QVERIFY(form.find<QLineEdit>(u"field:/b"_qs)->hasFocus());
        // From elsewhere, while the keyboard is in b.
        form.form.prefill(JsonPointer({ "a" }), u"1"_qs);
        const auto hint = [&form] { return form.form.editorAt("/b")->spec().description; };
        QCOMPARE(hint(), QString());
        form.find<QLineEdit>(u"field:/c"_qs)->setFocus();
        form.type(u"field:/c"_qs, u"2"_qs);
        QCOMPARE(hint(), u"narrow"_qs);
    }

    void aNameIsTriedWithinOneBudgetAndRemembered()
    {
        using namespace std::chrono_literals;
        const auto patterns = json("{'^n_':{'type':'integer'},'_x$':{'minimum':1}}");
        PatternSchemas schemas(patterns);
        QCOMPARE(schemas.schemaFor("n_x", 10s), json("{'type':'integer','minimum':1}"));
        QCOMPARE(schemas.schemaFor("n_y", 0ns), JsonValue());
        QCOMPARE(schemas.schemaFor("n_x", 0ns), json("{'type':'integer','minimum':1}"));
        QCOMPARE(schemas.schemaFor("other", 10s), JsonValue());
    }

    void aTupleTakesAnythingAfterwards()
    {
        const auto schemaWith = [](const QByteArray& more) {
            return "{'type':'object','required':['at'],'properties':{'at':{'type':'array',"
                   "'prefixItems':[{'type':'number'}]"
                + more + "}}}";
        };
        Form form(schemaWith(""));
        form.type(u"field:/at/0"_qs, u"1"_qs);
        form.click(u"field:/at"_qs);
        form.find<QPlainTextEdit>(u"field:/at/1"_qs)->setPlainText(u"{\"y\": [2]}"_qs);
        QCOMPARE(form.data(), "{'at':[1,{'y':[2]}]}");
        form.toggle();
        form.typeJson("{'at':[1,'two',null]}");
        form.toggle();
        QVERIFY(!form.isJson());
        QCOMPARE(form.data(), "{'at':[1,'two',null]}");
        for (const auto* more :
            { ",'items':false", ",'unevaluatedItems':false", ",'maxItems':1" }) {
            const Form closed(schemaWith(more));
            QVERIFY(closed.form.findChild<QToolButton*>(u"field:/at"_qs) == nullptr);
        }
    }

    void jsonWithTooManyRowsStaysJson_data()
    {
        QTest::addColumn<QByteArray>("schema");
        QTest::addColumn<QByteArray>("open");
        QTest::addColumn<QByteArray>("row");
        QTest::addColumn<int>("count");
        QTest::addColumn<bool>("stays");
        const QByteArray list = "{'type':'array','items':{'type':'integer'}}";
        QTest::newRow("list") << list << QByteArray("[") << QByteArray("1") << 10000 << true;
        QTest::newRow("short list") << list << QByteArray("[") << QByteArray("1") << 200 << false;
        QTest::newRow("lists in a list")
            << QByteArray("{'type':'array','items':" + list + "}") << QByteArray("[")
            << QByteArray("[1,2,3,4,5]") << 100 << true;
        QTest::newRow("map") << QByteArray(
            "{'type':'object','additionalProperties':{'type':'integer'}}")
                             << QByteArray("{") << QByteArray("'k%':1") << 10000 << true;
    }
    void jsonWithTooManyRowsStaysJson()
    {
        QFETCH(QByteArray, schema);
        QFETCH(QByteArray, open);
        QFETCH(QByteArray, row);
        QFETCH(int, count);
        QFETCH(bool, stays);
        QByteArrayList rows;
        for (int i = 0; i < count; ++i)
            rows.append(QByteArray(row).replace("%", QByteArray::number(i)));
        const auto written = "{'x':" + open + rows.join(',') + (open == "[" ? "]" : "}") + "}";
        Form form("{'type':'object','properties':{'x':" + schema + "}}");
        form.toggle();
        form.typeJson(written);
        form.toggle();
        QCOMPARE(form.isJson(), stays);
        QCOMPARE(form.data(), written);
        QVERIFY(form.form.findChildren<FieldCell*>().size() <= 301);
        if (stays)
            QVERIFY(form.reason(u"formJsonReasons"_qs).contains(u"300 rows"_qs));
    }

    void aDefaultOfManyRowsIsJson()
    {
        QByteArray many = "1";
        for (int i = 0; i < 1000; ++i)
            many += ",1";
        const Form form("{'type':'object','properties':{'x':{'type':'array','items':"
                        "{'type':'integer'},'default':["
            + many + "]}}}");
        QVERIFY(form.form.findChild<QPlainTextEdit*>(u"field:/x"_qs) != nullptr);
        QCOMPARE(form.form.data().find("x")->size(), 1001);
    }
};

QTEST_MAIN(TestFormDrafts)
#include "tst_formdrafts.moc"
