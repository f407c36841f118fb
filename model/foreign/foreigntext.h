#pragma once

#include <QCoreApplication>

namespace eventloupe {

/// The translation context of every message of this room.
struct ForeignText {
    Q_DECLARE_TR_FUNCTIONS(ForeignStore)
};

} // namespace eventloupe
