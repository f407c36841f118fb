#pragma once

#include <QCoreApplication>

namespace eventloupe {

/// The translation context of every message of this room.
struct WatchText {
    Q_DECLARE_TR_FUNCTIONS(Watch)
};

} // namespace eventloupe
