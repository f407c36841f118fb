#include "support/storefiles.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace eventloupe;

/// Files whose names mean something else to SQLite or to a URI.
class tst_StoreNames final : public QObject {
    Q_OBJECT

private slots:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void oddNames_data();
    void oddNames();
    void namesThatSqliteTakesForSomethingElse();

private:
    QString path() const { return m_folder->filePath(QStringLiteral("a.eventlog")); }
    QStringList files() const { return QDir(m_folder->path()).entryList(QDir::Files, QDir::Name); }

    /// Of a store that is named from inside its folder; -1 where it cannot be opened.
    Position headByRelativeName(const QString& name) const
    {
        const QString before = QDir::currentPath();
        QDir::setCurrent(m_folder->path());
        const auto store = openStore(name, OpenMode::ReadWrite);
        QDir::setCurrent(before);
        return store ? (*store)->head().value() : -1;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void tst_StoreNames::oddNames_data()
{
    QTest::addColumn<QString>("name");
    for (const char* name : { "with space", "100%", "a?mode=memory", "a#b", "ä ö ü", "file:x",
             "quote'\"", "-dash", "a:memory:" })
        QTest::newRow(name) << QString::fromUtf8(name);
}

void tst_StoreNames::oddNames()
{
    QFETCH(QString, name);
    const QString odd = m_folder->filePath(name);
    makeStoreFile(odd, 2);
    QCOMPARE(files(), QStringList({ name, name + QStringLiteral(".head") }));
    for (const OpenMode mode : { OpenMode::ReadOnly, OpenMode::ReadWrite, OpenMode::Create })
        QCOMPARE((*openStore(odd, mode))->head().value(), 2);
    QCOMPARE(headByRelativeName(name), 2);
}

void tst_StoreNames::namesThatSqliteTakesForSomethingElse()
{
    makeStoreFile(path(), 2);
    for (const char* name : { ":memory:", "file:a.eventlog", "file::memory:?cache=shared" }) {
        const QString odd = QString::fromLatin1(name);
        QVERIFY(QFile::copy(path(), m_folder->path() + QLatin1Char('/') + odd));
        QCOMPARE(headByRelativeName(odd), 2);
    }
}

QTEST_GUILESS_MAIN(tst_StoreNames)
#include "tst_storenames.moc"
