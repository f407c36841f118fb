#pragma once

#include <QCoreApplication>

namespace eventloupe {

/// The translation context of every message of this room.
struct DomainText {
    Q_DECLARE_TR_FUNCTIONS(Domain)
};

} // namespace eventloupe
