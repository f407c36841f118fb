#include "ui/foreign/mappingdialog.h"

#include "ui/base/infobar.h"
#include "ui/base/plaintext.h"
#include "ui/foreign/storemappingform.h"
#include "ui/foreign/mappingproblems.h"
#include "ui/foreign/mappingtarget.h"
#include "ui/foreign/previewtable.h"
#include "value/aside.h"

#include <QDialogButtonBox>
#include <QDir>
#include <QHeaderView>
#include <QPushButton>
#include <QScrollArea>
#include <QSplitter>
#include <QTableView>
#include <QVBoxLayout>

namespace eventloupe {

namespace {
constexpr int typingPause = 200; // milliseconds
}

MappingDialog::MappingDialog(const Subject& subject, QWidget* parent)
    : QDialog(parent)
    , m_subject(subject)
    , m_loader(new MappingLoader(subject.open, this))
    , m_form(new StoreMappingForm)
    , m_target(new MappingTarget(subject.workspace, subject.ownFolder, this))
    , m_preview(new PreviewTable(this))
    , m_table(new QTableView)
    , m_caption(new PlainLabel(this))
    , m_problem(new InfoBar(this))
{
    setObjectName(QStringLiteral("mappingDialog"));
    setWindowTitle(tr("Map a Table to Events"));
    auto* layout = new QVBoxLayout(this);
    auto* text
        = new PlainLabel(tr("No library is known for %1. Say which columns its events are made of.")
                             .arg(visibleText(QDir::toNativeSeparators(subject.location))),
            this);
    text->setElided(true, Qt::ElideMiddle);
    text->setToolTip(plainToolTip(text->text()));
    layout->addWidget(text);
    buildBody(*layout);
    m_problem->setObjectName(QStringLiteral("mappingProblem"));
    layout->addWidget(m_problem);
    layout->addWidget(m_target);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_save = buttons->addButton(tr("Save and &Open"), QDialogButtonBox::AcceptRole);
    m_save->setObjectName(QStringLiteral("saveMapping"));
    m_save->setDefault(true);
    connect(buttons, &QDialogButtonBox::accepted, this, &MappingDialog::save);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    layout->addWidget(buttons);
    resize(980, 620);

    m_pause.setSingleShot(true);
    m_pause.setInterval(typingPause);
    connect(&m_pause, &QTimer::timeout, this, &MappingDialog::reload);
    connect(m_form, &StoreMappingForm::edited, this, [this] {
        m_isLoading = true;
        m_pause.start();
        review();
    });
    connect(m_target, &MappingTarget::edited, this, &MappingDialog::review);
    connect(m_loader, &MappingLoader::groundLoaded, this, &MappingDialog::takeGround);
    connect(m_loader, &MappingLoader::previewLoaded, this, &MappingDialog::takePreview);
    connect(m_loader, &MappingLoader::previewFailed, this, &MappingDialog::refuse);
    connect(m_loader, &MappingLoader::failed, this, &MappingDialog::refuse);
    m_loader->loadGround();
    review();
}

void MappingDialog::buildBody(QVBoxLayout& layout)
{
    m_table->setObjectName(QStringLiteral("mappingPreview"));
    m_table->setAccessibleName(tr("The first events as they would be"));
    m_preview->setMasked(m_subject.isMasked);
    m_table->setModel(m_preview);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setWordWrap(false);
    m_table->setTabKeyNavigation(false);
    m_table->verticalHeader()->setDefaultSectionSize(m_table->fontMetrics().height() + 6);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    auto* right = new QWidget;
    auto* column = new QVBoxLayout(right);
    column->setContentsMargins(0, 0, 0, 0);
    m_caption->setObjectName(QStringLiteral("mappingCaption"));
    makeFaint(*m_caption);
    m_caption->setWordWrap(true);
    column->addWidget(m_caption);
    column->addWidget(m_table, 1);

    auto* scroll = new QScrollArea;
    scroll->setWidget(m_form);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus); // Its fields have it.
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* splitter = new QSplitter;
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(scroll);
    splitter->addWidget(right);
    splitter->setStretchFactor(1, 1);
    splitter->setSizes({ 460, 500 });
    layout.addWidget(splitter, 1);
}

void MappingDialog::takeGround(const std::shared_ptr<const MappingGround>& ground)
{
    m_form->setGround(ground);
    m_form->setFocus();
    reload();
}

void MappingDialog::reload()
{
    m_pause.stop();
    const StoreProfile mapping = m_form->mapping();
    m_target->setName(mapping.name, mapping.title);
    m_shown = mapping;
    m_refusal = obstacleOf(mapping);
    m_isLoading = m_refusal.isEmpty();
    if (m_isLoading)
        m_loader->loadPreview(mapping);
    else
        m_preview->setEvents({}, mapping);
    review();
}

void MappingDialog::takePreview(const QList<Event>& events)
{
    m_isLoading = false;
    m_refusal.clear();
    m_preview->setEvents(events, m_shown);
    m_form->showProblems(problemsOf(events, m_shown));
    constexpr int widest = 220;
    m_table->resizeColumnsToContents();
    for (int column = 0; column < PreviewTable::COUNT; ++column)
        m_table->setColumnWidth(column, std::min(m_table->columnWidth(column), widest));
    review();
}

void MappingDialog::refuse(const Error& error)
{
    m_isLoading = false;
    m_refusal = error.message;
    m_preview->setEvents({}, m_shown);
    review();
}

void MappingDialog::review()
{
    const QString reason = m_refusal.isEmpty() ? m_target->problem() : m_refusal;
    if (reason.isEmpty() || (m_isLoading && m_refusal.isEmpty()))
        m_problem->hide();
    else
        m_problem->show(InfoBar::Kind::Warning, visibleText(reason));
    const QString caption = m_subject.isMasked
        ? tr("The first %1 events as they would be. The workspace masks values, so their data is "
             "not shown here")
        : tr("The first %1 events as they would be");
    m_caption->setText(
        m_isLoading ? tr("Reading the first events…") : caption.arg(m_preview->rowCount()));
    m_save->setEnabled(reason.isEmpty() && !m_isLoading);
    m_save->setToolTip(
        plainToolTip(m_isLoading ? tr("The preview is being read") : visibleText(reason)));
}

void MappingDialog::save()
{
    const auto place = m_target->place(m_form->mapping(), m_subject.location);
    m_save->setEnabled(false);
    runAside(
        this,
        [place, location = m_subject.location] { return MappingTarget::save(place, location); },
        [this](const Result<QString>& saved) {
            if (!saved) {
                m_problem->show(InfoBar::Kind::Failure, visibleText(saved.error().message));
                m_save->setEnabled(true);
                return;
            }
            m_result = *saved;
            accept();
        });
}

} // namespace eventloupe
