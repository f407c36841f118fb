#include "ui/command/commandpanel.h"

#include "ui/base/infobar.h"
#include "ui/base/plaintext.h"
#include "ui/command/commandpicker.h"
#include "ui/command/previewview.h"
#include "ui/command/schemaform.h"
#include "ui/command/streamfields.h"

#include <QAction>
#include <QMap>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>

#include <utility>

namespace eventloupe {

void CommandPanel::setStore(const StoreCondition& store)
{
    m_store = store;
    m_isTroubled = false;
    // Another store answers nothing that this one was asked.
    setBusy(false);
    hush();
    showCondition();
    dataChanged();
}

void CommandPanel::setOnBranch(bool isOnBranch)
{
    if (std::exchange(m_isOnBranch, isOnBranch) != isOnBranch)
        showPast();
}

void CommandPanel::setActor(const QString& actor)
{
    m_actor = actor;
    m_context.actor = actor;
}

void CommandPanel::setPrefill(const QString& stream)
{
    m_stream = stream;
    applyPrefill();
    showTarget();
}

bool CommandPanel::selectCommand(const QString& name)
{
    return m_picker->select(name);
}

const CommandDefinition* CommandPanel::command() const
{
    return m_handler.workspace()->command(m_shown);
}

CommandRequest CommandPanel::request() const
{
    return { m_shown, m_form->data(), m_context, std::nullopt };
}

void CommandPanel::showWorkspace()
{
    keepDraft();
    m_shown.clear();
    m_picker->setWorkspace(m_handler.workspace());
    if (m_picker->select(m_wanted))
        m_wanted.clear();
    showCondition();
}

void CommandPanel::showCondition()
{
    const auto obstacle = obstacleText(m_store, *m_handler.workspace());
    m_empty->setText(obstacle);
    m_pages->setCurrentIndex(obstacle.isEmpty() ? 1 : 0);
    // A form that is not shown asks for no room.
    for (int i = 0; i < m_pages->count(); ++i) {
        const bool isShown = i == m_pages->currentIndex();
        m_pages->widget(i)->setSizePolicy(
            QSizePolicy::Preferred, isShown ? QSizePolicy::Preferred : QSizePolicy::Ignored);
    }
    if (!isPast() && m_offer == Offer::IssueAtHead)
        hush();
    showPast();
}

void CommandPanel::showPast()
{
    const bool past = isPast();
    m_past->setText(
        past ? pastText(m_cursor.position(), m_cursor.head(), m_isOnBranch) : QString());
    // The question says the same.
    m_past->setVisible(past && m_offer != Offer::IssueAtHead);
    m_issue->setVisible(m_offer != Offer::IssueAtHead);
    m_issue->setText(!past     ? tr("Issue")
            : m_isOnBranch ? tr("Issue at the branch's end…")
                           : tr("Issue at the head…"));
}

void CommandPanel::showCommand(const QString& name)
{
    keepDraft();
    hush();
    m_shown = name;
    m_context = CommandContext::make(m_actor);
    m_contextUsed = false;
    const auto* shown = command();
    if (shown == nullptr) {
        m_shown.clear();
        m_form->setSchema(Schema());
        return;
    }
    QSet<QByteArray> named;
    if (!beginsStream(*shown)) {
        for (const auto& field : streamFields(*shown))
            named.insert(field.toText());
    }
    m_form->setSchema(shown->schema, named, needsStream(*shown));
    if (m_drafts.contains(name))
        m_form->restore(m_drafts.value(name));
    applyPrefill();
    threadTabs();
}

void CommandPanel::keepDraft()
{
    if (!m_shown.isEmpty())
        m_drafts.insert(m_shown, m_form->draft());
}

void CommandPanel::applyPrefill()
{
    const auto* shown = command();
    if (shown == nullptr || m_stream.isEmpty() || beginsStream(*shown))
        return;
    for (const auto& [place, text] : fieldsOfStream(*shown, m_stream))
        m_form->prefill(place, text);
}

/// Data that somebody types is about one aggregate, whatever is selected later.
void CommandPanel::keepTarget()
{
    const auto* shown = command();
    if (shown == nullptr || beginsStream(*shown) || !m_form->isTouched())
        return;
    for (const auto& field : streamFields(*shown))
        m_form->keep(field);
}

void CommandPanel::showTarget()
{
    const auto* shown = command();
    const bool mayDiffer = shown != nullptr && !beginsStream(*shown) && m_form->isTouched()
        && !fieldsOfStream(*shown, m_stream).isEmpty();
    const auto target = mayDiffer ? streamOf(*shown, m_form->data()) : QString();
    if (target.isEmpty() || target == m_stream) {
        m_target->hide();
        return;
    }
    m_target->show(InfoBar::Kind::Information,
        tr("This is for %1; the selection is %2.").arg(visibleText(target), visibleText(m_stream)),
        m_form->editAsJson()->isChecked() ? QString() : tr("Use the selection"));
}

void CommandPanel::takeSelection()
{
    for (const auto& [place, text] : fieldsOfStream(*command(), m_stream))
        m_form->fill(place, text);
    showTarget();
}

QByteArray CommandPanel::saveDraft() const
{
    // In one order, so that what is the same is no change.
    QMap<QString, JsonValue> all;
    for (auto draft = m_drafts.cbegin(); draft != m_drafts.cend(); ++draft)
        all.insert(draft.key(), draft.value());
    auto saved = JsonValue::emptyObject();
    if (!m_shown.isEmpty()) {
        all.insert(m_shown, m_form->draft());
        saved.insert("command", JsonValue::fromString(m_shown));
    }
    auto drafts = JsonValue::emptyObject();
    for (auto draft = all.cbegin(); draft != all.cend(); ++draft)
        drafts.insert(draft.key().toUtf8(), draft.value());
    saved.insert("drafts", drafts);
    return saved.toJson();
}

void CommandPanel::dataChanged()
{
    // What was issued under this id may be stored; other data is another command.
    if (m_contextUsed && !m_busy) {
        m_context = CommandContext::make(m_actor);
        m_contextUsed = false;
    }
    if (m_offer == Offer::DecideAgain || m_offer == Offer::IssueAtHead)
        hush();
    keepTarget();
    showTarget();
    updatePreview();
}

void CommandPanel::updatePreview()
{
    const bool complete
        = !m_shown.isEmpty() && m_form->isValid() && m_pages->currentIndex() == 1 && !m_busy;
    if (complete && !m_contextUsed)
        m_context.now = Timestamp::now();
    m_preview->setRequest(complete ? std::optional(request()) : std::nullopt);
}

void CommandPanel::renewPreview()
{
    if (isVisible() && !m_contextUsed && m_preview->seenVersion())
        updatePreview();
}

} // namespace eventloupe
