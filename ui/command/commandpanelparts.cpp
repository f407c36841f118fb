#include "ui/command/commandpanel.h"

#include "command/actor.h"
#include "ui/base/infobar.h"
#include "ui/base/plaintext.h"
#include "ui/command/commandpicker.h"
#include "ui/command/previewview.h"
#include "ui/command/schemaform.h"

#include <QAction>
#include <QHBoxLayout>
#include <QPushButton>
#include <QScrollArea>
#include <QShortcut>
#include <QSplitter>
#include <QStackedWidget>
#include <QToolButton>

// How the panel is put together.

namespace eventloupe {

namespace {

/// Form and preview stand side by side from this width on, in characters.
constexpr int wideCharacters = 110;
/// What is previewed is appended with the preview's time, which is never older than that.
constexpr int renewalMilliseconds = 15'000;

} // namespace

CommandPanel::CommandPanel(CommandHandler& handler, TimeCursor& cursor, QWidget* parent)
    : QWidget(parent)
    , m_handler(handler)
    , m_cursor(cursor)
    , m_actor(currentActor())
    , m_context(CommandContext::make(m_actor))
    , m_pages(new QStackedWidget(this))
{
    setObjectName(u"commandPanel"_qs);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->addWidget(m_pages);
    m_pages->addWidget(makeEmptyPage());
    m_pages->addWidget(makeFormPage());
    connectAll();
    showDamage();
    showWorkspace();
}

QWidget* CommandPanel::makeEmptyPage()
{
    auto* page = new QWidget(this);
    auto* column = new QVBoxLayout(page);
    m_empty = new PlainLabel(page);
    m_empty->setObjectName(u"commandEmpty"_qs);
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);
    m_empty->setTextInteractionFlags(Qt::TextSelectableByMouse);
    column->addWidget(m_empty);
    return page;
}

QWidget* CommandPanel::makeFormPage()
{
    auto* page = new QWidget(this);
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(6, 6, 6, 6);
    column->setSpacing(4);
    column->addWidget(makeTopRow());
    m_past = new PlainLabel(page);
    m_past->setObjectName(u"pastNotice"_qs);
    m_past->setWordWrap(true);
    column->addWidget(m_past);
    m_damageBar = new InfoBar(page);
    m_damageBar->setObjectName(u"damageBar"_qs);
    column->addWidget(m_damageBar);
    m_target = new InfoBar(page);
    m_target->findChild<PlainLabel*>()->setObjectName(u"targetNotice"_qs);
    m_target->findChild<QPushButton*>()->setObjectName(u"targetOffer"_qs);
    column->addWidget(m_target);
    m_message = new InfoBar(page);
    m_message->setAccessibleName(tr("What became of the command"));
    m_message->findChild<PlainLabel*>()->setObjectName(u"formMessage"_qs);
    m_offerButton = m_message->findChild<QPushButton*>();
    m_offerButton->setObjectName(u"formOffer"_qs);
    column->addWidget(m_message);
    column->addWidget(makeBody(), 1);
    return page;
}

QWidget* CommandPanel::makeTopRow()
{
    auto* top = new QWidget(this);
    auto* row = new QHBoxLayout(top);
    row->setContentsMargins({});
    m_picker = new CommandPicker(top);
    m_issue = new QPushButton(tr("Issue"), top);
    m_issue->setObjectName(u"issueButton"_qs);
    m_json = new QToolButton(top);
    row->addWidget(m_picker, 1);
    row->addWidget(m_json);
    row->addWidget(m_issue);
    return top;
}

QWidget* CommandPanel::makeBody()
{
    m_splitter = new QSplitter(Qt::Horizontal, this);
    m_splitter->setChildrenCollapsible(false);
    auto* area = new QScrollArea(m_splitter);
    m_area = area;
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setFocusPolicy(Qt::NoFocus);
    m_form = new SchemaForm;
    area->setWidget(m_form);
    m_json->setDefaultAction(m_form->editAsJson());
    m_preview = new PreviewView(m_handler, m_splitter);
    return m_splitter;
}

void CommandPanel::connectAll()
{
    connect(m_picker, &CommandPicker::picked, this, &CommandPanel::showCommand);
    connect(m_form, &SchemaForm::dataChanged, this, &CommandPanel::dataChanged);
    connect(m_form, &SchemaForm::tabOrderChanged, this, &CommandPanel::threadTabs);
    connect(m_form->editAsJson(), &QAction::toggled, this, [this] {
        if (m_saidOfForm)
            hush();
    });
    connect(m_issue, &QPushButton::clicked, this, &CommandPanel::issue);
    connect(m_damageBar, &InfoBar::actionTriggered, this, &CommandPanel::mendAsked);
    connect(m_target, &InfoBar::actionTriggered, this, &CommandPanel::takeSelection);
    connect(m_message, &InfoBar::actionTriggered, this, &CommandPanel::takeOffer);
    connect(m_message, &InfoBar::alsoTriggered, this, [this] {
        hush();
        emit branchAsked(m_cursor.position());
    });
    connect(m_message, &InfoBar::dismissed, this, &CommandPanel::hush);
    connect(&m_renewal, &QTimer::timeout, this, &CommandPanel::renewPreview);
    m_renewal.start(renewalMilliseconds);
    connect(m_splitter, &QSplitter::splitterMoved, this, [this] { m_isSplitByHand = true; });
    for (const auto key : { Qt::Key_Return, Qt::Key_Enter }) {
        auto* shortcut = new QShortcut(QKeyCombination(Qt::CTRL, key), this);
        shortcut->setContext(Qt::WidgetWithChildrenShortcut);
        connect(shortcut, &QShortcut::activated, this, &CommandPanel::issue);
    }
    connect(&m_handler, &CommandHandler::workspaceChanged, this, &CommandPanel::showWorkspace);
    connect(&m_handler, &CommandHandler::finished, this, &CommandPanel::finish);
    connect(&m_handler, &CommandHandler::failed, this, &CommandPanel::fail);
    connect(&m_cursor, &TimeCursor::positionChanged, this, &CommandPanel::showCondition);
    connect(&m_cursor, &TimeCursor::headChanged, this, [this] {
        showCondition();
        // Another event may change what the command would give.
        if (!m_busy)
            updatePreview();
    });
}

/// Rows and forms that came later take the keyboard where they stand, not after all else.
void CommandPanel::threadTabs()
{
    QWidget* previous = m_picker->focusTarget();
    QList<QWidget*> order { m_damageBar->findChild<QPushButton*>(),
        m_target->findChild<QPushButton*>() };
    order += m_form->tabWidgets();
    order << m_preview << m_json << m_issue << m_offerButton;
    for (auto* widget : order) {
        setTabOrder(previous, widget);
        previous = widget;
    }
}

void CommandPanel::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    const bool wide = width() > fontMetrics().averageCharWidth() * wideCharacters;
    const auto orientation = wide ? Qt::Horizontal : Qt::Vertical;
    if (m_splitter->orientation() != orientation) {
        m_splitter->setOrientation(orientation);
        m_isSplitByHand = false;
    }
    if (!m_isSplitByHand) {
        const int extent = wide ? width() : height();
        m_splitter->setSizes({ extent * 65 / 100, extent * 35 / 100 });
    }
}

} // namespace eventloupe
