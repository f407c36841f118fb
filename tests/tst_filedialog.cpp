#include "ui/base/filedialog.h"

#include <QFile>
#include <QPointer>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

#include <array>
#include <memory>

#include <sys/inotify.h>
#include <unistd.h>

using namespace eventloupe;

namespace {

/// Whether any file of a folder is opened while it lives.
class OpenWatch final {
public:
    explicit OpenWatch(const QString& folder)
        : m_handle(inotify_init1(IN_NONBLOCK | IN_CLOEXEC))
    {
        inotify_add_watch(m_handle, QFile::encodeName(folder).constData(), IN_OPEN);
    }
    ~OpenWatch() { ::close(m_handle); }
    OpenWatch(const OpenWatch&) = delete;
    OpenWatch& operator=(const OpenWatch&) = delete;

    [[nodiscard]] bool sawFile()
    {
        alignas(inotify_event) std::array<char, 4096> buffer {};
        for (;;) {
            const auto size = ::read(m_handle, buffer.data(), buffer.size());
            if (size <= 0)
                return m_sawFile;
            for (std::size_t at = 0; at < static_cast<std::size_t>(size);) {
                const auto* const event
                    = reinterpret_cast<const inotify_event*>(buffer.data() + at);
                m_sawFile = m_sawFile || (event->len > 0 && (event->mask & IN_ISDIR) == 0);
                at += sizeof(inotify_event) + event->len;
            }
        }
    }

private:
    int m_handle;
    bool m_sawFile = false;
};

} // namespace

class tst_FileDialog final : public QObject {
    Q_OBJECT

private slots:
    void init();
    void itOpensNoFile();
    void aNameIsProposedAndGiven();
    void itGoesWithItsParent();

private:
    QString file() const { return m_folder->filePath(QStringLiteral("events.eventlog")); }
    template <class Dialog>
    static bool opensFiles(const QString& folder)
    {
        OpenWatch watch(folder);
        Dialog dialog(nullptr, QString(), folder, QStringLiteral("Text (*.txt)"));
        dialog.setOption(QFileDialog::DontUseNativeDialog);
        dialog.show();
        return QTest::qWaitFor([&watch] { return watch.sawFile(); }, 1500);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void tst_FileDialog::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QFile store(file());
    QVERIFY(store.open(QIODevice::WriteOnly));
    store.write("SQLite format 3");
}

/// Also those that it does not show: Qt's own does, which is what the test would find.
void tst_FileDialog::itOpensNoFile()
{
    QVERIFY(opensFiles<QFileDialog>(m_folder->path()));
    QVERIFY(!opensFiles<FileDialog>(m_folder->path()));
}

void tst_FileDialog::aNameIsProposedAndGiven()
{
    QTimer::singleShot(0, [] {
        auto* const dialog = qobject_cast<FileDialog*>(QApplication::activeModalWidget());
        QVERIFY(dialog);
        QCOMPARE(dialog->acceptMode(), QFileDialog::AcceptSave);
        QVERIFY(dialog->testOption(QFileDialog::DontConfirmOverwrite));
        QVERIFY(QMetaObject::invokeMethod(dialog, "accept"));
    });
    const QString proposed = m_folder->filePath(QStringLiteral("new.json"));
    QCOMPARE(askSaveFileName(nullptr, QStringLiteral("Save"), proposed, QStringLiteral("All (*)"),
                 QFileDialog::DontConfirmOverwrite),
        proposed);
}

void tst_FileDialog::itGoesWithItsParent()
{
    auto* const parent = new QWidget;
    parent->show();
    QTimer::singleShot(0, [parent] { delete parent; });
    QCOMPARE(askOpenFileName(parent, QStringLiteral("Open"), m_folder->path(), {}), QString());
}

QTEST_MAIN(tst_FileDialog)
#include "tst_filedialog.moc"
