#include "command/commandhandler.h"

namespace eventloupe {

CommandHandler::CommandHandler(StoreClient& client, QObject* parent)
    : QObject(parent)
    , m_client(client)
    , m_evolver(std::make_shared<const Evolver>(Workspace::empty()))
    , m_memo(std::make_shared<CommandMemo>())
{
    connect(&client, &StoreClient::opened, this, &CommandHandler::forget);
    connect(&client, &StoreClient::closed, this, &CommandHandler::forget);
}

CommandHandler::~CommandHandler()
{
    m_previewToken.cancel();
}

void CommandHandler::setWorkspace(const std::shared_ptr<const Workspace>& workspace)
{
    m_evolver = std::make_shared<const Evolver>(workspace);
    forget();
    emit workspaceChanged();
}

const std::shared_ptr<const Workspace>& CommandHandler::workspace() const
{
    return m_evolver->workspace();
}

void CommandHandler::preview(const CommandRequest& request)
{
    m_previewToken.cancel();
    m_previewToken = m_client.run<CommandPreview>(
        StoreClient::Lane::Interactive, this,
        [evolver = m_evolver, memo = m_memo, request](EventStore& store, const CancelToken&) {
            return previewCommand(store, *evolver, request, memo.get());
        },
        [this](const Result<CommandPreview>& answer) {
            if (answer)
                emit previewed(*answer);
            else
                emit previewFailed(answer.error());
        });
}

void CommandHandler::issue(const CommandRequest& request)
{
    m_client.run<CommandOutcome>(
        StoreClient::Lane::Interactive, this,
        [evolver = m_evolver, memo = m_memo, request](EventStore& store, const CancelToken&) {
            return handleCommand(store, *evolver, request, memo.get());
        },
        [this, request](const Result<CommandOutcome>& answer) {
            if (!answer) {
                emit failed(request, answer.error());
                return;
            }
            m_client.checkForGrowth();
            emit finished(request, *answer);
        });
}

/// Another store or other rules: what was folded belongs to neither. A job under way keeps its own.
void CommandHandler::forget()
{
    m_previewToken.cancel();
    m_memo = std::make_shared<CommandMemo>();
}

} // namespace eventloupe
