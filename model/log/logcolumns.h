#pragma once

#include <qnamespace.h>

namespace eventloupe {

/// The log's columns, shared by model, proxies and views.
enum class LogColumn { Position, Time, Stream, Version, Type, Summary, COUNT };

/// Roles of a log row beside Qt::DisplayRole. Decoration (colour, font, icon) belongs to ui/.
enum LogRole {
    PositionRole = Qt::UserRole + 1, ///< qint64
    EventRole, ///< eventloupe::Event; invalid while the row is not loaded
    IsLoadedRole, ///< bool
    TimeRole, ///< qint64, microseconds UTC
    StreamRole, ///< QString
    CategoryRole, ///< QString
    FailureRole, ///< QString, why the event could not be folded; empty otherwise
};

} // namespace eventloupe
