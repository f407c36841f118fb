#pragma once

#include "command/handlecommand.h"

namespace eventloupe {

/// What of a command's outcome may be shown: it was decided on the state itself.
class CommandMasks {
public:
    CommandMasks(const Evolver& evolver, const CommandRequest& request);

    [[nodiscard]] Accepted shown(Accepted accepted) const;
    [[nodiscard]] Rejected shown(Rejected rejected) const;
    /// A fault of a definition, whose words may quote the state; others stay.
    [[nodiscard]] Error shown(Error error) const;

private:
    std::shared_ptr<const Masks> m_masks;
    QString m_command;
    bool m_hidesFailures = false;
};

} // namespace eventloupe
