#include "support/program.h"
#include "value/privatefile.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QFileInfo>
#include <QMap>
#include <QProcess>
#include <QScopeGuard>
#include <QTest>

#include <algorithm>
#include <memory>

#include <sys/stat.h>

using namespace eventloupe;

namespace {

mode_t modeOf(const QString& path)
{
    struct stat found { };
    return ::stat(QFile::encodeName(path).constData(), &found) == 0 ? found.st_mode & 0777 : 0;
}

QString octal(mode_t mode)
{
    return QString::number(mode, 8);
}

/// Of all that is in a folder, by name.
QMap<QString, mode_t> modesIn(const QString& folder)
{
    QMap<QString, mode_t> modes;
    QDirIterator all(folder, QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot,
        QDirIterator::Subdirectories);
    while (all.hasNext()) {
        const QString path = all.next();
        modes.insert(QDir(folder).relativeFilePath(path), modeOf(path));
    }
    return modes;
}

} // namespace

/// Who may read what is written: under the usual umask 022, files that may hold data are their
/// owner's alone, and definitions are as the umask has them.
class TestFileModes : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<Program> m_program;

    /// Runs a line for bash, and looks at the folder all the while: no file is open to others, not
    /// even for a moment.
    void runWatched(const QString& line, const QStringList& shared = {})
    {
        QProcess process;
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("E"), QStringLiteral(EVENTLOUPE_PROGRAM));
        process.setProcessEnvironment(environment);
        process.setWorkingDirectory(m_program->path({}));
        process.start(QStringLiteral("bash"), { QStringLiteral("-c"), u"umask 022; "_qs + line });
        QVERIFY(process.waitForStarted());
        do {
            lookForOpenOnes(shared);
        } while (!process.waitForFinished(1) && process.state() != QProcess::NotRunning);
        lookForOpenOnes(shared);
        QVERIFY2(process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0,
            process.readAllStandardError().constData());
    }

    void lookForOpenOnes(const QStringList& shared)
    {
        const auto modes = modesIn(m_program->path({}));
        for (auto each = modes.cbegin(); each != modes.cend(); ++each) {
            const bool isShared = std::any_of(shared.begin(), shared.end(),
                [&](const QString& folder) { return each.key().startsWith(folder); });
            QVERIFY2(isShared || (each.value() & 077) == 0,
                qPrintable(each.key() + u' ' + octal(each.value())));
        }
    }

private slots:
    void init()
    {
        m_program = std::make_unique<Program>();
        const mode_t before = ::umask(077);
        m_program->write(u"in.ndjson"_qs,
            QByteArray("{\"stream\":\"s\",\"type\":\"T\",\"data\":{\"n\":1}}\n").repeated(30'000));
        ::umask(before);
    }

    void storesAndWhatIsMadeOfThem()
    {
        runWatched(u"$E import s.eventlog in.ndjson"_qs);
        runWatched(u"$E export s.eventlog -o out.ndjson"_qs);
        runWatched(u"$E export s.eventlog --format csv -o out.csv"_qs);
        runWatched(u"$E copy s.eventlog c.eventlog --batch 5000"_qs);
        runWatched(u"$E verify s.eventlog --repair-to r.eventlog"_qs);
        runWatched(u"$E import s.eventlog in.ndjson"_qs);
        const auto modes = modesIn(m_program->path({}));
        for (const auto& name : { u"s.eventlog"_qs, u"s.eventlog.head"_qs, u"out.ndjson"_qs,
                 u"out.csv"_qs, u"c.eventlog"_qs, u"r.eventlog"_qs })
            QCOMPARE(octal(modes.value(name)), u"600"_qs);
    }

    void definitionsAreAsTheUmaskHasThem()
    {
        runWatched(u"$E init w --template users"_qs, { u"w"_qs });
        runWatched(u"$E command w CREATE_USER userId=018e4c2a-7b1d-7c3e-9f00-2f6f1b1c0a55 name=Ada "
                   "email=ada@example.org"_qs,
            { u"w"_qs });
        const auto modes = modesIn(m_program->path(u"w"_qs));
        QVERIFY(modes.size() > 20);
        for (auto each = modes.cbegin(); each != modes.cend(); ++each) {
            const bool isFolder = QFileInfo(m_program->path(u"w/"_qs + each.key())).isDir();
            const bool isData = each.key().contains(u".eventlog"_qs);
            QVERIFY2(octal(each.value()) == (isFolder ? u"755"_qs : isData ? u"600"_qs : u"644"_qs),
                qPrintable(each.key() + u' ' + octal(each.value())));
        }
        QCOMPARE(octal(modeOf(m_program->path(u"w"_qs))), u"755"_qs);
    }

    void describedWorkspacesAreShared()
    {
        runWatched(u"$E import s.eventlog in.ndjson"_qs);
        runWatched(u"$E describe s.eventlog d"_qs, { u"d"_qs });
        QCOMPARE(octal(modeOf(m_program->path(u"d/workspace.json"_qs))), u"644"_qs);
        QCOMPARE(octal(modeOf(m_program->path(u"d/events/T.json"_qs))), u"644"_qs);
    }

    /// A member with a few texts is described by them.
    void describedValuesAreData()
    {
        const mode_t before = ::umask(077);
        m_program->write(u"wards.ndjson"_qs,
            QByteArray(R"({"stream":"s","type":"W","data":{"ward":"3B"}})"
                       "\n")
                .repeated(50));
        ::umask(before);
        runWatched(u"$E import s.eventlog in.ndjson && $E import s.eventlog wards.ndjson"_qs);
        runWatched(u"$E describe s.eventlog d 2>said"_qs, { u"d"_qs, u"said"_qs });
        QVERIFY(m_program->read(u"d/events/W.json"_qs).contains("3B"));
        QCOMPARE(octal(modeOf(m_program->path(u"d/events/W.json"_qs))), u"600"_qs);
        QCOMPARE(octal(modeOf(m_program->path(u"d/events/T.json"_qs))), u"644"_qs);
        QVERIFY2(m_program->read(u"said"_qs).contains("1 file lists values"),
            m_program->read(u"said"_qs).constData());
    }

    void whatIsReplacedKeepsItsMode()
    {
        runWatched(u"$E import s.eventlog in.ndjson"_qs);
        m_program->write(u"shared/out.ndjson"_qs, "old");
        const QString target = m_program->path(u"shared/out.ndjson"_qs);
        ::chmod(QFile::encodeName(target).constData(), 0640);
        runWatched(u"$E export s.eventlog -o shared/out.ndjson"_qs, { u"shared"_qs });
        QCOMPARE(octal(modeOf(target)), u"640"_qs);
        QVERIFY(m_program->read(u"shared/out.ndjson"_qs).size() > 1000);
    }

    /// The log that is written ahead lives as long as the program that writes it.
    void whatStandsBesideAnOpenStore()
    {
        runWatched(u"$E import s.eventlog in.ndjson"_qs);
        const QTemporaryDir configuration;
        QProcess window;
        window.setChildProcessModifier([] { ::umask(022); });
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"EVENTLOUPE_CONFIG_DIR"_qs, configuration.filePath(u"made"_qs));
        environment.insert(u"XDG_CONFIG_HOME"_qs, configuration.filePath(u"config"_qs));
        environment.insert(u"XDG_CACHE_HOME"_qs, configuration.filePath(u"cache"_qs));
        environment.insert(u"QT_QPA_PLATFORM"_qs, u"offscreen"_qs);
        window.setProcessEnvironment(environment);
        window.start(QStringLiteral(EVENTLOUPE_PROGRAM), { m_program->path(u"s.eventlog"_qs) });
        const auto places = [&configuration] {
            return QDir(configuration.filePath(u"made/places"_qs)).entryList({ u"*.json"_qs });
        };
        QTRY_VERIFY_WITH_TIMEOUT(!places().isEmpty(), Program::patience);
        lookForOpenOnes({});
        QVERIFY(QFile::exists(m_program->path(u"s.eventlog-wal"_qs)));
        window.terminate();
        QVERIFY(window.waitForFinished(Program::patience));
        lookForOpenOnes({});
        const auto modes = modesIn(configuration.path());
        QVERIFY(modes.size() >= 3);
        for (auto each = modes.cbegin(); each != modes.cend(); ++each)
            QVERIFY2((each.value() & 077) == 0,
                qPrintable(each.key() + u' ' + octal(each.value())));
    }

    /// The rooms keep it where no main() did: whatever the umask of the process is.
    void writePrivatelyNeedsNoUmask()
    {
        const mode_t before = ::umask(0);
        const auto restore = qScopeGuard([before] { ::umask(before); });
        const QString file = m_program->path(u"a/b/file"_qs);
        QVERIFY(makePrivateFolder(m_program->path(u"a/b"_qs)));
        QCOMPARE(octal(modeOf(m_program->path(u"a"_qs))), u"700"_qs);
        QVERIFY(writePrivately(file, "one"));
        QCOMPARE(octal(modeOf(file)), u"600"_qs);
        ::chmod(QFile::encodeName(file).constData(), 0644);
        QVERIFY(writePrivately(file, "two"));
        QCOMPARE(octal(modeOf(file)), u"644"_qs);
        QCOMPARE(m_program->read(u"a/b/file"_qs), QByteArray("two"));
        QCOMPARE(QDir(m_program->path(u"a/b"_qs)).entryList(QDir::Files | QDir::Hidden).size(), 1);
        // A link stays one.
        const QString link = m_program->path(u"a/link"_qs);
        QVERIFY(QFile::link(file, link));
        QVERIFY(writePrivately(link, "three"));
        QVERIFY(QFileInfo(link).isSymLink());
        QCOMPARE(m_program->read(u"a/b/file"_qs), QByteArray("three"));
    }

    void readWholeRefusesWhatIsNoFile()
    {
        QVERIFY(!*readWhole(m_program->path(u"none"_qs), 10));
        QCOMPARE(readWhole(m_program->path({}), 10).error().code, ErrorCode::InputOutput);
        m_program->write(u"long"_qs, QByteArray(11, 'x'));
        const auto tooLarge = readWhole(m_program->path(u"long"_qs), 10);
        QCOMPARE(tooLarge.error().code, ErrorCode::InvalidInput);
        const QString pipe = m_program->path(u"pipe"_qs);
        QCOMPARE(::mkfifo(QFile::encodeName(pipe).constData(), 0600), 0);
        QVERIFY(!readWhole(pipe, 10));
    }
};

QTEST_GUILESS_MAIN(TestFileModes)
#include "tst_filemodes.moc"
