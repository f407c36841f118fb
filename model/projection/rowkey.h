#pragma once

#include "projection/celltexts.h"
#include "projection/keytable.h"
#include "value/event.h"

#include <vector>

namespace eventloupe {

/// A row's key as an event has it.
struct RowKey {
    Cell cell;
    QByteArray text; ///< Of a long one, instead.
    bool isNumber = false; ///< `text` is the JSON of a large integer.

    [[nodiscard]] KeyTable::Key view() const { return { cell, viewOf(text), isNumber }; }
    [[nodiscard]] Cell cellIn(CellTexts& texts) const
    {
        if (text.isEmpty())
            return cell;
        return isNumber ? texts.cellOfJson(viewOf(text)) : texts.cellOfText(viewOf(text));
    }
    friend bool operator==(const RowKey&, const RowKey&) = default;
};

/// Adds the key that a value is, once; null is none. False where it cannot be a key, and why.
[[nodiscard]] bool addRowKey(std::vector<RowKey>& keys, const Value& value, QString& reason);

} // namespace eventloupe
