#include "support/workspacefolder.h"
#include "ui/base/jsonview.h"
#include "ui/log/datapage.h"

#include <QLabel>
#include <QTest>

using namespace eventloupe;

namespace {

Event paid(const QString& type, const QByteArray& data, Position position = 1)
{
    Event event;
    event.position = position;
    event.version = position;
    event.stream = QStringLiteral("account-1");
    event.type = type;
    event.data = data;
    return event;
}

std::shared_ptr<const Workspace> workspace(const QByteArray& settings = "{}")
{
    WorkspaceFolder folder;
    folder.write(QStringLiteral("workspace.json"), settings);
    folder.write(QStringLiteral("events/PAID.json"),
        R"x({"was":["PAYMENT"],"upcasts":[{"when":"has(data.sum)","set":{"/amount":"data.sum + 1","/sum":null}}]})x");
    return folder.load();
}

struct Shown {
    Shown()
    {
        page.setWorkspace(workspace());
        page.resize(600, 200);
        page.show();
    }
    /// What stands beside the stored data: its caption and its JSON; empty while nothing does.
    [[nodiscard]] QString beside() const
    {
        const auto* view = page.findChild<JsonView*>(QStringLiteral("upcastView"));
        const auto* caption = page.findChild<QLabel*>(QStringLiteral("upcastCaption"));
        return view->isVisible() ? caption->text() + u' ' + QString::fromUtf8(view->json())
                                 : QString();
    }
    [[nodiscard]] QByteArray stored() const
    {
        for (const auto* view : page.findChildren<JsonView*>())
            if (view->accessibleName() == QStringLiteral("Data of the event"))
                return view->json();
        return {};
    }
    DataPage page;
};

} // namespace

class TestDataPage final : public QObject {
    Q_OBJECT

private slots:
    void showsStoredAndUpcastData()
    {
        Shown shown;
        shown.page.setEvent(paid(QStringLiteral("PAID"), "{ \"sum\": 4 }"));
        QTRY_COMPARE(
            shown.beside(), QStringLiteral("Upcast, as it is folded: PAID {\"amount\":5}"));
        QCOMPARE(shown.stored(), QByteArray("{ \"sum\": 4 }"));
        shown.page.setEvent(paid(QStringLiteral("PAYMENT"), "{}", 2));
        QTRY_COMPARE(shown.beside(), QStringLiteral("Upcast, as it is folded: PAID {}"));
    }

    void showsOnlyWhatIsStoredOfPresentEvents()
    {
        Shown shown;
        shown.page.setEvent(paid(QStringLiteral("PAID"), "{\"sum\":4}"));
        QTRY_VERIFY(!shown.beside().isEmpty());
        shown.page.setEvent(paid(QStringLiteral("OTHER"), "{\"sum\":4}", 2));
        QCOMPARE(shown.beside(), QString());
        shown.page.setEvent(paid(QStringLiteral("PAID"), "{\"amount\":4}", 3));
        QTest::qWait(100);
        QCOMPARE(shown.beside(), QString());
        shown.page.setEvent(std::nullopt);
        QCOMPARE(shown.beside(), QString());
        QCOMPARE(shown.stored(), QByteArray());
    }

    void saysWhyAnUpcastFails()
    {
        Shown shown;
        shown.page.setEvent(paid(QStringLiteral("PAID"), "{\"sum\":\"<b>x</b>\"}"));
        QTRY_VERIFY2(
            shown.beside().startsWith(QStringLiteral("Its upcast fails: upcast 1, set /amount: ")),
            qPrintable(shown.beside()));
    }

    /// An upcast of the signs would tell another fold than the one there is.
    void saysThatAnUpcastOfMaskedValuesIsNotShown()
    {
        Shown shown;
        shown.page.setWorkspace(workspace(R"({"masks":[{"type":"PAYMENT","pointers":["/sum"]}]})"));
        shown.page.setEvent(paid(QStringLiteral("PAID"), "{\"sum\":\"\u2592 masked\"}"));
        const QString told = QStringLiteral("Upcast not shown: masked ");
        QTRY_COMPARE(shown.beside(), told);
        QTest::qWait(100);
        QCOMPARE(shown.beside(), told);
        const auto* caption = shown.page.findChild<QLabel*>(QStringLiteral("upcastCaption"));
        QVERIFY(caption->toolTip().contains(QStringLiteral("folded as PAID")));
    }

    void followsTheWorkspace()
    {
        Shown shown;
        shown.page.setEvent(paid(QStringLiteral("PAID"), "{\"sum\":4}"));
        QTRY_VERIFY(!shown.beside().isEmpty());
        shown.page.setWorkspace(Workspace::empty());
        QCOMPARE(shown.beside(), QString());
    }
};

QTEST_MAIN(TestDataPage)
#include "tst_datapage.moc"
