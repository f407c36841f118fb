#pragma once

class QTreeView;

namespace eventloupe {

/// Makes a tree one of fields: rows as high as the log's, quick to paint, read-only, with a context
/// menu of its owner's.
void makeFieldTree(QTreeView& tree);

} // namespace eventloupe
