#pragma once

#include <QCoreApplication>

namespace eventloupe {

/// The translation context of every message of this room.
struct EncodingText {
    Q_DECLARE_TR_FUNCTIONS(Encoding)
};

} // namespace eventloupe
