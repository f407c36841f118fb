#include "ui/testcase/testcaseloader.h"

#include "testcase/exampletext.h"
#include "testcase/historyshrink.h"
#include "testcase/maskedcase.h"
#include "ui/base/jsontext.h"
#include "value/aside.h"

#include <utility>

namespace eventloupe {

namespace {
constexpr int lookMilliseconds = 100;
constexpr qsizetype longestLine = 1000; ///< QPlainTextEdit is slow with longer ones.

TestCase titled(TestCase testCase, const QString& title)
{
    testCase.title = title;
    return testCase;
}
} // namespace

TestCaseLoader::TestCaseLoader(StoreClient& client, std::shared_ptr<const Workspace> workspace,
    QString configurationFolder, QObject* parent)
    : QObject(parent)
    , m_client(client)
    , m_workspace(std::move(workspace))
    , m_configurationFolder(std::move(configurationFolder))
{
    m_look.setInterval(lookMilliseconds);
    connect(&m_look, &QTimer::timeout, this,
        [this] { emit shrinking(int(m_progress.done()), int(m_progress.total())); });
}

TestCaseLoader::~TestCaseLoader()
{
    m_finding.cancel();
    m_shrinking.cancel();
}

void TestCaseLoader::find(const TestCaseSubject& subject)
{
    struct Read {
        QList<TestFormat> formats;
        QStringList faults;
    };
    const auto folders = templateFolders(m_workspace->folder(), m_configurationFolder);
    runAside(
        this,
        [folders] {
            Read read;
            read.formats = testFormats(folders, read.faults);
            return read;
        },
        [this](const Read& read) { emit formatsRead(read.formats, read.faults); });
    struct Found {
        std::shared_ptr<const TestCase> whole;
        std::shared_ptr<const TestCase> shown; ///< Masked on the worker: it may be long.
    };
    m_finding = m_client.run<Found>(
        StoreClient::Lane::Background, this,
        [workspace = m_workspace, subject](
            EventStore& store, const CancelToken& cancel) -> Result<Found> {
            const Evolver evolver(workspace);
            const auto whole = subject.position > 0
                ? testCaseAt(store, evolver, subject.position, cancel)
                : testCaseOf(store, evolver, subject.command, subject.head, cancel);
            if (!whole)
                return whole.error();
            return Found { std::make_shared<const TestCase>(*whole),
                std::make_shared<const TestCase>(shownCase(*whole, *workspace)) };
        },
        [this](const Result<Found>& answer) {
            if (!answer) {
                emit failed(answer.error());
                return;
            }
            m_whole = answer->whole;
            emit found(answer->shown);
        });
}

void TestCaseLoader::shrink()
{
    if (!m_whole)
        return;
    cancelShrinking();
    m_shrinking = {};
    m_progress = {};
    m_look.start();
    runAside(
        this,
        [workspace = m_workspace, whole = m_whole, cancel = m_shrinking,
            progress = m_progress]() -> Result<TestCase> {
            const auto shrunk = shrinkHistory(Evolver(workspace), *whole, cancel, progress);
            if (!shrunk)
                return shrunk.error();
            return shownCase(*shrunk, *workspace);
        },
        [this, cancel = m_shrinking](const Result<TestCase>& answer) {
            if (cancel.isCancelled())
                return;
            m_look.stop();
            if (answer)
                emit shrunk(std::make_shared<const TestCase>(*answer));
            else
                emit failed(answer.error());
        });
}

void TestCaseLoader::cancelShrinking()
{
    m_shrinking.cancel();
    m_look.stop();
}

void TestCaseLoader::write(
    const TestFormat& format, const std::shared_ptr<const TestCase>& testCase, const QString& title)
{
    struct Written {
        QString text;
        QString preview;
        QString fault;
    };
    const auto number = ++m_writing;
    runAside(
        this,
        [format, testCase, title, workspace = m_workspace] {
            Written written;
            const auto text = testText(format, titled(*testCase, title), workspace->name());
            if (text)
                written.text = *text;
            else
                written.fault = tr("The template '%1': %2").arg(format.name, text.error().message);
            written.preview = textForView(written.text.toUtf8(), longestLine, longestPreview);
            return written;
        },
        [this, number](const Written& done) {
            if (number == m_writing)
                emit written(done.text, done.preview, done.fault);
        });
}

void TestCaseLoader::saveExample(
    const std::shared_ptr<const TestCase>& testCase, const QString& title)
{
    runAside(
        this,
        [folder = m_workspace->folder(), testCase, title] {
            return eventloupe::saveExample(folder, titled(*testCase, title));
        },
        [this](const Result<QString>& answer) {
            if (answer)
                emit saved(*answer);
            else
                emit failed(answer.error());
        });
}

} // namespace eventloupe
