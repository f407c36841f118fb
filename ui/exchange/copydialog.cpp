#include "ui/exchange/copydialog.h"

#include "store/storesecrets.h"
#include "ui/base/filedialog.h"
#include "ui/base/figures.h"
#include "ui/base/plaintext.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QDir>
#include <QFileInfo>
#include <QFormLayout>
#include <QGridLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QVBoxLayout>

#include <algorithm>

namespace eventloupe {

namespace {

/// Named after the store; with a number when the name is taken.
QString proposedFile(const QString& store, const QString& folder)
{
    const QDir dir(folder);
    const QString base
        = QFileInfo::exists(store) ? QFileInfo(store).completeBaseName() : QStringLiteral("events");
    QString name = base + QStringLiteral("-copy.eventlog");
    for (int n = 2; dir.exists(name); ++n)
        name = QStringLiteral("%1-copy-%2.eventlog").arg(base, QString::number(n));
    return QDir::toNativeSeparators(dir.filePath(name));
}

} // namespace

CopyDialog::CopyDialog(const QString& store, const QString& folder, QWidget* parent)
    : QDialog(parent)
    , m_store(store)
    , m_toFile(new QRadioButton(tr("A &file")))
    , m_toUri(new QRadioButton(tr("&Another store")))
    , m_file(new QLineEdit(proposedFile(store, folder)))
    , m_uri(new QLineEdit)
    , m_browse(new QPushButton(tr("&Browse…")))
    , m_check(new QCheckBox(tr("&Compare all events that are there already")))
    , m_note(new PlainLabel)
{
    setObjectName(QStringLiteral("copyDialog"));
    setWindowTitle(tr("Copy Log"));
    auto* form = new QFormLayout;
    buildTarget(*form, folder);
    buildChecks(*form);
    m_note->setObjectName(QStringLiteral("copyNote"));
    m_note->setWordWrap(true);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    m_copy = buttons->addButton(tr("C&opy"), QDialogButtonBox::AcceptRole);
    m_copy->setObjectName(QStringLiteral("copyButton"));
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);

    auto* layout = new QVBoxLayout(this);
    layout->addLayout(form);
    layout->addWidget(m_note);
    layout->addStretch();
    layout->addWidget(buttons);
    resize(620, sizeHint().height());
    review();
}

void CopyDialog::buildTarget(QFormLayout& form, const QString& folder)
{
    m_toFile->setObjectName(QStringLiteral("copyToFile"));
    m_toUri->setObjectName(QStringLiteral("copyToUri"));
    m_toFile->setToolTip(tr("An event log on this computer; it is made when it is missing"));
    m_toUri->setToolTip(tr("A store that is named by a URI, such as one on a server"));
    m_file->setObjectName(QStringLiteral("copyFile"));
    m_file->setAccessibleName(tr("File to copy to"));
    m_file->setToolTip(plainToolTip(tr("Proposed in %1").arg(QDir::toNativeSeparators(folder))));
    m_uri->setObjectName(QStringLiteral("copyUri"));
    m_uri->setAccessibleName(tr("URI of the store to copy to"));
    m_uri->setPlaceholderText(QStringLiteral("postgresql://db.example.org/shop"));
    m_browse->setObjectName(QStringLiteral("copyBrowse"));
    m_browse->setAutoDefault(false);
    m_toFile->setChecked(true);
    // Else the layout takes the room for words that wrap from the fields.
    for (auto* edit : { m_file, m_uri })
        edit->setMinimumHeight(edit->sizeHint().height());

    auto* grid = new QGridLayout;
    grid->addWidget(m_toFile, 0, 0);
    grid->addWidget(m_file, 0, 1);
    grid->addWidget(m_browse, 0, 2);
    grid->addWidget(m_toUri, 1, 0);
    grid->addWidget(m_uri, 1, 1, 1, 2);
    grid->setColumnStretch(1, 1);
    form.addRow(tr("To"), grid);
    connect(m_toFile, &QRadioButton::toggled, this, [this] { review(); });
    connect(m_file, &QLineEdit::textChanged, this, [this] { review(); });
    connect(m_uri, &QLineEdit::textChanged, this, [this] { review(); });
    connect(m_browse, &QPushButton::clicked, this, [this] { browse(); });
}

void CopyDialog::buildChecks(QFormLayout& form)
{
    m_check->setObjectName(QStringLiteral("copyCheck"));
    m_check->setToolTip(tr("Reads all of both; else hashes or samples tell whether the copy goes "
                           "on where it ended"));
    form.addRow(QString(), m_check);
}

void CopyDialog::browse()
{
    const QString file = askSaveFileName(this, tr("Copy Log To"), m_file->text(),
        tr("Event logs (*.eventlog);;All files (*)"), QFileDialog::DontConfirmOverwrite);
    if (!file.isEmpty())
        m_file->setText(QDir::toNativeSeparators(file));
}

QString CopyDialog::target() const
{
    return m_toFile->isChecked() ? QDir::fromNativeSeparators(m_file->text().trimmed())
                                 : m_uri->text().trimmed();
}

QString CopyDialog::problem() const
{
    const QString to = target();
    if (!m_toFile->isChecked())
        return to.contains(QLatin1String("://"))
            ? QString()
            : tr("Name the store by its URI, such as postgresql://db.example.org/shop.");
    if (to.isEmpty())
        return tr("Name the file to copy to.");
    const QFileInfo info(to);
    if (info.isDir())
        return tr("This is a folder; name a file in it.");
    if (info.exists() && info.canonicalFilePath() == QFileInfo(m_store).canonicalFilePath())
        return tr("This is the log itself; name another file.");
    const QFileInfo folder(info.absolutePath());
    if (!folder.isDir())
        return tr("The folder %1 does not exist.").arg(folder.filePath());
    if (!folder.isWritable())
        return tr("The folder %1 cannot be written.").arg(folder.filePath());
    return {};
}

/// What will be done, where nothing is wrong.
QString CopyDialog::note() const
{
    if (m_toFile->isChecked() && !QFileInfo::exists(target()))
        return tr("The file is made. The first %1 events are stored as one, then %2 at a time: a "
                  "copy that is cancelled keeps those, and goes on from there when it is asked for "
                  "again.")
            .arg(countText(firstCopiedEvents), countText(nextCopiedEvents));
    return tr("What is there has to be the beginning of this log: the copy goes on behind it. Else "
              "nothing is copied.");
}

void CopyDialog::review()
{
    const bool toFile = m_toFile->isChecked();
    m_file->setEnabled(toFile);
    m_browse->setEnabled(toFile);
    m_uri->setEnabled(!toFile);
    const QString reason = problem();
    m_note->setText(visibleText(reason.isEmpty() ? note() : reason));
    m_copy->setEnabled(reason.isEmpty());
    m_copy->setToolTip(plainToolTip(reason));
    resize(width(), std::max(height(), layout()->totalHeightForWidth(width())));
}

CopyRequest CopyDialog::request() const
{
    CopyRequest request;
    request.to = admitLocation(target());
    request.checksAll = m_check->isChecked();
    return request;
}

} // namespace eventloupe
