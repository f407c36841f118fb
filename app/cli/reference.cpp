#include "app/cli/verb.h"

#include "reference/reference.h"
#include "store/filetarget.h"
#include "value/privatefile.h"

#include <QDir>
#include <QFileInfo>
#include <QSaveFile>

namespace eventloupe::cli {

namespace {

Result<void> writeFile(const QString& name, const QByteArray& text)
{
    if (const auto may = checkTarget(name); !may)
        return may.error();
    QSaveFile file(name);
    const bool isNew = !QFileInfo::exists(name);
    if (file.open(QIODevice::WriteOnly) && file.write(text) == text.size() && file.commit()) {
        if (isNew)
            giveSharedMode(name);
        return {};
    }
    return Error { ErrorCode::InputOutput, tr("%1: %2").arg(name, file.errorString()) };
}

int writeSchemas(const QString& folder, Terminal& terminal)
{
    if (!makeSharedFolder(folder))
        return terminal.fail(
            { ErrorCode::InputOutput, tr("the folder %1 cannot be made").arg(folder) });
    for (const auto& file : definitionSchemas()) {
        const auto name = QDir(folder).filePath(file.name);
        if (const auto written = writeFile(name, file.text); !written)
            return terminal.fail(written.error());
        terminal.writeLine(name.toStdString());
    }
    return Done;
}

int run(const Arguments& arguments, Terminal& terminal)
{
    if (const auto schemas = QStringLiteral("schemas"); arguments.has(schemas))
        return writeSchemas(arguments.value(schemas), terminal);
    const auto page = referencePage();
    if (const auto output = QStringLiteral("output"); arguments.has(output)) {
        const auto written = writeFile(arguments.value(output), page);
        return written ? static_cast<int>(Done) : terminal.fail(written.error());
    }
    terminal.write({ page.constData(), static_cast<std::size_t>(page.size()) });
    return Done;
}

} // namespace

Verb referenceVerb()
{
    Verb verb;
    verb.name = QStringLiteral("reference");
    verb.synopsis = QStringLiteral("[-o FILE | --schemas DIR]");
    verb.summary = tr("Prints the reference of the domain format and the expression language");
    verb.details = tr("With --schemas, writes the JSON Schema of each definition file, with which "
                      "any editor\ncompletes and checks them.");
    verb.options
        = { { QStringLiteral("output"), QStringLiteral("FILE"), tr("Writes it there"), u'o' },
              { QStringLiteral("schemas"), QStringLiteral("DIR"),
                  tr("Writes the JSON Schemas of the definition files instead") } };
    verb.least = 0;
    verb.most = 0;
    verb.run = run;
    return verb;
}

} // namespace eventloupe::cli
