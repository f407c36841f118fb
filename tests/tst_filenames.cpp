#include "store/filenames.h"
#include "store/openstore.h"
#include "support/storefiles.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <filesystem>
#include <memory>

using namespace eventloupe;

/// A store that has a second name is not written to: each name would have a log of its own.
class tst_FileNames final : public QObject {
    Q_OBJECT

private slots:
    void init();
    void aSecondNameIsReadOnly();
    void aSecondNameThatComesLaterIsNotWrittenTo();
    void whatWasLeftOfMakingItIsRemoved();

private:
    QString path() const { return m_folder->filePath(QStringLiteral("a[1].eventlog")); }
    QString other() const { return m_folder->filePath(QStringLiteral("b.eventlog")); }
    void link(const QString& to) const
    {
        std::filesystem::create_hard_link(path().toStdString(), to.toStdString());
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void tst_FileNames::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    makeStoreFile(path(), 3);
    QCOMPARE(otherNameReason(path()), QString());
    QVERIFY(!hasOtherName(path()));
}

void tst_FileNames::aSecondNameIsReadOnly()
{
    link(other());
    for (const QString& name : { path(), other() }) {
        const auto store = openStore(name, OpenMode::ReadWrite);
        QVERIFY(store);
        QVERIFY2((*store)->readOnlyReason().contains(QStringLiteral("hard link")),
            qPrintable((*store)->readOnlyReason()));
        QCOMPARE((*store)->head().value(), 3);
        const auto refused = appendOne(**store, QStringLiteral("s"));
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::ReadOnly);
        QVERIFY(!(*store)->beginBulk());
    }
    QVERIFY(QFile::remove(other()));
    QVERIFY(appendOne(**openStore(path(), OpenMode::ReadWrite), QStringLiteral("s")));
}

void tst_FileNames::aSecondNameThatComesLaterIsNotWrittenTo()
{
    const auto store = openStore(path(), OpenMode::ReadWrite);
    QVERIFY(store && appendOne(**store, QStringLiteral("s")));
    link(other());
    const auto refused = appendOne(**store, QStringLiteral("s"));
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::ReadOnly);
    QVERIFY(QFile::remove(other()));
    QVERIFY(appendOne(**store, QStringLiteral("s")));
}

/// The process that made the store ended between giving it its name and taking the first one away.
void tst_FileNames::whatWasLeftOfMakingItIsRemoved()
{
    link(path() + QStringLiteral(".abcdef.new"));
    const auto store = openStore(path(), OpenMode::ReadWrite);
    QVERIFY(store && appendOne(**store, QStringLiteral("s")));
    QCOMPARE(QDir(m_folder->path()).entryList({ QStringLiteral("*.new") }), QStringList());
}

QTEST_GUILESS_MAIN(tst_FileNames)
#include "tst_filenames.moc"
