#include "exchange/importer.h"
#include "exchange/outputfile.h"
#include "store/filetarget.h"
#include "store/openfiles.h"
#include "store/sqlitestorefile.h"
#include "support/filelocks.h"
#include "support/storefiles.h"
#include "value/filename.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include <filesystem>

using namespace eventloupe;

/// What a person names to be written or read takes nothing from a store.
class TestFileTarget : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder;

    [[nodiscard]] QString path(const char* name) const
    {
        return m_folder.filePath(QString::fromUtf8(name));
    }
    static bool isRefused(const QString& file)
    {
        const bool isWritten = writeTarget(file, "x").ok();
        const bool isExported = OutputFile::check(file, QString()).ok();
        return !isWritten && !isExported;
    }
    /// A further name of a file.
    static bool linkHard(const QString& file, const QString& name)
    {
        std::error_code failure;
        std::filesystem::create_hard_link(QFile::encodeName(file).toStdString(),
            QFile::encodeName(name).toStdString(), failure);
        return !failure;
    }

private slots:
    void initTestCase()
    {
        QVERIFY(m_folder.isValid());
        makeStoreFile(path("b.eventlog"), 3);
    }

    void keepsWhatIsBesideAStore_data()
    {
        QTest::addColumn<QString>("suffix");
        QTest::addColumn<bool>("isThere");
        for (const char* suffix : { "-wal", "-shm", "-journal", ".head" })
            for (const bool isThere : { false, true })
                QTest::addRow("%s %s", suffix, isThere ? "there" : "not there")
                    << QString::fromLatin1(suffix) << isThere;
    }
    void keepsWhatIsBesideAStore()
    {
        QFETCH(QString, suffix);
        QFETCH(bool, isThere);
        const QString file = path("b.eventlog") + suffix;
        QFile::remove(file);
        if (isThere)
            writeContent(file, "its own");
        QVERIFY(isRefused(file));
        QCOMPARE(QFileInfo::exists(file), isThere);
        // Through a folder's link, and the file's own.
        QFile::remove(path("link"));
        QVERIFY(QFile::link(m_folder.path(), path("link")));
        QVERIFY(isRefused(path("link/b.eventlog") + suffix));
        QFile::remove(path("out.txt"));
        if (isThere) {
            QVERIFY(QFile::link(file, path("out.txt")));
            QVERIFY(isRefused(path("out.txt")));
            QCOMPARE(contentOf(file), QByteArray("its own"));
        }
        QFile::remove(file);
        // No other store is made there, which would be taken for a part of this one.
        const auto made = openStore(file, OpenMode::Create);
        QCOMPARE(made.ok() ? ErrorCode::Internal : made.error().code, ErrorCode::InvalidArgument);
        QVERIFY2(made.error().message.contains(u"b.eventlog"), qPrintable(made.error().message));
        QVERIFY(!QFileInfo::exists(file));
        QVERIFY(openStore(path("b.eventlog"), OpenMode::ReadWrite).ok());
    }

    void writesElsewhere()
    {
        for (const char* name : { "none-wal", "c.head", "-journal", "b.eventlog-walk", "b.txt" }) {
            const auto written = writeTarget(path(name), "x");
            QVERIFY2(written.ok(), name);
            QCOMPARE(contentOf(path(name)), QByteArray("x"));
            QVERIFY2(OutputFile::check(path(name), path("b.eventlog")).ok(), name);
        }
        writeContent(path("text"), "no database");
        QVERIFY(writeTarget(path("text-wal"), "x").ok());
        QVERIFY(OutputFile::check(QStringLiteral("-"), path("b.eventlog")).ok());
        QVERIFY(OutputFile::check(QString(), path("b.eventlog")).ok());
    }

    void keepsDatabases()
    {
        const QByteArray before = contentOf(path("b.eventlog"));
        QVERIFY(isRefused(path("b.eventlog")));
        QCOMPARE(contentOf(path("b.eventlog")), before);
    }

    /// Nothing opens the file of an open store by itself, under whatever name.
    void keepsTheLocksOfAnOpenStore()
    {
        const QString file = path("locked.eventlog");
        makeStoreFile(file, 3);
        QVERIFY(linkHard(file, path("other.txt")));
        QVERIFY(QFile::link(file, path("third.ndjson")));
        QVERIFY(!isOpenHere(file));
        {
            const auto store = openStore(file, OpenMode::ReadWrite);
            QVERIFY(store.ok());
            QVERIFY((*store)->readLog(1, 1).ok());
            const int locks = locksOn(file);
            const int shared = locksOn(file + u"-shm"_qs);
            if (locks < 1 || shared < 1)
                QSKIP("the system does not tell which locks there are");
            QVERIFY(linkHard(file + u"-shm"_qs, path("shm.ndjson")));
            for (const QString& name : { file, path("other.txt"), path("third.ndjson"),
                     path("shm.ndjson"), QString(file + u"-shm"_qs) }) {
                QVERIFY2(isOpenHere(name), qPrintable(name));
                QVERIFY2(isRefused(name), qPrintable(name));
                QVERIFY2(!OutputFile::check(name, file).ok(), qPrintable(name));
                const auto format = detectFormat(name);
                QVERIFY2(!format.ok(), qPrintable(name));
                QCOMPARE(format.error().code, ErrorCode::InvalidArgument);
                ImportRequest request;
                request.file = name;
                QVERIFY2(!importFile(**store, request, Progress(), CancelToken()).ok(),
                    qPrintable(name));
            }
            QCOMPARE(locksOn(file), locks);
            QCOMPARE(locksOn(file + u"-shm"_qs), shared);
        }
        QVERIFY(!isOpenHere(file));
        // What is open no more may be told from its bytes.
        const auto format = detectFormat(file);
        QVERIFY(!format.ok());
        QVERIFY2(format.error().message.contains(u"SQLite"), qPrintable(format.error().message));
    }

    void findsPlacesBehindLinks()
    {
        QVERIFY(QDir(m_folder.path()).mkpath(QStringLiteral("a/deep")));
        QVERIFY(QFile::link(path("a/deep"), path("way")));
        const QString real = QFileInfo(m_folder.path()).canonicalFilePath();
        QCOMPARE(resolvedFile(path("way/../new.txt")), QString(real + u"/a/new.txt"_qs));
        QCOMPARE(resolvedFile(path("way/new.txt")), QString(real + u"/a/deep/new.txt"_qs));
        QCOMPARE(resolvedFile(path("none/new.txt")), QString(path("none/new.txt")));
        QCOMPARE(resolvedFile(QStringLiteral("/new.txt")), QStringLiteral("/new.txt"));
        QVERIFY(writeTarget(path("way/../new.txt"), "x").ok());
        QVERIFY(QFileInfo::exists(path("a/new.txt")));
        QVERIFY(!QFileInfo::exists(path("new.txt")));
    }
};

QTEST_GUILESS_MAIN(TestFileTarget)
#include "tst_filetarget.moc"
