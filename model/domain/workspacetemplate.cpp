#include "domain/workspacetemplate.h"

#include "domain/domaintext.h"
#include "domain/madefiles.h"
#include "domain/schemafiles.h"
#include "value/jsonvalue.h"
#include "value/privatefile.h"

#include <QDir>
#include <QDirIterator>

// Resources of a static library are there only once they are asked for, outside any namespace.
static void makeSamplesAvailable()
{
    Q_INIT_RESOURCE(eventloupe_workspaces);
}

namespace eventloupe {

namespace {

const QString samplesRoot = QStringLiteral(":/workspaces/");

/// Samples name the store as it is spelled here.
const QByteArray sampleStore = QByteArrayLiteral("\"events.eventlog\"");

Result<void> copyFile(
    const QString& from, const QString& to, const QString& path, const QString& store)
{
    QFile source(from);
    QFile target(to);
    if (source.open(QIODevice::ReadOnly)
        && target.open(QIODevice::WriteOnly | QIODevice::NewOnly)) {
        QByteArray bytes = withSchemaFile(source.readAll(), path);
        if (!store.isEmpty() && path == QLatin1String("workspace.json"))
            bytes.replace(sampleStore, JsonValue::fromString(store).toJson());
        if (target.write(bytes) == bytes.size() && target.flush()) {
            giveSharedMode(to);
            return {};
        }
    }
    return Error { ErrorCode::InputOutput,
        DomainText::tr("%1 cannot be written: %2")
            .arg(QDir::toNativeSeparators(to), target.errorString()) };
}

Result<void> makeSubfolder(const QString& folder, MadeFiles& made)
{
    if (made.makeFolder(folder))
        return {};
    return Error { ErrorCode::InputOutput,
        DomainText::tr("the folder %1 cannot be made").arg(QDir::toNativeSeparators(folder)) };
}

/// Makes the folder unless it is there and empty.
Result<void> makeFolder(const QString& folder, MadeFiles& made)
{
    const QFileInfo info(folder);
    if (info.exists() && !info.isDir()) {
        return Error {
            ErrorCode::AlreadyExists,
            DomainText::tr("%1 is a file; name a new folder").arg(QDir::toNativeSeparators(folder))
        };
    }
    const QDir dir(folder);
    if (!dir.isEmpty(QDir::AllEntries | QDir::NoDotAndDotDot | QDir::Hidden | QDir::System)
        && dir.exists()) {
        return Error { ErrorCode::AlreadyExists,
            DomainText::tr("%1 is not empty; name a new folder")
                .arg(QDir::toNativeSeparators(folder)) };
    }
    return makeSubfolder(folder, made);
}

Result<void> writeFiles(
    const QString& name, const QString& folder, const QString& store, MadeFiles& made)
{
    const auto madeFolder = makeFolder(folder, made);
    if (!madeFolder)
        return madeFolder;
    // Those that a person fills next are there from the start, even when the sample has none.
    for (const char* subfolder :
        { "aggregates", "commands", "events", "examples", "projections" }) {
        const auto madeIn = makeSubfolder(QDir(folder).filePath(QLatin1String(subfolder)), made);
        if (!madeIn)
            return madeIn;
    }
    const QDir samples(samplesRoot + name);
    QDirIterator files(samples.path(), QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const QString source = files.next();
        const QString path = samples.relativeFilePath(source);
        const QString target = QDir(folder).filePath(path);
        if (!QFileInfo::exists(target))
            made.add(target);
        const auto copied = copyFile(source, target, path, store);
        if (!copied)
            return copied;
    }
    made.addWhole(QDir(folder).filePath(schemaFolder()));
    return writeSchemaFiles(folder);
}

} // namespace

QStringList workspaceTemplates()
{
    return { QStringLiteral("users"), QStringLiteral("shop"), QStringLiteral("bank"),
        QStringLiteral("library"), QStringLiteral("empty") };
}

Result<void> writeWorkspace(
    const QString& name, const QString& folder, const QString& store, MadeFiles* noted)
{
    if (!workspaceTemplates().contains(name)) {
        return Error { ErrorCode::InvalidArgument,
            DomainText::tr("there is no template '%1'; there are %2")
                .arg(name.left(100), workspaceTemplates().join(QStringLiteral(", "))) };
    }
    makeSamplesAvailable();
    MadeFiles made;
    auto written = writeFiles(name, folder, store, made);
    if (!written)
        made.takeBack();
    else if (noted)
        *noted = made;
    return written;
}

} // namespace eventloupe
