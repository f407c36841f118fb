#pragma once

#include "value/event.h"

#include <QStringList>

namespace eventloupe {

/// The events that a filter's expression gave neither true nor false for; they do not fit.
struct FilterFailures {
    struct Kind {
        qint64 events = 0;
        Position first = 0; ///< The one with the lowest position; 0 where there is none.
        QString reason; ///< Why the first failed, for people.

        /// Those of another part of the log.
        void add(const Kind& others);
    };
    Kind missing; ///< A field or an element was asked for that is not there.
    Kind failed; ///< It failed for another reason, or gave a number, a text, ...

    void add(const FilterFailures& others);
    /// For people, failures first: "`subject` could not be evaluated for 12 events, the first at
    /// position 7: no such key 'amount' (column 6)". Empty where all went well.
    [[nodiscard]] QStringList toTexts(const QString& subject) const;
};

} // namespace eventloupe
