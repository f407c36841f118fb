#pragma once

#include <QCoreApplication>

namespace eventloupe {

/// The translation context of every message of this room.
struct ProjectionText {
    Q_DECLARE_TR_FUNCTIONS(Projection)
};

} // namespace eventloupe
