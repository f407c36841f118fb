#include "domain/definitionwriter.h"

#include "domain/definitiontexts.h"
#include "domain/domaintext.h"
#include "domain/schemafiles.h"
#include "value/privatefile.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>

#include <optional>

#ifdef Q_OS_UNIX
#include <unistd.h>
#endif

namespace eventloupe {

namespace {

Error cannotWrite(const QString& fileName, const QString& reason)
{
    return {
        ErrorCode::InputOutput,
        DomainText::tr("%1 cannot be written: %2").arg(QDir::toNativeSeparators(fileName), reason)
    };
}

/// A link would have the file written elsewhere.
Result<void> refuseLink(const QString& folder, const QString& path)
{
    const QString link = linkOnTheWay(folder, path);
    if (link.isEmpty())
        return {};
    return cannotWrite(QDir(folder).filePath(path),
        DomainText::tr("the folder %1 is a link, which is not followed; put a folder there, or "
                       "choose another one")
            .arg(QDir::toNativeSeparators(QDir(folder).filePath(link))));
}

/// What the file holds where that is not `before`.
Result<std::optional<DefinitionConflict>> findConflict(
    const QString& folder, const QString& path, const QByteArray& before)
{
    const QString fileName = QDir(folder).filePath(path);
    if (!QFileInfo::exists(fileName) && !QFileInfo(fileName).isSymLink())
        return before.isNull() ? std::optional<DefinitionConflict>()
                               : std::optional(DefinitionConflict { {}, true });
    const auto present = DefinitionTexts(folder).read(path);
    if (!present)
        return cannotWrite(fileName, present.error().message);
    return *present == before ? std::optional<DefinitionConflict>()
                              : std::optional(DefinitionConflict { *present, false });
}

/// So that the rename, which would do it, does not take its time.
bool bringToDisk(QSaveFile& file)
{
    if (!file.flush())
        return false;
#ifdef Q_OS_UNIX
    // Where it fails, commit() tells why.
    (void)::fsync(file.handle());
#endif
    return true;
}

} // namespace

Result<SaveOutcome> saveDefinition(
    const QString& folder, const QString& path, const QByteArray& text, const QByteArray& before)
{
    if (const auto allowed = refuseLink(folder, path); !allowed)
        return allowed.error();
    const QString fileName = QDir(folder).filePath(path);
    if (const auto found = findConflict(folder, path, before); !found || *found)
        return found ? Result(SaveOutcome(**found)) : found.error();
    QSaveFile file(fileName);
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size() || !bringToDisk(file))
        return cannotWrite(fileName, file.errorString());
    // Once more, when nothing is left to do but the rename. What somebody writes between the two is
    // lost all the same: no system renames on the condition that a file holds what it held.
    if (const auto found = findConflict(folder, path, before); !found || *found)
        return found ? Result(SaveOutcome(**found)) : found.error();
    if (!file.commit())
        return cannotWrite(fileName, file.errorString());
    if (before.isNull())
        giveSharedMode(fileName);
    return SaveOutcome(DefinitionSaved());
}

Result<void> createDefinition(const QString& folder, const QString& path, const QByteArray& text,
    DefinitionReaders readers)
{
    if (const auto allowed = refuseLink(folder, path); !allowed)
        return allowed.error();
    const QString fileName = QDir(folder).filePath(path);
    makeSharedFolder(QFileInfo(fileName).path());
    QFile file(fileName);
    const bool isShared = readers == DefinitionReaders::AsUmask;
    const auto flags = QIODevice::WriteOnly | QIODevice::NewOnly;
    if (!(isShared ? file.open(flags) : file.open(flags, ownerOnly))) {
        if (QFileInfo::exists(fileName))
            return Error { ErrorCode::AlreadyExists,
                DomainText::tr("%1 exists already").arg(QDir::toNativeSeparators(fileName)) };
        return cannotWrite(fileName, file.errorString());
    }
    if (file.write(text) != text.size() || !file.flush()) {
        auto error = cannotWrite(fileName, file.errorString());
        file.remove(); // It would be in the way of the next attempt.
        return error;
    }
    if (isShared)
        giveSharedMode(fileName);
    // What it names as its schema is there; without it, the definition works all the same.
    if (text.contains("\"$schema\""))
        static_cast<void>(writeSchemaFiles(folder));
    return {};
}

} // namespace eventloupe
