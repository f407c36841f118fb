#include "ui/branch/branchactions.h"

#include "mask/masks.h"
#include "store/damagenotice.h"
#include "store/maskedeventstore.h"
#include "time/timecursor.h"
#include "ui/base/figures.h"
#include "ui/base/icons.h"
#include "ui/base/plaintext.h"
#include "ui/branch/appenddialog.h"
#include "value/event.h"
#include "value/json.h"

#include <QAction>
#include <QMenu>

#include <utility>

namespace eventloupe {

namespace {

/// As it is shown. Payloads may be long: not for the GUI thread.
BranchAppend maskedAppend(BranchAppend append, const Masks& masks)
{
    for (StreamEvent& each : append.request.events)
        (void)masks.ofEvent(each.event.type, categoryOf(each.stream))
            .mask(each.event.data, each.event.metadata);
    return append;
}

} // namespace

BranchActions::BranchActions(
    StoreClient& client, BranchSession& session, TimeCursor& cursor, QWidget* window)
    : QObject(window)
    , m_client(client)
    , m_session(session)
    , m_cursor(cursor)
    , m_window(window)
    , m_menu(new QMenu(tr("&Branch"), window))
{
    m_menu->setIcon(icon(Symbol::Branch));
    m_menu->setToolTipsVisible(true);
    addEdits();
    m_menu->addSeparator();
    addBranchActions();
    connect(&session, &BranchSession::changed, this, [this] {
        const auto overlay = m_session.overlay();
        m_refusal = overlay ? appendRefusal(*overlay, m_session.branchedAt()) : QString();
        update();
        if (!overlay || !std::exchange(m_isReturning, false))
            return;
        if (m_leftLive)
            m_cursor.moveToHead();
        else
            m_cursor.moveTo(m_leftAt);
    });
    connect(&session, &BranchSession::left, this, [this] {
        m_leftAt = m_cursor.position();
        m_leftLive = m_cursor.isLive();
    });
    connect(&session, &BranchSession::failed, this, [this](const Error& error) {
        m_isReturning = false;
        emit failed(error);
    });
    for (const auto signal : { &DamageNotice::found, &DamageNotice::forgotten })
        connect(&DamageNotice::instance(), signal, this, &BranchActions::update);
    connect(&client, &StoreClient::closed, this, [this] {
        m_cancelAppend.cancel(); // Nobody would be told of what it came to.
        m_isAppending = false;
    });
    connect(&cursor, &TimeCursor::positionChanged, this, &BranchActions::update);
    connect(&cursor, &TimeCursor::headChanged, this, &BranchActions::update);
    update();
}

QAction* BranchActions::add(
    const QString& text, const QKeySequence& key, const std::function<void()>& slot)
{
    auto* action = m_menu->addAction(text, this, slot);
    action->setShortcut(key);
    return action;
}

void BranchActions::addEdits()
{
    m_begin = add(tr("&Branch from Here"), QKeySequence(Qt::CTRL | Qt::Key_B),
        [this] { m_session.beginAt(m_cursor.position()); });
    m_ofEvents.append(add(tr("&Skip This Event on a Branch"),
        QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_K),
        [this] { m_session.skip({ m_cursor.position() }); }));
    m_ofEvents.append(add(tr("&Edit Event on a Branch…"),
        QKeySequence(Qt::Key_F4), [this] { edit(m_cursor.position()); }));
    m_ofEvents.append(add(tr("&Insert Event behind This One…"),
        QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_I),
        [this] { insertBehind(m_cursor.position()); }));
}

void BranchActions::addBranchActions()
{
    m_undo = add(tr("&Undo on the Branch"), QKeySequence(QKeySequence::Undo),
        [this] { m_session.undo(); });
    m_undo->setIconText(tr("Undo"));
    m_redo = add(tr("&Redo on the Branch"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Z),
        [this] { m_session.redo(); });
    m_redo->setIconText(tr("Redo"));
    m_menu->addSeparator();
    m_compare = add(tr("&Compare with the Log"), QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_D),
        [this] { emit compareAsked(); });
    m_compare->setIconText(tr("Compare"));
    m_export = add(tr("E&xport Branch…"), QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_E),
        [this] { emit exportAsked(); });
    m_append = add(tr("&Append at Head…"), QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_A),
        [this] { askAppend(); });
    m_append->setIconText(tr("Append…"));
    m_leave = add(tr("&Leave Branch"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_B),
        [this] { m_session.leave(); });
    m_leave->setIconText(tr("Leave"));
    m_return = add(tr("&Return to the Branch"), QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_B),
        [this] { returnToLeft(); });
}

void BranchActions::returnToLeft()
{
    if (m_session.isActive() || !m_session.canReturn())
        return;
    m_isReturning = true;
    m_session.returnToLeft();
}

QList<QAction*> BranchActions::bannerActions() const
{
    return { m_undo, m_redo, m_compare, m_append, m_leave };
}

void BranchActions::update()
{
    const bool isOpen = m_client.isOpen();
    const bool isActive = m_session.isActive();
    m_begin->setEnabled(isOpen);
    for (auto* each : m_ofEvents)
        each->setEnabled(isOpen && m_cursor.position() > 0);
    const Branch branch = isActive ? m_session.branch() : Branch();
    m_undo->setEnabled(isActive && branch.canUndo());
    m_redo->setEnabled(isActive && branch.canRedo());
    for (auto* each : { m_compare, m_export, m_leave })
        each->setEnabled(isActive);
    m_return->setEnabled(isOpen && !isActive && m_session.canReturn());
    const QString damage = damageRefusal(m_session.mainLocation());
    const QString refusal = damage.isEmpty() ? m_refusal : damage;
    m_append->setEnabled(isActive && m_session.overlay() && refusal.isEmpty());
    m_append->setToolTip(plainToolTip(
        refusal.isEmpty() ? tr("Appends the branch's own events to the log") : refusal));
}

void BranchActions::fillMenu(QMenu& menu, const Event& event)
{
    const Position position = event.position;
    auto* branch = menu.addMenu(icon(Symbol::Branch), tr("Branch"));
    branch->addAction(tr("Branch from Here (%1)").arg(positionText(position)), this,
        [this, position] { m_session.beginAt(position); });
    branch->addAction(tr("Skip This Event on a Branch"), this,
        [this, position] { m_session.skip({ position }); });
    branch->addAction(
        tr("Edit Event on a Branch…"), this, [this, position] { edit(position); });
    branch->addAction(tr("Insert Event behind This One…"), this,
        [this, position] { insertBehind(position); });
    branch->addSeparator();
    branch->addAction(tr("Skip All of %1").arg(buttonText(event.stream)), this,
        [this, stream = event.stream] { m_session.skipStream(stream); });
}

void BranchActions::fillMenu(QMenu& menu, const QString& stream)
{
    menu.addAction(icon(Symbol::Branch), tr("Skip This Stream on a Branch"), this,
        [this, stream] { m_session.skipStream(stream); });
}

void BranchActions::withEventAt(
    Position position, const std::function<void(const Event&)>& then)
{
    m_client.run<QList<Event>>(
        StoreClient::Lane::Interactive, this,
        [position](EventStore& store, const CancelToken&) { return store.readAt({ position }); },
        [this, position, then](const Result<QList<Event>>& events) {
            if (!events)
                emit failed(events.error());
            else if (events->isEmpty())
                emit failed({ ErrorCode::NotFound,
                    tr("There is no event %1.").arg(positionText(position)) });
            else
                then(events->first());
        });
}

EventDialog* BranchActions::openDialog(EventDialog::Purpose purpose, const Event& event)
{
    Event proposed = event;
    if (purpose == EventDialog::Purpose::Insert)
        proposed.metadata = "{}";
    m_dialog = new EventDialog(purpose, proposed, m_window);
    m_dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(m_dialog, &QDialog::accepted, this,
        [this, dialog = m_dialog.data(), purpose, position = event.position] {
            if (purpose == EventDialog::Purpose::Insert)
                m_session.insertBehind(position, { dialog->event() });
            else
                m_session.change(position, dialog->event());
        });
    m_dialog->open();
    return m_dialog;
}

void BranchActions::edit(Position position)
{
    withEventAt(position,
        [this](const Event& event) { openDialog(EventDialog::Purpose::Change, event); });
}

void BranchActions::insertBehind(Position position)
{
    withEventAt(position,
        [this](const Event& event) { openDialog(EventDialog::Purpose::Insert, event); });
}

QByteArray BranchActions::draft() const
{
    return m_dialog && m_dialog->isVisible() ? m_dialog->draft() : m_draft;
}

void BranchActions::restoreDraft(const QByteArray& draft)
{
    if (m_dialog && m_dialog->isVisible())
        return; // It never was away.
    m_draft = draft;
    const auto typed = draft.isEmpty() ? Result<JsonValue>(JsonValue()) : parseJson(viewOf(draft));
    const auto subject = typed ? EventDialog::subjectOf(*typed) : std::nullopt;
    if (!subject)
        return;
    m_client.run<QList<Event>>(
        StoreClient::Lane::Interactive, this,
        [position = subject->position](
            EventStore& store, const CancelToken&) { return store.readAt({ position }); },
        [this, draft, typed = *typed, subject = *subject](const Result<QList<Event>>& events) {
            if (m_draft != draft || !events || events->isEmpty()
                || events->first().id != subject.id)
                return;
            m_draft.clear();
            openDialog(subject.purpose, events->first())->restoreDraft(typed);
        });
}

void BranchActions::askAppend()
{
    struct Preview {
        BranchAppend append;
        BranchAppend shown;
    };
    m_client.run<Preview>(
        StoreClient::Lane::Interactive, this,
        [masks = m_client.masks()](EventStore& store, const CancelToken&) -> Result<Preview> {
            auto* branch = dynamic_cast<BranchEventStore*>(&trueStore(store));
            const auto append
                = branch ? previewAppend(*branch) : Result<BranchAppend>(BranchAppend());
            if (!append)
                return append.error();
            return Preview { *append, maskedAppend(*append, *masks) };
        },
        [this, masks = m_client.masks()](const Result<Preview>& preview) {
            if (!preview)
                emit failed(preview.error());
            else if (!preview->append.refusal.isEmpty())
                emit failed({ ErrorCode::Unsupported, preview->append.refusal });
            else if (masks != m_client.masks())
                askAppend(); // Other masks hold by now.
            else
                showAppend(preview->append, preview->shown);
        });
}

void BranchActions::showAppend(const BranchAppend& append, const BranchAppend& shown)
{
    auto* dialog = new AppendDialog(shown, m_session.mainLocation(), m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog, append] {
        if (dialog->isRebase())
            m_session.rebase();
        else
            this->append(append);
    });
    dialog->open();
}

void BranchActions::append(const BranchAppend& append)
{
    // A token of our own: a job whose client token is cancelled answers nothing.
    m_cancelAppend = CancelToken();
    m_isAppending = true;
    m_client.run<AppendAllOutcome>(
        StoreClient::Lane::Background, this,
        [append, location = m_session.mainLocation(), cancel = m_cancelAppend](
            EventStore&, const CancelToken&) -> Result<AppendAllOutcome> {
            return appendAtHead(location, append, cancel);
        },
        [this, append](const Result<AppendAllOutcome>& outcome) {
            m_isAppending = false;
            if (!outcome) {
                emit failed(outcome.error());
                return;
            }
            if (std::holds_alternative<QList<VersionConflict>>(*outcome)) {
                askAppend(); // Which shows what moved.
                return;
            }
            const auto& done = std::get<Appended>(*outcome);
            const QString what = tr("Appended %1, %2 to %3")
                                     .arg(eventsText(append.request.events.size()),
                                         positionText(done.first), positionText(done.last));
            // What a command put on the branch meanwhile is not thrown away with it.
            if (m_session.revision() != append.revision) {
                emit said(tr("%1; the branch has got other events since, and stays").arg(what));
                return;
            }
            // Opening the log again has its own word, which would be the last one.
            connect(
                &m_session, &BranchSession::changed, this,
                [this, what] {
                    QMetaObject::invokeMethod(
                        this, [this, what] { emit said(what); }, Qt::QueuedConnection);
                },
                Qt::SingleShotConnection);
            m_session.forget();
        });
}

} // namespace eventloupe
