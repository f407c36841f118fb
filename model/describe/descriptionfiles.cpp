#include "describe/descriptionfiles.h"

#include "describe/describetext.h"
#include "domain/definitiontexts.h"
#include "domain/definitionwriter.h"
#include "domain/madefiles.h"
#include "domain/schemafiles.h"
#include "value/jsonvalue.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>

namespace eventloupe {

namespace {

Result<void> makeFolder(const QString& folder, MadeFiles& made)
{
    const auto fault = [&](const QString& text) {
        return Error { ErrorCode::InputOutput, text.arg(QDir::toNativeSeparators(folder)) };
    };
    const QFileInfo info(folder);
    if (info.exists() && !info.isDir())
        return fault(DescribeText::tr("%1 is a file: name a folder to write into"));
    if (!made.makeFolder(folder))
        return fault(DescribeText::tr("the folder %1 cannot be made: name one in a place where you "
                                      "may write"));
    if (!QFileInfo(folder).isWritable())
        return fault(DescribeText::tr("nothing may be written into the folder %1: name another"));
    return {};
}

} // namespace

DescribedFile workspaceFileFor(const QString& store, const QString& folder)
{
    const bool isUri = store.contains(QStringLiteral("://"));
    const QString target = QDir::cleanPath(QDir(folder).absolutePath());
    QString named = store;
    if (!isUri) {
        named = QDir(target).relativeFilePath(QFileInfo(store).absoluteFilePath());
        // Up and away is better told from the root.
        if (named.startsWith(QStringLiteral("../../")))
            named = QFileInfo(store).absoluteFilePath();
    }
    JsonValue root = JsonValue::emptyObject();
    const QString name = isUri ? QDir(target).dirName() : QFileInfo(store).completeBaseName();
    root.insert("name", JsonValue::fromString(name));
    root.insert("store", JsonValue::fromString(named));
    return { workspaceFileName(), root.toIndentedJson() + '\n', {}, false };
}

Result<void> writeDescription(
    const LogDescription& description, const QString& store, const QString& folder)
{
    QList<DescribedFile> files { workspaceFileFor(store, folder) };
    files += description.files;
    for (const DescribedFile& file : files) {
        const QString name = QDir(folder).filePath(file.path);
        if (QFileInfo::exists(name) || QFileInfo(name).isSymLink()) {
            return Error { ErrorCode::AlreadyExists,
                DescribeText::tr("%1 exists already, and nothing is overwritten: name another "
                                 "folder")
                    .arg(QDir::toNativeSeparators(name)) };
        }
    }
    // Half a description would be in the way of the next attempt.
    MadeFiles made;
    if (const auto madeFolder = makeFolder(folder, made); !madeFolder) {
        made.takeBack();
        return madeFolder;
    }
    made.addWhole(QDir(folder).filePath(schemaFolder()));
    // workspace.json last: without it the folder is no workspace yet.
    std::rotate(files.begin(), files.begin() + 1, files.end());
    for (const DescribedFile& file : files) {
        const QByteArray text = withSchemaFile(file.text, file.path);
        const QString name = QDir(folder).filePath(file.path);
        // Where it cannot be made, the file tells why.
        (void)made.makeFolder(QFileInfo(name).path());
        if (const auto written = createDefinition(folder, file.path, text,
                file.holdsValues ? DefinitionReaders::OwnerAlone : DefinitionReaders::AsUmask);
            !written) {
            made.takeBack();
            return written;
        }
        made.add(name);
    }
    return {};
}

} // namespace eventloupe
