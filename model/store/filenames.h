#pragma once

#include <QString>

namespace eventloupe {

/// Why a store's file may be written to by another name as well, for people, to follow "cannot be
/// written: "; empty where it has but one. SQLite's log and its locks on that go by the name of the
/// file: two names are two logs, and what is written by one is lost to the other
/// (https://sqlite.org/howtocorrupt.html, 2.5).
///
/// What a store that was being made left behind is removed. Waits for 100 ms at most while one is
/// made. Any thread.
[[nodiscard]] QString otherNameReason(const QString& path);

/// The same at a glance, for each append: whether there is a reason. A microsecond.
[[nodiscard]] bool hasOtherName(const QString& path);

} // namespace eventloupe
