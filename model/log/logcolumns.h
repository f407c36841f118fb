#pragma once

#include <qnamespace.h>

namespace eventloupe {

// GCC 12 takes a scoped enumerator for one that hides the type of the same name.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wshadow"
/// The log's columns, shared by model, proxies and views.
enum class LogColumn { Position, Time, Stream, Version, Type, Summary, COUNT };
#pragma GCC diagnostic pop

/// Why there is no event in a row's place.
enum class EventLoss {
    None, ///< There is.
    Missing, ///< It was removed: those behind it are there.
    Unreadable, ///< The file is damaged.
};

/// Roles of a log row beside Qt::DisplayRole. Decoration (colour, font, icon) belongs to ui/.
enum LogRole {
    PositionRole = Qt::UserRole + 1, ///< qint64
    EventRole, ///< eventloupe::Event; invalid while the row is not loaded
    IsLoadedRole, ///< bool
    TimeRole, ///< qint64, microseconds UTC
    StreamRole, ///< QString
    CategoryRole, ///< QString
    LossRole, ///< int, an EventLoss; None while the row is not loaded
    FailureRole, ///< QString, why the event could not be folded; empty otherwise
};

} // namespace eventloupe
