#pragma once

#include "command/commandhandler.h"
#include "time/timecursor.h"
#include "ui/base/infobar.h"
#include "ui/command/commandtexts.h"

#include <QHash>
#include <QTimer>
#include <QWidget>

class QPushButton;
class QScrollArea;
class QSplitter;
class QStackedWidget;
class QToolButton;

namespace eventloupe {

class CommandPicker;
class PlainLabel;
class PreviewView;
class SchemaForm;

/// Issues commands: picks one, fills in its form, shows the events that it would append, and tells
/// what became of it. What was typed is kept until its events are stored. GUI thread.
class CommandPanel final : public QWidget {
    Q_OBJECT

public:
    CommandPanel(CommandHandler& handler, TimeCursor& cursor, QWidget* parent = nullptr);

    /// Whether a store is open, and what keeps commands from being issued to it.
    void setStore(const StoreCondition& store);
    /// Whether the store's server does not answer: what was issued and is not answered is settled
    /// once it does.
    void setTroubled(bool isTroubled);
    /// Why the store, which is damaged or was replaced, takes no events by now, and what is offered
    /// to do about it; empty where it does. The form stays, with what is typed in it.
    void setDamage(const QString& why, const QString& mend = {});
    /// Whether the log is a branch, so that its end is not the head of the stored log.
    void setOnBranch(bool isOnBranch);
    /// Who issues the commands, for the events' metadata; may be empty.
    void setActor(const QString& actor);
    /// The stream that the window shows: fields that its name is made of are filled in, unless
    /// someone typed in the form, or the command begins a stream. What a form that was typed in is
    /// about stays, and where that is another stream, the form says so.
    void setPrefill(const QString& stream);
    /// Shows a command's form; false when the workspace has none of that name.
    bool selectCommand(const QString& name);

    /// The command and what is typed for each, for the session.
    [[nodiscard]] QByteArray saveDraft() const;
    /// Takes it back; what no command of the workspace fits waits for one that has it.
    void restoreDraft(const QByteArray& draft);

    /// Has the values that were issued last in the form again, where the panel offers it and
    /// nothing else was typed: what they came to is not stored.
    void takeBackIssued();

public slots:
    /// Issues the command, or shows what keeps it from being issued.
    void issue();

signals:
    /// A command's events are stored.
    void issued(const QString& stream, eventloupe::Position last);
    /// The command is to be issued on a branch that begins at the cursor: issue() once it is open.
    void branchAsked(eventloupe::Position position);
    /// What was offered with setDamage().
    void mendAsked();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    enum class Offer { None, IssueAtHead, DecideAgain, ReuseValues };

    QWidget* makeEmptyPage();
    QWidget* makeFormPage();
    QWidget* makeTopRow();
    QWidget* makeBody();
    void connectAll();
    void threadTabs();

    void showWorkspace();
    void showCommand(const QString& name);
    void showCondition();
    void showPast();
    void keepDraft();
    void applyPrefill();
    void keepTarget();
    void showTarget();
    void takeSelection();

    void dataChanged();
    void updatePreview();
    void renewPreview();

    void sendAsPreviewed();
    void send(std::optional<StreamVersion> expected);
    void takeOffer();
    void finish(const CommandRequest& request, const CommandOutcome& outcome);
    void finishDone(const CommandRequest& request, const CommandDone& done);
    void fail(const CommandRequest& request, const Error& error);
    void setBusy(bool busy);
    void showDamage();
    void showSettling();
    void say(InfoBar::Kind kind, const QString& text, Offer offer);
    void hush();

    [[nodiscard]] const CommandDefinition* command() const;
    [[nodiscard]] bool isPast() const { return m_cursor.position() != m_cursor.head(); }
    [[nodiscard]] CommandRequest request() const;

    CommandHandler& m_handler;
    TimeCursor& m_cursor;
    StoreCondition m_store;
    bool m_isOnBranch = false;
    QString m_damage; ///< Why nothing is issued.
    QString m_mend;
    QString m_actor;
    QString m_stream; ///< That prefills.
    QString m_shown; ///< The command whose form is shown.
    QString m_wanted; ///< The session's command, until a workspace has it.
    QHash<QString, JsonValue> m_drafts; ///< By command.
    JsonValue m_issuedDraft;
    QString m_issuedCommand;
    CommandContext m_context; ///< Of the command as it stands; fixed from its first issue on.
    bool m_contextUsed = false;
    bool m_busy = false;
    bool m_isTroubled = false;
    bool m_saidSettling = false;
    QString m_sentId; ///< Command id of what was issued last.
    JsonValue m_sentData;
    bool m_isSplitByHand = false;
    Offer m_offer = Offer::None;
    bool m_saidOfForm = false; ///< What is told is of the fields, or of the JSON text, as shown.
    QTimer m_renewal;

    QStackedWidget* m_pages;
    PlainLabel* m_empty = nullptr;
    CommandPicker* m_picker = nullptr;
    QToolButton* m_json = nullptr;
    QPushButton* m_issue = nullptr;
    PlainLabel* m_past = nullptr;
    InfoBar* m_target = nullptr; ///< That the form is about another stream than the selected one.
    InfoBar* m_damageBar = nullptr;
    InfoBar* m_message = nullptr;
    QPushButton* m_offerButton = nullptr;
    QSplitter* m_splitter = nullptr;
    QScrollArea* m_area = nullptr; ///< Scrolls the form.
    SchemaForm* m_form = nullptr;
    PreviewView* m_preview = nullptr;
};

} // namespace eventloupe
