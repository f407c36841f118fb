#include "ui/command/commandpanel.h"

#include "ui/base/figures.h"
#include "ui/base/infobar.h"
#include "ui/base/plaintext.h"
#include "ui/command/commandpicker.h"
#include "ui/command/previewview.h"
#include "ui/command/schemaform.h"
#include "value/json.h"

#include <QAction>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QStackedWidget>

#include <utility>

// What happens from the press of the button to the answer.

namespace eventloupe {

void CommandPanel::issue()
{
    if (m_busy || m_shown.isEmpty() || m_pages->currentIndex() == 0)
        return;
    if (!m_damage.isEmpty()) {
        showDamage();
        return;
    }
    if (!m_form->isValid()) {
        m_form->showAllReasons();
        say(InfoBar::Kind::Warning,
            m_form->editAsJson()->isChecked()
                ? tr("Not issued: what is told below the JSON text needs mending first.")
                : tr("Not issued: the fields marked ⚠ need another value first."),
            Offer::None);
        m_saidOfForm = true;
        return;
    }
    if (isPast()) {
        say(InfoBar::Kind::Warning,
            tr("%1 Issue it there, or on a branch that goes on from here?")
                .arg(pastText(m_cursor.position(), m_cursor.head(), m_isOnBranch)),
            Offer::IssueAtHead);
        return;
    }
    sendAsPreviewed();
}

void CommandPanel::sendAsPreviewed()
{
    // Whoever issues what the preview shows has seen the stream at that version; a command that is
    // decided again without asking insists on none.
    const auto* shown = command();
    const bool retries = shown != nullptr && shown->retriesOnConflict;
    send(retries ? std::nullopt : m_preview->seenVersion());
}

void CommandPanel::send(std::optional<StreamVersion> expected)
{
    if (!m_damage.isEmpty()) { // Since it was offered.
        hush();
        showDamage();
        return;
    }
    // What the preview shows was decided at its moment, and so is what is appended.
    if (!m_contextUsed && !m_preview->seenVersion())
        m_context.now = Timestamp::now();
    m_contextUsed = true;
    auto sent = request();
    sent.expected = expected;
    m_sentId = m_context.commandId;
    m_sentData = sent.data;
    hush();
    setBusy(true);
    m_handler.issue(sent);
}

void CommandPanel::takeOffer()
{
    switch (m_offer) {
    case Offer::IssueAtHead:
        sendAsPreviewed();
        break;
    case Offer::DecideAgain:
        send(std::nullopt);
        break;
    case Offer::ReuseValues:
        hush();
        if (selectCommand(m_issuedCommand)) {
            m_form->restore(m_issuedDraft);
            applyPrefill();
            m_form->focusFirstEmpty();
        }
        break;
    case Offer::None:
        break;
    }
}

void CommandPanel::takeBackIssued()
{
    if (m_offer != Offer::ReuseValues || m_form->isTouched())
        return;
    hush();
    m_form->restore(m_issuedDraft);
}

void CommandPanel::finish(const CommandRequest& request, const CommandOutcome& outcome)
{
    if (!m_busy || request.context.commandId != m_sentId)
        return;
    setBusy(false);
    if (const auto* done = std::get_if<CommandDone>(&outcome)) {
        finishDone(request, *done);
        return;
    }
    if (const auto* conflict = std::get_if<VersionConflict>(&outcome)) {
        say(InfoBar::Kind::Warning,
            tr("Not issued: %1 Decide it again on the newest state?").arg(conflictText(*conflict)),
            Offer::DecideAgain);
    } else {
        const auto& rejected = std::get<Rejected>(outcome);
        m_form->showViolations(rejected.violations);
        say(InfoBar::Kind::Warning, tr("Rejected: %1").arg(rejectedText(rejected)), Offer::None);
    }
    updatePreview();
}

void CommandPanel::finishDone(const CommandRequest& request, const CommandDone& done)
{
    m_issuedCommand = request.name;
    m_drafts.remove(request.name);
    // What was typed while the command was under way is not thrown away.
    const bool unchanged = m_shown == request.name && m_form->data() == m_sentData;
    m_context = CommandContext::make(m_actor);
    m_contextUsed = false;
    if (unchanged) {
        m_issuedDraft = m_form->draft();
        m_form->reset();
        applyPrefill();
        if (isAncestorOf(focusWidget()))
            m_form->focusFirstEmpty();
        m_area->verticalScrollBar()->setValue(0);
    }
    say(InfoBar::Kind::Information, doneText(done, m_isOnBranch),
        unchanged ? Offer::ReuseValues : Offer::None);
    updatePreview();
    emit issued(done.accepted.stream, done.appended.last);
}

void CommandPanel::fail(const CommandRequest& request, const Error& error)
{
    if (!m_busy || request.context.commandId != m_sentId)
        return;
    setBusy(false);
    say(InfoBar::Kind::Failure, tr("Not issued: %1").arg(error.message), Offer::None);
    updatePreview();
}

void CommandPanel::setBusy(bool busy)
{
    m_busy = busy;
    m_issue->setEnabled(!busy && m_damage.isEmpty());
    showSettling();
}

void CommandPanel::setDamage(const QString& why, const QString& mend)
{
    m_mend = mend;
    if (std::exchange(m_damage, why) == why)
        return;
    if (m_offer == Offer::IssueAtHead || m_offer == Offer::DecideAgain)
        hush();
    showDamage();
}

/// Once more, where it was put away.
void CommandPanel::showDamage()
{
    m_issue->setEnabled(!m_busy && m_damage.isEmpty());
    m_issue->setToolTip(m_damage.isEmpty()
            ? tr("Decide the command and append its events (Ctrl+Return)")
            : plainToolTip(m_damage));
    if (m_damage.isEmpty())
        m_damageBar->hide();
    else
        m_damageBar->show(InfoBar::Kind::Failure, tr("%1 What is typed here stays.").arg(m_damage),
            m_mend);
}

void CommandPanel::setTroubled(bool isTroubled)
{
    m_isTroubled = isTroubled;
    showSettling();
}

/// Whether an append that got no answer was stored is found out by its events' ids; it is never
/// stored twice.
void CommandPanel::showSettling()
{
    const bool isSettling = m_busy && m_isTroubled;
    if (isSettling && !m_saidSettling) {
        say(InfoBar::Kind::Information,
            tr("Settling: the connection was lost while this was being stored. Once the server "
               "answers, its ids tell whether it was; it is stored once, or you are told that it "
               "was not."),
            Offer::None);
    } else if (!isSettling && m_saidSettling) {
        hush();
    }
    m_saidSettling = isSettling;
}

void CommandPanel::say(InfoBar::Kind kind, const QString& text, Offer offer)
{
    m_offer = offer;
    m_saidOfForm = false;
    QString action;
    if (offer == Offer::IssueAtHead)
        action = m_isOnBranch ? tr("Issue at the branch's end") : tr("Issue at the head");
    else if (offer == Offer::DecideAgain)
        action = tr("Decide again");
    else if (offer == Offer::ReuseValues)
        action = tr("Use these values again");
    m_message->show(kind, text, action);
    if (offer == Offer::IssueAtHead)
        m_message->offerAlso(tr("On a branch from %1").arg(positionText(m_cursor.position())));
    showPast();
    if (offer == Offer::IssueAtHead || offer == Offer::DecideAgain)
        m_offerButton->setFocus();
}

void CommandPanel::hush()
{
    m_offer = Offer::None;
    m_saidOfForm = false;
    m_message->hide();
    showPast();
}

void CommandPanel::restoreDraft(const QByteArray& draft)
{
    const auto saved
        = draft.isEmpty() ? Result<JsonValue>(JsonValue::emptyObject()) : parseJson(viewOf(draft));
    if (!saved)
        return;
    // What was typed for another store stays with that one.
    m_drafts.clear();
    if (const auto* drafts = saved->find("drafts")) {
        for (const auto& member : drafts->members())
            m_drafts.insert(QString::fromUtf8(member.key), member.value);
    }
    const auto* name = saved->find("command");
    m_wanted = name != nullptr ? name->toString() : QString();
    // The form that is shown now is not kept: the saved one takes its place.
    m_shown.clear();
    if (m_picker->current() != m_wanted && m_picker->select(m_wanted))
        return;
    showCommand(m_picker->current());
}

} // namespace eventloupe
