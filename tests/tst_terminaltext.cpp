#include "value/terminaltext.h"

#include <QTest>

// What a terminal gets of output for programs.

using namespace eventloupe;

class TestTerminalText : public QObject {
    Q_OBJECT

private slots:
    void steeringIsEscaped_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QByteArray>("shown");
        const auto row = [](const char* name, const QByteArray& bytes, const QByteArray& shown) {
            QTest::newRow(name) << bytes << shown;
        };
        const QByteArray plain("{\"a\":\"Größe 日本 😀 \\u001b\"}\tb\n");
        row("plain text", plain, plain);
        row("escape", "a\x1b[31mb", "a\\u001b[31mb");
        row("NUL and delete", QByteArray("a\0b\x7f", 4), "a\\u0000b\\u007f");
        row("C1", "\xc2\x9bm\xc2\xa0", "\\u009bm\xc2\xa0");
        row("direction", "\xe2\x80\xae\xe2\x81\xa6\xe2\x80\x94", "\\u202e\\u2066\xe2\x80\x94");
        row("Arabic letter mark", "\xd8\x9c\xd8\xa7", "\\u061c\xd8\xa7");
        row("line ends", "a\r\nb\rc\r", "a\r\nb\\u000dc\r");
        row("no UTF-8", "\x9b\xff" "a", "\\u009b\xff" "a");
    }
    void steeringIsEscaped()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QByteArray, shown);
        TerminalText whole;
        QCOMPARE(whole.next({ bytes.constData(), std::size_t(bytes.size()) }), shown);
        if (bytes.contains('\r')) // Which of two it is, a single one does not know.
            return;
        TerminalText pieces;
        QByteArray joined;
        for (const char byte : bytes)
            joined += pieces.next({ &byte, 1 });
        QCOMPARE(joined, shown);
    }
};

QTEST_APPLESS_MAIN(TestTerminalText)
#include "tst_terminaltext.moc"
