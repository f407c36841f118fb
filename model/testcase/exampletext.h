#pragma once

#include "testcase/testcase.h"

namespace eventloupe {

/// The case as a file of examples/, which `eventloupe check` runs.
[[nodiscard]] QByteArray exampleText(const TestCase& testCase);

/// "examples/add-item-gives-item-added.json", of the case's title, and not one that is in the
/// folder already. Reads the folder: not for the GUI thread.
[[nodiscard]] QString freeExamplePath(const QString& workspaceFolder, const QString& title);

/// Writes a new example; gives its path relative to the folder. Unsupported where it is too long
/// for one. Not for the GUI thread.
[[nodiscard]] Result<QString> saveExample(
    const QString& workspaceFolder, const TestCase& testCase);

/// Lower-case letters and digits of the text with dashes between, at most 60: for file names.
[[nodiscard]] QString slugOf(const QString& text);

} // namespace eventloupe
