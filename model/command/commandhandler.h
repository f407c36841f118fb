#pragma once

#include "command/handlecommand.h"
#include "store/storeclient.h"

#include <QObject>

#include <memory>

namespace eventloupe {

/// Carries out commands of the window: hands them to the store's worker and tells what came of it.
/// GUI thread.
class CommandHandler final : public QObject {
    Q_OBJECT

public:
    explicit CommandHandler(StoreClient& client, QObject* parent = nullptr);
    ~CommandHandler() override;

    void setWorkspace(const std::shared_ptr<const Workspace>& workspace);
    /// Never null.
    [[nodiscard]] const std::shared_ptr<const Workspace>& workspace() const;

    /// Decides without appending; answers with previewed(). A newer preview drops an older one.
    void preview(const CommandRequest& request);
    /// Answers with finished() or failed(). Appends are never dropped.
    void issue(const CommandRequest& request);

signals:
    void previewed(const eventloupe::CommandPreview& preview);
    void previewFailed(const eventloupe::Error& error);
    void finished(
        const eventloupe::CommandRequest& request, const eventloupe::CommandOutcome& outcome);
    void failed(const eventloupe::CommandRequest& request, const eventloupe::Error& error);
    void workspaceChanged();

private:
    void forget();

    StoreClient& m_client;
    std::shared_ptr<const Evolver> m_evolver;
    std::shared_ptr<CommandMemo> m_memo; ///< Used by jobs of one lane only, one at a time.
    CancelToken m_previewToken;
};

} // namespace eventloupe
