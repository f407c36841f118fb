#include "ui/exchange/exportdialog.h"

#include "mask/masked.h"
#include "ui/base/filedialog.h"
#include "ui/base/plainmessagebox.h"
#include "ui/base/plaintext.h"
#include "ui/exchange/exchangecontroller.h"
#include "ui/exchange/exchangefolder.h"

#include <QButtonGroup>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QDir>
#include <QFileInfo>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QRadioButton>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <algorithm>
#include <iterator>

namespace eventloupe {

namespace {

constexpr ExchangeFormat formats[]
    = { ExchangeFormat::Ndjson, ExchangeFormat::Json, ExchangeFormat::Csv };

/// A choice, with what it means beside it; a long filter does not widen the dialog.
QRadioButton* addChoice(QVBoxLayout& box, QButtonGroup& group, const QString& name,
    const QString& text, const QString& tip)
{
    auto* button = new QRadioButton;
    button->setObjectName(name);
    QString shown = visibleText(text);
    constexpr int longest = 70;
    if (shown.size() > longest)
        shown = shown.left(longest) + QStringLiteral("…");
    button->setText(buttonText(shown));
    button->setAccessibleName(text);
    button->setToolTip(plainToolTip(tip));
    group.addButton(button);
    box.addWidget(button);
    return button;
}

/// Beside the store and named as it is, unless something else was exported elsewhere before. A
/// store on a server has no folder.
QString proposedFile(const ExportContext& context)
{
    const bool isFile = !context.store.isEmpty() && QFileInfo::exists(context.store);
    const QFileInfo store(context.store);
    QString folder = context.folder;
    if (!QFileInfo(folder).isDir() && isFile && QFileInfo(store.absolutePath()).isWritable())
        folder = store.absolutePath();
    if (!QFileInfo(folder).isDir())
        folder = exchangeFolder();
    const QString name = isFile ? store.completeBaseName() : QStringLiteral("events");
    return QDir(folder).filePath(name + QStringLiteral(".ndjson"));
}

} // namespace

ExportDialog::ExportDialog(const ExportContext& context, QWidget* parent)
    : QDialog(parent)
    , m_filter(context.filter)
    , m_stream(context.stream)
    , m_cursor(context.cursor)
    , m_format(new QComboBox)
    , m_file(new QLineEdit)
    , m_problem(new PlainLabel)
{
    setObjectName(QStringLiteral("exportDialog"));
    setWindowTitle(tr("Export Events"));
    auto* form = new QFormLayout;
    buildScope(*form, context);
    buildRange(*form, context);
    buildFile(*form, context);

    m_problem->setObjectName(QStringLiteral("exportProblem"));
    m_problem->setWordWrap(true);
    auto* masked = new PlainLabel(
        tr("What the workspace masks is written as “%1”, and an import refuses such an event. "
           "To copy the log as it is, use File > Copy Log To….")
            .arg(maskSignText()),
        this);
    masked->setObjectName(QStringLiteral("exportMasked"));
    masked->setWordWrap(true);
    masked->setVisible(context.isMasked);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    m_export = buttons->addButton(tr("&Export"), QDialogButtonBox::AcceptRole);
    m_export->setObjectName(QStringLiteral("exportButton"));
    connect(buttons, &QDialogButtonBox::accepted, this, [this] { accept(); });
    connect(buttons, &QDialogButtonBox::rejected, this, [this] { reject(); });

    auto* layout = new QVBoxLayout(this);
    layout->addLayout(form);
    layout->addWidget(masked);
    layout->addWidget(m_problem);
    layout->addStretch();
    layout->addWidget(buttons);
    resize(620, sizeHint().height());
    review();
}

void ExportDialog::buildScope(QFormLayout& form, const ExportContext& context)
{
    auto* box = new QVBoxLayout;
    auto* group = new QButtonGroup(this);
    m_all = addChoice(
        *box, *group, QStringLiteral("exportAll"), tr("All events"), tr("Every event of the log"));
    m_filtered = addChoice(*box, *group, QStringLiteral("exportFiltered"),
        context.filter.isEmpty()
            ? tr("What the filter shows (there is none)")
            : tr("What the filter shows: %1").arg(QString::fromUtf8(context.filter)),
        QString::fromUtf8(context.filter));
    m_filtered->setEnabled(!context.filter.isEmpty());
    m_oneStream = addChoice(*box, *group, QStringLiteral("exportStream"),
        context.stream.isEmpty() ? tr("One stream (none is selected)")
                                 : tr("The stream %1").arg(context.stream),
        context.stream);
    m_oneStream->setEnabled(!context.stream.isEmpty());
    (context.filter.isEmpty() ? m_all : m_filtered)->setChecked(true);
    form.addRow(tr("What"), box);
}

void ExportDialog::buildRange(QFormLayout& form, const ExportContext& context)
{
    auto* box = new QVBoxLayout;
    auto* group = new QButtonGroup(this);
    const QLocale locale;
    m_toHead = addChoice(*box, *group, QStringLiteral("exportToHead"),
        tr("To the head, event %1").arg(locale.toString(context.head)), tr("Everything up to now"));
    m_toCursor = addChoice(*box, *group, QStringLiteral("exportToCursor"),
        tr("To the time cursor, event %1").arg(locale.toString(context.cursor)),
        tr("Only what had happened at the time cursor"));
    m_toCursor->setEnabled(context.cursor > 0);
    m_toHead->setChecked(true);
    form.addRow(tr("Up to"), box);
}

void ExportDialog::buildFile(QFormLayout& form, const ExportContext& context)
{
    m_format->setObjectName(QStringLiteral("exportFormat"));
    m_format->setAccessibleName(tr("Format"));
    m_format->addItem(tr("NDJSON, one event a line"), QStringLiteral("ndjson"));
    m_format->addItem(tr("JSON, an array"), QStringLiteral("json"));
    m_format->addItem(tr("CSV, a table"), QStringLiteral("csv"));
    m_format->setToolTip(tr("NDJSON is what Eventloupe and most tools import without loss"));
    connect(m_format, &QComboBox::currentIndexChanged, this, [this] { followFormat(); });
    form.addRow(tr("&Format"), m_format);

    m_file->setObjectName(QStringLiteral("exportFile"));
    m_file->setAccessibleName(tr("File"));
    m_file->setText(QDir::toNativeSeparators(proposedFile(context)));
    connect(m_file, &QLineEdit::textChanged, this, [this] {
        followSuffix();
        review();
    });
    auto* browseButton = new QPushButton(tr("&Browse…"));
    browseButton->setObjectName(QStringLiteral("exportBrowse"));
    browseButton->setAutoDefault(false);
    connect(browseButton, &QPushButton::clicked, this, [this] { browse(); });
    auto* line = new QHBoxLayout;
    line->addWidget(m_file);
    line->addWidget(browseButton);
    form.addRow(tr("File"), line);
}

ExchangeFormat ExportDialog::format() const
{
    return formats[std::max(0, m_format->currentIndex())];
}

void ExportDialog::browse()
{
    const QString suffix = exchangeFormatName(format());
    const QString file = askSaveFileName(this, tr("Export To"), m_file->text(),
        tr("%1 files (*.%2);;All files (*)").arg(suffix.toUpper(), suffix),
        QFileDialog::DontConfirmOverwrite);
    if (!file.isEmpty())
        m_file->setText(QDir::toNativeSeparators(file));
}

/// A file name that ends as one of the formats does follows the choice.
void ExportDialog::followFormat()
{
    const QFileInfo info(m_file->text());
    const bool isKnown = exchangeFormatFromName(info.suffix())
        || info.suffix().compare(QLatin1String("jsonl"), Qt::CaseInsensitive) == 0;
    if (isKnown)
        m_file->setText(
            m_file->text().chopped(info.suffix().size()) + exchangeFormatName(format()));
    review();
}

/// The format follows a file name that ends as one of the formats does. The name stays as it was
/// typed: of ".jsonl" nothing makes ".ndjson".
void ExportDialog::followSuffix()
{
    const QString suffix = QFileInfo(m_file->text().trimmed()).suffix().toLower();
    const auto named = suffix == QLatin1String("jsonl") ? std::optional(ExchangeFormat::Ndjson)
                                                        : exchangeFormatFromName(suffix);
    const auto* found
        = named ? std::find(std::begin(formats), std::end(formats), *named) : std::end(formats);
    if (found == std::end(formats))
        return;
    const QSignalBlocker blocker(m_format);
    m_format->setCurrentIndex(static_cast<int>(found - std::begin(formats)));
}

QString ExportDialog::problem() const
{
    const QString file = m_file->text().trimmed();
    if (file.isEmpty())
        return tr("Name the file to export to.");
    const QFileInfo info(file);
    if (info.isDir())
        return tr("This is a folder; name a file in it.");
    const QFileInfo folder(info.absolutePath());
    if (!folder.isDir())
        return tr("The folder %1 does not exist.").arg(folder.filePath());
    if (!folder.isWritable())
        return tr("The folder %1 cannot be written.").arg(folder.filePath());
    return {};
}

void ExportDialog::review()
{
    const QString reason = problem();
    m_problem->setText(reason);
    m_problem->setVisible(!reason.isEmpty());
    m_export->setEnabled(reason.isEmpty());
    m_export->setToolTip(plainToolTip(reason));
}

ExportRequest ExportDialog::request() const
{
    ExportRequest request;
    request.file = m_file->text().trimmed();
    request.format = format();
    if (m_toCursor->isChecked())
        request.to = m_cursor;
    if (m_oneStream->isChecked())
        request.stream = m_stream;
    else if (m_filtered->isChecked())
        request.where = m_filter;
    return request;
}

void ExportDialog::accept()
{
    const QString file = m_file->text().trimmed();
    if (QFileInfo::exists(file)) {
        PlainMessageBox question(QMessageBox::Question, tr("Replace File"),
            tr("%1 exists already. Replace it?").arg(QFileInfo(file).fileName()),
            QMessageBox::Cancel, this);
        question.setObjectName(QStringLiteral("replaceQuestion"));
        QPushButton* replace = question.addButton(tr("&Replace"), QMessageBox::AcceptRole);
        question.exec();
        if (question.clickedButton() != replace)
            return;
    }
    rememberExchangeFolder(file);
    QDialog::accept();
}

} // namespace eventloupe
