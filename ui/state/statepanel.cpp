#include "ui/state/statepanel.h"

#include "state/statecolumns.h"
#include "state/stateloader.h"
#include "state/statemodel.h"
#include "time/timecursor.h"
#include "ui/base/figures.h"
#include "ui/base/icons.h"
#include "ui/base/infobar.h"
#include "ui/base/jsonview.h"
#include "ui/base/plaintext.h"
#include "ui/base/stillframe.h"
#include "ui/state/fieldtree.h"
#include "ui/state/statedisplaymodel.h"
#include "value/event.h"

#include <QAbstractProxyModel>
#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QMenu>
#include <QStackedWidget>
#include <QTabWidget>
#include <QToolButton>
#include <QTreeView>

namespace eventloupe {

StatePanel::StatePanel(StateLoader& loader, Subject& subject, TimeCursor& cursor, QWidget* parent)
    : QWidget(parent)
    , m_subject(subject)
    , m_cursor(cursor)
    , m_model(new StateModel(this))
    , m_title(new PlainLabel(this))
    , m_cause(new PlainLabel(this))
    , m_pin(new QToolButton(this))
    , m_failure(new InfoBar(this))
    , m_pages(new QStackedWidget(this))
    , m_nothing(new PlainLabel(this))
    , m_unchanged(new PlainLabel(this))
    , m_tabs(new QTabWidget(this))
    , m_tree(new QTreeView(this))
    , m_json(new JsonView(this))
{
    layOut();
    setUpTree();
    setUpPin();
    connect(&loader, &StateLoader::stateChanged, this, &StatePanel::show);
    connect(m_tabs, &QTabWidget::currentChanged, this, &StatePanel::showJson);
    connect(m_failure, &InfoBar::actionTriggered, this,
        [this] { emit failureAsked(m_view->failedPosition); });
    show(loader.view());
    m_firstLayout = saveLayout();
}

void StatePanel::layOut()
{
    setObjectName(QStringLiteral("statePanel"));
    m_title->setObjectName(QStringLiteral("stateTitle"));
    makeHeading(*m_title);
    m_title->setElided(true, Qt::ElideMiddle);
    m_cause->setElided(true);
    makeFaint(*m_cause);
    m_failure->setObjectName(QStringLiteral("stateFailure"));
    m_nothing->setAlignment(Qt::AlignCenter);
    m_nothing->setWordWrap(true);
    m_nothing->setMargin(16);
    makeFaint(*m_nothing);
    m_unchanged->setObjectName(QStringLiteral("stateUnchanged"));
    m_unchanged->setWordWrap(true);
    m_unchanged->setMargin(6);
    makeFaint(*m_unchanged);
    m_json->setFrameShape(QFrame::NoFrame);
    m_json->setAccessibleName(tr("State as JSON"));
    m_tabs->setDocumentMode(true);
    m_tabs->addTab(m_tree, tr("State"));
    m_tabs->addTab(m_json, tr("JSON"));
    m_pages->addWidget(m_nothing);
    m_pages->addWidget(m_tabs);

    // A stream's name has the whole width, and the button is beside what is less needed.
    auto* second = new QHBoxLayout;
    second->addWidget(new StillFrame(*m_cause, this), 1);
    second->addWidget(m_pin, 0, Qt::AlignRight);
    auto* top = new QVBoxLayout;
    top->setContentsMargins(8, 6, 6, 0);
    top->setSpacing(1);
    top->addWidget(new StillFrame(*m_title, this));
    top->addLayout(second);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addLayout(top);
    layout->addWidget(m_failure);
    layout->addWidget(m_pages, 1);
    layout->addWidget(m_unchanged); // Below, so that the fields stay where they are.
}

void StatePanel::setUpTree()
{
    auto* display = new StateDisplayModel(this);
    display->setLookOf(m_tree);
    display->setSourceModel(m_model);
    m_tree->setObjectName(QStringLiteral("stateView"));
    m_tree->setAccessibleName(tr("Fields of the state"));
    m_tree->setModel(display);
    makeFieldTree(*m_tree);
    const int letter = m_tree->fontMetrics().averageCharWidth();
    m_tree->setColumnWidth(static_cast<int>(StateColumn::Field), letter * 13);
    m_tree->setColumnWidth(static_cast<int>(StateColumn::Value), letter * 12);
    // The last one is stretched, and never gets narrower than it was set.
    m_tree->setColumnWidth(static_cast<int>(StateColumn::Change), letter * 11);
    m_tree->setColumnWidth(static_cast<int>(StateColumn::SetBy), letter * 6);
    setMinimumWidth(letter * 36);
    connect(m_tree, &QWidget::customContextMenuRequested, this, &StatePanel::showMenu);
    connect(m_tree, &QTreeView::activated, this, [this, display](const QModelIndex& index) {
        const auto source = display->mapToSource(index);
        if (m_model->isMoreRow(source))
            m_model->showMore(source);
        else if (!m_model->hasChildren(source.siblingAtColumn(0)))
            goToSetter(); // Others open and close.
    });
    connect(m_tree, &QTreeView::clicked, this, [this](const QModelIndex& index) {
        if (static_cast<StateColumn>(index.column()) == StateColumn::SetBy)
            goToSetter();
    });
    connect(m_tree->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
        [this](const QModelIndex& current) {
            if (!current.isValid())
                return; // The rows are being made anew.
            m_wantedField.clear();
            emit fieldChanged(field());
        });
}

void StatePanel::setUpPin()
{
    m_pin->setObjectName(QStringLiteral("pinButton"));
    m_pin->setCheckable(true);
    m_pin->setAutoRaise(true);
    m_pin->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    connect(m_pin, &QToolButton::clicked, this, [this](bool checked) {
        if (checked)
            m_subject.pin(m_subject.stream());
        else
            m_subject.follow();
        showPin();
    });
    connect(&m_subject, &Subject::pinnedChanged, this, &StatePanel::showPin);
    connect(&m_subject, &Subject::streamChanged, this, &StatePanel::showPin);
    showPin();
}

void StatePanel::showPin()
{
    const bool pinned = m_subject.isPinned();
    m_pin->setChecked(pinned);
    m_pin->setEnabled(pinned || !m_subject.stream().isEmpty());
    m_pin->setIcon(icon(pinned ? Symbol::Pin : Symbol::GoTo));
    m_pin->setText(pinned ? tr("Pinned") : tr("Following"));
    m_pin->setToolTip(pinned ? tr("This stream stays while the cursor moves. Press to follow the "
                                  "cursor's stream again.")
                             : tr("Shows the stream of the cursor's event. Press to keep this "
                                  "stream while the cursor moves."));
    m_pin->setAccessibleName(pinned ? tr("Pinned stream") : tr("Following the cursor"));
}

void StatePanel::show(const std::shared_ptr<const StateView>& view)
{
    m_view = view;
    // Behind another panel nobody sees what a step would cost here.
    m_isLate = m_wasSeen && !isVisible();
    if (m_isLate)
        return;
    m_model->setView(view);
    showTitle(*view);
    showFailure(*view);
    sayWhyEmpty(*view);
    sayWhyUnchanged(*view);
    showJson();
    if (view->exists && m_shownStream != view->stream) {
        m_shownStream = view->stream;
        m_tree->expandToDepth(0);
    }
    selectWanted();
}

void StatePanel::selectField(const QByteArray& pointer)
{
    m_wantedField = pointer;
    if (m_view)
        selectWanted();
}

QByteArray StatePanel::keptField() const
{
    return m_wantedField.isEmpty() ? field() : m_wantedField;
}

void StatePanel::selectWanted()
{
    const bool isThere = m_view->exists && !m_view->foldedTo;
    const auto index = isThere && !m_wantedField.isEmpty() ? m_model->indexOf(m_wantedField)
                                                           : QModelIndex();
    const auto* display = qobject_cast<QAbstractProxyModel*>(m_tree->model());
    if (!index.isValid() || display == nullptr)
        return; // Of another stream, say, whose state is shown until the right one is folded.
    m_wantedField.clear();
    m_tree->setCurrentIndex(display->mapFromSource(index));
    m_tree->scrollTo(m_tree->currentIndex());
}

void StatePanel::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    m_wasSeen = true;
    if (m_isLate)
        show(m_view);
}

void StatePanel::showTitle(const StateView& view)
{
    const auto stream = visibleText(view.stream);
    QString title;
    if (view.stream.isEmpty())
        title = tr("State");
    else if (!view.unreadable.isEmpty())
        title = tr("State of %1 at %2").arg(stream, positionText(view.position));
    else if (view.version == 0)
        title = tr("%1 does not exist yet at %2").arg(stream, positionText(view.position));
    else if (!view.exists && !view.foldedTo)
        title = tr("%1 was deleted at version %2").arg(stream, countText(view.version));
    else
        title = tr("State of %1 at version %2").arg(stream, countText(view.version));
    m_title->setText(title);
    m_title->setToolTip(plainToolTip(title));
    const bool hasCause = view.version > 0 && !view.foldedTo;
    m_cause->setText(hasCause
            ? tr("last event %1 %2")
                  .arg(positionText(view.lastPosition), visibleText(view.lastType))
            : QString());
    m_cause->setToolTip(plainToolTip(m_cause->text()));
}

void StatePanel::showFailure(const StateView& view)
{
    if (view.failure.isEmpty())
        m_failure->hide();
    else
        m_failure->show(InfoBar::Kind::Failure,
            tr("Event %1 was left out: %2")
                .arg(positionText(view.failedPosition), visibleText(view.failure)),
            tr("Go There"));
}

void StatePanel::sayWhyEmpty(const StateView& view)
{
    QString reason;
    if (view.stream.isEmpty())
        reason = m_cursor.head() == 0
            ? tr("There are no events yet. Issue a command, or import a file.")
            : m_cursor.position() > 0
            ? tr("The event at the cursor is lost, and with it which stream it is of. Move the "
                 "cursor, or pick a stream on the left.")
            : tr("The cursor stands before the first event. Move it forward, or pick a stream on "
                 "the left.");
    else if (!view.unreadable.isEmpty())
        reason = tr("The state could not be read: %1").arg(visibleText(view.unreadable));
    else if (view.foldedTo)
        reason = tr("Folding %1 of %2…").arg(countText(*view.foldedTo), eventsText(view.version));
    else if (view.version == 0)
        reason = tr("%1 does not exist yet at %2. Move the cursor forward, or pick another stream.")
                     .arg(visibleText(view.stream), positionText(view.position));
    m_nothing->setText(reason);
    m_pages->setCurrentWidget(reason.isEmpty() ? static_cast<QWidget*>(m_tabs) : m_nothing);
}

void StatePanel::sayWhyUnchanged(const StateView& view)
{
    m_unchanged->setVisible(view.isLeftOut);
    m_unchanged->setText(view.isLeftOut
            ? tr("%1 is not among the events of the aggregate %2, so it leaves the state as it is.")
                  .arg(visibleText(view.lastType), visibleText(categoryOf(view.stream)))
            : QString());
}

void StatePanel::showJson()
{
    if (m_tabs->currentWidget() == m_json)
        m_json->setValue(m_view->exists ? m_view->now : JsonValue());
}

void StatePanel::showMenu(const QPoint& place)
{
    const auto index = m_tree->indexAt(place);
    if (!index.isValid())
        return;
    QMenu menu(this);
    addCopyOfValue(menu, tr("Copy Value"), index.data(ValueRole).value<JsonValue>());
    const auto path = index.data(PointerRole);
    auto* copyPath = menu.addAction(icon(Symbol::Copy), tr("Copy Path"), this,
        [path] { QGuiApplication::clipboard()->setText(QString::fromUtf8(path.toByteArray())); });
    copyPath->setEnabled(path.isValid());
    // A row "... 12 more" is no field, and one with a key of megabytes cannot be named.
    if (path.isValid())
        emit menuOpening(menu, path.toByteArray());
    menu.exec(m_tree->viewport()->mapToGlobal(place));
}

QByteArray StatePanel::field() const
{
    return m_tree->currentIndex().data(PointerRole).toByteArray();
}

bool StatePanel::goToSetter()
{
    const auto position = m_tree->currentIndex().data(SetterPositionRole);
    if (position.isValid())
        emit setterAsked(position.toLongLong());
    return position.isValid();
}

QByteArray StatePanel::saveLayout() const
{
    return m_tree->header()->saveState();
}

void StatePanel::restoreLayout(const QByteArray& layout)
{
    m_tree->header()->restoreState(layout);
    // One that knew fewer columns.
    if (m_tree->columnWidth(static_cast<int>(StateColumn::SetBy)) == 0)
        m_tree->header()->restoreState(m_firstLayout);
}

void StatePanel::resetLayout()
{
    restoreLayout(m_firstLayout);
}

} // namespace eventloupe
