#include "faults/losttails.h"

#include "store/openstore.h"
#include "support/storefiles.h"
#include "support/walframes.h"

#include <QElapsedTimer>
#include <QFile>
#include <QSet>
#include <QTemporaryDir>

#include <algorithm>
#include <cstdio>
#include <random>
#include <vector>

namespace eventloupe {

namespace {

constexpr int events = 400;

/// A store with appends that stand in its -wal file alone, as a power cut or a kill leaves it.
struct Grown {
    QByteArray file;
    QByteArray wal;
    QByteArray head;
    std::vector<qsizetype> walSizes; ///< After each append.
};

/// With `bytes` of data in each of the appends.
Grown grow(const QString& path, int appends, int bytes)
{
    makeStoreFile(path, events);
    Grown grown;
    const auto store = openStore(path, OpenMode::ReadWrite);
    const QString wal = path + QStringLiteral("-wal");
    const QByteArray data = '"' + QByteArray(bytes, 'x') + '"';
    for (int i = 0; i < appends; ++i) {
        grown.walSizes.push_back(contentOf(wal).size());
        if (!(*store)->append({ QStringLiteral("late-1"), ExpectedVersion::any(),
                { NewEvent { QStringLiteral("E"), data, "{}", { 1 }, QString() } } }))
            qFatal("no append");
    }
    grown.file = contentOf(path);
    grown.wal = contentOf(wal);
    grown.head = contentOf(path + QStringLiteral(".head"));
    return grown;
}

class TailRounds final {
public:
    explicit TailRounds(std::uint64_t seed)
        : m_random(seed)
        , m_grown(grow(m_folder.filePath(QStringLiteral("s")), 12, 1))
        , m_larger(grow(m_folder.filePath(QStringLiteral("l")), 12, 20'000))
    {
    }

    /// The end of the -wal file, all of it, or the last events of the file itself.
    void cutLog()
    {
        ++m_rounds;
        writeStore(m_grown, m_grown.file);
        switch (m_random() % 4) {
        case 0:
            break; // No -wal file.
        case 1:
            writeContent(walPath(), {});
            break;
        case 2:
            writeContent(walPath(), m_grown.wal.left(below(m_grown.wal.size())));
            break;
        default: {
            writeContent(walPath(), m_grown.wal);
            const auto last = events + 1 + below(std::ssize(m_grown.walSizes));
            const auto sql = "DELETE FROM event WHERE position >= " + QByteArray::number(last);
            if (!tamper(path(), sql).isEmpty())
                qFatal("no tampering");
        }
        }
        if (!isNoticed())
            tell(m_unnoticed, "a lost log was not noticed");
    }

    /// The end of the file beside a whole log, in the middle of a checkpoint or before one.
    void cutFile()
    {
        ++m_rounds;
        QByteArray file = m_larger.file;
        const auto frames = walFrames(m_larger.wal);
        if (m_random() % 2 == 0)
            checkpointInPart(file, m_larger.wal, below(std::ssize(frames)));
        switch (m_random() % 4) {
        case 0:
            break; // No cut at all.
        case 1:
            file.truncate(file.size() - below(6 * storePageSize));
            break;
        default:
            file.truncate(below(m_larger.file.size()));
        }
        if (m_random() % 2 == 0)
            file.truncate(file.size() / storePageSize * storePageSize);
        writeStore(m_larger, file);
        writeContent(walPath(), m_larger.wal);
        const bool isLoss = isPageLost(file.size(), frames);
        (isLoss ? m_losses : m_noLosses)++;
        const bool isTold = isNoticed();
        if (isLoss && !isTold)
            tell(m_unnoticed, "a cut file was not noticed");
        if (!isLoss && isTold)
            tell(m_falseAlarms, "a file that lacks nothing is said to be cut");
        if (isLoss && (contentOf(path()) != file || contentOf(walPath()) != m_larger.wal))
            tell(m_changed, "a file that was cut was changed");
        if (!isLoss && !isWhole())
            tell(m_changed, "a file that lacked nothing lost something");
    }

    int print(double seconds, std::uint64_t seed) const
    {
        std::printf("{\"test\":\"lost tails\",\"rounds\":%lld,\"cut_beside_log\":%lld,"
                    "\"whole_beside_log\":%lld,\"unnoticed\":%lld,\"false_alarms\":%lld,"
                    "\"changed\":%lld,\"seed\":%llu,\"seconds\":%.1f}\n",
            m_rounds, m_losses, m_noLosses, m_unnoticed, m_falseAlarms, m_changed,
            static_cast<unsigned long long>(seed), seconds);
        return m_unnoticed + m_falseAlarms + m_changed == 0 ? 0 : 1;
    }

private:
    QString path() const { return m_folder.filePath(QStringLiteral("t")); }
    QString walPath() const { return path() + QStringLiteral("-wal"); }
    qsizetype below(qsizetype limit)
    {
        return static_cast<qsizetype>(m_random() % static_cast<std::uint64_t>(limit));
    }

    void writeStore(const Grown& grown, const QByteArray& file) const
    {
        for (const char* suffix : { "-wal", "-shm", ".head" })
            QFile::remove(path() + QLatin1String(suffix));
        writeContent(path(), file);
        writeContent(path() + QStringLiteral(".head"), grown.head);
    }

    /// By an opening to write, or one to read and then one to write.
    bool isNoticed()
    {
        const bool readsFirst = m_random() % 2 == 0;
        const bool isTold = readsFirst && isNoticed(OpenMode::ReadOnly);
        const bool isToldAgain = isNoticed(OpenMode::ReadWrite);
        if (readsFirst && isTold != isToldAgain)
            tell(m_unnoticed, "a reader and a writer do not agree");
        return isToldAgain;
    }

    bool isNoticed(OpenMode mode) const
    {
        const auto store = openStore(path(), mode);
        return !store || !(*store)->openingFault().isEmpty();
    }

    static bool isPageLost(qint64 size, const std::vector<WalFrame>& frames)
    {
        QSet<qint64> logged;
        for (const WalFrame& frame : frames)
            logged.insert(frame.page);
        for (qint64 page = 1; page <= frames.back().pagesAfter; ++page)
            if (page * storePageSize > size && !logged.contains(page))
                return true;
        // Without a header nobody can tell that it is a store, whatever the log holds.
        constexpr qint64 headerSize = 100;
        return size < headerSize;
    }

    bool isWhole() const
    {
        const auto store = openStore(path(), OpenMode::ReadWrite);
        qint64 faults = 0;
        return store && (*store)->verify({}, {}, [&](const StoreFault&) { ++faults; })
            && faults == 0 && *(*store)->head() == events + std::ssize(m_larger.walSizes);
    }

    void tell(qint64& figure, const char* what) const
    {
        if (++figure < 10)
            std::fprintf(stderr, "round %lld: %s\n", m_rounds, what);
    }

    const QTemporaryDir m_folder;
    std::mt19937_64 m_random;
    Grown m_grown;
    Grown m_larger; ///< By some pages an append.
    qint64 m_rounds = 0;
    qint64 m_losses = 0;
    qint64 m_noLosses = 0;
    qint64 m_unnoticed = 0;
    qint64 m_falseAlarms = 0;
    qint64 m_changed = 0;
};

} // namespace

int cutTails(qint64 rounds, std::uint64_t seed)
{
    QElapsedTimer timer;
    timer.start();
    TailRounds tails(seed);
    for (qint64 i = 0; i < rounds; ++i) {
        tails.cutLog();
        tails.cutFile();
    }
    return tails.print(static_cast<double>(timer.elapsed()) / 1000, seed);
}

} // namespace eventloupe
