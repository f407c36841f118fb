#include "support/program.h"

#include <QFile>
#include <QProcess>
#include <QTest>

#include <csignal>
#include <memory>

#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace eventloupe;

namespace {

QByteArray line(const char* stream, const QByteArray& data = "{}")
{
    return json("{'stream':'") + stream + json("','type':'T','data':") + data + "}\n";
}

/// A pipe with a name, that somebody else reads.
class Pipe final {
public:
    explicit Pipe(const QString& path)
    {
        const QByteArray name = QFile::encodeName(path);
        // Open for reading as well, so that a write never waits for a reader.
        if (::mkfifo(name.constData(), 0600) != 0
            || (m_handle = ::open(name.constData(), O_RDWR | O_CLOEXEC)) < 0)
            qFatal("no pipe can be made");
    }
    ~Pipe() { close(); }
    Pipe(const Pipe&) = delete;
    Pipe& operator=(const Pipe&) = delete;

    void write(QByteArrayView bytes)
    {
        while (!bytes.isEmpty()) {
            const auto written = ::write(m_handle, bytes.data(), size_t(bytes.size()));
            if (written <= 0)
                qFatal("the pipe cannot be written");
            bytes = bytes.sliced(written);
        }
    }
    /// Whether all that was written has been taken.
    [[nodiscard]] bool isEmpty() const
    {
        int left = -1;
        return ::ioctl(m_handle, FIONREAD, &left) == 0 && left == 0;
    }
    void close()
    {
        if (m_handle >= 0)
            ::close(m_handle);
        m_handle = -1;
    }

private:
    int m_handle = -1;
};

} // namespace

/// `eventloupe import` from a pipe, which may be silent for long.
class CliImportTest final : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<Program> m_program;
    std::unique_ptr<Pipe> m_pipe;
    QProcess m_process;

    ProgramRun run(const QString& words) const { return m_program->run(words); }
    qsizetype storedEvents() const
    {
        return run(QStringLiteral("log s.eventlog")).out.count('\n');
    }
    void begin()
    {
        m_process.setWorkingDirectory(m_program->path(QStringLiteral(".")));
        m_process.setStandardInputFile(m_program->path(QStringLiteral("pipe")));
        m_process.start(
            QStringLiteral(EVENTLOUPE_PROGRAM), { QStringLiteral("import"),
                                                    QStringLiteral("s.eventlog"),
                                                    QStringLiteral("-") });
        QVERIFY(m_process.waitForStarted(Program::patience));
    }
    /// More than it looks at beforehand to find out what it is.
    void feed()
    {
        m_pipe->write(line("piped-1").repeated(1000));
        QTRY_VERIFY_WITH_TIMEOUT(m_pipe->isEmpty(), Program::patience);
    }

private slots:
    void init()
    {
        m_program = std::make_unique<Program>();
        m_program->write(QStringLiteral("one.ndjson"), line("other-1"));
        m_pipe = std::make_unique<Pipe>(m_program->path(QStringLiteral("pipe")));
    }
    void cleanup()
    {
        m_process.kill();
        m_process.waitForFinished();
    }

    void aSilentPipeKeepsNobodyWaiting()
    {
        begin();
        feed();
        for (int i = 1; i <= 3; ++i) {
            const auto other = run(QStringLiteral("import s.eventlog one.ndjson"));
            QCOMPARE(other.err, QByteArray());
            QCOMPARE(storedEvents(), i);
        }
        m_pipe->close();
        QVERIFY(m_process.waitForFinished(Program::patience));
        QCOMPARE(m_process.readAllStandardError(), QByteArray());
        QCOMPARE(m_process.readAllStandardOutput(),
            QByteArray("Imported 1000 events of 1 stream, #4 to #1003\n"));
        QCOMPARE(run(QStringLiteral("verify s.eventlog")).out,
            QByteArray("1003 events verified: no fault\n"));
    }

    void aWaitIsEndedAndNothingIsStored()
    {
        begin();
        feed();
        ::kill(pid_t(m_process.processId()), SIGINT);
        QVERIFY(m_process.waitForFinished(Program::patience));
        QCOMPARE(m_process.exitStatus(), QProcess::NormalExit);
        QCOMPARE(m_process.exitCode(), 1);
        QCOMPARE(m_process.readAllStandardError(),
            QByteArray("eventloupe: The import was cancelled\n"));
        QVERIFY(!QFile::exists(m_program->path(QStringLiteral("s.eventlog"))));
    }

    /// It does not wait for the end of what has no room.
    void moreThanIsReadBeforehandIsStored()
    {
        begin();
        constexpr int records = 100;
        const QByteArray large = line("large-1", '"' + QByteArray(1'000'000, 'x') + '"');
        for (int i = 0; i < records; ++i)
            m_pipe->write(large);
        m_pipe->close();
        QVERIFY(m_process.waitForFinished(Program::patience));
        QCOMPARE(m_process.readAllStandardOutput(),
            QByteArray("Imported 100 events of 1 stream, #1 to #100\n"));
    }
};

QTEST_GUILESS_MAIN(CliImportTest)
#include "tst_cliimport.moc"
