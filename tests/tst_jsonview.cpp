#include "ui/base/jsontext.h"
#include "ui/base/jsonview.h"
#include "value/event.h"
#include "value/json.h"
#include "value/workpool.h"

#include <QTest>
#include <QToolButton>

using namespace eventloupe;

namespace {

QByteArray longText(qsizetype bytes)
{
    return "{\"title\":\"t\",\"text\":\"" + QByteArray("é\\\"x").repeated(bytes / 5)
        + "\",\"after\":[1,2]}";
}

} // namespace

/// Long JSON a part at a time.
class tst_JsonView final : public QObject {
    Q_OBJECT

private slots:
    void partsTogetherAreTheWholeLayout()
    {
        const QByteArray json = longText(20'000);
        for (const qsizetype part : { 1, 7, 1000, 15'000, 1'000'000 }) {
            JsonLayout layout(viewOf(json));
            QByteArray all;
            while (!layout.atEnd()) {
                const QByteArray next = layout.next(part);
                QVERIFY(next.size() < part + 200);
                // No character is torn.
                QCOMPARE(QString::fromUtf8(next).toUtf8(), next);
                all += next;
            }
            QCOMPARE(all, layOutJson(viewOf(json)));
            QCOMPARE(layout.offset(), json.size());
        }
    }

    void aShortTextHasNoBar()
    {
        JsonView view;
        view.setJson(R"({"a":1})");
        QCOMPARE(view.toPlainText(), QStringLiteral("{\n  \"a\": 1\n}"));
        QVERIFY(view.findChild<QWidget*>(QStringLiteral("jsonParts"))->isHidden());
    }

    void pagesThroughALongText()
    {
        JsonView view;
        view.resize(600, 400);
        view.setJson(longText(2 * JsonView::partSize + 1000));
        auto* bar = view.findChild<QWidget*>(QStringLiteral("jsonParts"));
        auto* next = view.findChild<QToolButton*>(QStringLiteral("jsonNextPart"));
        auto* previous = view.findChild<QToolButton*>(QStringLiteral("jsonPreviousPart"));
        QTRY_VERIFY(!bar->isHidden());
        QVERIFY(view.toPlainText().startsWith(QStringLiteral("{\n  \"title\": \"t\"")));
        QVERIFY(!view.toPlainText().contains(QStringLiteral("after")));
        QVERIFY(view.toPlainText().size() <= JsonView::partSize + 10'000);
        QVERIFY(!previous->isEnabled() && next->isEnabled());
        next->click();
        QTRY_COMPARE(view.part(), 1);
        next->click();
        QTRY_COMPARE(view.part(), 2);
        QVERIFY(view.toPlainText().contains(QStringLiteral("\"after\": [")));
        QVERIFY(previous->isEnabled() && !next->isEnabled());
        previous->click();
        QTRY_COMPARE(view.part(), 1);
        view.setJson("{}");
        QCOMPARE(view.part(), 0);
        QVERIFY(bar->isHidden());
    }

    void aLongValueIsMadeToTextAside()
    {
        JsonView view;
        const QByteArray json = longText(JsonView::largeSize * 2);
        const JsonValue value = parseJson(viewOf(json)).value();
        view.setValue(value);
        QVERIFY(view.json().isEmpty());
        QTRY_COMPARE(view.json(), value.toJson());
        QTRY_VERIFY(view.toPlainText().startsWith(u'{'));
        view.setValue(JsonValue());
        QCOMPARE(view.toPlainText(), QStringLiteral("null"));
    }

    void whatWasShownBeforeALongValueCanBeShownAgain()
    {
        JsonView view;
        const QByteArray before = R"({"a":1})";
        view.setJson(before);
        view.setValue(parseJson(viewOf(longText(JsonView::largeSize * 2))).value());
        QVERIFY(view.json().isEmpty()); // Else it would be copied as the value's text.
        view.setJson(before);
        workPool().waitForDone();
        QCoreApplication::processEvents();
        QCOMPARE(view.json(), before);
        QCOMPARE(view.toPlainText(), QStringLiteral("{\n  \"a\": 1\n}"));
    }
};

QTEST_MAIN(tst_JsonView)
#include "tst_jsonview.moc"
