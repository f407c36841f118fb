#include "ui/exchange/targetform.h"

#include "ui/base/filedialog.h"
#include "ui/base/plaintext.h"

#include <QDir>
#include <QFileInfo>
#include <QGridLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>

namespace eventloupe {

namespace {

/// Beside the file, or at home where that folder cannot be written; with a number when the name is
/// taken.
QString proposedStore(const QString& file)
{
    const QFileInfo info(file);
    const bool writable = QFileInfo(info.absolutePath()).isWritable();
    const QDir folder = writable ? info.absoluteDir() : QDir(QDir::homePath());
    QString name = info.completeBaseName() + QStringLiteral(".eventlog");
    for (int n = 2; folder.exists(name); ++n)
        name = QStringLiteral("%1-%2.eventlog").arg(info.completeBaseName(), QString::number(n));
    return QDir::toNativeSeparators(folder.filePath(name));
}

} // namespace

TargetForm::TargetForm(const QString& file, QWidget* parent)
    : QWidget(parent)
    , m_open(new QRadioButton(tr("Into the open &store")))
    , m_new(new QRadioButton(tr("Into a &new store")))
    , m_path(new QLineEdit(proposedStore(file)))
    , m_browse(new QPushButton(tr("&Browse…")))
{
    setObjectName(QStringLiteral("targetForm"));
    m_open->setObjectName(QStringLiteral("targetOpen"));
    m_new->setObjectName(QStringLiteral("targetNew"));
    m_path->setObjectName(QStringLiteral("targetPath"));
    m_path->setAccessibleName(tr("File of the new store"));
    m_path->setToolTip(tr("The store that is made for these events"));
    m_browse->setObjectName(QStringLiteral("targetBrowse"));
    m_browse->setAutoDefault(false);
    m_open->setEnabled(false);
    m_open->setToolTip(tr("No store is open"));
    m_new->setChecked(true);

    auto* layout = new QGridLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_open, 0, 0, 1, 3);
    layout->addWidget(m_new, 1, 0);
    layout->addWidget(m_path, 1, 1);
    layout->addWidget(m_browse, 1, 2);
    layout->setColumnStretch(1, 1);
    connect(m_new, &QRadioButton::toggled, this, [this](bool chosen) {
        m_path->setEnabled(chosen);
        m_browse->setEnabled(chosen);
        emit edited();
    });
    connect(m_path, &QLineEdit::textChanged, this, [this] { emit edited(); });
    connect(m_browse, &QPushButton::clicked, this, [this] { browse(); });
}

void TargetForm::setOpenStore(const QString& location, const QString& readOnlyReason)
{
    m_open->setText(tr("Into the open &store, %1").arg(buttonText(QFileInfo(location).fileName())));
    m_open->setToolTip(plainToolTip(readOnlyReason.isEmpty() ? location : readOnlyReason));
    m_open->setEnabled(readOnlyReason.isEmpty());
    m_open->setChecked(readOnlyReason.isEmpty());
}

QString TargetForm::newStore() const
{
    return m_new->isChecked() ? QDir::fromNativeSeparators(m_path->text().trimmed()) : QString();
}

QString TargetForm::problem() const
{
    if (!m_new->isChecked())
        return {};
    const QString path = newStore();
    if (path.isEmpty())
        return tr("Name the file of the new store.");
    const QFileInfo info(path);
    if (info.exists())
        return tr("%1 exists already; choose another name, or open it and import into it.")
            .arg(info.fileName());
    const QFileInfo folder(info.absolutePath());
    if (!folder.isDir())
        return tr("The folder %1 does not exist.").arg(folder.filePath());
    if (!folder.isWritable())
        return tr("The folder %1 cannot be written; choose another.").arg(folder.filePath());
    return {};
}

void TargetForm::browse()
{
    const QString file = askSaveFileName(this, tr("New Store"), m_path->text(),
        tr("Event logs (*.eventlog)"), QFileDialog::DontConfirmOverwrite);
    if (file.isEmpty())
        return;
    const bool suffixed = file.endsWith(QLatin1String(".eventlog"));
    m_path->setText(QDir::toNativeSeparators(suffixed ? file : file + QStringLiteral(".eventlog")));
}

} // namespace eventloupe
