#pragma once

#include <QCoreApplication>

namespace eventloupe {

/// The translation context of every message of this room.
struct DescribeText {
    Q_DECLARE_TR_FUNCTIONS(Describe)
};

} // namespace eventloupe
