#include "ui/log/bytesview.h"
#include "ui/log/origintext.h"

#include <QLabel>
#include <QPlainTextEdit>
#include <QTest>

using namespace eventloupe;

/// What is shown of a payload that could not be decoded, and of what a library calls an event.
class BytesViewTest final : public QObject {
    Q_OBJECT

private:
    static QString bytesOf(BytesView& view)
    {
        return view.findChild<QPlainTextEdit*>()->toPlainText();
    }
    static QString captionOf(BytesView& view)
    {
        return view.findChild<QLabel*>(QStringLiteral("bytesCaption"))->text();
    }

private slots:
    void takesWhatWasNotDecodedAlone()
    {
        QVERIFY(BytesView::takes("{\"$bytes\":\"rO0A\",\"kind\":\"Java serialisation\"}"));
        QVERIFY(!BytesView::takes("{\"$bytes\":\"rO0A\"}"));
        QVERIFY(!BytesView::takes("{\"a\":{\"$bytes\":\"rO0A\",\"kind\":\"x\"}}"));
        QVERIFY(!BytesView::takes("{\"$text\":\"<a/>\",\"kind\":\"XML\"}"));
        QVERIFY(!BytesView::takes("{}"));
        QVERIFY(!BytesView::takes(QByteArray()));
    }

    void showsKindLengthAndBytes()
    {
        BytesView view;
        view.setPayload("{\"$bytes\":\"" + QByteArray("\xAC\xED\x00\x05hello", 9).toBase64()
            + "\",\"kind\":\"Java serialisation\"}");
        QCOMPARE(captionOf(view), QStringLiteral("⚠ Not decoded: Java serialisation, 9 bytes"));
        QVERIFY(bytesOf(view).startsWith(QStringLiteral("0000  ac ed 00 05 68 65 6c 6c 6f")));
        QVERIFY(bytesOf(view).trimmed().endsWith(QStringLiteral("....hello")));
    }

    void showsTheFirstKilobyteOfALongOne()
    {
        BytesView view;
        view.setPayload("{\"$bytes\":\"" + QByteArray(5000, '\x7f').toBase64()
            + "\",\"kind\":\"unknown bytes\",\"size\":9000}");
        QVERIFY(captionOf(view).contains(QStringLiteral("9,000 bytes, the first 1,024 below")));
        QCOMPARE(bytesOf(view).trimmed().count(u'\n') + 1, 64);
    }

    void aKindIsNeverMarkup()
    {
        BytesView view;
        view.setPayload("{\"$bytes\":\"AAAA\",\"kind\":\"<b>x</b>\"}");
        QCOMPARE(
            view.findChild<QLabel*>(QStringLiteral("bytesCaption"))->textFormat(), Qt::PlainText);
    }

    void originsReadAsWords()
    {
        const QByteArray origin
            = "{\"position\":1234,\"stream\":null,\"version\":0,\"archived\":true}";
        QCOMPARE(
            originText(origin), QStringLiteral("position 1234, stream none, version 0, archived"));
        QCOMPARE(originMarks(origin), { QStringLiteral("archived") });
        QCOMPARE(originMarks("{\"position\":1}"), QStringList());
        QCOMPARE(originText({}), QString());
    }
};

QTEST_MAIN(BytesViewTest)
#include "tst_bytesview.moc"
