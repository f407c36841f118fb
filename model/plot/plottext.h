#pragma once

#include <QCoreApplication>

namespace eventloupe {

/// The translation context of every message of this room.
struct PlotText {
    Q_DECLARE_TR_FUNCTIONS(Plot)
};

} // namespace eventloupe
