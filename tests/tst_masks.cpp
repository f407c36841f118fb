#include "domain/projection.h"
#include "domain/workspacecheck.h"
#include "mask/masked.h"
#include "mask/masks.h"
#include "support/workspacefolder.h"

#include <QTest>

// What a workspace masks, and what follows from it.

using namespace eventloupe;

namespace {

QByteArray quoted(const char* text)
{
    return QByteArray(text).replace('\'', '"').replace("***",
        QByteArray(maskSign.data(), static_cast<qsizetype>(maskSign.size())));
}

MaskPatterns patternsOf(const QStringList& pointers)
{
    MaskPatterns patterns;
    for (const QString& pointer : pointers)
        patterns.add(*JsonPointer::parse(viewOf(pointer.toUtf8())));
    return patterns;
}

QByteArray maskedText(const QStringList& pointers, const QByteArray& json)
{
    QByteArray out;
    return patternsOf(pointers).mask(viewOf(json), out) ? out : json;
}

/// Without the two places of a payload that could not be decoded, which go with all others.
QStringList textsOf(const MaskPatterns& patterns)
{
    QStringList texts;
    for (const JsonPointer& pointer : patterns.pointers())
        texts.append(QString::fromUtf8(pointer.toText()));
    texts.removeOne(QStringLiteral("/$text"));
    texts.removeOne(QStringLiteral("/$bytes"));
    texts.sort();
    return texts;
}

QByteArray users()
{
    return quoted("{'masks':[{'type':'CREATED','pointers':['/email'],'metadata':['/ip']}]}");
}

} // namespace

class TestMasks : public QObject {
    Q_OBJECT

private slots:
    void masksTexts_data()
    {
        QTest::addColumn<QStringList>("pointers");
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QByteArray>("shown");
        const auto row = [](const char* name, const QStringList& pointers, const char* json,
                             const char* shown) {
            QTest::newRow(name) << pointers << quoted(json) << quoted(shown);
        };
        row("a member", { u"/a"_qs }, "{ 'b' :1.0, 'a' : 'x' }", "{ 'b' :1.0, 'a' : '***' }");
        row("an object", { u"/a"_qs }, "{'a':{'b':[1,{}]},'c':2}", "{'a':'***','c':2}");
        row("null", { u"/a"_qs }, "{'a':null}", "{'a':'***'}");
        row("nothing there", { u"/a/b"_qs }, "{'a':1,'b':2}", "{'a':1,'b':2}");
        row("twice", { u"/a"_qs }, "{'a':1,'a':2}", "{'a':'***','a':'***'}");
        row("escaped", { u"/a"_qs }, "{'\\u0061':1}", "{'\\u0061':'***'}");
        row("every element", { u"/p/-/n"_qs }, "{'p':[{'n':1},{'m':2},{'n':3}]}",
            "{'p':[{'n':'***'},{'m':2},{'n':'***'}]}");
        row("every member", { u"/p/-/n"_qs }, "{'p':{'x':{'n':1},'-':{'n':2}}}",
            "{'p':{'x':{'n':'***'},'-':{'n':'***'}}}");
        row("one element", { u"/1"_qs }, "[1,2,3]", "[1,'***',3]");
        row("tilde", { u"/a~1b"_qs, u"/m~0n"_qs }, "{'a/b':1,'m~n':2}", "{'a/b':'***','m~n':'***'}");
        row("several", { u"/a"_qs, u"/b/c"_qs }, "{'a':1,'b':{'c':[],'d':1}}",
            "{'a':'***','b':{'c':'***','d':1}}");
        row("all", { QString() }, " {'a':1}", " '***'");
        row("no JSON", { u"/a"_qs }, "{'a'", "'***'");
        row("braces in texts", { u"/b"_qs }, "{'a':'}]\\'{','b':'}','c':1}",
            "{'a':'}]\\'{','b':'***','c':1}");
    }

    void masksTexts()
    {
        QFETCH(QStringList, pointers);
        QFETCH(QByteArray, json);
        QFETCH(QByteArray, shown);
        QCOMPARE(maskedText(pointers, json), shown);
        if (const auto value = parseJson(viewOf(json)); value && !json.contains("\"a\":2}"))
            QCOMPARE(patternsOf(pointers).shown(*value), jsonOf(shown));
    }

    void restoresWhatWasLeft()
    {
        const auto masked = patternsOf({ u"/email"_qs, u"/p/-/n"_qs });
        const QByteArray whole = quoted("{'email' : 'a@x','p':[{'n':1}],'k':1}");
        const auto shown = maskedText({ u"/email"_qs, u"/p/-/n"_qs }, whole);
        QCOMPARE(*masked.restored(shown, whole), whole);
        QCOMPARE(*masked.restored(quoted("{'k':2,'email':'***','p':[{'n':'***'}]}"), whole),
            quoted("{'k':2,'email':'a@x','p':[{'n':1}]}"));
        QCOMPARE(*masked.restored(quoted("{'email':'b@x'}"), whole), quoted("{'email':'b@x'}"));
        for (const char* wrong : { "{'k':'***'}", "{'p':[1,{'n':'***'}]}", "{'email':['***']}" })
            QVERIFY2(!masked.restored(quoted(wrong), whole).ok(), wrong);
    }

    void masksWhatIsMoreThanJson()
    {
        QByteArray out;
        QVERIFY(patternsOf({ u"/a"_qs }).mask("{\"b\":1} 2", out));
        QCOMPARE(out, '"' + maskSignText().toUtf8() + '"');
        QVERIFY(!patternsOf({ u"/a"_qs }).mask(" {\"b\":1}\n", out));
    }

    void knowsTheSignInAscii()
    {
        QVERIFY(holdsMaskSign("{\"a\":\"\\u2592\\u2592\\u2592 masked\"}"));
        QVERIFY(!holdsMaskSign("{\"a\":\"\\u2592 masked\"}"));
    }

    void knowsOverlaps()
    {
        const auto masked = patternsOf({ u"/a/b"_qs, u"/p/-/n"_qs });
        QVERIFY(masked.touches({ "a" }));
        QVERIFY(masked.touches({ "a", "b", "c" }));
        QVERIFY(!masked.touches({ "a", "c" }));
        QVERIFY(masked.touches({ "p", "7", "n" }));
        QVERIFY(masked.touches({}));
        QVERIFY(!patternsOf({}).touches({}));
    }

    void masksByTypeAndCategory()
    {
        WorkspaceFolder folder;
        folder.write(u"workspace.json"_qs,
            quoted("{'masks':[{'type':'CREATED','pointers':['/email'],'metadata':['/ip']},"
                   "{'category':'user','pointers':['/phone']},{'metadata':['/actor']}]}"));
        QVERIFY2(folder.problems().isEmpty(), qPrintable(folder.problems().join(u'\n')));
        const auto masksOfIt = folder.load()->masks();
        const Masks& masks = *masksOfIt;
        QCOMPARE(masks.count(), 4);
        const auto created = masks.ofEvent(u"CREATED"_qs, u"user"_qs);
        QCOMPARE(textsOf(created.data), (QStringList { u"/email"_qs, u"/phone"_qs }));
        QCOMPARE(textsOf(created.metadata), (QStringList { u"/actor"_qs, u"/ip"_qs }));
        QCOMPARE(textsOf(masks.ofEvent(u"OTHER"_qs, u"order"_qs).data), QStringList());
        // No aggregate says by what it evolves: every state may have the merged field.
        QCOMPARE(textsOf(masks.ofState(u"user"_qs)), (QStringList { u"/email"_qs, u"/phone"_qs }));
        QCOMPARE(textsOf(masks.ofState(u"order"_qs)), (QStringList { u"/email"_qs }));
        QCOMPARE(masks.entries().first().line, 1);
        QVERIFY(Workspace::empty()->masks()->isEmpty());
    }

    void followsRules()
    {
        WorkspaceFolder folder;
        folder.write(u"workspace.json"_qs, users())
            .write(u"events/CREATED.json"_qs,
                quoted("{'evolve':{'/mail':'data.email','/name':'data.name',"
                       "'/hello':'state.mail + state.name','/twice':'state.hello + data.name',"
                       "'/has':'has(data.email)','/from':'event.metadata.ip',"
                       "'/all':'data','/by/{data.email}':'1','/n/{data.name}':'data.email'}}"))
            .write(u"events/SEEN.json"_qs, quoted("{'evolve':{'/seen':'state.mail','/k':'1'}}"))
            .write(u"aggregates/user.json"_qs, quoted("{'events':['CREATED','SEEN']}"))
            .write(u"aggregates/cart.json"_qs, quoted("{'events':['SEEN']}"));
        QVERIFY2(folder.problems().isEmpty(), qPrintable(folder.problems().join(u'\n')));
        const auto masksOfIt = folder.load()->masks();
        const Masks& masks = *masksOfIt;
        QCOMPARE(textsOf(masks.ofState(u"user"_qs)),
            (QStringList { u"/all"_qs, u"/by"_qs, u"/from"_qs, u"/hello"_qs, u"/mail"_qs,
                u"/n/-"_qs, u"/seen"_qs, u"/twice"_qs }));
        QCOMPARE(textsOf(masks.ofState(u"cart"_qs)), QStringList());
        QVERIFY(masks.hidesFailuresOf(u"user"_qs));
        QVERIFY(!masks.hidesFailuresOf(u"cart"_qs));
    }

    void followsShapes()
    {
        WorkspaceFolder folder;
        folder
            .write(u"workspace.json"_qs,
                quoted("{'masks':[{'type':'CREATED','pointers':['/email','/mobile']}]}"))
            .write(u"events/CREATED.json"_qs,
                quoted("{'was':['MADE'],'upcasts':[{'when':'has(data.mail)',"
                       "'rename':{'/mail':'/email'},"
                       "'set':{'/copy':'data.email','/mobile':'data.contact.phone'}}]}"));
        QVERIFY2(folder.problems().isEmpty(), qPrintable(folder.problems().join(u'\n')));
        const auto masksOfIt = folder.load()->masks();
        const Masks& masks = *masksOfIt;
        const QStringList all { u"/contact/phone"_qs, u"/copy"_qs, u"/email"_qs, u"/mail"_qs,
            u"/mobile"_qs };
        QCOMPARE(textsOf(masks.ofEvent(u"MADE"_qs, u"user"_qs).data), all);
        QCOMPARE(textsOf(masks.ofEvent(u"CREATED"_qs, u"user"_qs).data), all);
    }

    void followsProjectionsAndCommands()
    {
        WorkspaceFolder folder;
        folder.write(u"workspace.json"_qs, users())
            .write(u"aggregates/user.json"_qs, quoted("{'events':['CREATED','NOTED']}"))
            .write(u"commands/CREATE.json"_qs,
                quoted("{'stream':'user-{data.id}','emit':[{'type':'CREATED'}]}"))
            .write(u"commands/GREET.json"_qs,
                quoted("{'stream':'user-{data.id}',"
                       "'require':[{'that':'exists','message':'{state.email} is gone'}],"
                       "'emit':[{'type':'NOTED','data':{'text':'state.email','n':'data.n'}}]}"))
            .write(u"projections/mails.json"_qs,
                quoted("{'key':'data.email','columns':[{'name':'mail'},{'name':'n'}],"
                       "'evolve':{'CREATED':{'/mail':'data.email','/n':'1'}}}"));
        QVERIFY2(folder.problems().isEmpty(), qPrintable(folder.problems().join(u'\n')));
        const auto workspace = folder.load();
        const Masks& masks = *workspace->masks();
        QCOMPARE(textsOf(masks.ofRow(u"mails"_qs)), (QStringList { u"/key"_qs, u"/mail"_qs }));
        QCOMPARE(textsOf(workspace->projection(u"mails"_qs)->masked),
            (QStringList { u"/key"_qs, u"/mail"_qs }));
        QCOMPARE(textsOf(masks.ofCommand(u"CREATE"_qs)), (QStringList { u"/email"_qs }));
        QCOMPARE(textsOf(masks.ofEvent(u"NOTED"_qs, u"user"_qs).data),
            (QStringList { u"/text"_qs }));
        QVERIFY(masks.hidesMessagesOf(u"GREET"_qs));
        QVERIFY(!masks.hidesMessagesOf(u"CREATE"_qs));
    }

    void mistakesMaskEverything_data()
    {
        QTest::addColumn<QByteArray>("masks");
        QTest::addColumn<QString>("problem");
        const auto row = [](const char* masks, const QString& problem) {
            QTest::newRow(masks) << quoted(masks) << problem;
        };
        row("{}", u"must be an array"_qs);
        row("{'type':'CREATED','pointers':['/email']}", u"must be an array"_qs);
        row("[{'pointers':['/items/*/title']}]", u"'-' stands for every"_qs);
        row("[{'metadata':['/*']}]", u"'-' stands for every"_qs);
        row("['/email']", u"must be an object such as"_qs);
        row("[{'type':'CREATED'}]", u"names no field"_qs);
        row("[{'type':'CREATED','pointers':[]}]", u"names no field"_qs);
        row("[{'type':'CREATED','pointers':['email']}]", u"JSON Pointer"_qs);
        row("[{'type':'CREATED','pointers':['/e~2']}]", u"JSON Pointer"_qs);
        row("[{'type':'CREATED','pointer':['/email']}]", u"unknown member 'pointer'"_qs);
        row("[{'type':'CREATEDD','pointers':['/email']}]", u"did you mean 'CREATED'"_qs);
        row("[{'category':'users','pointers':['/email']}]", u"did you mean 'user'"_qs);
        row("[{'category':'user-1','pointers':['/email']}]", u"a category is what stands"_qs);
        row("[{'type':'A','category':'user','pointers':['/email']}]", u"make it two"_qs);
    }

    void mistakesMaskEverything()
    {
        QFETCH(QByteArray, masks);
        QFETCH(QString, problem);
        WorkspaceFolder folder;
        folder.write(u"workspace.json"_qs, "{\"masks\":" + masks + "}")
            .write(u"events/CREATED.json"_qs, "{}")
            .write(u"aggregates/user.json"_qs, "{}");
        const auto problems = folder.problems();
        QVERIFY2(!problems.isEmpty() && problems.first().startsWith(u"workspace.json:1:")
                && problems.first().contains(problem),
            qPrintable(problems.join(u'\n')));
        const auto all = folder.load()->masks();
        QVERIFY(all->isEverything());
        QCOMPARE(textsOf(all->ofState(u"any"_qs)), QStringList { QString() });
    }

    void aSlipInAFieldMasksEverything()
    {
        WorkspaceFolder folder;
        folder.write(u"events/CREATED.json"_qs,
            quoted("{'schema':{'properties':{'email':{},'home':{'properties':{'street':{}}}}}}"));
        const auto problemOf = [&folder](const char* pointer) {
            folder.write(u"workspace.json"_qs,
                quoted("{'masks':[{'type':'CREATED','pointers':['") + pointer + "\"]}]}");
            return folder.problems().join(u' ');
        };
        QVERIFY(problemOf("/emial").contains(u"has no member 'emial', did you mean 'email'"));
        QVERIFY(folder.load()->masks()->isEverything());
        QVERIFY(problemOf("/home/stret").contains(u"did you mean 'street'"));
        // What no schema names may be there all the same.
        QCOMPARE(problemOf("/telephone"), QString());
        QCOMPARE(problemOf("/home/street"), QString());
        QVERIFY(!folder.load()->masks()->isEverything());
    }

    /// Also where the mask is for a category, or for all events, and the field may be of a state.
    void aSlipInAFieldOfACategoryMasksEverything()
    {
        WorkspaceFolder folder;
        folder.write(u"events/CREATED.json"_qs,
                  quoted("{'schema':{'properties':{'email':{}}},"
                         "'evolve':{'/mailbox':'data.email','/size/{data.email}':'1'}}"))
            .write(u"events/LEFT.json"_qs, quoted("{'schema':{'properties':{'reason':{}}}}"))
            .write(u"aggregates/user.json"_qs,
                quoted("{'events':['CREATED'],'initialState':{'status':'new'}}"));
        const auto problemOf = [&folder](const char* entry) {
            folder.write(u"workspace.json"_qs, quoted("{'masks':[{") + quoted(entry) + "}]}");
            return folder.problems().join(u' ');
        };
        for (const char* slip : { "'category':'user','pointers':['/emial']",
                 "'category':'user','pointers':['/mailbx']", "'category':'user','pointers':['/stats']",
                 "'category':'user','pointers':['/sizes/x']", "'pointers':['/resaon']" }) {
            QVERIFY2(problemOf(slip).contains(u"did you mean"), slip);
            QVERIFY(folder.load()->masks()->isEverything());
        }
        for (const char* right : { "'category':'user','pointers':['/email','/mailbox','/status','']",
                 "'category':'user','pointers':['/telephone','/-','/size/-']",
                 "'category':'user','pointers':['/resaon']", // Its events have none that is near.
                 "'pointers':['/reason','/email']" }) {
            QCOMPARE(problemOf(right), QString());
            QVERIFY(!folder.load()->masks()->isEverything());
        }
        // Where nobody says what one of them has, the others' names are near all the same.
        folder.write(u"events/LEFT.json"_qs, "{}");
        QVERIFY(problemOf("'pointers':['/emial']").contains(u"did you mean"));
        // The names of older shapes are described nowhere.
        folder.write(u"events/LEFT.json"_qs, quoted("{'upcasts':[{'when':'has(data.a)','set':{'/a':'1'}}]}"));
        QCOMPARE(problemOf("'pointers':['/emial']"), QString());
    }

    /// What is near nothing may be right, and is told.
    void aMaskThatFitsNothingIsDoubted()
    {
        WorkspaceFolder folder;
        folder.write(u"events/CREATED.json"_qs,
                  quoted("{'schema':{'properties':{'email':{}}},'evolve':{'/mailbox':'data.email'}}"))
            .write(u"aggregates/user.json"_qs, quoted("{'events':['CREATED']}"));
        const auto doubtsOf = [&folder](const char* entry) {
            folder.write(u"workspace.json"_qs, quoted("{'masks':[{") + quoted(entry) + "}]}");
            const auto workspace = folder.load();
            return workspace->masks()->entries().value(0).doubts.join(u' ');
        };
        for (const char* right : { "'category':'user','pointers':['/email','/mailbox','','/-']",
                 "'type':'CREATED','pointers':['/email']", "'metadata':['/ip']",
                 "'pointers':['/email/street']" })
            QCOMPARE(doubtsOf(right), QString());
        QVERIFY(doubtsOf("'category':'user','pointers':['/telephone']").contains(u"'telephone'"));
        QVERIFY(doubtsOf("'pointers':['/telephone']").contains(u"'telephone'"));
        QVERIFY(doubtsOf("'type':'CREATED','pointers':['/foo']").contains(u"has no member 'foo'"));
        QVERIFY(doubtsOf("'type':'SOMETHING','pointers':['/foo']").contains(u"no event 'SOMETHING'"));
        QVERIFY(doubtsOf("'category':'usr','pointers':['/email']").contains(u"no aggregate 'usr'"));
        const auto check = checkWorkspace(folder.path());
        QVERIFY(check && check->problems.isEmpty());
        QVERIFY(check->notes.value(0).message.contains(u"no aggregate 'usr'"));
    }

    /// Its older names and shapes are not known then.
    void aBrokenEventMasksEverything()
    {
        WorkspaceFolder folder;
        folder.write(u"workspace.json"_qs, quoted("{'masks':[{'metadata':['/ip']}]}"))
            .write(u"events/CREATED.json"_qs, quoted("{'was':['MADE'],'evolv':{}}"));
        QVERIFY(folder.load()->masks()->isEverything());
        folder.write(u"events/CREATED.json"_qs, quoted("{'was':['MADE']}"));
        QVERIFY(!folder.load()->masks()->isEverything());
        folder.write(u"workspace.json"_qs, "{}").write(u"events/CREATED.json"_qs, "{");
        QVERIFY(folder.load()->masks()->isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestMasks)
#include "tst_masks.moc"
