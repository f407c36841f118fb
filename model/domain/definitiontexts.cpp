#include "domain/definitiontexts.h"

#include "domain/domaintext.h"
#include "value/filename.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

namespace eventloupe {

namespace {

Result<QByteArray> readFile(const QString& folder, const QString& path)
{
    if (const QString link = linkOnTheWay(folder, path); !link.isEmpty()) {
        return Error {
            ErrorCode::InvalidInput,
            DomainText::tr("is not read: the folder %1 is a link, which is not followed").arg(link)
        };
    }
    const QString fileName = QDir(folder).filePath(path);
    const QFileInfo info(fileName);
    // A link could lead out of the folder, and opening a FIFO would wait for ever.
    if (info.isSymLink() || (info.exists() && !info.isFile())) {
        return Error { ErrorCode::InvalidInput,
            DomainText::tr("is not an ordinary file; put the definition itself here") };
    }
    QFile file(fileName);
    if (!file.open(QIODevice::ReadOnly)) {
        return Error { info.exists() ? ErrorCode::InputOutput : ErrorCode::NotFound,
            DomainText::tr("cannot be read: %1").arg(file.errorString()) };
    }
    QByteArray text = file.read(DefinitionTexts::maximumSize + 1);
    if (text.size() > DefinitionTexts::maximumSize) {
        return Error { ErrorCode::InvalidInput,
            DomainText::tr("is larger than 1 MB, which no definition needs") };
    }
    if (file.error() != QFileDevice::NoError) {
        return Error { ErrorCode::InputOutput,
            DomainText::tr("cannot be read: %1").arg(file.errorString()) };
    }
    return text;
}

} // namespace

DefinitionTexts::DefinitionTexts(const QString& folder, TextsByPath given)
    : m_folder(QDir::cleanPath(QDir(straightPath(folder)).absolutePath()))
    , m_given(std::move(given))
{
}

QStringList DefinitionTexts::files(const QString& subfolder) const
{
    QStringList files;
    // A link could lead out of the workspace.
    if (QFileInfo(QDir(m_folder).filePath(subfolder)).isSymLink())
        return files;
    // System: links without a target and FIFOs are listed too, so that they are refused by name.
    const QStringList names
        = QDir(QDir(m_folder).filePath(subfolder))
              .entryList({ QStringLiteral("*.json") }, QDir::AllEntries | QDir::System, QDir::Name);
    for (const QString& name : names)
        files.append(subfolder + u'/' + name);
    for (auto given = m_given.cbegin(); given != m_given.cend(); ++given) {
        if (given.key().startsWith(subfolder + u'/') && !files.contains(given.key()))
            files.append(given.key());
    }
    return files;
}

bool DefinitionTexts::contains(const QString& path) const
{
    return m_given.contains(path) || QFileInfo::exists(QDir(m_folder).filePath(path));
}

Result<QByteArray> DefinitionTexts::read(const QString& path)
{
    const auto given = m_given.constFind(path);
    auto text = given != m_given.cend() ? Result<QByteArray>(*given) : readFile(m_folder, path);
    if (text)
        m_noted.insert(path, *text);
    return text;
}

void DefinitionTexts::noteReferred(const QStringList& paths)
{
    for (const QString& path : paths)
        m_referred.insert(path);
}

QStringList DefinitionTexts::referred() const
{
    QStringList paths = m_referred.values();
    paths.sort();
    return paths;
}

const QStringList& definitionFolders()
{
    static const QStringList folders { QStringLiteral("aggregates"), QStringLiteral("events"),
        QStringLiteral("commands"), QStringLiteral("projections"), QStringLiteral("examples") };
    return folders;
}

QString linkOnTheWay(const QString& folder, const QString& path)
{
    const qsizetype depth = path.count(u'/');
    for (qsizetype parts = 1; parts <= depth; ++parts) {
        QString part = path.section(u'/', 0, parts - 1);
        if (QFileInfo(QDir(folder).filePath(part)).isSymLink())
            return part;
    }
    return {};
}

const QString& workspaceFileName()
{
    static const QString name = QStringLiteral("workspace.json");
    return name;
}

} // namespace eventloupe
