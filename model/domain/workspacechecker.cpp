#include "domain/workspacechecker.h"

#include "domain/domaintext.h"
#include "value/aside.h"

#include <memory>
#include <utility>

namespace eventloupe {

WorkspaceChecker::WorkspaceChecker(QObject* parent)
    : QObject(parent)
{
}

WorkspaceChecker::~WorkspaceChecker()
{
    m_token.cancel();
}

void WorkspaceChecker::setFolder(const QString& folder)
{
    if (folder == m_folder)
        return;
    drop();
    m_folder = folder;
    emit folderChanged();
}

void WorkspaceChecker::drop()
{
    m_token.cancel();
    m_token = CancelToken();
    ++m_generation;
    m_isRunning = false;
}

void WorkspaceChecker::cancel()
{
    if (!m_isRunning)
        return;
    drop();
    emit failed({ ErrorCode::Cancelled, DomainText::tr("the check was cancelled") });
}

void WorkspaceChecker::check()
{
    drop();
    if (m_folder.isEmpty())
        return;
    m_isRunning = true;
    emit started();
    runAside(
        this, [folder = m_folder, token = m_token] { return checkWorkspace(folder, token); },
        [this, generation = m_generation](const Result<WorkspaceCheck>& check) {
            if (m_generation == generation)
                take(check);
        });
}

void WorkspaceChecker::take(const Result<WorkspaceCheck>& check)
{
    m_isRunning = false;
    if (check)
        emit finished(std::make_shared<const WorkspaceCheck>(*check));
    else
        emit failed(check.error());
}

} // namespace eventloupe
