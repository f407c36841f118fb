#include "projection/rowkey.h"

#include "projection/projectiontext.h"
#include "value/json.h"

#include <algorithm>
#include <cmath>

namespace eventloupe {

bool addRowKey(std::vector<RowKey>& keys, const Value& value, QString& reason)
{
    RowKey key;
    switch (value.type()) {
    case ValueType::Null:
        return true;
    case ValueType::Bool:
        key.cell = Cell::ofBool(value.toBool());
        break;
    case ValueType::String:
        key.text = value.toUtf8();
        key.text.detach(); // It may be the event's own bytes.
        break;
    case ValueType::Int:
    case ValueType::UInt:
    case ValueType::Double:
    case ValueType::Timestamp: {
        const double number = value.toDouble();
        const bool isWhole = value.type() == ValueType::Double && std::trunc(number) == number
            && std::abs(number) < 1e15;
        const auto cell = isWhole             ? Cell::ofInteger(static_cast<qint64>(number))
            : value.type() == ValueType::Int  ? Cell::ofInteger(value.toInt())
            : value.type() == ValueType::UInt ? Cell::ofUnsigned(value.toUInt())
                                              : std::nullopt;
        const auto json = value.toJson();
        if (cell)
            key.cell = *cell;
        else if (json && value.type() == ValueType::Double)
            key.cell = Cell::ofDouble(number);
        else if (json)
            key.text = json->isString() ? json->toUtf8() : json->toJson();
        else
            reason = json.error().message;
        key.isNumber = !cell && json && json->isNumber() && value.type() != ValueType::Double;
        if (!json)
            return false;
        break;
    }
    default:
        reason = ProjectionText::tr("a key is a text, a number, a boolean or a time");
        return false;
    }
    if (key.cell.kind() == Cell::Kind::Missing && !key.isNumber) {
        if (const auto cell = Cell::ofShortText(viewOf(key.text))) {
            key.cell = *cell;
            key.text.clear();
        }
    }
    if (std::find(keys.begin(), keys.end(), key) == keys.end())
        keys.push_back(std::move(key));
    return true;
}

} // namespace eventloupe
