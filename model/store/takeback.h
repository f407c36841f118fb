#pragma once

#include "value/result.h"

#include <QString>

#include <functional>

namespace eventloupe {

/// Removes a store that was made for events that did not come.
using TakeBack = std::function<void()>;

/// Makes an empty store in a file that is not there. What it gives removes that store, unless it
/// holds events by then or anybody has it open. AlreadyExists where something has the name, whoever
/// made it. Any thread.
[[nodiscard]] Result<TakeBack> makeForEvents(const QString& location);

/// Looks at `location` before a store is opened there with OpenMode::Create. What it gives removes
/// the store that was made, unless it holds events by then, and does nothing where one was there
/// before. A missing file is made at once (makeForEvents()): of several processes that find none,
/// one has made it, and no other may remove it. Fails where opening would, since a folder cannot be
/// written, a server does not answer or wants another password: nobody is to be asked twice. Any
/// thread.
[[nodiscard]] Result<TakeBack> takeBackOf(const QString& location);

/// A kind of store whose locations are no files; see StoreKind.
struct TakeBackKind {
    QString name; ///< For programmers; a kind is added once.
    std::function<bool(const QString& location)> claims;
    std::function<Result<TakeBack>(const QString& location)> look;
};

/// Called at start, before any store is opened: not safe beside takeBackOf().
void addTakeBackKind(TakeBackKind kind);

} // namespace eventloupe
