#include "domain/schemafiles.h"

#include "domain/definitionformat.h"
#include "domain/domaintext.h"
#include "value/privatefile.h"

#include <QDir>
#include <QFileInfo>
#include <QSaveFile>

#include <array>

namespace eventloupe {

namespace {

constexpr std::array kinds { DefinitionKind::Workspace, DefinitionKind::Aggregate,
    DefinitionKind::Event, DefinitionKind::Command, DefinitionKind::Projection,
    DefinitionKind::Example };

QString fileNameOf(DefinitionKind kind)
{
    // "events" holds files of "event.json".
    const QString name = kind == DefinitionKind::Workspace ? QStringLiteral("workspace")
                                                           : folderOf(kind).chopped(1);
    return name + QStringLiteral(".json");
}

Result<void> writeIfOther(const QString& name, const QByteArray& text)
{
    const QFileInfo info(name);
    if (info.isSymLink())
        return {};
    QFile present(name);
    if (info.size() == text.size() && present.open(QIODevice::ReadOnly)
        && present.readAll() == text)
        return {};
    QSaveFile file(name);
    if (file.open(QIODevice::WriteOnly) && file.write(text) == text.size() && file.commit()) {
        if (!info.exists())
            giveSharedMode(name);
        return {};
    }
    return Error { ErrorCode::InputOutput,
        DomainText::tr("%1 cannot be written: %2")
            .arg(QDir::toNativeSeparators(name), file.errorString()) };
}

} // namespace

QString schemaFolder()
{
    return QStringLiteral(".schemas");
}

QByteArray withSchemaFile(const QByteArray& text, const QString& path)
{
    const auto kind = definitionKindOf(path);
    if (!kind || !text.startsWith("{\n") || text.contains("\"$schema\""))
        return text;
    const QString up = path.contains(u'/') ? QStringLiteral("../") : QStringLiteral("./");
    const QString place = up + schemaFolder() + u'/' + fileNameOf(*kind);
    const bool isEmpty = text.mid(1).trimmed().startsWith('}');
    return "{\n  \"$schema\": \"" + place.toUtf8() + (isEmpty ? "\"" : "\",") + text.mid(1);
}

Result<void> writeSchemaFiles(const QString& folder)
{
    const QString target = QDir(folder).filePath(schemaFolder());
    if (QFileInfo(target).isSymLink())
        return {};
    if (!makeSharedFolder(target)) {
        return Error { ErrorCode::InputOutput,
            DomainText::tr("the folder %1 cannot be made").arg(QDir::toNativeSeparators(target)) };
    }
    for (const DefinitionKind kind : kinds) {
        const auto written = writeIfOther(
            QDir(target).filePath(fileNameOf(kind)), DefinitionFormat::of(kind).schemaText());
        if (!written)
            return written;
    }
    return {};
}

} // namespace eventloupe
