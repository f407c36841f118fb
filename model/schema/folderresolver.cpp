#include "schema/folderresolver.h"

#include "schema/validation.h"
#include "value/event.h"
#include "value/json.h"

#include <QDir>
#include <QFileInfo>

namespace eventloupe {

namespace {

const QString scheme = QStringLiteral("workspace");

/// Whether a relative path has more ".." than the folder of `base` is deep.
bool climbsOut(const SchemaReference& reference)
{
    const QUrl relative = QUrl::fromEncoded(reference.text);
    if (!relative.isRelative())
        return false;
    const QString path = relative.path(QUrl::FullyDecoded);
    const QString folder = reference.base.path().section(u'/', 1, -2);
    const QString all = path.startsWith(u'/') ? path.mid(1) : folder + u'/' + path;
    return QDir::cleanPath(all.startsWith(u'/') ? all.mid(1) : all).startsWith(QLatin1String(".."));
}

Error refused(const QString& message)
{
    return { ErrorCode::InvalidInput, message };
}

} // namespace

FolderSchemaResolver::FolderSchemaResolver(const QString& folder)
    : m_folder(QFileInfo(folder).canonicalFilePath())
{
}

QUrl FolderSchemaResolver::uriOf(const QString& path, const QString& member)
{
    QUrl uri;
    uri.setScheme(scheme);
    uri.setPath(u'/' + path);
    if (!member.isEmpty())
        uri.setQuery(member);
    return uri;
}

QByteArray FolderSchemaResolver::schemaMemberAt(const QString& path, const JsonValue& document)
{
    const bool isDefinition
        = path.startsWith(QLatin1String("commands/")) || path.startsWith(QLatin1String("events/"));
    return isDefinition && document.find("schema") ? QByteArray("schema") : QByteArray();
}

Result<SchemaDocument> FolderSchemaResolver::load(const QUrl& uri, const SchemaReference& reference)
{
    if (uri.scheme() != scheme || !uri.host().isEmpty()) {
        return Error { ErrorCode::Unsupported,
            SchemaText::tr("leads out of the folder, and nothing is looked up elsewhere; put the "
                           "schema into a file here and refer to it by its path, such as "
                           "\"../schemas/money.json\"") };
    }
    const QString path = QDir::cleanPath(uri.path(QUrl::FullyDecoded).mid(1));
    if (climbsOut(reference) || path.startsWith(QLatin1String(".."))) {
        return refused(SchemaText::tr("leads out of the folder; refer to files inside of it only"));
    }
    if (!m_asked.contains(path))
        m_asked.append(path);
    const auto text = read(path);
    if (!text)
        return text.error();
    auto value = parseJson(viewOf(*text));
    if (!value)
        return refused(
            SchemaText::tr("leads to %1, which is not JSON: %2").arg(path, value.error().message));
    const QByteArray member = schemaMemberAt(path, *value);
    return SchemaDocument { std::move(value).value(), member };
}

Result<QByteArray> FolderSchemaResolver::read(const QString& path) const
{
    if (path.contains(QChar(u'\0')))
        return refused(SchemaText::tr("is no path: it has a zero character in it"));
    const QFileInfo info(m_folder + u'/' + path);
    if (!info.exists() && !info.isSymLink()) {
        return Error { ErrorCode::NotFound,
            SchemaText::tr("leads to %1, and there is no such file; a path begins at the file that "
                           "refers")
                .arg(path) };
    }
    // A link could lead out of the folder, and opening a FIFO would wait for ever.
    if (info.canonicalFilePath() != m_folder + u'/' + path) {
        return refused(SchemaText::tr(
            "leads to %1, which is or is reached by a link; put the file itself there")
                           .arg(path));
    }
    if (!info.isFile())
        return refused(SchemaText::tr("leads to %1, which is not an ordinary file").arg(path));
    QFile file(info.filePath());
    if (!file.open(QIODevice::ReadOnly)) {
        return Error { ErrorCode::InputOutput,
            SchemaText::tr("leads to %1, which cannot be read: %2").arg(path, file.errorString()) };
    }
    QByteArray text = file.read(maximumSize + 1);
    if (text.size() > maximumSize)
        return refused(SchemaText::tr("leads to %1, which is larger than 1 MB").arg(path));
    return text;
}

} // namespace eventloupe
