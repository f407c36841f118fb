#include "command/commandmasks.h"

#include "mask/masks.h"

namespace eventloupe {

CommandMasks::CommandMasks(const Evolver& evolver, const CommandRequest& request)
    : m_masks(evolver.workspace()->masks())
    , m_command(request.name)
{
    const CommandDefinition* command = evolver.workspace()->command(request.name);
    m_hidesFailures = command && !m_masks->isEmpty()
        && (command->category.isEmpty() || m_masks->hidesFailuresOf(command->category));
}

Accepted CommandMasks::shown(Accepted accepted) const
{
    if (m_masks->isEmpty())
        return accepted;
    const QString category = categoryOf(accepted.stream);
    for (NewEvent& event : accepted.events)
        (void)m_masks->ofEvent(event.type, category).mask(event.data, event.metadata);
    return accepted;
}

Rejected CommandMasks::shown(Rejected rejected) const
{
    // What breaks the schema is what was typed.
    if (rejected.violations.isEmpty() && m_masks->hidesMessagesOf(m_command))
        rejected.message = Masks::hiddenReason();
    return rejected;
}

Error CommandMasks::shown(Error error) const
{
    const bool isOfRules = error.code == ErrorCode::InvalidInput
        || error.code == ErrorCode::InvalidArgument || error.code == ErrorCode::Unsupported;
    if (m_hidesFailures && isOfRules)
        error.message
            = QStringLiteral("commands/%1.json: %2").arg(m_command, Masks::hiddenReason());
    return error;
}

} // namespace eventloupe
