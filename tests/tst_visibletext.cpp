#include "ui/base/plaindelegate.h"
#include "ui/base/plainmessagebox.h"
#include "ui/base/plaintext.h"

#include <QHelpEvent>
#include <QLabel>
#include <QListWidget>
#include <QTest>
#include <QTextDocument>
#include <QToolTip>

using namespace eventloupe;

Q_DECLARE_METATYPE(char32_t)

class tst_VisibleText : public QObject {
    Q_OBJECT

private:
    /// QString::fromUcs4() takes a byte order mark for one.
    static QString of(char32_t character)
    {
        return character > 0xFFFF ? QString::fromUcs4(&character, 1)
                                  : QString(QChar(static_cast<char16_t>(character)));
    }

private slots:
    void textThatIsSeenStays_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("empty") << QString();
        QTest::newRow("ASCII") << u"user-42 & <b>#!~</b>"_qs;
        QTest::newRow("German") << u"Größe: 4 µm"_qs;
        QTest::newRow("Greek") << u"Ωμέγα"_qs;
        QTest::newRow("Japanese") << u"日本語の出来事"_qs;
        QTest::newRow("Arabic") << u"حدث"_qs;
        QTest::newRow("Hebrew") << u"אירוע 12"_qs;
        QTest::newRow("combining") << QStringLiteral("e\u0301");
        QTest::newRow("no-break space") << QStringLiteral("1\u00A0000");
        QTest::newRow("Persian with its joiner") << QStringLiteral("می\u200Cخواهم");
        QTest::newRow("a family of emoji")
            << QStringLiteral("\U0001F468\u200D\U0001F469\u200D\U0001F467");
        QTest::newRow("a heart on fire") << QStringLiteral("\u2764\uFE0F\u200D\U0001F525");
        QTest::newRow("beyond the first plane") << QStringLiteral("\U00020000");
    }
    void textThatIsSeenStays()
    {
        QFETCH(QString, text);
        QCOMPARE(visibleText(text), text);
    }

    void whatIsNotSeenHasASign_data()
    {
        QTest::addColumn<char32_t>("character");
        QTest::addColumn<QString>("sign");
        const auto add = [](char32_t character, const QString& sign) {
            QTest::addRow("U+%04X", static_cast<uint>(character)) << character << sign;
        };
        const auto controls
            = u"NUL SOH STX ETX EOT ENQ ACK BEL BS TAB LF VT FF CR SO SI DLE DC1 DC2 "
              "DC3 DC4 NAK SYN ETB CAN EM SUB ESC FS GS RS US"_qs.split(u' ');
        for (char32_t c = 0; c < 0x20; ++c)
            add(c, c == U'\n' ? u"¶"_qs : u'⟨' + controls.at(int(c)) + u'⟩');
        add(0x7F, u"⟨DEL⟩"_qs);
        // A model's own signs, which few fonts have.
        add(0x2400, u"⟨NUL⟩"_qs);
        add(0x240A, u"¶"_qs);
        add(0x2421, u"⟨DEL⟩"_qs);
        for (char32_t c = 0x80; c < 0xA0; ++c)
            add(c, u"⟨U+00%1⟩"_qs.arg(uint(c), 2, 16).toUpper());
        // Bidi_Control of Unicode, and what else is Default_Ignorable_Code_Point or a line's end.
        for (const char32_t c :
            { 0x061Cu, 0x200Eu, 0x200Fu, 0x202Au, 0x202Bu, 0x202Cu, 0x202Du, 0x202Eu, 0x2066u,
                0x2067u, 0x2068u, 0x2069u, 0x200Bu, 0x200Cu, 0x200Du, 0x2028u, 0x2029u, 0x2060u,
                0xFEFFu, 0x3164u, 0xFFA0u, 0xFFF9u, 0xFFFBu, 0xFFFEu, 0xFE0Fu, 0xE0041u, 0xE0100u })
            add(c, u"⟨U+%1⟩"_qs.arg(uint(c), 4, 16, QLatin1Char('0')).toUpper());
        add(0xAD, u"⟨U+00AD⟩"_qs);
    }
    void whatIsNotSeenHasASign()
    {
        QFETCH(char32_t, character);
        QFETCH(QString, sign);
        QCOMPARE(visibleText(of(character)), sign);
        QCOMPARE(visibleText(u"日 "_qs + of(character) + u"b"_qs), u"日 "_qs + sign + u'b');
    }

    void halvesOfCharactersAreSeen()
    {
        QCOMPARE(visibleText(QString(QChar(0xD83D))), u"⟨U+D83D⟩"_qs);
        QCOMPARE(visibleText(QString(QChar(0xDE00)) + u'x'), u"⟨U+DE00⟩x"_qs);
    }

    /// What looks like nothing between letters does not pass for what shapes them.
    void joinersAndSelectorsHideNothing()
    {
        QCOMPARE(visibleText(QStringLiteral("ad\u200Dmin")), u"ad⟨U+200D⟩min"_qs);
        QCOMPARE(visibleText(QStringLiteral("日\u200D\u200D本")), u"日⟨U+200D⟩⟨U+200D⟩本"_qs);
        QCOMPARE(visibleText(QStringLiteral("a\uFE00\uFE01")), QStringLiteral("a\uFE00⟨U+FE01⟩"));
        QCOMPARE(visibleText(QStringLiteral(" \uFE00")), u" ⟨U+FE00⟩"_qs);
    }

    void linesStayWhereTheyMay()
    {
        QCOMPARE(visibleLines(u"a\nb\tc"_qs), u"a\nb⟨TAB⟩c"_qs);
        QCOMPARE(visibleText(u"a\r\nb"_qs), u"a⟨CR⟩¶b"_qs);
    }

    void expressionsStayTrue()
    {
        QCOMPARE(
            visibleExpression(QStringLiteral("type == \"a\u202Eb\"")), u"type == \"a\\u202eb\""_qs);
        QCOMPARE(visibleExpression(u"\"%1\""_qs.arg(of(0xE0041))), u"\"\\U000e0041\""_qs);
    }

    void buttonsAndTitlesShowAll()
    {
        QCOMPARE(buttonText(QStringLiteral("a&b\u202E")), u"a&&b⟨U+202E⟩"_qs);
        QCOMPARE(titleText(u"a[*]b"_qs), u"a[*][*]b"_qs);
    }

    void toolTipsShowExactlyTheText()
    {
        QTextDocument document;
        // What has no blank is broken all the same, and its text stays.
        const QString name(3000, u'x');
        document.setHtml(plainToolTip(name));
        document.setTextWidth(700);
        QVERIFY(document.idealWidth() <= 720);
        QCOMPARE(document.toPlainText().remove(QChar(0x200b)), name);
        document.setHtml(plainToolTip(QStringLiteral("<b>x</b> &amp; \u202Ey\n<img src=z>")));
        QCOMPARE(document.toPlainText(), u"<b>x</b> &amp; ⟨U+202E⟩y\n<img src=z>"_qs);
        QVERIFY(plainToolTip({}).isEmpty());
    }

    void longTextIsCut()
    {
        const QString text(100'000, u'<');
        PlainLabel label(text);
        QVERIFY(label.text().size() < 5000 && label.text().endsWith(u'…'));
        QTextDocument document;
        document.setHtml(plainToolTip(text));
        QCOMPARE(document.toPlainText().remove(QChar(0x200b)), label.text());
        // Not through the middle of a character.
        PlainLabel faces(u'x' + QStringLiteral("\U0001F600").repeated(5000));
        QVERIFY(!faces.text().contains(u"U+D8"_qs));
    }

    void labelsShowExactlyTheText()
    {
        PlainLabel label;
        label.setText(QStringLiteral("<b>x</b>\u202E"));
        QCOMPARE(label.text(), u"<b>x</b>⟨U+202E⟩"_qs);
        QCOMPARE(label.textFormat(), Qt::PlainText);
    }

    void messageBoxesShowExactlyTheText()
    {
        PlainMessageBox box(QMessageBox::Warning, u"t[*]"_qs, QStringLiteral("<b>x</b>\u202E\ny"),
            QMessageBox::Ok, nullptr);
        box.setInformativeText(u"<a href=\"x\">y</a>"_qs);
        QCOMPARE(box.text(), u"<b>x</b>⟨U+202E⟩\ny"_qs);
        const auto labels = box.findChildren<QLabel*>();
        QVERIFY(labels.size() >= 2);
        for (const auto* label : labels) {
            if (label->text().contains(u'<'))
                QCOMPARE(label->textFormat(), Qt::PlainText);
        }
    }

    void cellsShowExactlyTheText()
    {
        QListWidget list;
        list.setItemDelegate(new PlainDelegate(&list));
        list.addItem(QStringLiteral("<b>x</b>\u202E"));
        list.item(0)->setToolTip(QStringLiteral("<img src=x>\u202E"));
        list.show();
        PlainDelegate cells;
        QCOMPARE(cells.displayText(list.item(0)->text(), QLocale()), u"<b>x</b>⟨U+202E⟩"_qs);
        QCOMPARE(cells.displayText(1'500'000LL, QLocale()), u"1,500,000"_qs);
        const auto place = list.visualItemRect(list.item(0)).center();
        QHelpEvent help(QEvent::ToolTip, place, list.viewport()->mapToGlobal(place));
        QApplication::sendEvent(list.viewport(), &help);
        QTextDocument tip;
        tip.setHtml(QToolTip::text());
        QCOMPARE(tip.toPlainText(), u"<img src=x>⟨U+202E⟩"_qs);
    }
};

QTEST_MAIN(tst_VisibleText)
#include "tst_visibletext.moc"
