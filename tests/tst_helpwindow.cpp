#include "reference/reference.h"
#include "ui/help/helpwindow.h"

#include <QLineEdit>
#include <QPointer>
#include <QTest>
#include <QTextBlock>
#include <QTextBrowser>
#include <QTextTable>
#include <QTreeWidget>

using namespace eventloupe;

/// The reference in the window.
class TestHelpWindow : public QObject {
    Q_OBJECT

private slots:
    void showsASection()
    {
        HelpWindow help;
        help.showTopic(u"commands"_qs);
        QCOMPARE(help.topic(), u"commands"_qs);
        auto* text = help.findChild<QTextBrowser*>(u"helpText"_qs);
        QVERIFY(text->toPlainText().startsWith(u"Commands"_qs));
        // A chapter comes with its parts, and tables are tables.
        QVERIFY(text->toPlainText().contains(u"Guards"_qs));
        QVERIFY(!text->toPlainText().contains(u"| ---"_qs));
        help.showTopic(u"no such thing"_qs);
        QCOMPARE(help.topic(), referenceSections().first().id);
    }

    void aSectionIsLaidOutOnce()
    {
        HelpWindow help;
        help.showTopic(u"workspaces"_qs);
        auto* text = help.findChild<QTextBrowser*>(u"helpText"_qs);
        const QPointer<QTextDocument> before = text->document();
        int laidOut = 0;
        connect(before, &QTextDocument::contentsChange, &help, [&] { ++laidOut; });
        help.showTopic(u"commands"_qs);
        // Not changed where it is shown, which lays it out at each change, but made beside it.
        QCOMPARE(laidOut, 0);
        QVERIFY(!before);
        QVERIFY(text->document()->toPlainText().startsWith(u"Commands"_qs));
    }

    void theFirstRowOfATableIsSeenToBeOne()
    {
        HelpWindow help;
        help.showTopic(u"workspaces"_qs);
        const auto* document = help.findChild<QTextBrowser*>(u"helpText"_qs)->document();
        QTextTable* table = nullptr;
        for (auto* frame : document->rootFrame()->childFrames()) {
            if (!table)
                table = qobject_cast<QTextTable*>(frame);
        }
        QVERIFY(table && table->rows() > 1 && table->columns() > 1);
        for (int column = 0; column < table->columns(); ++column) {
            const auto cell = table->cellAt(0, column);
            const auto first = cell.firstCursorPosition().block();
            QCOMPARE(first.begin().fragment().charFormat().fontWeight(), int(QFont::Bold));
            QVERIFY(!first.text().isEmpty());
            QCOMPARE(first.blockFormat().topMargin(), 0.0);
            QCOMPARE(cell.format().background().color(), help.palette().button().color());
        }
    }

    void linksLeadOn()
    {
        HelpWindow help;
        help.showTopic(u"events/rules"_qs);
        auto* text = help.findChild<QTextBrowser*>(u"helpText"_qs);
        emit text->anchorClicked(QUrl(u"#expressions"_qs));
        QCOMPARE(help.topic(), u"expressions"_qs);
    }

    void searchNarrows()
    {
        HelpWindow help;
        help.showTopic(u"workspaces"_qs);
        auto* search = help.findChild<QLineEdit*>(u"helpSearch"_qs);
        auto* contents = help.findChild<QTreeWidget*>(u"helpContents"_qs);
        search->setText(u"exists_one"_qs);
        QCOMPARE(help.topic(), u"expressions/lists-and-maps"_qs);
        int shown = 0;
        for (int i = 0; i < contents->topLevelItemCount(); ++i)
            shown += contents->topLevelItem(i)->isHidden() ? 0 : 1;
        QCOMPARE(shown, 1);
        search->clear();
        QVERIFY(!contents->topLevelItem(0)->isHidden());
        search->setText(u"nothing says this"_qs);
        QVERIFY(contents->topLevelItem(0)->isHidden());
        QVERIFY(!help.findChild<QWidget*>(u"helpNothing"_qs)->isHidden());
        QVERIFY(!help.findChild<QTextBrowser*>(u"helpText"_qs)->textCursor().hasSelection());
        search->clear();
        QVERIFY(help.findChild<QWidget*>(u"helpNothing"_qs)->isHidden());
    }

    void linesAreBrokenRatherThanCut()
    {
        HelpWindow help;
        auto* text = help.findChild<QTextBrowser*>(u"helpText"_qs);
        help.showTopic(u"commands"_qs); // It has code.
        QVERIFY(text->toPlainText().contains(u'{'));
        for (auto block = text->document()->begin(); block.isValid(); block = block.next())
            QVERIFY2(!block.blockFormat().nonBreakableLines(), qPrintable(block.text()));
    }
};

QTEST_MAIN(TestHelpWindow)
#include "tst_helpwindow.moc"
