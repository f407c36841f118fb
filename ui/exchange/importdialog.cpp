#include "ui/exchange/importdialog.h"

#include "store/filetarget.h"
#include "ui/base/filedialog.h"
#include "ui/base/plaintext.h"
#include "ui/exchange/exchangefolder.h"
#include "ui/exchange/mappingform.h"
#include "ui/exchange/previewloader.h"
#include "ui/exchange/previewmodel.h"
#include "ui/exchange/targetform.h"
#include "value/aside.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QDir>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QPushButton>
#include <QScrollArea>
#include <QSplitter>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace eventloupe {

namespace {
constexpr int typingPause = 250; // milliseconds

/// What must be chosen, said for the form; empty when nothing must.
QString missingFields(const ImportPreview& preview)
{
    const bool stream = preview.mapping.source(EventField::Stream) || preview.members.isEmpty();
    const bool type = preview.mapping.source(EventField::Type) || preview.members.isEmpty();
    if (!stream && !type)
        return ImportDialog::tr("Choose what gives the stream and the type of an event: a column "
                                "or member, a \"constant\" in quotes, or a template such as "
                                "order-{number}.");
    if (!stream)
        return ImportDialog::tr("Choose what gives the stream of an event: a column or member, or "
                                "a template such as order-{number}.");
    if (!type)
        return ImportDialog::tr("Choose what gives the type of an event: a column or member, or "
                                "a \"constant\" in quotes.");
    return {};
}
} // namespace

ImportDialog::ImportDialog(
    const QString& file, std::shared_ptr<const Masks> masks, QWidget* parent)
    : QDialog(parent)
    , m_file(file)
    , m_loader(new PreviewLoader(std::move(masks), this))
    , m_preview(new PreviewModel(this))
    , m_mapping(new MappingForm)
    , m_target(new TargetForm(file))
    , m_format(new QComboBox)
    , m_table(new QTableView)
    , m_problem(new PlainLabel)
{
    setObjectName(QStringLiteral("importDialog"));
    setWindowTitle(tr("Import Events"));
    auto* layout = new QVBoxLayout(this);
    buildHead(*layout);
    buildBody(*layout);
    buildFoot(*layout);
    wire();
    resize(980, 600);
    reload();
}

void ImportDialog::buildHead(QVBoxLayout& layout)
{
    auto* name = new PlainLabel(tr("Import from %1").arg(QDir::toNativeSeparators(m_file)));
    name->setElided(true);
    m_format->setObjectName(QStringLiteral("importFormat"));
    m_format->setAccessibleName(tr("Format"));
    m_format->setToolTip(tr("How the file is read; found by its content"));
    m_format->addItem(tr("Format found by itself"), QString());
    for (const ExchangeFormat format :
        { ExchangeFormat::Ndjson, ExchangeFormat::Json, ExchangeFormat::Csv })
        m_format->addItem(exchangeFormatName(format).toUpper(), exchangeFormatName(format));
    auto* line = new QHBoxLayout;
    line->addWidget(name, 1);
    line->addWidget(m_format);
    layout.addLayout(line);
}

void ImportDialog::buildBody(QVBoxLayout& layout)
{
    m_table->setObjectName(QStringLiteral("importPreview"));
    m_table->setAccessibleName(tr("The first events as they would be imported"));
    m_table->setModel(m_preview);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setWordWrap(false);
    m_table->verticalHeader()->setDefaultSectionSize(m_table->fontMetrics().height() + 6);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_table->horizontalHeader()->setStretchLastSection(true);

    auto* scroll = new QScrollArea;
    scroll->setWidget(m_mapping);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setMinimumWidth(330);
    auto* splitter = new QSplitter;
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(scroll);
    splitter->addWidget(m_table);
    splitter->setStretchFactor(1, 1);
    layout.addWidget(splitter, 1);
}

void ImportDialog::buildFoot(QVBoxLayout& layout)
{
    m_problem->setObjectName(QStringLiteral("importProblem"));
    m_problem->setAccessibleName(tr("What keeps the file from being imported"));
    m_problem->setWordWrap(true);
    m_problem->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    layout.addWidget(m_problem);
    layout.addWidget(m_target);

    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    m_import = buttons->addButton(tr("&Import"), QDialogButtonBox::AcceptRole);
    m_import->setObjectName(QStringLiteral("importButton"));
    m_save = buttons->addButton(tr("Save &Mapping…"), QDialogButtonBox::ActionRole);
    m_save->setObjectName(QStringLiteral("saveMapping"));
    m_save->setAutoDefault(false);
    m_save->setToolTip(tr("Writes the mapping to a file, for import --map on the command line"));
    connect(buttons, &QDialogButtonBox::accepted, this, [this] { accept(); });
    connect(buttons, &QDialogButtonBox::rejected, this, [this] { reject(); });
    layout.addWidget(buttons);
}

void ImportDialog::wire()
{
    m_pause.setSingleShot(true);
    m_pause.setInterval(typingPause);
    connect(&m_pause, &QTimer::timeout, this, [this] { reload(); });
    connect(m_mapping, &MappingForm::edited, this, [this] {
        m_edited = true;
        m_loading = true;
        m_pause.start();
        review();
    });
    connect(m_format, &QComboBox::currentIndexChanged, this, [this] {
        m_edited = false; // another reading has other members
        reload();
    });
    connect(m_target, &TargetForm::edited, this, [this] { review(); });
    connect(m_loader, &PreviewLoader::loaded, this,
        [this](const ImportPreview& preview) { present(preview); });
    connect(m_loader, &PreviewLoader::failed, this, [this](const Error& error) { refuse(error); });
    connect(m_save, &QPushButton::clicked, this, [this] { saveMapping(); });
}

void ImportDialog::setOpenStore(const QString& location, const QString& readOnlyReason)
{
    m_target->setOpenStore(location, readOnlyReason);
    review();
}

std::optional<ExchangeFormat> ImportDialog::chosenFormat() const
{
    return exchangeFormatFromName(m_format->currentData().toString());
}

ImportRequest ImportDialog::request() const
{
    ImportRequest request;
    request.file = m_file;
    request.format = chosenFormat();
    if (m_edited)
        request.mapping = m_mapping->mapping();
    return request;
}

QString ImportDialog::newStore() const
{
    return m_target->newStore();
}

void ImportDialog::reload()
{
    m_pause.stop();
    m_loading = true;
    m_loader->load(request());
    review();
}

void ImportDialog::present(const ImportPreview& preview)
{
    m_loading = false;
    const QString missing = missingFields(preview);
    m_problems = missing.isEmpty() ? preview.problems : QStringList { missing };
    m_preview->setEvents(preview.events);
    if (!m_edited)
        m_mapping->setMapping(preview.mapping, preview.members, preview.format);
    constexpr int widest = 260;
    m_table->resizeColumnsToContents();
    for (int column = 0; column < PreviewModel::COUNT - 1; ++column)
        m_table->setColumnWidth(column, std::min(m_table->columnWidth(column), widest));
    review();
}

void ImportDialog::refuse(const Error& error)
{
    m_loading = false;
    m_problems = { error.message };
    m_preview->setEvents({});
    review();
}

void ImportDialog::review()
{
    QString reason = m_problems.value(0);
    if (reason.isEmpty())
        reason = m_target->problem();
    m_problem->setText(visibleText(reason));
    m_problem->setVisible(!reason.isEmpty());
    m_import->setEnabled(reason.isEmpty() && !m_loading);
    m_import->setToolTip(plainToolTip(m_loading ? tr("The preview is being read") : reason));
}

void ImportDialog::saveMapping()
{
    const QString proposed
        = QDir(exchangeFolder())
              .filePath(QFileInfo(m_file).completeBaseName() + QStringLiteral(".map.json"));
    const QString path
        = askSaveFileName(this, tr("Save Mapping"), proposed, tr("Mappings (*.json)"));
    if (path.isEmpty())
        return;
    runAside(
        this,
        [path, text = m_mapping->mapping().toJson().toIndentedJson() + '\n'] {
            return writeTarget(path, text);
        },
        [this](const Result<void>& saved) {
            review(); // What an earlier attempt said is no more.
            if (saved)
                return;
            m_problem->setText(visibleText(saved.error().message));
            m_problem->setVisible(true);
        });
}

} // namespace eventloupe
