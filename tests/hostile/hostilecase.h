#pragma once

#include "hostile/childrun.h"

#include <QList>

namespace eventloupe {

/// A row of the table: what somebody hands the program, and what must come of it.
struct HostileCase {
    QByteArray name;
    QStringList words; ///< Of the command line, in a folder that holds the store s.eventlog.
    int code = 1; ///< The program's exit code.
    QByteArray says; ///< What its messages must hold.
    std::function<void(const Feed&)> input; ///< What comes by standard input.
    std::function<void(const QString& folder)> prepare; ///< Makes other files.
    bool isLarge = false; ///< For tests/hostile/run.sh alone.
    bool isStored = false; ///< It is no fault: the store grows.
    double most = 300; ///< Megabytes of memory that it may take.
};

/// How long any of them may take until it is refused, of a processor.
constexpr double mostSeconds = 10;

[[nodiscard]] QList<HostileCase> hostileFiles(); ///< To import.
[[nodiscard]] QList<HostileCase> hostileStores(); ///< Databases in place of a store.
[[nodiscard]] QList<HostileCase> hostileWorkspaces(); ///< And expressions and schemas.

/// What happened, and what of it must not: empty where all is well.
struct HostileOutcome {
    ChildRun run;
    QByteArray fault;
};
/// Runs a row in a folder of its own, with a store of three events in it that must stay the same to
/// the byte, unless the row is stored; then it must verify.
[[nodiscard]] HostileOutcome runCase(const HostileCase& row);

} // namespace eventloupe
