// MainWindow: what was selected and typed beside the log, the filter and the forms, and comes back
// with the store after the program ended, however it did.

#include "store/storeclient.h"
#include "time/marks.h"
#include "ui/base/infobar.h"
#include "ui/base/plaintext.h"
#include "ui/branch/branchactions.h"
#include "ui/domain/domainpanel.h"
#include "ui/log/filterbar.h"
#include "ui/state/statepanel.h"
#include "ui/time/markspanel.h"
#include "ui/watch/watchpanel.h"
#include "ui/window/mainwindow.h"
#include "ui/window/placekeeper.h"
#include "ui/window/session.h"
#include "value/event.h"
#include "value/json.h"

#include <QLineEdit>
#include <QTimer>

namespace eventloupe {

void MainWindow::connectKept()
{
    m_keeper->add(
        QStringLiteral("field"), [this] { return m_state->keptField(); },
        [this](const QByteArray& pointer) { m_state->selectField(pointer); });
    m_keeper->add(
        QStringLiteral("filter"), [this] { return m_filterBar->text().toUtf8(); },
        [this](const QByteArray& text) {
            if (!text.isEmpty())
                m_filterBar->apply(QString::fromUtf8(text));
        });
    auto* watch = findChild<WatchPanel*>()->findChild<QLineEdit*>(QStringLiteral("watchEdit"));
    m_keeper->add(
        QStringLiteral("watch"), [watch] { return watch->text().toUtf8(); },
        [watch](const QByteArray& text) { watch->setText(QString::fromUtf8(text)); });
    m_keeper->add(
        QStringLiteral("definitions"), [this] { return m_domain->unsavedTexts(); },
        [this](const QByteArray& texts) { m_domain->restoreTexts(texts); });
    auto* branch = findChild<BranchActions*>();
    m_keeper->add(
        QStringLiteral("event"), [branch] { return branch->draft(); },
        [branch](const QByteArray& draft) { branch->restoreDraft(draft); });
    connectKeptNote();
    const QString trouble = m_session.takeTrouble();
    warn(trouble);
    // Opening a store puts away what the bar says.
    if (!trouble.isEmpty())
        connect(
            &m_parts.client, &StoreClient::opened, this,
            [this, trouble] { QTimer::singleShot(0, this, [=, this] { warn(trouble); }); },
            Qt::SingleShotConnection);
    connect(&m_session, &Session::failed, this, [this](const QString& reason) {
        warn(tr("What is open and typed here cannot be kept for the next start: %1").arg(reason));
    });
}

/// The note of a mark, while it is written.
void MainWindow::connectKeptNote()
{
    m_keeper->add(
        QStringLiteral("note"),
        [this] {
            const auto draft = m_marksPanel->noteDraft();
            if (!draft)
                return m_keptNote;
            auto kept = JsonValue::emptyObject();
            kept.insert("position", JsonValue::fromInt(draft->first));
            kept.insert("text", JsonValue::fromString(draft->second));
            return kept.toJson();
        },
        [this](const QByteArray& draft) { m_keptNote = draft; });
    connect(m_marks, &Marks::changed, this, [this] {
        if (!m_marks->isRead())
            return; // What is known of them before has no notes.
        const auto kept = m_keptNote.isEmpty() ? Result<JsonValue>(JsonValue())
                                               : parseJson(viewOf(m_keptNote));
        const auto* position = kept ? kept->find("position") : nullptr;
        const auto* text = kept ? kept->find("text") : nullptr;
        if (!position || position->type() != JsonValue::Type::Int || !text || !text->isString()
            || !m_marks->all().contains(position->toInt()))
            return;
        // After the window that opens has placed its panels and the keyboard.
        QTimer::singleShot(0, this, [this, position = position->toInt(), text = text->toString()] {
            m_keptNote.clear();
            if (!m_marks->all().contains(position))
                return;
            markWithNote(position);
            m_marksPanel->typeNote(text);
        });
    });
}

void MainWindow::warn(const QString& message)
{
    if (!message.isEmpty())
        m_info->show(InfoBar::Kind::Warning, visibleText(message));
}

} // namespace eventloupe
