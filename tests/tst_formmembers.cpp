// Forms over members that come and go: by conditions, by their names, by their place in an array.
#include "support/formdriver.h"
#include "ui/command/fieldcell.h"

#include <QCheckBox>
#include <QDateTime>

using namespace eventloupe;

namespace {

using Form = FormDriver;

const QByteArray labels
    = "{'type':'object','properties':{'labels':{'type':'object','additionalProperties':"
      "{'type':'integer','minimum':1}}}}";
const QByteArray point
    = "{'type':'object','required':['at'],'properties':{'at':{'type':'array','minItems':2,"
      "'prefixItems':[{'title':'X','type':'number'},{'title':'Y','type':'number'},"
      "{'type':'string'}],'items':{'type':'boolean'}}}}";

bool isShown(Form& form, const QString& name)
{
    const auto* widget = form.form.findChild<QWidget*>(name);
    return widget != nullptr && widget->isVisible();
}

} // namespace

class TestFormMembers : public QObject {
    Q_OBJECT

private slots:
    void aConditionShowsItsFields()
    {
        Form form(delivery);
        QVERIFY(!isShown(form, u"field:/street"_qs));
        QVERIFY(isShown(form, u"field:/branch"_qs));
        form.choose(u"field:/how"_qs, u"post"_qs);
        QVERIFY(isShown(form, u"field:/street"_qs));
        QVERIFY(!isShown(form, u"field:/branch"_qs));
        QVERIFY(!form.form.isValid());
        form.type(u"field:/street"_qs, u"Mill Lane"_qs);
        QCOMPARE(form.data(), "{'how':'post','street':'Mill Lane'}");
        QVERIFY(form.form.isValid());
    }

    void whatWasTypedIsKeptWhileHiddenAndNotSent()
    {
        Form form(delivery);
        form.choose(u"field:/how"_qs, u"post"_qs);
        form.type(u"field:/street"_qs, u"Mill Lane"_qs);
        form.choose(u"field:/how"_qs, u"shop"_qs);
        QCOMPARE(form.data(), "{'how':'shop'}");
        form.type(u"field:/branch"_qs, u"North"_qs);
        QCOMPARE(form.data(), "{'how':'shop','branch':'North'}");
        form.choose(u"field:/how"_qs, u"post"_qs);
        QCOMPARE(form.data(), "{'how':'post','street':'Mill Lane'}");
    }

    void aDraftHoldsWhatIsHidden()
    {
        Form form(delivery);
        form.choose(u"field:/how"_qs, u"post"_qs);
        form.type(u"field:/street"_qs, u"Mill Lane"_qs);
        form.choose(u"field:/how"_qs, u"shop"_qs);
        Form other(delivery);
        other.form.restore(form.form.draft());
        QCOMPARE(other.data(), "{'how':'shop'}");
        other.choose(u"field:/how"_qs, u"post"_qs);
        QCOMPARE(other.data(), "{'how':'post','street':'Mill Lane'}");
        other.form.reset();
        QCOMPARE(other.data(), "{}");
        other.choose(u"field:/how"_qs, u"post"_qs);
        QCOMPARE(other.data(), "{'how':'post'}");
    }

    void aConditionNarrowsAFieldWithoutLosingItsText()
    {
        Form form(delivery);
        form.type(u"field:/note"_qs, u"ring"_qs);
        form.choose(u"field:/how"_qs, u"post"_qs);
        form.type(u"field:/street"_qs, u"Mill Lane"_qs);
        QCOMPARE(form.data(), "{'how':'post','note':'ring','street':'Mill Lane'}");
        // The field of before is there still, hidden.
        QString reason;
        for (const auto* label : form.form.findChildren<QLabel*>(u"reason:/note"_qs))
            reason += label->isVisible() ? label->text() : QString();
        QVERIFY2(reason.contains(u"5"_qs), qPrintable(reason));
    }

    void whatAConditionAsksForCanBeChosenAnew()
    {
        Form form("{'type':'object','properties':{'how':{'enum':['post','shop']}},"
                  "'if':{'required':['how'],'properties':{'how':{'const':'post'}}},"
                  "'then':{'required':['how','street'],'properties':{'how':{'const':'post'},"
                  "'street':{'type':'string'}}}}");
        form.choose(u"field:/how"_qs, u"post"_qs);
        QVERIFY(isShown(form, u"field:/street"_qs));
        form.choose(u"field:/how"_qs, u"shop"_qs);
        QVERIFY(!isShown(form, u"field:/street"_qs));
        QCOMPARE(form.data(), "{'how':'shop'}");
    }

    void conditionsStandSideBySideAndInEachOther()
    {
        Form form("{'type':'object','properties':{'a':{'type':'boolean'},'b':{'type':'boolean'}},"
                  "'allOf':["
                  "{'if':{'$ref':'#/$defs/a'},'then':{'properties':{'x':{'type':'string'}},"
                  "'if':{'required':['x']},'then':{'properties':{'deep':{'type':'string'}}}}},"
                  "{'if':{'required':['b'],'properties':{'b':{'const':true}}},"
                  "'then':{'properties':{'y':{'type':'string'}}}}],"
                  "'$defs':{'a':{'required':['a'],'properties':{'a':{'const':true}}}}}");
        QVERIFY(!isShown(form, u"field:/x"_qs) && !isShown(form, u"field:/y"_qs));
        form.find<QWidget>(u"field:/b"_qs)->setFocus();
        for (const auto& name : { u"field:/a"_qs, u"field:/b"_qs })
            form.find<QCheckBox>(name)->click();
        QVERIFY(isShown(form, u"field:/x"_qs) && isShown(form, u"field:/y"_qs));
        QVERIFY(!isShown(form, u"field:/deep"_qs));
        form.type(u"field:/x"_qs, u"1"_qs);
        form.type(u"field:/deep"_qs, u"2"_qs);
        QCOMPARE(form.data(), "{'a':true,'b':true,'x':'1','deep':'2'}");
    }

    void membersDependOnOthers()
    {
        Form form(
            "{'type':'object','properties':{'card':{'type':'string'},'zip':{'type':'string'}},"
            "'dependentRequired':{'card':['zip']},"
            "'dependentSchemas':{'card':{'properties':{'cvc':{'type':'string'}}}}}");
        QVERIFY(form.form.isValid());
        QVERIFY(!isShown(form, u"field:/cvc"_qs));
        form.type(u"field:/card"_qs, u"4711"_qs);
        QVERIFY(isShown(form, u"field:/cvc"_qs));
        QVERIFY(!form.form.isValid());
        form.form.showAllReasons();
        QCOMPARE(form.reason(u"reason:/zip"_qs), u"⚠ is needed"_qs);
        form.type(u"field:/zip"_qs, u"10115"_qs);
        QVERIFY(form.form.isValid());
    }

    void jsonGoesToTheFieldsOfItsCondition()
    {
        Form form(delivery);
        form.toggle();
        form.typeJson("{'street':'Mill Lane','how':'post'}");
        form.toggle();
        QVERIFY(!form.isJson());
        QCOMPARE(form.find<QLineEdit>(u"field:/street"_qs)->text(), u"Mill Lane"_qs);
        form.toggle();
        form.typeJson("{'how':'shop','street':'Mill Lane'}");
        form.toggle();
        QVERIFY(form.isJson());
        QVERIFY(form.reason(u"formJsonReasons"_qs).contains(u"street"_qs));
    }

    void aMapHasRowsOfNameAndValue()
    {
        Form form(labels);
        QCOMPARE(form.data(), "{}");
        form.click(u"add:/labels"_qs);
        form.type(u"name:/labels/0"_qs, u"red"_qs);
        QVERIFY(!form.form.isValid());
        form.type(u"field:/labels/red"_qs, u"3"_qs);
        QCOMPARE(form.data(), "{'labels':{'red':3}}");
        QVERIFY(form.form.isValid());
        form.click(u"add:/labels"_qs);
        form.type(u"name:/labels/1"_qs, u"blue"_qs);
        form.type(u"field:/labels/blue"_qs, u"0"_qs);
        QVERIFY(!form.reason(u"reason:/labels/blue"_qs).isEmpty());
        form.click(u"remove:/labels/0"_qs);
        QCOMPARE(form.data(), "{'labels':{'blue':0}}");
    }

    void aMapSaysWhichNamesWillNotDo()
    {
        Form form(labels);
        form.click(u"add:/labels"_qs);
        form.type(u"field:/labels/"_qs, u"3"_qs);
        QVERIFY(!form.form.isValid());
        QVERIFY(form.reason(u"reason:/labels"_qs).contains(u"row 1 needs a name"_qs));
        form.type(u"name:/labels/0"_qs, u"red"_qs);
        QVERIFY(form.form.isValid());
        form.click(u"add:/labels"_qs);
        form.type(u"name:/labels/1"_qs, u"red"_qs);
        QVERIFY(form.reason(u"reason:/labels"_qs).contains(u"twice"_qs));
    }

    void aPatternOfTheNameChoosesTheField()
    {
        Form form("{'type':'object','properties':{'name':{'type':'string'}},"
                  "'patternProperties':{'^n_':{'type':'integer'},'^b_':{'type':'boolean'}},"
                  "'additionalProperties':false}");
        form.type(u"field:/name"_qs, u"Ada"_qs);
        form.click(u"add:"_qs);
        form.type(u"name:/0"_qs, u"n_age"_qs);
        form.type(u"field:/n_age"_qs, u"36"_qs);
        QCOMPARE(form.data(), "{'name':'Ada','n_age':36}");
        form.type(u"name:/0"_qs, u"age"_qs);
        QVERIFY(!form.form.isValid());
        form.type(u"name:/0"_qs, u"b_old"_qs);
        QVERIFY(form.find<QCheckBox>(u"field:/b_old"_qs)->isVisible());
        // What was typed under the other name is back with it.
        form.type(u"name:/0"_qs, u"n_age"_qs);
        QCOMPARE(form.data(), "{'name':'Ada','n_age':36}");
    }

    void aMapThatIsMadeOnDemandSaysWhatIsWrong()
    {
        QByteArray schema = labels;
        for (const char* name : { "e", "d", "c", "b", "a" })
            schema = "{'type':'object','properties':{'" + QByteArray(name) + "':" + schema + "}}";
        Form form(schema);
        const auto place = u"/a/b/c/d/e/labels"_qs;
        form.click(u"demand:"_qs + place);
        form.click(u"add:"_qs + place);
        form.type(u"field:"_qs + place + u'/', u"3"_qs);
        QVERIFY(!form.form.isValid());
        form.type(u"name:"_qs + place + u"/0"_qs, u"red"_qs);
        QVERIFY(form.form.isValid());
        QCOMPARE(form.data(), "{'a':{'b':{'c':{'d':{'e':{'labels':{'red':3}}}}}}}");
    }

    void aDraftHoldsRowsThatTheFormMade()
    {
        const QByteArray schema = "{'type':'object','properties':{"
                                  "'map':{'type':'object','default':{'a':1,'b':2},"
                                  "'additionalProperties':{'type':'integer'}},"
                                  "'list':{'type':'array','default':[1,2],"
                                  "'items':{'type':'integer'}}}}";
        Form form(schema);
        form.type(u"field:/map/b"_qs, u"3"_qs);
        form.click(u"remove:/list/0"_qs);
        form.click(u"field:/list"_qs);
        form.type(u"field:/list/1"_qs, u"x"_qs);
        QCOMPARE(form.data(), "{'map':{'a':1,'b':3},'list':[2,null]}");
        Form other(schema);
        other.form.restore(form.form.draft());
        QCOMPARE(other.data(), form.data());
        QCOMPARE(other.find<QLineEdit>(u"field:/list/1"_qs)->text(), u"x"_qs);
    }

    void aConditionOnNoMembersMakesNoGroup()
    {
        Form form("{'type':'object','properties':{'x':{'if':{'type':'string'},"
                  "'then':{'minLength':3}}}}");
        form.find<QPlainTextEdit>(u"field:/x"_qs)->setPlainText(u"\"abc\""_qs);
        QCOMPARE(form.data(), "{'x':'abc'}");
    }

    void entriesSurviveDraftsAndJson()
    {
        Form form(labels);
        form.toggle();
        form.typeJson("{'labels':{'red':3,'a/b':4}}");
        form.toggle();
        QVERIFY(!form.isJson());
        QCOMPARE(form.find<QLineEdit>(u"name:/labels/1"_qs)->text(), u"a/b"_qs);
        QCOMPARE(form.data(), "{'labels':{'red':3,'a/b':4}}");
        Form other(labels);
        other.form.restore(form.form.draft());
        QCOMPARE(other.data(), "{'labels':{'red':3,'a/b':4}}");
    }

    void aTupleHasAFieldForEachPlace()
    {
        Form form(point);
        QVERIFY(!form.form.isValid());
        form.type(u"field:/at/0"_qs, u"1.5"_qs);
        form.type(u"field:/at/1"_qs, u"2"_qs);
        QCOMPARE(form.data(), "{'at':[1.5,2]}");
        QVERIFY(form.form.isValid());
        form.type(u"field:/at/2"_qs, u"here"_qs);
        form.click(u"field:/at"_qs);
        QVERIFY(form.form.findChild<QWidget*>(u"field:/at/3"_qs) != nullptr);
        QVERIFY(form.data().startsWith("{'at':[1.5,2,'here'"));
        form.click(u"remove:/at/3"_qs);
        QCOMPARE(form.data(), "{'at':[1.5,2,'here']}");
    }

    void aTupleTakesJsonAndDrafts()
    {
        Form form(point);
        form.toggle();
        form.typeJson("{'at':[1,2,'x',true,false]}");
        form.toggle();
        QVERIFY(!form.isJson());
        QCOMPARE(form.data(), "{'at':[1,2,'x',true,false]}");
        Form other(point);
        other.form.restore(form.form.draft());
        QCOMPARE(other.data(), form.data());
    }

    void theTimeIsNowByAButton()
    {
        Form form("{'type':'object','properties':{'at':{'type':'string','format':'date-time'},"
                  "'clock':{'type':'string','format':'time'},"
                  "'day':{'type':'string','format':'date'}}}");
        for (const auto& name : { u"at"_qs, u"clock"_qs, u"day"_qs })
            form.click(u"now:/"_qs + name);
        QVERIFY(form.form.isValid());
        const auto text = [&form](const QString& name) {
            return form.find<QLineEdit>(u"field:/"_qs + name)->text();
        };
        const auto moment = QDateTime::fromString(text(u"at"_qs), Qt::ISODate);
        QVERIFY(qAbs(moment.secsTo(QDateTime::currentDateTimeUtc())) < 3600);
        QVERIFY(text(u"clock"_qs).endsWith(u'Z'));
        form.type(u"field:/clock"_qs, u"noon"_qs);
        QVERIFY(!form.reason(u"reason:/clock"_qs).isEmpty());
    }
};

QTEST_MAIN(TestFormMembers)
#include "tst_formmembers.moc"
