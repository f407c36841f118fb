#pragma once

#include "value/jsonvalue.h"

class QMenu;
class QString;
class QTreeView;

namespace eventloupe {

/// Makes a tree one of fields: rows as high as the log's, quick to paint, read-only, with a context
/// menu of its owner's.
void makeFieldTree(QTreeView& tree);

/// Adds an action that puts a value's JSON on the clipboard; a worker writes it, once it is asked
/// for: it may have 100 MB.
void addCopyOfValue(QMenu& menu, const QString& caption, const JsonValue& value);

} // namespace eventloupe
