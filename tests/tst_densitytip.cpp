#include "ui/base/theme.h"
#include "ui/time/densitytip.h"

#include <QApplication>
#include <QTest>
#include <QTextDocument>

using namespace eventloupe;
using namespace Qt::Literals::StringLiterals;

namespace {

Density::Bucket bucket()
{
    Density::Bucket some;
    some.first = 1001;
    some.last = 2000;
    some.start = *Timestamp::fromRfc3339("2026-03-01T14:03:22.5Z");
    some.end = *Timestamp::fromRfc3339("2026-03-01T14:05:10Z");
    some.eventsPerSecond = 9.3;
    some.categories = { { u"user"_s, 6 }, { u"<b>order</b>"_s, 2 } };
    return some;
}

QString shown(const QString& tip)
{
    QTextDocument document;
    document.setHtml(tip);
    return document.toPlainText();
}

} // namespace

class TestDensityTip final : public QObject {
    Q_OBJECT

private slots:
    void cleanup() { rankCategories({}); }

    void saysItInWords()
    {
        rankCategories({ u"user"_s, u"<b>order</b>"_s });
        const QString text = shown(densityTip(1234, bucket(), QApplication::palette()));
        for (const auto& part : { u"#1,234"_s, u"#1,001"_s, u"#2,000"_s,
                 u"2026-03-01 14:03:22 to 14:05:10"_s, u"1,000 events, 9.3 events/s"_s, u"user"_s,
                 u"shares estimated from 8 events of them"_s,
                 u"75 %"_s, u"<b>order</b>"_s, u"25 %"_s })
            QVERIFY2(text.contains(part), qPrintable(part + u" is not in: "_s + text));
    }

    void namesTheColour()
    {
        rankCategories({ u"user"_s });
        const auto palette = QApplication::palette();
        const QString tip = densityTip(1234, bucket(), palette);
        QVERIFY(tip.contains(categoryColour(u"user"_s, palette).name()));
    }

    void countsTheRest()
    {
        QStringList ranked;
        Density::Bucket some = bucket();
        some.categories.clear();
        for (int n = 0; n < 30; ++n) {
            ranked.append(u"category-%1"_s.arg(n));
            some.categories.append({ ranked.last(), 1 });
        }
        rankCategories(ranked);
        const auto palette = QApplication::palette();
        const QString tip = densityTip(1234, some, palette);
        QVERIFY(shown(tip).contains(u"22 other categories"_s));
        QVERIFY(shown(tip).contains(u"73 %"_s));
        QVERIFY(tip.contains(otherCategoriesColour(palette).name()));
        QVERIFY(!shown(tip).contains(u"category-29"_s));
    }

    void bearsABarWithoutSamples()
    {
        Density::Bucket some = bucket();
        some.categories.clear();
        some.end = *Timestamp::fromRfc3339("2026-04-01T00:00:00Z");
        const QString text = shown(densityTip(1234, some, QApplication::palette()));
        QVERIFY2(text.contains(u"2026-03-01 14:03:22 to 2026-04-01 00:00:00"_s), qPrintable(text));
    }

    void ratesHaveReadableUnits()
    {
        QCOMPARE(rateText(12'345.6), u"12,346 events/s"_s);
        QCOMPARE(rateText(1.24), u"1.2 events/s"_s);
        QCOMPARE(rateText(0.5), u"30 events/min"_s);
        QCOMPARE(rateText(0.001), u"3.6 events/h"_s);
        QCOMPARE(rateText(0.0001), u"8.6 events/day"_s);
        QCOMPARE(rateText(1e-9), u"less than an event a day"_s);
    }
};

QTEST_MAIN(TestDensityTip)
#include "tst_densitytip.moc"
