#include "ui/base/categoryinks.h"

#include <QSet>
#include <QTest>

using namespace eventloupe;
using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int inks = 12;

QStringList numbered(int count, int from = 1)
{
    QStringList names;
    for (int n = from; n < from + count; ++n)
        names.append(u"category %1"_s.arg(n));
    return names;
}

} // namespace

/// Who has which colour of the theme.
class TestCategoryInks final : public QObject {
    Q_OBJECT

private slots:
    void theFrequentOnesDiffer();
    void theRestShareOne();
    void aCategoryKeepsItsInk();
    void aRankThatChangesALittleChangesNothing();
    void whoFallsFarBehindGivesItsInkAway();
    void withoutARankingTheNameDecides();
};

void TestCategoryInks::theFrequentOnesDiffer()
{
    CategoryInks some(inks);
    QVERIFY(some.rank(numbered(11)));
    QSet<int> seen;
    for (const auto& name : numbered(11)) {
        QVERIFY(some.hasOwn(name));
        QVERIFY(some.inkOf(name) >= 0 && some.inkOf(name) < inks - 1);
        seen.insert(some.inkOf(name));
    }
    QCOMPARE(seen.size(), 11);
}

void TestCategoryInks::theRestShareOne()
{
    CategoryInks some(inks);
    some.rank(numbered(500));
    for (const auto& name : numbered(489, 12)) {
        QVERIFY(!some.hasOwn(name));
        QCOMPARE(some.inkOf(name), inks - 1);
    }
    QCOMPARE(some.inkOf(u"never seen"_s), inks - 1);
}

void TestCategoryInks::aCategoryKeepsItsInk()
{
    CategoryInks some(inks);
    some.rank({ u"user"_s, u"order"_s });
    const int user = some.inkOf(u"user"_s);
    const int order = some.inkOf(u"order"_s);
    QVERIFY(some.rank(numbered(9) + QStringList { u"order"_s, u"user"_s }));
    QCOMPARE(some.inkOf(u"user"_s), user);
    QCOMPARE(some.inkOf(u"order"_s), order);
}

void TestCategoryInks::aRankThatChangesALittleChangesNothing()
{
    CategoryInks some(inks);
    some.rank(numbered(20));
    const int first = some.inkOf(u"category 1"_s);
    QStringList turned = numbered(20);
    turned.move(0, 12);
    QVERIFY(!some.rank(turned));
    QCOMPARE(some.inkOf(u"category 1"_s), first);
    QVERIFY(!some.hasOwn(u"category 12"_s));
}

void TestCategoryInks::whoFallsFarBehindGivesItsInkAway()
{
    CategoryInks some(inks);
    some.rank(numbered(11));
    const int first = some.inkOf(u"category 1"_s);
    const int second = some.inkOf(u"category 2"_s);
    // 22 come before it now.
    QVERIFY(some.rank(numbered(10, 2) + numbered(12, 20) + QStringList { u"category 1"_s }));
    QVERIFY(!some.hasOwn(u"category 1"_s));
    QCOMPARE(some.inkOf(u"category 20"_s), first);
    QCOMPARE(some.inkOf(u"category 2"_s), second);
}

void TestCategoryInks::withoutARankingTheNameDecides()
{
    CategoryInks some(inks);
    const CategoryInks other(inks);
    const int before = some.inkOf(u"user"_s);
    QCOMPARE(other.inkOf(u"user"_s), before);
    some.rank(numbered(30));
    QVERIFY(some.rank({}));
    QCOMPARE(some.inkOf(u"user"_s), before);
    QVERIFY(!some.hasOwn(u"category 1"_s));
    // A name that no other wants has the same ink with a ranking.
    some.rank({ u"user"_s });
    QCOMPARE(some.inkOf(u"user"_s), before);
}

QTEST_APPLESS_MAIN(TestCategoryInks)
#include "tst_categoryinks.moc"
