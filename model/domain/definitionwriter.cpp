#include "domain/definitionwriter.h"

#include "domain/definitiontexts.h"
#include "domain/domaintext.h"
#include "domain/schemafiles.h"
#include "value/privatefile.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>

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

} // namespace

Result<SaveOutcome> saveDefinition(
    const QString& folder, const QString& path, const QByteArray& text, const QByteArray& before)
{
    if (const auto allowed = refuseLink(folder, path); !allowed)
        return allowed.error();
    const QString fileName = QDir(folder).filePath(path);
    if (QFileInfo::exists(fileName) || QFileInfo(fileName).isSymLink()) {
        const auto present = DefinitionTexts(folder).read(path);
        if (!present)
            return cannotWrite(fileName, present.error().message);
        if (*present != before)
            return SaveOutcome(DefinitionConflict { *present, false });
    } else if (!before.isNull()) {
        return SaveOutcome(DefinitionConflict { {}, true });
    }
    QSaveFile file(fileName);
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size() || !file.commit())
        return cannotWrite(fileName, file.errorString());
    if (before.isNull())
        giveSharedMode(fileName);
    return SaveOutcome(DefinitionSaved());
}

Result<void> createDefinition(const QString& folder, const QString& path, const QByteArray& text)
{
    if (const auto allowed = refuseLink(folder, path); !allowed)
        return allowed.error();
    const QString fileName = QDir(folder).filePath(path);
    makeSharedFolder(QFileInfo(fileName).path());
    QFile file(fileName);
    if (!file.open(QIODevice::WriteOnly | QIODevice::NewOnly)) {
        if (QFileInfo::exists(fileName))
            return Error { ErrorCode::AlreadyExists,
                DomainText::tr("%1 exists already").arg(QDir::toNativeSeparators(fileName)) };
        return cannotWrite(fileName, file.errorString());
    }
    if (file.write(text) != text.size() || !file.flush())
        return cannotWrite(fileName, file.errorString());
    giveSharedMode(fileName);
    // What it names as its schema is there; without it, the definition works all the same.
    if (text.contains("\"$schema\""))
        static_cast<void>(writeSchemaFiles(folder));
    return {};
}

} // namespace eventloupe
