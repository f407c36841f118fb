#include "ui/window/reportdialog.h"

#include "exchange/outputfile.h"
#include "ui/base/filedialog.h"
#include "ui/base/icons.h"
#include "ui/base/jsonview.h"
#include "ui/base/plaintext.h"
#include "value/aside.h"

#include <QClipboard>
#include <QDialogButtonBox>
#include <QDir>
#include <QGuiApplication>
#include <QPushButton>
#include <QVBoxLayout>

namespace eventloupe {

namespace {

Result<void> write(const QString& file, const QString& store, const QByteArray& text)
{
    if (auto may = OutputFile::check(file, store); !may)
        return may;
    const auto output = OutputFile::open(file);
    if (!output)
        return output.error();
    if (auto written = (*output)->write(text); !written)
        return written;
    return (*output)->commit();
}

} // namespace

ReportDialog::ReportDialog(QString store, QWidget* parent)
    : QDialog(parent)
    , m_store(std::move(store))
    , m_view(new JsonView(this))
    , m_said(new PlainLabel(this))
{
    setObjectName(QStringLiteral("reportDialog"));
    setWindowTitle(tr("Diagnostics Report"));
    setAttribute(Qt::WA_DeleteOnClose);
    auto* what = new PlainLabel(
        tr("This is all of it: no event, no name of a stream, type, actor, table, host or file, "
           "and no password. Nothing is sent anywhere."),
        this);
    what->setWordWrap(true);
    m_view->setObjectName(QStringLiteral("reportView"));
    m_view->setAccessibleName(windowTitle());
    m_said->setObjectName(QStringLiteral("reportSaid"));
    m_said->setElided(true, Qt::ElideMiddle);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    m_copy = buttons->addButton(tr("Copy"), QDialogButtonBox::ActionRole);
    m_copy->setObjectName(QStringLiteral("copyReportButton"));
    m_copy->setIcon(icon(Symbol::Copy));
    m_save = buttons->addButton(tr("Save…"), QDialogButtonBox::ActionRole);
    m_save->setObjectName(QStringLiteral("saveReportButton"));
    m_save->setIcon(icon(Symbol::Export));
    m_copy->setEnabled(false);
    m_save->setEnabled(false);
    connect(m_copy, &QPushButton::clicked, this, &ReportDialog::copy);
    connect(m_save, &QPushButton::clicked, this, &ReportDialog::askFile);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(what);
    layout->addWidget(m_view, 1);
    layout->addWidget(m_said);
    layout->addWidget(buttons);
    m_said->setText(tr("Asking the store…"));
    resize(fontMetrics().averageCharWidth() * 90, fontMetrics().height() * 36);
}

void ReportDialog::setReport(const QByteArray& text)
{
    m_report = text;
    m_view->setJson(text.trimmed());
    m_said->clear();
    m_copy->setEnabled(true);
    m_save->setEnabled(true);
}

void ReportDialog::copy()
{
    QGuiApplication::clipboard()->setText(QString::fromUtf8(m_report));
    m_said->setText(tr("Copied"));
}

void ReportDialog::askFile()
{
    auto* dialog = new FileDialog(this, tr("Save the Report"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilters({ tr("JSON (*.json)"), tr("All files (*)") });
    dialog->setDefaultSuffix(QStringLiteral("json"));
    dialog->selectFile(QStringLiteral("eventloupe-report.json"));
    connect(dialog, &QFileDialog::fileSelected, this, &ReportDialog::save);
    dialog->open();
}

void ReportDialog::save(const QString& file)
{
    runAside(
        this, [file, store = m_store, text = m_report] { return write(file, store, text); },
        [this, file](const Result<void>& done) {
            m_said->setText(visibleText(done ? tr("Saved as %1").arg(QDir::toNativeSeparators(file))
                                             : done.error().message));
        });
}

} // namespace eventloupe
