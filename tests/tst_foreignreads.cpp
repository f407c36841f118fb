#include "support/foreignfiles.h"
#include "support/passingstore.h"
#include "support/storecontract.h"

#include "value/uuid.h"

#include <QTemporaryDir>
#include <QTest>

using namespace eventloupe;

namespace {

QByteArray text(const QByteArray& utf8)
{
    QByteArray quoted = utf8;
    return "'" + quoted.replace('\'', "''") + "'";
}

QByteArray timeText(Timestamp time)
{
    return text(time.toRfc3339());
}

/// Reads by way of another library's tables what it writes into them as that library would, so that
/// the contract's tests of reading can be run on them. Positions of the tables have gaps.
class WrittenStore final : public PassingStore {
public:
    explicit WrittenStore(const QString& path, std::unique_ptr<EventStore> below)
        : PassingStore(*below)
        , m_below(std::move(below))
        , m_writer(path)
    {
    }

    QString readOnlyReason() const override { return {}; }
    Result<AppendOutcome> append(const AppendRequest& request) override
    {
        Appended appended;
        appended.first = m_written + 1;
        QByteArray sql = "BEGIN;";
        for (const NewEvent& event : request.events)
            sql += insert(request.stream, event);
        m_writer.run(sql + "COMMIT;");
        appended.last = m_written;
        appended.version = m_versions.value(request.stream);
        waitFor(m_written);
        return AppendOutcome(appended);
    }
    Result<std::unique_ptr<BulkAppend>> beginBulk() override
    {
        return std::unique_ptr<BulkAppend>(std::make_unique<Bulk>(*this));
    }

private:
    class Bulk final : public BulkAppend {
    public:
        explicit Bulk(WrittenStore& store)
            : m_store(store)
        {
        }
        Result<StreamVersion> add(const QString& stream, const NewEvent& event) override
        {
            m_sql += m_store.insert(stream, event);
            return m_store.m_versions.value(stream);
        }
        Result<void> add(const CheckedEvents&, std::vector<StreamVersion>&) override { return {}; }
        qint64 streams() const override { return m_store.m_versions.size(); }
        Result<Appended> commit(const CancelToken&, const Progress&) override
        {
            m_store.m_writer.run(m_sql + "COMMIT;");
            m_store.waitFor(m_store.m_written);
            return Appended();
        }

    private:
        WrittenStore& m_store;
        QByteArray m_sql = "BEGIN;";
    };

    QByteArray insert(const QString& stream, const NewEvent& event)
    {
        ++m_written;
        m_position += 1 + (m_written % 50 == 0 ? 3 : 0);
        const qint64 version = ++m_versions[stream];
        const QString id = event.id.isEmpty() ? makeUuidV7() : event.id;
        return "INSERT INTO emt_messages VALUES(" + text(stream.toUtf8()) + ","
            + QByteArray::number(version) + ",'global','E',"
            + text(event.data.isEmpty() ? "{}" : event.data) + ","
            + text(event.metadata.isEmpty() ? "{}" : event.metadata) + ",'1',"
            + text(event.type.toUtf8()) + "," + text(id.toUtf8()) + ",0,"
            + QByteArray::number(m_position) + "," + timeText(event.time) + ");";
    }
    void waitFor(Position wanted)
    {
        const auto head = [this] {
            const auto found = m_below->head();
            if (!found)
                qFatal("%s", qPrintable(found.error().message));
            return *found;
        };
        QTRY_COMPARE(head(), wanted);
    }

    std::unique_ptr<EventStore> m_below;
    OtherProgram m_writer;
    Position m_written = 0;
    qint64 m_position = 100;
    QHash<QString, qint64> m_versions;
};

} // namespace

/// The contract of every store, as far as it is about reading, on another library's tables.
class tst_ForeignReads final : public StoreContract {
    Q_OBJECT

protected:
    Store makeStore() override
    {
        m_path = m_folder.filePath(QStringLiteral("%1.db").arg(++m_made));
        {
            OtherProgram writer(m_path);
            writer.run("PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;" + emmettTables());
        }
        return std::make_unique<WrittenStore>(m_path, openCounted(m_path));
    }
    Store connectAgain() override { return openCounted(m_path); }

private:
    QTemporaryDir m_folder;
    QString m_path;
    int m_made = 0;
};

int main(int argc, char** argv)
{
    QCoreApplication application(argc, argv);
    addForeignStores();
    tst_ForeignReads test;
    // What is about appending cannot be asked of what is never written to.
    QStringList words = application.arguments();
    if (words.size() == 1)
        words += { QStringLiteral("emptyStoreHasNothing"),
            QStringLiteral("appendedEventIsReadBack"), QStringLiteral("bytesOfPayloadsAreKept"),
            QStringLiteral("idsAreKept"), QStringLiteral("pagesOfTheLog"),
            QStringLiteral("scansAtPositions"), QStringLiteral("namesOfManyStreams"),
            QStringLiteral("streamsUpToAPosition"), QStringLiteral("scansGiveTheColumnsAskedFor"),
            QStringLiteral("scansStopAndCancel"), QStringLiteral("selectionsGiveWhatTheyAdmit"),
            QStringLiteral("selectionsGiveTheColumnsAskedFor"),
            QStringLiteral("selectionsAreCancelled"), QStringLiteral("manyStreamsKeepTheirNames"),
            QStringLiteral("streamsAtEachPosition"), QStringLiteral("categoriesAtEachPosition"),
            QStringLiteral("versionsAtEachPosition"), QStringLiteral("streamsAreSearched"),
            QStringLiteral("timeFindsPositions") };
    return QTest::qExec(&test, words);
}

#include "tst_foreignreads.moc"
