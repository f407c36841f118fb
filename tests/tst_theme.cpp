#include "ui/base/icons.h"
#include "ui/base/infobar.h"
#include "ui/base/jsontext.h"
#include "ui/base/plaintext.h"
#include "ui/base/theme.h"

#include <QApplication>
#include <QPushButton>
#include <QSet>
#include <QTest>

using namespace eventloupe;

namespace {

/// The darkest and lightest a picture gets where it is opaque.
int inkOf(const QImage& image)
{
    int sum = 0;
    int count = 0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            const auto pixel = image.pixelColor(x, y);
            if (pixel.alpha() > 200) {
                sum += pixel.lightness();
                ++count;
            }
        }
    }
    return count > 0 ? sum / count : -1;
}

} // namespace

class TestTheme : public QObject {
    Q_OBJECT

private slots:
    void aLongWordDoesNotStretchTheWindow()
    {
        PlainLabel label(QString(3000, u'a'));
        label.setWordWrap(true);
        QVERIFY(label.minimumSizeHint().width() < 1000);
        label.setText(u"short"_qs);
        QVERIFY(label.minimumSizeHint().width() < 200);
    }

    void cleanup() { applyTheme(ThemeMode::Light); }

    void modeIsKeptByName()
    {
        for (const auto mode : { ThemeMode::System, ThemeMode::Light, ThemeMode::Dark })
            QCOMPARE(themeModeFromName(themeModeName(mode)), mode);
        QCOMPARE(themeModeFromName(u"sepia"_qs), ThemeMode::System);
    }

    void darkAndLightDiffer()
    {
        applyTheme(ThemeMode::Light);
        QVERIFY(!isDark(QApplication::palette()));
        applyTheme(ThemeMode::Dark);
        QVERIFY(isDark(QApplication::palette()));
    }

    void textIsReadable_data()
    {
        QTest::addColumn<bool>("dark");
        QTest::newRow("light") << false;
        QTest::newRow("dark") << true;
    }
    void textIsReadable()
    {
        QFETCH(bool, dark);
        applyTheme(dark ? ThemeMode::Dark : ThemeMode::Light);
        const auto palette = QApplication::palette();
        const auto base = palette.color(QPalette::Base);
        const auto colours = coloursOf(palette);
        for (const auto& ink : { palette.color(QPalette::Text), colours.added, colours.removed,
                 colours.changed, colours.dimmed, colours.error, colours.jsonKey,
                 colours.jsonString, colours.jsonNumber, colours.jsonWord })
            QVERIFY2(contrastOf(ink, base) >= 4.5, qPrintable(ink.name()));
        for (const auto& ground : { colours.cursorGround, colours.errorGround,
                 colours.warningGround, colours.informationGround })
            QVERIFY2(contrastOf(palette.color(QPalette::WindowText), ground) >= 7,
                qPrintable(ground.name()));
        QVERIFY(
            contrastOf(palette.color(QPalette::HighlightedText), palette.color(QPalette::Highlight))
            >= 4.5);
    }

    void categoryColoursStandOutAndStay()
    {
        for (const auto mode : { ThemeMode::Light, ThemeMode::Dark }) {
            applyTheme(mode);
            const auto palette = QApplication::palette();
            QSet<QRgb> seen;
            for (int i = 0; i < 200; ++i) {
                const auto colour = categoryColour(u"category%1"_qs.arg(i), palette);
                QVERIFY2(contrastOf(colour, palette.color(QPalette::Base)) >= 3,
                    qPrintable(colour.name()));
                seen.insert(colour.rgb());
            }
            QCOMPARE(seen.size(), 12);
        }
        applyTheme(ThemeMode::Light);
        // The same at every start and on every machine.
        QCOMPARE(categoryColour(u"user"_qs, QApplication::palette()),
            categoryColour(u"user"_qs, QApplication::palette()));
        QVERIFY(categoryColour(u"user"_qs, QApplication::palette())
            != categoryColour(u"order"_qs, QApplication::palette()));
    }

    void iconsFollowTheTheme()
    {
        for (int i = 0; i < static_cast<int>(Symbol::COUNT); ++i) {
            const auto picture = icon(static_cast<Symbol>(i));
            applyTheme(ThemeMode::Light);
            const int light = inkOf(picture.pixmap(32, 32).toImage());
            applyTheme(ThemeMode::Dark);
            const int dark = inkOf(picture.pixmap(32, 32).toImage());
            QVERIFY2(light >= 0 && light < 100, qPrintable(u"%1: %2"_qs.arg(i).arg(light)));
            QVERIFY2(dark > 180, qPrintable(u"%1: %2"_qs.arg(i).arg(dark)));
        }
        QVERIFY(!applicationIcon().pixmap(64, 64).isNull());
    }

    void layoutKeepsEveryToken()
    {
        QCOMPARE(layOutJson("{\"b\":1.50,\"a\":[],\"b\":{\"c\":\"x, {y}\\\"]\"}, \"d\":[1,2]}"),
            QByteArray("{\n  \"b\": 1.50,\n  \"a\": [],\n  \"b\": {\n    \"c\": \"x, {y}\\\"]\"\n"
                       "  },\n  \"d\": [\n    1,\n    2\n  ]\n}"));
        QCOMPARE(layOutJson("7"), QByteArray("7"));
        QCOMPARE(layOutJson(""), QByteArray());
        QCOMPARE(layOutJson("\"unfinished"), QByteArray("\"unfinished"));
    }

    void deepNestingStaysLinear()
    {
        const std::string deep(1000, '[');
        QVERIFY(layOutJson(deep).size() < 100 * 1000);
    }

    void aNarrowBannerHasItsButtonBelow()
    {
        QWidget panel;
        InfoBar bar(&panel);
        bar.show(InfoBar::Kind::Failure, u"Event #1 was left out: there is <b>no</b> sum"_qs,
            u"Go There"_qs);
        panel.show();
        const auto* text = bar.findChild<PlainLabel*>();
        const auto* button = bar.findChild<QPushButton*>();
        bar.resize(240, 200);
        QTRY_VERIFY(button->y() >= text->geometry().bottom());
        QVERIFY(text->width() > 120);
        bar.resize(900, 60);
        QTRY_VERIFY(button->x() > text->geometry().right());
        QCOMPARE(text->toolTip(), plainToolTip(text->text()));
    }

    void longLinesAreCut()
    {
        bool cut = true;
        QCOMPARE(textForView("abcdefgh\nij", 3, 100, &cut), u"abc↩\ndef↩\ngh\nij"_qs);
        QVERIFY(!cut);
        QCOMPARE(textForView("ab\U0001F600cd", 3, 100, &cut), u"ab↩\n\U0001F600c↩\nd"_qs);
        QCOMPARE(textForView("abcdefgh", 100, 5, &cut), u"abcde"_qs);
        QVERIFY(cut);
        QCOMPARE(textForView("", 100, 5), QString());
    }
};

QTEST_MAIN(TestTheme)
#include "tst_theme.moc"
