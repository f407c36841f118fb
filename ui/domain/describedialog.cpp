#include "ui/domain/describedialog.h"

#include "describe/descriptionfiles.h"
#include "ui/base/figures.h"
#include "ui/base/filedialog.h"
#include "ui/base/plaintext.h"
#include "ui/domain/definitioneditor.h"
#include "value/aside.h"

#include <QDialogButtonBox>
#include <QDir>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QSplitter>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace eventloupe {

namespace {

/// A folder of the store's name, beside it; not beside another library's, which stays as it is.
QString firstFolder(const StoreClient& client)
{
    const QString store = client.location();
    const QFileInfo info(store);
    const QDir place = client.facts().library.isEmpty() ? info.absoluteDir() : QDir::home();
    const auto base = store.contains(QStringLiteral("://"))
        ? QDir::home().filePath(QStringLiteral("workspace"))
        : place.filePath(info.completeBaseName() + QStringLiteral("-workspace"));
    return QDir::toNativeSeparators(base);
}

} // namespace

DescribeDialog::DescribeDialog(StoreClient& client, QWidget* parent)
    : QDialog(parent)
    , m_client(client)
    , m_message(new PlainLabel(this))
    , m_bar(new QProgressBar(this))
    , m_files(new QTreeWidget(this))
    , m_preview(new DefinitionEditor(QStringLiteral("events/x.json"), this))
    , m_folder(new QLineEdit(firstFolder(client), this))
{
    setObjectName(QStringLiteral("describeDialog"));
    setWindowTitle(tr("Describe this Log"));
    m_message->setObjectName(QStringLiteral("describeMessage"));
    m_message->setWordWrap(true);
    m_files->setObjectName(QStringLiteral("describedFiles"));
    m_files->setAccessibleName(tr("Files to write"));
    m_files->setHeaderLabels({ tr("File"), tr("From") });
    m_files->setRootIsDecorated(false);
    m_files->header()->setSectionResizeMode(0, QHeaderView::ResizeToContents);
    m_preview->setReadOnly(true);
    m_preview->setAccessibleName(tr("What the file would say"));
    m_folder->setObjectName(QStringLiteral("describeFolder"));
    m_folder->setAccessibleName(tr("Folder of the workspace"));
    auto* splitter = new QSplitter(this);
    splitter->addWidget(m_files);
    splitter->addWidget(m_preview);
    splitter->setStretchFactor(1, 1);
    splitter->setSizes({ 360, 500 });
    auto* place = new QHBoxLayout;
    auto* caption = new PlainLabel(tr("Write into:"), this);
    auto* browse = new QPushButton(tr("Choose…"), this);
    place->addWidget(caption);
    place->addWidget(m_folder, 1);
    place->addWidget(browse);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_write = buttons->addButton(tr("Write and Open"), QDialogButtonBox::AcceptRole);
    m_write->setObjectName(QStringLiteral("describeWrite"));
    m_write->setEnabled(false);
    auto* column = new QVBoxLayout(this);
    column->addWidget(m_message);
    column->addWidget(m_bar);
    column->addWidget(splitter, 1);
    column->addLayout(place);
    column->addWidget(buttons);
    resize(900, 560);
    connect(browse, &QPushButton::clicked, this, &DescribeDialog::chooseFolder);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_write, &QPushButton::clicked, this, &DescribeDialog::write);
    connect(m_files, &QTreeWidget::currentItemChanged, this,
        [this](QTreeWidgetItem* item) { showFile(m_files->indexOfTopLevelItem(item)); });
    connect(&m_poll, &QTimer::timeout, this, [this] {
        m_bar->setMaximum(static_cast<int>(m_progress.total()));
        m_bar->setValue(static_cast<int>(m_progress.done()));
    });
    begin();
}

DescribeDialog::~DescribeDialog()
{
    m_cancel.cancel();
}

void DescribeDialog::begin()
{
    say(tr("Reading a sample of the log: some events of every type, some streams of every "
           "category…"));
    m_poll.start(100);
    m_cancel = m_client.run<LogDescription>(
        StoreClient::Lane::Background, this,
        [progress = m_progress](EventStore& store, const CancelToken& cancel) {
            return describeLog(store, DescribeLimits(), progress, cancel);
        },
        [this](const Result<LogDescription>& description) { take(description); });
}

void DescribeDialog::take(const Result<LogDescription>& description)
{
    m_poll.stop();
    m_bar->hide();
    if (!description) {
        say(description.error().message);
        return;
    }
    m_description = std::make_shared<const LogDescription>(*description);
    for (const auto& file : m_description->files)
        new QTreeWidgetItem(m_files, { visibleText(file.path), file.summary });
    if (m_files->topLevelItemCount() > 0)
        m_files->setCurrentItem(m_files->topLevelItem(0));
    const auto text = tr("Inferred from %1. States stay as they are: events merge their "
                         "data. Nothing is overwritten.")
                          .arg(eventsText(m_description->eventsRead));
    const auto next = tr("Next: write and open it. The Domain panel (Ctrl+D) then lists these "
                         "definitions, and New > Command there adds what can be asked.");
    QStringList sentences { text };
    sentences += m_description->notes;
    if (!m_description->files.isEmpty())
        sentences.append(next);
    say(sentences.join(u' '));
    m_write->setEnabled(!m_description->files.isEmpty());
}

void DescribeDialog::showFile(int row)
{
    if (m_description && row >= 0 && row < m_description->files.size())
        m_preview->setPlainText(visibleLines(QString::fromUtf8(m_description->files.at(row).text)));
}

void DescribeDialog::chooseFolder()
{
    const auto folder = askFolder(
        this, tr("Folder of the Workspace"), QFileInfo(m_folder->text()).absolutePath());
    if (!folder.isEmpty())
        m_folder->setText(QDir::toNativeSeparators(folder));
}

void DescribeDialog::write()
{
    const auto folder = QDir::fromNativeSeparators(m_folder->text().trimmed());
    if (folder.isEmpty()) {
        say(tr("Name a folder to write into."));
        return;
    }
    m_write->setEnabled(false);
    runAside(
        this,
        [description = m_description, store = m_client.location(), folder] {
            return writeDescription(*description, store, folder);
        },
        [this, folder](const Result<void>& done) {
            m_write->setEnabled(true);
            if (!done) {
                say(done.error().message);
                return;
            }
            accept();
            emit written(QFileInfo(folder).absoluteFilePath());
        });
}

void DescribeDialog::say(const QString& text)
{
    m_message->setText(visibleText(text));
}

} // namespace eventloupe
