// Forms over what a schema nests: lists, alternatives, schemas that hold themselves, and the same
// data as JSON text.
#include "support/formdriver.h"
#include "ui/command/fieldcell.h"
#include "value/event.h"

using namespace eventloupe;

namespace {

using Form = FormDriver;

const QByteArray rows = "{'type':'object','required':['rows'],'properties':{'rows':{'type':'array',"
                        "'items':{'type':'object','required':['n'],'properties':{'n':{'type':"
                        "'integer','minimum':1}}}}}}";
const QByteArray payment
    = "{'type':'object','required':['pay'],'properties':{'pay':{'required':['sum'],'properties':"
      "{'sum':{'type':'number'}},'oneOf':["
      "{'title':'Card','type':'object','required':['number'],'properties':{'kind':{'const':'card'},"
      "'number':{'type':'string','pattern':'^[0-9]+$'}}},"
      "{'title':'Bank','type':'object','required':['iban'],'properties':{'kind':{'const':'bank'},"
      "'iban':{'type':'string','minLength':5}}},"
      "{'title':'Code','type':'string','minLength':3}]}}}";
const QByteArray tree
    = "{'$ref':'#/$defs/node','$defs':{'node':{'type':'object','required':['name'],'properties':{"
      "'name':{'type':'string'},'left':{'$ref':'#/$defs/node'},"
      "'next':{'anyOf':[{'$ref':'#/$defs/node'},{'type':'null'}]},"
      "'children':{'type':'array','items':{'$ref':'#/$defs/node'}}}}}}";

} // namespace

class TestFormShapes : public QObject {
    Q_OBJECT

private slots:
    void rowsMoveByButtonsAndKeys()
    {
        Form form(rows);
        for (const auto& number : { u"1"_qs, u"2"_qs, u"3"_qs }) {
            form.click(u"field:/rows"_qs);
            const auto row = number.toInt() - 1;
            form.type(u"field:/rows/%1/n"_qs.arg(row), number);
        }
        QVERIFY(!form.find<QToolButton>(u"up:/rows/0"_qs)->isEnabled());
        QVERIFY(!form.find<QToolButton>(u"down:/rows/2"_qs)->isEnabled());
        QVERIFY(QTest::qWaitForWindowActive(&form.form));
        form.click(u"down:/rows/0"_qs);
        QCOMPARE(form.data(), "{'rows':[{'n':2},{'n':1},{'n':3}]}");
        form.find<QLineEdit>(u"field:/rows/2/n"_qs)->setFocus();
        QTest::keyClick(form.find<QLineEdit>(u"field:/rows/2/n"_qs), Qt::Key_Up,
            Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(form.data(), "{'rows':[{'n':2},{'n':3},{'n':1}]}");
        form.find<QLineEdit>(u"field:/rows/0/n"_qs)->setFocus();
        QTest::keyClick(form.find<QLineEdit>(u"field:/rows/0/n"_qs), Qt::Key_Delete,
            Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(form.data(), "{'rows':[{'n':3},{'n':1}]}");
        // What is wrong is said at the row where it is now.
        form.type(u"field:/rows/0/n"_qs, u"0"_qs);
        form.click(u"down:/rows/0"_qs);
        QCOMPARE(form.reason(u"reason:/rows/1/n"_qs), u"⚠ must be at least 1"_qs);
    }

    void anAlternativeShowsItsFieldsAndKeepsTexts()
    {
        Form form(payment);
        QVERIFY(!form.form.isValid());
        form.choose(u"choice:/pay"_qs, u"Card"_qs);
        form.type(u"field:/pay/number"_qs, u"4"_qs);
        form.type(u"field:/pay/sum"_qs, u"10"_qs);
        QCOMPARE(form.form.data(), json("{'pay':{'sum':10,'kind':'card','number':'4'}}"));
        QVERIFY(form.form.isValid());
        form.choose(u"choice:/pay"_qs, u"Bank"_qs);
        form.type(u"field:/pay/iban"_qs, u"DE"_qs);
        // The sum is a field of each, and goes along.
        QCOMPARE(form.form.data(), json("{'pay':{'sum':10,'kind':'bank','iban':'DE'}}"));
        QCOMPARE(
            form.reason(u"reason:/pay/iban"_qs), u"⚠ must have at least 5 characters, has 2"_qs);
        form.choose(u"choice:/pay"_qs, u"Card"_qs);
        QCOMPARE(form.form.data(), json("{'pay':{'sum':10,'kind':'card','number':'4'}}"));
        form.choose(u"choice:/pay"_qs, u"Code"_qs);
        QCOMPARE(form.data(), "{}");
        form.type(u"field:/pay"_qs, u"ab"_qs);
        QCOMPARE(form.reason(u"reason:/pay"_qs), u"⚠ must have at least 3 characters, has 2"_qs);
    }

    void anAlternativeIsRestored()
    {
        Form form(payment);
        form.choose(u"choice:/pay"_qs, u"Card"_qs);
        form.type(u"field:/pay/number"_qs, u"4x"_qs);
        form.choose(u"choice:/pay"_qs, u"Bank"_qs);
        const auto draft = form.form.draft();
        form.form.reset();
        QCOMPARE(form.find<QComboBox>(u"choice:/pay"_qs)->currentIndex(), 0);
        form.form.restore(draft);
        QCOMPARE(form.find<QComboBox>(u"choice:/pay"_qs)->currentText(), u"Bank"_qs);
        form.choose(u"choice:/pay"_qs, u"Card"_qs);
        QCOMPARE(form.find<QLineEdit>(u"field:/pay/number"_qs)->text(), u"4x"_qs);
    }

    void aDefaultMakesNoOptionalObject()
    {
        Form form("{'type':'object','properties':{'price':{'type':'object','required':['sum'],"
                  "'properties':{'sum':{'type':'number'},'currency':{'enum':['EUR','USD'],"
                  "'default':'EUR'}}}}}");
        QCOMPARE(form.data(), "{}");
        QVERIFY(form.form.isValid());
        form.type(u"field:/price/sum"_qs, u"1"_qs);
        QCOMPARE(form.data(), "{'price':{'sum':1,'currency':'EUR'}}");
        form.find<QLineEdit>(u"field:/price/sum"_qs)->clear();
        form.choose(u"field:/price/currency"_qs, u"USD"_qs);
        QVERIFY(!form.form.isValid());
    }

    void whatTheChoiceSaysIsNotAskedAgain()
    {
        Form form(payment);
        form.choose(u"choice:/pay"_qs, u"Card"_qs);
        QVERIFY(!form.find<QComboBox>(u"field:/pay/kind"_qs)->isVisible());
        QVERIFY(form.find<QLineEdit>(u"field:/pay/number"_qs)->isVisible());
    }

    void aChoiceThatIsNeededIsSaid()
    {
        Form form(payment);
        QCOMPARE(form.reason(u"reason:/pay"_qs), QString());
        form.form.showAllReasons();
        QCOMPARE(form.reason(u"reason:/pay"_qs), u"⚠ is needed"_qs);
    }

    void orNullIsTheFieldItself()
    {
        Form form("{'type':'object','properties':{'n':{'anyOf':[{'type':'null'},{'type':'integer',"
                  "'minimum':5}]}}}");
        form.type(u"field:/n"_qs, u"4"_qs);
        QCOMPARE(form.reason(u"reason:/n"_qs), u"⚠ must be at least 5"_qs);
        form.type(u"field:/n"_qs, u"6"_qs);
        QVERIFY(form.form.isValid());
    }

    void partsOfAllOfAreOneForm()
    {
        Form form("{'allOf':[{'$ref':'#/$defs/named'},{'properties':{'age':{'type':'integer'}}}],"
                  "'type':'object','$defs':{'named':{'required':['name'],'properties':{'name':"
                  "{'type':'string'}}}}}");
        form.type(u"field:/name"_qs, u"Ada"_qs);
        form.type(u"field:/age"_qs, u"36"_qs);
        QCOMPARE(form.form.data(), json("{'name':'Ada','age':36}"));
        QVERIFY(form.form.isValid());
    }

    void aSchemaThatHoldsItselfComesOnDemand()
    {
        Form form(tree);
        QVERIFY(form.form.editorAt("/left") != nullptr);
        QVERIFY(form.form.editorAt("/left/name") == nullptr);
        form.type(u"field:/name"_qs, u"a"_qs);
        QVERIFY(form.form.isValid());
        form.click(u"demand:/left"_qs);
        QVERIFY(!form.form.isValid());
        form.type(u"field:/left/name"_qs, u"b"_qs);
        form.click(u"demand:/left/next"_qs);
        form.type(u"field:/left/next/name"_qs, u"c"_qs);
        form.click(u"field:/children"_qs);
        form.type(u"field:/children/0/name"_qs, u"d"_qs);
        QCOMPARE(form.form.data(),
            json("{'name':'a','left':{'name':'b','next':{'name':'c'}},'children':[{'name':'d'}]}"));
        QVERIFY(form.form.isValid());
        const auto draft = form.form.draft();
        const auto data = form.data();
        form.form.reset();
        form.form.restore(draft);
        QCOMPARE(form.data(), data);
        form.click(u"demand:/left"_qs);
        QCOMPARE(form.form.data(), json("{'name':'a','children':[{'name':'d'}]}"));
    }

    void aLargeSchemaMakesABoundedForm()
    {
        // Each group holds twenty, and each of those twenty more, and so on.
        QByteArray schema = "{'type':'string'}";
        for (int level = 0; level < 5; ++level) {
            QByteArray group = "{'type':'object','properties':{";
            for (int i = 0; i < 20; ++i)
                group += "'p" + QByteArray::number(i) + "':{'$ref':'#/$defs/l"
                    + QByteArray::number(level) + "'},";
            group.chop(1);
            schema = level == 0 ? "'l0':" + schema : schema;
            schema += ",'l" + QByteArray::number(level + 1) + "':" + group + "}}";
        }
        Form form("{'$ref':'#/$defs/l5','$defs':{" + schema + "}}");
        int cells = 0;
        for (const auto* cell : form.form.findChildren<FieldCell*>())
            cells += cell != nullptr ? 1 : 0;
        QVERIFY2(cells > 20 && cells < 1000, qPrintable(QString::number(cells)));
    }

    void partsThatMultiplyMakeABoundedForm()
    {
        QByteArray definitions;
        for (int level = 0; level < 12; ++level) {
            const QByteArray next = "{'$ref':'#/$defs/a" + QByteArray::number(level + 1) + "'},";
            definitions += "'a" + QByteArray::number(level) + "':{'allOf':[" + next.repeated(20);
            definitions.chop(1);
            definitions += "]},";
        }
        const Form form("{'type':'object','properties':{'x':{'type':'string'}},'allOf':[{'$ref':"
                        "'#/$defs/a0'}],'$defs':{"
            + definitions + "'a12':{}}}");
        QVERIFY(form.form.findChild<QLineEdit*>(u"field:/x"_qs) != nullptr);
    }

    void constAndReadOnlyAreShownOnly()
    {
        Form form("{'type':'object','required':['kind'],'properties':{'kind':{'const':'a'},"
                  "'by':{'type':'string','readOnly':true,'default':'me'}}}");
        QCOMPARE(form.form.data(), json("{'kind':'a','by':'me'}"));
        QVERIFY(!form.find<QComboBox>(u"field:/kind"_qs)->isEnabled());
        QVERIFY(!form.find<QLineEdit>(u"field:/by"_qs)->isEnabled());
    }

    void theDataIsEditedAsJsonToAndFro()
    {
        Form form(payment);
        form.choose(u"choice:/pay"_qs, u"Card"_qs);
        form.type(u"field:/pay/sum"_qs, u"10.50"_qs);
        form.type(u"field:/pay/number"_qs, u"4"_qs);
        form.toggle();
        QVERIFY(form.text()->isVisible());
        QVERIFY(form.text()->toPlainText().contains(u"10.50"_qs));
        form.typeJson("{'pay':{'sum':7,'kind':'bank','iban':'DE'}}");
        QVERIFY(!form.form.isValid());
        QCOMPARE(form.reason(u"formJsonReasons"_qs).left(40).contains(u"line 1: /pay"_qs), true);
        form.typeJson("{'pay':{'sum':7,'kind':'bank','iban':'DE123'}}");
        QVERIFY(form.form.isValid());
        form.toggle();
        QVERIFY(!form.isJson());
        QCOMPARE(form.find<QComboBox>(u"choice:/pay"_qs)->currentText(), u"Bank"_qs);
        QCOMPARE(form.find<QLineEdit>(u"field:/pay/iban"_qs)->text(), u"DE123"_qs);
        QCOMPARE(form.form.data(), json("{'pay':{'sum':7,'kind':'bank','iban':'DE123'}}"));
        // It is the person's own, and comes back with a draft.
        const auto draft = form.form.draft();
        form.form.reset();
        form.form.restore(draft);
        QCOMPARE(form.form.data(), json("{'pay':{'sum':7,'kind':'bank','iban':'DE123'}}"));
    }

    void brokenJsonStaysAndSaysWhere()
    {
        Form form(rows);
        form.toggle();
        form.typeJson("{\n  'rows': [{'n': 1},, ]\n}");
        QVERIFY(!form.form.isValid());
        QVERIFY2(form.reason(u"formJsonReasons"_qs).startsWith(u"⚠ line 2, column 21: not JSON"_qs),
            qPrintable(form.reason(u"formJsonReasons"_qs)));
        form.toggle();
        QVERIFY(form.isJson());
        QVERIFY(form.text()->toPlainText().contains(u",, ]"_qs));
        const auto draft = form.form.draft();
        form.form.reset();
        form.form.restore(draft);
        QVERIFY(form.isJson());
        QVERIFY(form.text()->toPlainText().contains(u",, ]"_qs));
    }

    void jsonThatTheFieldsCannotShowStays_data()
    {
        QTest::addColumn<QByteArray>("written");
        QTest::addColumn<QString>("named");
        QTest::newRow("unknown member") << QByteArray("{'rows':[],'x':1}") << u"x"_qs;
        QTest::newRow("other type") << QByteArray("{'rows':'many'}") << u"rows"_qs;
        QTest::newRow("null") << QByteArray("{'rows':[{'n':null}]}") << u"rows"_qs;
    }
    void jsonThatTheFieldsCannotShowStays()
    {
        QFETCH(QByteArray, written);
        QFETCH(QString, named);
        Form form(rows);
        form.click(u"field:/rows"_qs);
        form.type(u"field:/rows/0/n"_qs, u"9"_qs);
        form.toggle();
        form.typeJson(written);
        form.toggle();
        QVERIFY(form.isJson());
        QCOMPARE(form.form.data(), json(written));
        QVERIFY2(form.reason(u"formJsonReasons"_qs).contains(u"cannot show \"%1\""_qs.arg(named)),
            qPrintable(form.reason(u"formJsonReasons"_qs)));
        // The fields are as they were.
        form.typeJson("{'rows':[{'n':9}]}");
        form.toggle();
        QVERIFY(!form.isJson());
        QCOMPARE(form.data(), "{'rows':[{'n':9}]}");
    }

    void unchangedJsonLeavesTheFieldsAsTyped()
    {
        Form form(rows);
        form.click(u"field:/rows"_qs);
        form.type(u"field:/rows/0/n"_qs, u"12x"_qs);
        form.toggle();
        form.toggle();
        QVERIFY(!form.isJson());
        QCOMPARE(form.find<QLineEdit>(u"field:/rows/0/n"_qs)->text(), u"12x"_qs);
    }
};

QTEST_MAIN(TestFormShapes)
#include "tst_formshapes.moc"
