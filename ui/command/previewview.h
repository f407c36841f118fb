#pragma once

#include "command/commandhandler.h"

#include <QPlainTextEdit>
#include <QTimer>

#include <optional>

namespace eventloupe {

/// Shows the events that a command would append, or why it would be refused. It is asked again
/// when nobody has changed the command for a moment. GUI thread.
class PreviewView final : public QPlainTextEdit {
    Q_OBJECT

public:
    explicit PreviewView(CommandHandler& handler, QWidget* parent = nullptr);

    /// What to preview from now on; nothing while the command's data is not complete.
    void setRequest(const std::optional<CommandRequest>& request);
    /// The stream's version that the shown events were decided on; nothing while no accepted
    /// preview of the present request is shown.
    [[nodiscard]] std::optional<StreamVersion> seenVersion() const { return m_seenVersion; }

private:
    void ask();
    void showPreview(const CommandPreview& preview);
    void showText(const QString& text);

    CommandHandler& m_handler;
    std::optional<CommandRequest> m_request;
    std::optional<StreamVersion> m_seenVersion;
    bool m_isAsked = false; ///< An answer about the present request is due, or shown.
    QTimer m_debounce;
};

} // namespace eventloupe
