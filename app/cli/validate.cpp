#include "app/cli/lines.h"
#include "app/cli/verb.h"

#include "domain/definitionformat.h"
#include "schema/folderresolver.h"
#include "schema/schema.h"
#include "value/event.h"
#include "value/json.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

namespace eventloupe::cli {

namespace {

constexpr qint64 largestSchema = 1LL << 20; ///< In bytes.

/// What a schema may refer into: its workspace, else the folder that it is in.
QString folderOf(const QString& name)
{
    const QString own = QFileInfo(QFileInfo(name).canonicalFilePath()).path();
    for (QDir folder(own);;) {
        if (folder.exists(QStringLiteral("workspace.json")))
            return folder.path();
        if (!folder.cdUp())
            return own;
    }
}

/// What is wrong with a workspace's file that holds no schema; empty for all else. Without this an
/// aggregate would pass for a schema that takes everything.
QString noSchemaIn(const QString& folder, const QString& path, bool hasSchema)
{
    const auto kind = definitionKindOf(path);
    if (!kind || !QDir(folder).exists(QStringLiteral("workspace.json")))
        return {};
    if (*kind != DefinitionKind::Command && *kind != DefinitionKind::Event)
        return tr("this is no schema; name a file with a JSON Schema, or a command or an event of "
                  "the workspace, whose data is checked then");
    return hasSchema ? QString()
                     : tr("this definition has no \"schema\": add one, or name another file");
}

/// To open a pipe would wait for who writes to it.
Result<QByteArray> readFile(const QString& name)
{
    QFile file(name);
    if (file.exists() && !QFileInfo(name).isFile())
        return Error { ErrorCode::InvalidInput,
            tr("%1: this is no file; name the file that has the schema").arg(name) };
    if (!file.open(QIODevice::ReadOnly))
        return Error { file.exists() ? ErrorCode::InputOutput : ErrorCode::NotFound,
            tr("%1: %2").arg(name, file.errorString()) };
    auto bytes = file.read(largestSchema + 1);
    if (bytes.size() > largestSchema)
        return Error { ErrorCode::InvalidInput,
            tr("%1: a schema has 1 MB at most; put parts of it into files of their own and lead "
               "to them by $ref")
                .arg(name) };
    return bytes;
}

Result<Schema> readSchema(const QString& name)
{
    const auto bytes = readFile(name);
    if (!bytes)
        return bytes.error();
    const auto document = parseJson(viewOf(*bytes));
    if (!document)
        return Error { ErrorCode::InvalidInput, tr("%1: %2").arg(name, document.error().message) };
    const QString folder = folderOf(name);
    const QString path = QDir(folder).relativeFilePath(QFileInfo(name).canonicalFilePath());
    // A command or an event of a workspace stands for the schema of its data.
    const QByteArray member = FolderSchemaResolver::schemaMemberAt(path, *document);
    const QString none = noSchemaIn(folder, path, !member.isEmpty());
    if (!none.isEmpty())
        return Error { ErrorCode::InvalidInput, tr("%1: %2").arg(name, none) };
    FolderSchemaResolver files(folder);
    SchemaOptions options;
    options.base = FolderSchemaResolver::uriOf(path, QString::fromUtf8(member));
    options.resolver = &files;
    auto schema
        = Schema::compile(member.isEmpty() ? *document : *document->find(viewOf(member)), options);
    if (!schema)
        return Error { ErrorCode::InvalidInput, tr("%1: %2").arg(name, schema.error().message) };
    return schema;
}

JsonValue violationsOf(const QList<SchemaViolation>& violations)
{
    auto list = JsonValue::emptyArray();
    for (const auto& violation : violations) {
        auto one = JsonValue::emptyObject();
        one.insert("place", JsonValue::fromString(violation.place.toText()));
        one.insert("message", JsonValue::fromString(violation.message));
        one.insert("keyword", JsonValue::fromString(violation.keyword));
        one.insert("schema", JsonValue::fromString(violation.schemaPlace));
        list.append(one);
    }
    return list;
}

bool isBlank(std::string_view line)
{
    return line.find_first_not_of(" \t\r") == std::string_view::npos;
}

/// The line's verdict; `isValid` tells what it is.
JsonValue verdictOn(const Schema& schema, std::string_view line, qint64 number, bool& isValid)
{
    auto verdict = JsonValue::emptyObject();
    verdict.insert("line", JsonValue::fromInt(number));
    const auto value = parseJson(line);
    const auto violations = value ? schema.validate(*value) : QList<SchemaViolation>();
    isValid = value && violations.isEmpty();
    verdict.insert("valid", JsonValue::fromBool(isValid));
    if (!value)
        verdict.insert("error", JsonValue::fromString(value.error().message));
    else if (!violations.isEmpty())
        verdict.insert("violations", violationsOf(violations));
    return verdict;
}

int run(const Arguments& arguments, Terminal& terminal)
{
    const auto schema = readSchema(arguments.words().at(0));
    if (!schema)
        return terminal.fail(schema.error());
    Lines lines;
    const auto opened = lines.open(arguments.words().at(1));
    if (!opened)
        return terminal.fail(opened.error());
    bool allValid = true;
    qint64 number = 0;
    std::string_view line;
    while (!terminal.cancel().isCancelled() && lines.next(line)) {
        bool isValid = false;
        ++number;
        if (isBlank(line))
            continue;
        const auto verdict = verdictOn(*schema, line, number, isValid);
        allValid = allValid && isValid;
        if (!terminal.writeLine(viewOf(verdict.toJson())))
            break;
    }
    if (const auto end = lines.end(); !end)
        return terminal.fail(end.error());
    return allValid ? Done : Failed;
}

} // namespace

Verb validateVerb()
{
    Verb verb;
    verb.name = QStringLiteral("validate");
    verb.synopsis = QStringLiteral("SCHEMA FILE|-");
    verb.summary = tr("Checks each line of a file against a JSON Schema, one verdict a line");
    verb.details = tr("A verdict is {\"line\":1,\"valid\":true}, or has the \"violations\" with "
                      "their \"place\" in the line,\ntheir \"message\", and where the "
                      "\"schema\" says so, or the \"error\" of a line that is not\nJSON. JSON "
                      "Schema 2020-12, formats asserted; a $ref leads to files of the schema's "
                      "workspace\nor folder only. SCHEMA may be a command or an event of a "
                      "workspace. Blank lines are\npassed over. Exit 1 when a line is not valid.");
    verb.least = 2;
    verb.most = 2;
    verb.run = run;
    return verb;
}

} // namespace eventloupe::cli
