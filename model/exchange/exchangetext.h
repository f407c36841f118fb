#pragma once

#include "value/result.h"

#include <QCoreApplication>

namespace eventloupe {

/// The translation context of what this room says to people.
class ExchangeText {
    Q_DECLARE_TR_FUNCTIONS(Exchange)
};

/// The name of an import's file for people: "-" is standard input.
[[nodiscard]] QString displayedFile(const QString& file);

/// InvalidInput "FILE:LINE: byte N: reason"; line and byte count from 1, the byte in its line.
[[nodiscard]] Error faultAt(const QString& file, qint64 line, qint64 byte, const QString& reason);

} // namespace eventloupe
