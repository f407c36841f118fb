#include "exchange/copylog.h"
#include "exchange/logcomparison.h"
#include "support/copiedlogs.h"
#include "support/storecontract.h"
#include "support/storefiles.h"
#include "support/textfile.h"

#include <QDir>
#include <QFileInfo>
#include <QTest>

#include <thread>
#include <utility>

using namespace eventloupe;

/// Copies of logs between stores.
class CopyLogTest final : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<TextFiles> m_files;
    QString m_from;
    QString m_to;

    Result<CopySummary> copy(EventStore& from, qint64 batch = 0, bool checksAll = false) const
    {
        return copyLog(from, { m_to, checksAll, false, batch }, Progress(), CancelToken());
    }
    Result<CopySummary> copy(qint64 batch = 0, bool checksAll = false) const
    {
        const auto from = openStore(m_from, OpenMode::ReadOnly);
        return from ? copy(**from, batch, checksAll) : from.error();
    }
    void isWholeCopy() const
    {
        QCOMPARE(linesOf(m_to), linesOf(m_from));
        const auto to = openStore(m_to, OpenMode::ReadOnly);
        QCOMPARE((*to)->openingFault(), QString());
        QCOMPARE(StoreContract::faults(**to), QStringList());
    }
    /// What the log's folder holds, with the bytes of each file.
    QMap<QString, QByteArray> folder() const
    {
        QMap<QString, QByteArray> files;
        const QDir dir = QFileInfo(m_from).dir();
        for (const QString& name : dir.entryList(QDir::Files))
            files.insert(name, TextFiles::read(dir.filePath(name)));
        return files;
    }
    static void compareError(const Result<CopySummary>& result, ErrorCode code, const QString& part)
    {
        QVERIFY(!result);
        QVERIFY2(result.error().message.contains(part), qPrintable(result.error().message));
        QCOMPARE(result.error().code, code);
    }

private slots:
    void init()
    {
        m_files = std::make_unique<TextFiles>();
        QVERIFY(QDir(m_files->path(QString())).mkdir(QStringLiteral("log")));
        m_from = m_files->path(QStringLiteral("log/a.eventlog"));
        m_to = m_files->path(QStringLiteral("b.eventlog"));
    }

    void everythingIsCopiedAndVerified()
    {
        makeLog(m_from, 3000);
        const auto before = folder();
        const auto copied = copy(700);
        QVERIFY2(copied.ok(), qPrintable(copied ? QString() : copied.error().message));
        QCOMPARE(copied->copied, 3000);
        QCOMPARE(copied->skipped, 0);
        QCOMPARE(copied->last, 3000);
        QCOMPARE(copied->verified, 3000);
        QCOMPARE(copied->readBack, 3000);
        QVERIFY(copied->isByHash);
        QVERIFY(folder() == before);
        isWholeCopy();
    }

    void emptyLogMakesAnEmptyStore()
    {
        makeLog(m_from, 0);
        const auto copied = copy();
        QVERIFY(copied);
        QCOMPARE(copied->last, 0);
        QCOMPARE(headOf(m_to), 0);
    }

    void goesOnWhereItEnded()
    {
        makeLog(m_from, 1000);
        QVERIFY(copy());
        QCOMPARE(copy()->copied, 0);
        makeLog(m_from, 500, 1001);
        const auto copied = copy(100);
        QVERIFY(copied);
        QCOMPARE(copied->copied, 500);
        QCOMPARE(copied->skipped, 1000);
        QCOMPARE(copied->verified, 1500);
        QCOMPARE(copied->readBack, 500);
        isWholeCopy();
        QCOMPARE(copy(0, true)->readBack, 1500);
    }

    void withoutHashesEventsAreCompared()
    {
        makeLog(m_from, 9000);
        const auto from = openOther(m_from);
        const auto copied = copy(*from, 5000);
        QVERIFY2(copied.ok(), qPrintable(copied ? QString() : copied.error().message));
        QVERIFY(!copied->isByHash);
        QCOMPARE(copied->verified, 9000);
        isWholeCopy();
        makeLog(m_from, 10, 9001);
        QCOMPARE(copy(*from)->verified, 10);
        QCOMPARE(copy(*from, 0, true)->verified, 9010);
        isWholeCopy();
    }

    void anotherBeginningIsRefused_data()
    {
        QTest::addColumn<bool>("hasHashes");
        QTest::newRow("by hashes") << true;
        QTest::newRow("by samples") << false;
    }

    void anotherBeginningIsRefused()
    {
        QFETCH(bool, hasHashes);
        makeLog(m_from, 5000);
        makeLog(m_to, 4321);
        makeStoreFile(m_files->path(QStringLiteral("c.eventlog")), 1);
        QVERIFY(appendOne(**openStore(m_to, OpenMode::ReadWrite), QStringLiteral("order-1")));
        const auto from = openOther(m_from);
        from->hasHashes = hasHashes;
        const auto before = linesOf(m_to);
        compareError(copy(*from), ErrorCode::AlreadyExists,
            QStringLiteral("event 4322 differs in the id. Nothing was copied."));
        QCOMPARE(linesOf(m_to), before);
        m_to = m_files->path(QStringLiteral("c.eventlog"));
        compareError(copy(*from), ErrorCode::AlreadyExists, QStringLiteral("event 1 differs"));
        QCOMPARE(headOf(m_to), 1);
    }

    void aLongerStoreIsRefused()
    {
        makeLog(m_from, 100);
        makeLog(m_to, 101);
        compareError(copy(), ErrorCode::AlreadyExists,
            QStringLiteral("goes on with an event 101, which is not there"));
    }

    void alteredBytesAreFoundWhenAllIsChecked()
    {
        makeLog(m_from, 5000);
        QVERIFY(copy());
        makeLog(m_from, 1, 5001);
        QCOMPARE(tamper(m_to, "UPDATE event SET data = '{}' WHERE position = 4097"), QString());
        compareError(copy(0, true), ErrorCode::AlreadyExists,
            QStringLiteral("event 4097 differs in the data"));
        QCOMPARE(headOf(m_to), 5000);
        // The last events are looked at in any case.
        QCOMPARE(tamper(m_to, "UPDATE event SET data = '{}' WHERE position = 4999"), QString());
        compareError(copy(), ErrorCode::AlreadyExists, QStringLiteral("event 4097 differs"));
    }

    void anAlteredLogIsNotMadeGood()
    {
        makeLog(m_from, 5000);
        QCOMPARE(tamper(m_from, "UPDATE event SET data = '{}' WHERE position = 1234"), QString());
        compareError(copy(1000), ErrorCode::Corrupt,
            QStringLiteral("Event 1234 of %1 does not fit its hash chain").arg(m_from));
        QCOMPARE(headOf(m_to), 1000);
    }

    void whatIsRefusedIsNamed_data()
    {
        QTest::addColumn<int>("part");
        QTest::addColumn<QString>("text");
        QTest::newRow("data") << 0 << QStringLiteral("Event 1500: the data is not JSON: byte ");
        QTest::newRow("metadata") << 1 << QStringLiteral("Event 1500: the metadata is not JSON");
        QTest::newRow("long id") << 2
                                 << QStringLiteral("Event 1500: The event id is 201 bytes long");
        QTest::newRow("no id") << 3 << QStringLiteral("Event 1500: it has no id");
        QTest::newRow("id again") << 4 << QStringLiteral("Event 1500: ");
        QTest::newRow("version") << 5
                                 << QStringLiteral("Event 1500 is version 9 of its stream and "
                                                   "would become version 137");
        QTest::newRow("name") << 6 << QStringLiteral("Event 1500: The stream name is empty");
    }

    void whatIsRefusedIsNamed()
    {
        QFETCH(int, part);
        QFETCH(QString, text);
        makeLog(m_from, 2000);
        const auto from = openOther(m_from);
        const QByteArray longId(201, 'x');
        from->changes = [part, &longId](EventView& event) {
            if (event.position != 1500)
                return;
            std::string_view* const texts[] = { &event.data, &event.metadata, &event.id, &event.id,
                &event.id, &event.data, &event.stream };
            const std::string_view values[]
                = { "{\"n\":1,}", "x", viewOf(longId), "", "id/7", "{}", "" };
            *texts[part] = values[part];
            if (part == 5)
                event.version = 9;
        };
        compareError(copy(*from, 600),
            part == 4 ? ErrorCode::DuplicateEvent : ErrorCode::InvalidInput, text);
        QCOMPARE(headOf(m_to), 1200);
        // In one transaction there is nothing; an id is then found out at its end.
        m_to = m_files->path(QStringLiteral("c.eventlog"));
        compareError(
            copy(*from), part == 4 ? ErrorCode::DuplicateEvent : ErrorCode::InvalidInput, text);
        QVERIFY(!QFile::exists(m_to));
    }

    void aGapIsRefused()
    {
        makeLog(m_from, 100);
        const auto from = openOther(m_from);
        from->changes = [](EventView& event) { event.position += event.position > 50 ? 1 : 0; };
        compareError(copy(*from), ErrorCode::Corrupt, QStringLiteral("has no event 51"));
        QVERIFY(!QFile::exists(m_to));
    }

    void whatIsNotStoredAsReadIsFound_data()
    {
        QTest::addColumn<bool>("hasHashes");
        QTest::newRow("by hashes") << true;
        QTest::newRow("by events") << false;
    }

    void whatIsNotStoredAsReadIsFound()
    {
        QFETCH(bool, hasHashes);
        const auto kind = QStringLiteral("faulty%1://").arg(hasHashes ? 1 : 0);
        addStoreKind({ kind, [kind](const QString& location) { return location.startsWith(kind); },
            [kind, hasHashes](
                const QString& location, OpenMode mode) -> Result<std::unique_ptr<EventStore>> {
                auto store = openStore(location.mid(kind.size()), mode);
                if (!store)
                    return store.error();
                auto other = std::make_unique<OtherStore>(std::move(*store));
                other->place = location;
                other->hasHashes = hasHashes;
                other->changes = [](EventView& event) {
                    event.data = event.position == 20'000 ? std::string_view("{}") : event.data;
                };
                return std::unique_ptr<EventStore>(std::move(other));
            } });
        makeLog(m_from, 40'000);
        m_to.prepend(kind);
        compareError(copy(), ErrorCode::Corrupt, QStringLiteral("event 20000 differs in the data"));
    }

    void sameStoreIsRefused()
    {
        makeLog(m_from, 10);
        const auto before = folder();
        const QString link = m_files->path(QStringLiteral("link.eventlog"));
        QVERIFY(QFile::link(m_from, link));
        const QString roundabout = m_files->path(QStringLiteral("log/../log/a.eventlog"));
        for (const QString& same : { m_from, link, roundabout }) {
            m_to = same;
            compareError(copy(), ErrorCode::InvalidArgument, QStringLiteral("is the log itself"));
        }
        m_to = m_from + QStringLiteral("-wal");
        compareError(copy(), ErrorCode::InvalidArgument, QStringLiteral("belongs to the log"));
        m_to = QString();
        compareError(copy(), ErrorCode::InvalidArgument, QStringLiteral("Name the store"));
        QVERIFY(folder() == before);
    }

    void noStoreIsLeftUntouched()
    {
        makeLog(m_from, 10);
        m_to = m_files->write(QStringLiteral("letter.txt"), "Dear Ada");
        QCOMPARE(copy().error().code, ErrorCode::NotOurs);
        QCOMPARE(TextFiles::read(m_to), QByteArray("Dear Ada"));
    }

    void growthIsLeftToTheNextCopy()
    {
        makeLog(m_from, 1000);
        const auto from = openOther(m_from);
        bool hasGrown = false;
        from->reads = [&](Position) {
            if (!std::exchange(hasGrown, true))
                makeLog(m_from, 100, 1001);
        };
        QCOMPARE(copy(*from)->last, 1000);
        QCOMPARE(copy(*from)->copied, 100);
        isWholeCopy();
    }

    void growthIsFollowed()
    {
        makeLog(m_from, 10);
        const CancelToken cancel;
        std::optional<Result<CopySummary>> copied;
        std::thread thread([&] {
            const auto from = openStore(m_from, OpenMode::ReadOnly);
            copied.emplace(copyLog(**from, { m_to, false, true, 0 }, Progress(), cancel));
        });
        QTRY_COMPARE(headOf(m_to), 10);
        makeLog(m_from, 5, 11);
        QTRY_COMPARE(headOf(m_to), 15);
        makeLog(m_from, 5, 16);
        QTRY_COMPARE(headOf(m_to), 20);
        QTest::qWait(50);
        cancel.cancel();
        thread.join();
        isWholeCopy();
        if (*copied)
            QCOMPARE((*copied)->copied, 20);
        else
            QCOMPARE(copied->error().code, ErrorCode::Cancelled); // in the midst of verifying
    }

    void othersWhoAppendAreNoticed()
    {
        makeLog(m_from, 2000);
        const auto from = openOther(m_from);
        from->reads = [this](Position position) {
            if (position != 1001)
                return;
            while (headOf(m_to) < 1000)
                QTest::qSleep(5);
            QVERIFY(appendOne(**openStore(m_to, OpenMode::ReadWrite), QStringLiteral("s")));
        };
        compareError(copy(*from, 1000), ErrorCode::VersionConflict,
            QStringLiteral("Someone else appended to"));
        QCOMPARE(headOf(m_to), 1001);
    }

    void cancelKeepsWholeTransactions()
    {
        makeLog(m_from, 5000);
        const CancelToken cancel;
        const auto from = openOther(m_from);
        from->changes = [&cancel](EventView& event) {
            if (event.position == 3500)
                cancel.cancel();
        };
        const auto copied = copyLog(*from, { m_to, false, false, 1000 }, Progress(), cancel);
        QVERIFY(!copied);
        QCOMPARE(copied.error().code, ErrorCode::Cancelled);
        const Position head = headOf(m_to);
        QVERIFY(head == -1 || head % 1000 == 0);
        QVERIFY(head < 3500);
        const QString told = head == -1
            ? QStringLiteral("The copy was cancelled before its first events were stored: nothing "
                             "is kept")
            : QStringLiteral("has the events up to %1; copy again to go on").arg(head);
        QVERIFY2(copied.error().message.contains(told), qPrintable(copied.error().message));
        QVERIFY(copy());
        isWholeCopy();
    }

    void cancelInTheFirstTransactionKeepsNothing()
    {
        makeLog(m_from, 5000);
        const CancelToken cancel;
        const auto from = openOther(m_from);
        from->changes = [&cancel](EventView& event) {
            if (event.position == 3500)
                cancel.cancel();
        };
        CopyRequest request;
        request.to = m_to;
        request.kept = std::make_shared<std::atomic<qint64>>(-1);
        const auto copied = copyLog(*from, request, Progress(), cancel);
        QVERIFY(!copied);
        QCOMPARE(copied.error().message,
            QStringLiteral("The copy was cancelled before its first events were stored: nothing is "
                           "kept"));
        QCOMPARE(request.kept->load(), 0);
        QCOMPARE(headOf(m_to), -1);
        from->changes = {};
        QVERIFY(copyLog(*from, request, Progress(), CancelToken()));
        QCOMPARE(request.kept->load(), 5000);
    }
};

QTEST_GUILESS_MAIN(CopyLogTest)
#include "tst_copylog.moc"
