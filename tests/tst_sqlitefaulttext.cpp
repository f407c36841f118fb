#include "store/sqlitefaulttext.h"

#include <QTest>

using namespace eventloupe;

/// SQLite's own words, as sentences.
class tst_SqliteFaultText final : public QObject {
    Q_OBJECT

private slots:
    void eachFormIsASentence_data();
    void eachFormIsASentence();
    void aRowOfManyLinesIsAFaultALine();
};

void tst_SqliteFaultText::eachFormIsASentence_data()
{
    QTest::addColumn<QString>("row");
    QTest::addColumn<QString>("meaning");
    const auto row = [](const char* line, const char* meaning) {
        QTest::newRow(line) << QString::fromUtf8(line) << QString::fromUtf8(meaning);
    };
    row("row 17 missing from index event_id", "Row 17 of a table is not in its index event_id");
    row("wrong # of entries in index stream_name",
        "The index stream_name does not have as many entries as its table has rows");
    row("row 17 values differ from index event_id",
        "Row 17 differs from its entry in the index event_id");
    row("non-unique entry in index event_id", "The index event_id has an entry twice");
    row("rowid not at end-of-record for row 17 of index event_id",
        "The entry of row 17 in the index event_id is damaged");
    row("NULL value in event.data",
        "Table event has a value in its column data that cannot stand there");
    row("non-BLOB value in event.hash",
        "Table event has a value in its column hash that cannot stand there");
    row("Freelist: size is 3 but should be 0", "The list of the file's free pages is damaged");
    row("Page 116: btreeInitPage() returns error code 11", "Page 116 of the file is damaged");
    row("Tree 5 page 7: btreeInitPage() returns error code 11", "Page 7 of the file is damaged");
    row("On tree page 12 cell 3: Rowid 9 out of order", "Page 12 of the file is damaged");
    row("something new", "The file is damaged");
}

void tst_SqliteFaultText::eachFormIsASentence()
{
    QFETCH(QString, row);
    QFETCH(QString, meaning);
    QCOMPARE(sqliteFaultTexts({ row }),
        QStringList({ QStringLiteral("%1. SQLite says: %2").arg(meaning, row) }));
}

void tst_SqliteFaultText::aRowOfManyLinesIsAFaultALine()
{
    const QStringList texts = sqliteFaultTexts(
        { QStringLiteral("*** in database main ***\nPage 5: is wrong\nPage 7 is never used\n"
                         "Page 8 is never used\nPage 9: never used\nPage 11 is never used\n"),
            QStringLiteral("Page 12 is never used"), QStringLiteral("row 1 missing from index a") });
    QCOMPARE(texts,
        QStringList({ QStringLiteral("Page 5 of the file is damaged. SQLite says: Page 5: is wrong"),
            QStringLiteral("Pages 7 to 9 of the file belong to no table and no index."),
            QStringLiteral("Pages 11 to 12 of the file belong to no table and no index."),
            QStringLiteral(
                "Row 1 of a table is not in its index a. SQLite says: row 1 missing from index a") }));
    QCOMPARE(sqliteFaultTexts({}), QStringList());
}

QTEST_GUILESS_MAIN(tst_SqliteFaultText)
#include "tst_sqlitefaulttext.moc"
