#pragma once

#include "diff/fieldpairs.h"

#include <qnamespace.h>

namespace eventloupe {

/// Columns of the state tree.
enum class StateColumn { Field, Value, Change, SetBy, COUNT };

enum StateRole {
    FieldChangeRole = Qt::UserRole + 1, ///< FieldChange
    PointerRole, ///< QByteArray, the field's JSON Pointer
    JsonRole, ///< QByteArray, the value as JSON
    OldJsonRole, ///< QByteArray, the value before; empty when there was none
    ValueRole, ///< JsonValue, which costs nothing; invalid where there is none now
    OldValueRole, ///< The same of the value before
    SetterPositionRole, ///< Position of the event that set it; invalid: unknown, or the first state
    SetterVersionRole, ///< StreamVersion; 0 for the first state, invalid where it is not known
    SetterTypeRole, ///< QString, as stored
    SetterTimeRole, ///< qint64, microseconds since 1970 (UTC)
};

/// Columns of the stream list.
enum class StreamColumn { Name, Version, Headline, COUNT };

enum StreamListRole {
    IsCategoryRole = Qt::UserRole + 50, ///< bool, the row is a category's header
    StreamNameRole, ///< QString
    StreamIdRole, ///< qint64
    StreamCategoryRole, ///< QString
    StreamVersionRole, ///< qint64, at the cursor
    CategoryCountRole, ///< qint64, streams of the category at the cursor
    IsExpandedRole, ///< bool, of a category's header
    ExistsRole, ///< bool, false for an aggregate that was deleted
};

} // namespace eventloupe
