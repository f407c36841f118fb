#pragma once

#include <QCoreApplication>

namespace eventloupe {

/// The translation context of every message of this room.
struct ServerText {
    Q_DECLARE_TR_FUNCTIONS(ServerStore)
};

} // namespace eventloupe
