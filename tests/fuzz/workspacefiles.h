#pragma once

#include "domain/workspace.h"

#include <QByteArrayList>

#include <array>
#include <cstddef>
#include <cstdint>

namespace eventloupe {

/// A definition file of a small workspace that is good.
struct WorkspaceFile {
    const char* path; ///< Relative to the workspace.
    const char* good; ///< What it says.
};

/// One of each kind of definition.
[[nodiscard]] const std::array<WorkspaceFile, 6>& workspaceFiles();

/// Which of them the first byte of an input means; the rest of the input is its text.
[[nodiscard]] inline const WorkspaceFile& workspaceFileOf(std::uint8_t byte)
{
    return workspaceFiles().at(byte % workspaceFiles().size());
}

/// A problem says what it is, and where.
void requireTold(const QList<WorkspaceProblem>& problems);

/// Inputs of that form: theirs, and the definitions of the workspaces that we bring.
[[nodiscard]] QByteArrayList workspaceSeeds();

} // namespace eventloupe
