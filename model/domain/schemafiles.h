#pragma once

#include "value/result.h"

#include <QByteArray>
#include <QString>

namespace eventloupe {

/// The folder of a workspace that holds the JSON Schema of each kind of definition file, so that
/// any editor completes them, without a network. Eventloupe itself does not read it.
[[nodiscard]] QString schemaFolder();

/// The text with a member "$schema" in front that leads there; as it is where the path is no
/// definition file's, the text no object, or one that names its schema already.
[[nodiscard]] QByteArray withSchemaFile(const QByteArray& text, const QString& path);

/// Writes the schemas into the workspace folder where they are missing or others. A folder or file
/// there that is a link is left alone. Writes files: not for the GUI thread.
[[nodiscard]] Result<void> writeSchemaFiles(const QString& folder);

} // namespace eventloupe
