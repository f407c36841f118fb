#include "support/storefiles.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <unistd.h>

using namespace eventloupe;

/// Where the end of the log is noted, and what is there already.
class tst_HeadPlace final : public QObject {
    Q_OBJECT

private slots:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void whatHasTheHeadFilesNameIsLeft_data();
    void whatHasTheHeadFilesNameIsLeft();
    void headFileStandsBesideTheFileItself();

private:
    QString path() const { return m_folder->filePath(QStringLiteral("a.eventlog")); }
    std::unique_ptr<QTemporaryDir> m_folder;
};

/// What else has the head file's name is somebody's: a link there may lead anywhere.
void tst_HeadPlace::whatHasTheHeadFilesNameIsLeft_data()
{
    QTest::addColumn<int>("kind");
    QTest::newRow("link") << 0;
    QTest::newRow("second name") << 1;
    QTest::newRow("file") << 2;
    QTest::newRow("link to nothing") << 3;
}

void tst_HeadPlace::whatHasTheHeadFilesNameIsLeft()
{
    QFETCH(int, kind);
    makeStoreFile(path(), 3);
    const QString head = path() + QStringLiteral(".head");
    const QString victim = m_folder->filePath(QStringLiteral("victim.txt"));
    const QByteArray content(640, 'x');
    QVERIFY(QFile::remove(head));
    writeContent(kind == 2 ? head : victim, content);
    const auto name = [](const QString& path) { return QFile::encodeName(path); };
    if (kind == 0)
        QCOMPARE(::symlink(name(victim), name(head)), 0);
    if (kind == 1)
        QCOMPARE(::link(name(victim), name(head)), 0);
    const QString made = m_folder->filePath(QStringLiteral("made.txt"));
    if (kind == 3)
        QCOMPARE(::symlink(name(made), name(head)), 0);
    {
        const auto store = openStore(path(), OpenMode::ReadWrite);
        QVERIFY(store.ok());
        QCOMPARE((*store)->openingFault(), QString());
        QVERIFY((*store)->readOnlyReason().contains(head));
        const auto appended = appendOne(**store, QStringLiteral("s"));
        QVERIFY(!appended.ok());
        QCOMPARE(appended.error().code, ErrorCode::ReadOnly);
    }
    QVERIFY(!QFile::exists(made));
    if (kind != 3)
        QCOMPARE(contentOf(kind == 2 ? head : victim), content);
    QVERIFY(QFile::remove(head));
    const auto store = openStore(path(), OpenMode::ReadWrite);
    QVERIFY(appendOne(**store, QStringLiteral("s")));
}

/// A link that is turned to another store brings no head file of the first one with it.
void tst_HeadPlace::headFileStandsBesideTheFileItself()
{
    const QString other = m_folder->filePath(QStringLiteral("b.eventlog"));
    const QString link = m_folder->filePath(QStringLiteral("cur.eventlog"));
    makeStoreFile(path(), 5);
    makeStoreFile(other, 2);
    QVERIFY(QFile::link(path(), link));
    QVERIFY(appendOne(**openStore(link, OpenMode::ReadWrite), QStringLiteral("s")));
    QVERIFY(!QFile::exists(link + QStringLiteral(".head")));
    QVERIFY(QFile::remove(link));
    QVERIFY(QFile::link(other, link));
    {
        const auto store = openStore(link, OpenMode::ReadWrite);
        QCOMPARE((*store)->openingFault(), QString());
        QVERIFY(appendOne(**store, QStringLiteral("s")));
    }
    // And what was appended through the link is missed by the store's own name.
    const QString older = m_folder->filePath(QStringLiteral("older"));
    QVERIFY(QFile::copy(path(), older));
    QVERIFY(QFile::remove(link));
    QVERIFY(QFile::link(path(), link));
    QVERIFY(appendOne(**openStore(link, OpenMode::ReadWrite), QStringLiteral("s")));
    QVERIFY(QFile::remove(path()));
    QVERIFY(QFile::rename(older, path()));
    QVERIFY((*openStore(path(), OpenMode::ReadOnly))->openingFault().contains(u"event 7"));
}

QTEST_GUILESS_MAIN(tst_HeadPlace)
#include "tst_headplace.moc"
