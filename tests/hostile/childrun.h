#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <functional>
#include <string_view>

namespace eventloupe {

/// Takes a piece of a child's input; false once the child reads no more.
using Feed = std::function<bool(std::string_view piece)>;

/// How a child ended, and what it took.
struct ChildRun {
    int code = -1; ///< -1: a signal ended it.
    QByteArray out; ///< The first 4 KiB.
    QByteArray err; ///< The first 4 KiB.
    double seconds = 0; ///< By the clock.
    double processorSeconds = 0;
    double megabytes = 0; ///< The most memory that was resident.
};

/// Runs the built program in a folder, as a script does, and feeds its standard input. It ends by
/// force after 120 s of processor time, or when it asks for more than 8 GB of address space, which
/// are failures.
[[nodiscard]] ChildRun runChild(const QString& folder, const QStringList& words,
    const std::function<void(const Feed&)>& input = {});

} // namespace eventloupe
