#pragma once

#include "store/storeclient.h"
#include "testcase/findtestcase.h"
#include "testcase/testtemplates.h"
#include "value/progress.h"

#include <QObject>
#include <QTimer>

namespace eventloupe {

/// What a test case is to be made of.
struct TestCaseSubject {
    Position position = 0; ///< Of an event; 0: a command that was issued.
    IssuedCommand command;
    Position head = 0; ///< When it was.
};

/// Finds a test case on the store's background lane, cuts its history and reads the templates
/// beside the window. GUI thread.
class TestCaseLoader final : public QObject {
    Q_OBJECT

public:
    /// Longer texts are shown as far as this, in characters; they are saved and copied whole.
    static constexpr qsizetype longestPreview = 200'000;

    TestCaseLoader(StoreClient& client, std::shared_ptr<const Workspace> workspace,
        QString configurationFolder, QObject* parent = nullptr);
    ~TestCaseLoader() override;

    /// Answers with found() or failed(), and with formatsRead().
    void find(const TestCaseSubject& subject);
    /// Cuts the history of what was found; answers with shrunk() or failed().
    void shrink();
    /// Ends the cutting; no answer comes.
    void cancelShrinking();
    /// Writes the case in a form under this title; answers with written(), unless it is asked again
    /// meanwhile.
    void write(const TestFormat& format, const std::shared_ptr<const TestCase>& testCase,
        const QString& title);
    /// Writes it into the workspace's examples; answers with saved() or failed().
    void saveExample(const std::shared_ptr<const TestCase>& testCase, const QString& title);

    [[nodiscard]] const Workspace& workspace() const { return *m_workspace; }

signals:
    void found(const std::shared_ptr<const eventloupe::TestCase>& testCase);
    void shrunk(const std::shared_ptr<const eventloupe::TestCase>& testCase);
    void shrinking(int done, int rounds);
    void formatsRead(const QList<eventloupe::TestFormat>& formats, const QStringList& faults);
    /// The text, and as much of it as a text view takes; or why the template gives none.
    void written(const QString& text, const QString& preview, const QString& fault);
    void saved(const QString& path);
    void failed(const eventloupe::Error& error);

private:
    StoreClient& m_client;
    std::shared_ptr<const Workspace> m_workspace;
    QString m_configurationFolder;
    std::shared_ptr<const TestCase> m_whole;
    quint64 m_writing = 0; ///< Counts what was asked for; older answers are stale.
    CancelToken m_finding;
    CancelToken m_shrinking;
    Progress m_progress;
    QTimer m_look;
};

} // namespace eventloupe
