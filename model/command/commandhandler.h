#pragma once

#include "domain/decider.h"
#include "store/eventstore.h"
#include "store/storeclient.h"

#include <QObject>

#include <memory>
#include <variant>

namespace eventloupe {

/// A command that someone wants carried out.
struct CommandRequest {
    QString name;
    JsonValue data = JsonValue::emptyObject();
    CommandContext context;
    /// Set when the writer has seen the stream at a version and insists on it.
    std::optional<StreamVersion> expected;
};

/// A command as decided against the stream's present state, not yet appended.
struct CommandPreview {
    Decision decision;
    StreamVersion version = 0; ///< The stream's version that was decided on.
};

/// What became of a command.
struct CommandDone {
    Appended appended;
    Accepted accepted;
};
using CommandOutcome = std::variant<CommandDone, Rejected, VersionConflict>;

/// Loads the stream's state, and decides. On a store's thread.
[[nodiscard]] Result<CommandPreview> previewCommand(
    EventStore& store, const Evolver& evolver, const CommandRequest& request);
/// Loads, decides, appends with the version it decided on. On a store's thread.
[[nodiscard]] Result<CommandOutcome> handleCommand(
    EventStore& store, const Evolver& evolver, const CommandRequest& request);

/// Carries out commands of the window: hands them to the store's worker and tells what came of it.
/// GUI thread.
class CommandHandler final : public QObject {
    Q_OBJECT

public:
    CommandHandler(StoreClient& client, QObject* parent = nullptr);

    void setWorkspace(const std::shared_ptr<const Workspace>& workspace);
    [[nodiscard]] const std::shared_ptr<const Workspace>& workspace() const;

    /// Decides without appending; answers with previewed(). A newer preview drops an older one.
    void preview(const CommandRequest& request);
    /// Answers with finished() or failed(). Appends are never dropped.
    void issue(const CommandRequest& request);

signals:
    void previewed(const eventloupe::CommandPreview& preview);
    void previewFailed(const eventloupe::Error& error);
    void finished(const eventloupe::CommandRequest& request,
        const eventloupe::CommandOutcome& outcome);
    void failed(const eventloupe::CommandRequest& request, const eventloupe::Error& error);
    void workspaceChanged();

private:
    StoreClient& m_client;
    std::shared_ptr<const Evolver> m_evolver;
    CancelToken m_previewToken;
};

} // namespace eventloupe
