#pragma once

#include <qnamespace.h>

namespace eventloupe {

/// Columns of the state tree. "Set by" joins them with blame.
enum class StateColumn { Field, Value, Change, COUNT };

/// How a field differs from the state before the cursor's event.
enum class FieldChange { Unchanged, Added, Removed, Changed, ChildChanged };

enum StateRole {
    FieldChangeRole = Qt::UserRole + 1, ///< FieldChange
    PointerRole, ///< QByteArray, the field's JSON Pointer
    JsonRole, ///< QByteArray, the value as JSON
    OldJsonRole, ///< QByteArray, the value before; empty when there was none
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
