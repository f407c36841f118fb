#pragma once

#include "domain/writetrace.h"

#include <QByteArray>
#include <QList>

namespace eventloupe {

/// What an event's writes did to a field.
struct FieldOrigin {
    bool isSet = false; ///< Wrote it, what it is a part of, or something inside of it.
    /// It is an element that came into its list, or is inside of one: it was nowhere before.
    bool isNew = false;
};

/// Goes back over what one event wrote: `tokens` leads to a field after the event, and then to
/// where it was before. By the rules of BlameTree.
[[nodiscard]] FieldOrigin goBack(const WriteTrace& writes, QList<QByteArray>& tokens);

} // namespace eventloupe
