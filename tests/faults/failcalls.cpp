// Runs the program on the command line while a call of the system fails, is cut short, or the
// process is killed there, one call a round:
//     failcalls OPERATION|all [STRIDE]
// Every STRIDE-th call of each kind is failed (1: all of them). After each round the store has to
// be whole, what was acknowledged (exit 0) there, what was refused not there in part, and the next
// append has to work. EVENTLOUPE_PROGRAM is the program, EVENTLOUPE_FAILCALL the library. Prints a
// line of JSON an operation; ends with 1 where anything is wrong.

#include "store/openstore.h"
#include "support/storefiles.h"

#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>

using namespace eventloupe;

namespace {

constexpr int stored = 60;
constexpr int imported = 200;

struct Case {
    const char* name;
    const char* words; ///< For the program; the files are in its folder.
    const char* target; ///< A store that is made or grows; null for an export.
    int before; ///< Events in it before.
    int added; ///< And with those of the operation.
};

constexpr std::array cases {
    Case { "append", "import base one.ndjson", "base", stored, 1 },
    Case { "import", "import base in.ndjson", "base", stored, imported },
    Case { "import-into-new", "import new in.ndjson", "new", 0, imported },
    Case { "copy", "copy base new", "new", 0, stored },
    Case { "repair", "verify base --repair-to new", "new", 0, stored },
    Case { "export", "export base -o out.ndjson", nullptr, 0, stored },
};

struct Fault {
    const char* call;
    QByteArray how;
    bool isForGood;
};

QList<Fault> faults()
{
    QList<Fault> all;
    const QByteArray inputOutput = QByteArray::number(EIO);
    const QByteArray full = QByteArray::number(ENOSPC);
    for (const bool isForGood : { false, true }) {
        for (const char* call : { "read", "write", "sync", "open", "truncate", "name" })
            all.append({ call, inputOutput, isForGood });
        for (const char* call : { "write", "open", "truncate", "name" })
            all.append({ call, full, isForGood });
        for (const char* call : { "read", "write" })
            all.append({ call, QByteArrayLiteral("short"), isForGood });
    }
    for (const char* call : { "write", "sync", "open", "truncate", "name" })
        all.append({ call, QByteArrayLiteral("kill"), true });
    return all;
}

class Figures {
public:
    qint64 rounds = 0;
    qint64 cut = 0; ///< Rounds in which a count was short.
    qint64 killed = 0;
    qint64 acknowledged = 0; ///< Rounds that ended with exit 0.
    qint64 lost = 0;
    qint64 torn = 0;
    qint64 faulty = 0;
    qint64 stuck = 0;
    qint64 crashed = 0;
    qint64 litter = 0; ///< Rounds that left a file behind, though nothing was killed.

    void note(qint64& figure, const QString& round, const QString& message)
    {
        if (++figure < 10)
            std::fprintf(stderr, "%s: %s\n", qPrintable(round), qPrintable(message));
    }
    [[nodiscard]] bool isGood() const { return lost + torn + faulty + stuck + crashed == 0; }
};

class Rounds {
public:
    explicit Rounds(const Case& what)
        : m_case(what)
    {
        makeStoreFile(m_samples.filePath(QStringLiteral("base")), stored);
        QByteArray lines;
        for (int i = 1; i <= imported; ++i)
            lines += "{\"stream\":\"in-" + QByteArray::number(i % 7)
                + "\",\"type\":\"IN\",\"data\":{\"n\":" + QByteArray::number(i) + "}}\n";
        writeContent(m_samples.filePath(QStringLiteral("in.ndjson")), lines);
        writeContent(m_samples.filePath(QStringLiteral("one.ndjson")),
            lines.left(lines.indexOf('\n') + 1));
        QProcess program;
        start(program, m_samples.path(),
            QStringLiteral("export base -o out.ndjson").split(QLatin1Char(' ')), {});
        m_exported = contentOf(m_samples.filePath(QStringLiteral("out.ndjson")));
        if (m_exported.isEmpty())
            qFatal("the program does not export");
    }

    void run(int stride, Figures& figures)
    {
        for (const Fault& fault : faults())
            for (int at = 1; round(fault, at, figures); at += stride) { }
    }

private:
    static void start(QProcess& program, const QString& folder, const QStringList& words,
        const QProcessEnvironment& environment)
    {
        if (!environment.isEmpty())
            program.setProcessEnvironment(environment);
        program.setWorkingDirectory(folder);
        program.start(qEnvironmentVariable("EVENTLOUPE_PROGRAM"), words);
        constexpr int patience = 120'000;
        if (!program.waitForFinished(patience))
            qFatal("the program does not end");
    }

    /// False where the fault did not come any more.
    bool round(const Fault& fault, int at, Figures& figures) const
    {
        const QTemporaryDir folder;
        for (const char* name : { "base", "base.head", "in.ndjson", "one.ndjson" })
            QFile::copy(
                m_samples.filePath(QLatin1String(name)), folder.filePath(QLatin1String(name)));
        writeContent(folder.filePath(QStringLiteral("out.ndjson")), "before");
        const QString report = m_samples.filePath(QStringLiteral("report"));
        QFile::remove(report);
        auto environment = QProcessEnvironment::systemEnvironment();
        const auto set = [&environment](const char* name, const QString& value) {
            environment.insert(QLatin1String(name), value);
        };
        set("LD_PRELOAD", qEnvironmentVariable("EVENTLOUPE_FAILCALL"));
        set("FAIL_UNDER", folder.path());
        set("FAIL_CALL", QLatin1String(fault.call));
        set("FAIL_AT", QString::number(at));
        set("FAIL_HOW", QString::fromLatin1(fault.how));
        if (fault.isForGood)
            set("FAIL_FOR_GOOD", QStringLiteral("1"));
        set("FAIL_REPORT", report);
        QStringList words = QString::fromLatin1(m_case.words).split(QLatin1Char(' '));
        for (QString& word : words) // Names in full, so that the library knows them.
            if (word == QLatin1String("base") || word == QLatin1String("new")
                || word.endsWith(QLatin1String(".ndjson")))
                word = folder.filePath(word);
        QProcess program;
        start(program, folder.path(), words, environment);
        if (!QFile::exists(report))
            return false;
        ++figures.rounds;
        figures.cut += fault.how == "short" ? 1 : 0;
        figures.killed += fault.how == "kill" ? 1 : 0;
        const QString name = QStringLiteral("%1, %2 %3 of %4%5")
                                 .arg(QLatin1String(m_case.name), QLatin1String(fault.call))
                                 .arg(at)
                                 .arg(QString::fromLatin1(fault.how),
                                     fault.isForGood ? QStringLiteral(" for good") : QString());
        const bool isKilled = fault.how == "kill";
        if (program.exitStatus() != QProcess::NormalExit && !isKilled)
            figures.note(figures.crashed, name, QStringLiteral("crashed"));
        const bool isDone
            = program.exitStatus() == QProcess::NormalExit && program.exitCode() == 0;
        figures.acknowledged += isDone ? 1 : 0;
        check(folder, name, isDone, figures);
        if (!isKilled)
            lookForLitter(folder, name, figures);
        return true;
    }

    void check(
        const QTemporaryDir& folder, const QString& name, bool isDone, Figures& figures) const
    {
        checkStore(folder.filePath(QStringLiteral("base")), name, figures);
        if (!m_case.target) {
            const QByteArray left = contentOf(folder.filePath(QStringLiteral("out.ndjson")));
            if (isDone && left != m_exported)
                figures.note(figures.lost, name, QStringLiteral("the export is not whole"));
            else if (left != "before" && left != m_exported)
                figures.note(figures.torn, name, QStringLiteral("the export is there in part"));
            return;
        }
        const QString target = folder.filePath(QLatin1String(m_case.target));
        qint64 events = 0;
        if (QFile::exists(target)) {
            if (m_case.before == 0)
                checkStore(target, name, figures);
            const auto store = openStore(target, OpenMode::ReadOnly);
            const auto head = store ? (*store)->head() : Result<Position>(store.error());
            events = (head ? *head : 0) - 1; // checkStore() appended one.
        }
        if (isDone && events != m_case.before + m_case.added)
            figures.note(figures.lost, name, QStringLiteral("%1 events").arg(events));
        else if (events != m_case.before && events != m_case.before + m_case.added)
            figures.note(figures.torn, name, QStringLiteral("%1 events").arg(events));
    }

    static void checkStore(const QString& path, const QString& name, Figures& figures)
    {
        const auto store = openStore(path, OpenMode::ReadWrite);
        if (!store)
            return figures.note(figures.faulty, name, store.error().message);
        QString fault = (*store)->readOnlyReason();
        const auto read = (*store)->verify(
            {}, {}, [&fault](const StoreFault& found) { fault = found.message; });
        if (!read || !fault.isEmpty())
            figures.note(figures.faulty, name, read ? fault : read.error().message);
        if (const auto next = appendOne(**store, QStringLiteral("next-1")); !next)
            figures.note(figures.stuck, name, next.error().message);
    }

    static void lookForLitter(const QTemporaryDir& folder, const QString& name, Figures& figures)
    {
        const QStringList known { QStringLiteral("base"), QStringLiteral("base.head"),
            QStringLiteral("in.ndjson"), QStringLiteral("one.ndjson"), QStringLiteral("new"),
            QStringLiteral("new.head"), QStringLiteral("out.ndjson") };
        for (const QString& file : QDir(folder.path()).entryList(QDir::Files | QDir::Hidden))
            if (!known.contains(file))
                return figures.note(figures.litter, name, QStringLiteral("left %1").arg(file));
    }

    const Case& m_case;
    QTemporaryDir m_samples;
    QByteArray m_exported;
};

bool runCase(const Case& what, int stride)
{
    QElapsedTimer timer;
    timer.start();
    Figures figures;
    Rounds(what).run(stride, figures);
    std::printf("{\"test\":\"failing calls\",\"operation\":\"%s\",\"stride\":%d,\"rounds\":%lld,"
                "\"short_counts\":%lld,\"kills\":%lld,\"acknowledged\":%lld,\"lost\":%lld,"
                "\"torn\":%lld,\"faulty\":%lld,\"stuck\":%lld,\"crashed\":%lld,"
                "\"files_left\":%lld,\"seconds\":%.1f}\n",
        what.name, stride, figures.rounds, figures.cut, figures.killed, figures.acknowledged,
        figures.lost, figures.torn, figures.faulty, figures.stuck, figures.crashed, figures.litter,
        static_cast<double>(timer.elapsed()) / 1000);
    std::fflush(stdout);
    return figures.isGood();
}

} // namespace

int main(int argc, char** argv)
{
    const QCoreApplication application(argc, argv);
    const QStringList words = application.arguments();
    const QString chosen = words.value(1);
    const int stride = std::max(1, words.value(2, QStringLiteral("1")).toInt());
    bool isKnown = false;
    bool isGood = true;
    for (const Case& each : cases) {
        if (chosen != QLatin1String("all") && chosen != QLatin1String(each.name))
            continue;
        isKnown = true;
        isGood = runCase(each, stride) && isGood;
    }
    if (!isKnown) {
        std::fprintf(
            stderr, "failcalls append|import|import-into-new|copy|repair|export|all [STRIDE]\n");
        return 2;
    }
    return isGood ? 0 : 1;
}
