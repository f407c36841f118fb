#pragma once

#include "testcase/sourcetemplate.h"
#include "testcase/testcase.h"

namespace eventloupe {

/// A form that test cases are written in: a template file, or the example format of a workspace.
struct TestFormat {
    QString name; ///< "emmett"; for --format.
    QString title; ///< "Emmett (TypeScript)"
    QString suffix; ///< "test.ts"
    QString source; ///< Where the library documents what the template uses; a URL.
    std::optional<SourceTemplate> text; ///< Nothing for an example.
};

/// The name of the format that is an example of a workspace.
[[nodiscard]] QString exampleFormatName();

/// A template: a JSON object with title, language (typescript, csharp, java, python), suffix and
/// source, a line "---", and the text. `name` is the file's without .tmpl.
[[nodiscard]] Result<TestFormat> readTemplate(const QString& name, const QByteArray& text);

/// The example format first, then the folders' *.tmpl, then the program's own; of two with one name
/// the first counts. What is wrong with a file is appended to `faults`, by its path, and it is left
/// out. Reads files: not for the GUI thread.
[[nodiscard]] QList<TestFormat> testFormats(const QStringList& folders, QStringList& faults);

/// The folders that people's own templates are in: `templates` of the workspace, and of the
/// configuration folder.
[[nodiscard]] QStringList templateFolders(
    const QString& workspaceFolder, const QString& configurationFolder);

/// The case in a form. `workspace` names the domain, may be empty.
[[nodiscard]] Result<QString> testText(
    const TestFormat& format, const TestCase& testCase, const QString& workspace);

/// "add-item-gives-item-added.test.ts", for a save dialog.
[[nodiscard]] QString testFileName(const TestFormat& format, const TestCase& testCase);

} // namespace eventloupe
