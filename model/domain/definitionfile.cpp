#include "domain/definitionfile.h"

#include "domain/domaintext.h"
#include "value/event.h"
#include "value/json.h"

#include <QDir>
#include <QFileInfo>

namespace eventloupe {

DefinitionFile::DefinitionFile(const QString& folder, QString relativePath)
    : m_folder(folder)
    , m_path(std::move(relativePath))
{
    auto text = readText(QDir(folder).filePath(m_path));
    if (!text) {
        m_problems.append({ m_path, 1, 1, text.error().message });
        return;
    }
    m_text = std::move(text).value();
    parse();
}

QString DefinitionFile::baseName() const
{
    return QFileInfo(m_path).completeBaseName();
}

Result<QByteArray> DefinitionFile::readText(const QString& fileName) const
{
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
    QByteArray text = file.read(maximumSize + 1);
    if (text.size() > maximumSize) {
        return Error { ErrorCode::InvalidInput,
            DomainText::tr("is larger than 1 MB, which no definition needs") };
    }
    if (file.error() != QFileDevice::NoError) {
        return Error { ErrorCode::InputOutput,
            DomainText::tr("cannot be read: %1").arg(file.errorString()) };
    }
    return text;
}

void DefinitionFile::parse()
{
    if (const auto fault = findJsonFault(viewOf(m_text))) {
        const TextPlace at = placeOfOffset(viewOf(m_text), fault->offset);
        m_problems.append(
            { m_path, at.line, at.column, DomainText::tr("is not JSON: %1").arg(fault->reason) });
        return;
    }
    if (const auto repeated = findRepeatedMember(viewOf(m_text))) {
        const TextPlace at = placeOfOffset(viewOf(m_text), *repeated);
        m_problems.append({ m_path, at.line, at.column,
            DomainText::tr("the member stands here a second time, and only one can count; keep "
                           "one of them") });
        return;
    }
    auto value = parseJson(viewOf(m_text));
    if (!value)
        m_problems.append({ m_path, 1, 1, value.error().message });
    else if (!value->isObject())
        fail({}, DomainText::tr("a definition must be a JSON object, { ... }"));
    else
        m_root = std::move(value).value();
}

void DefinitionFile::fail(const JsonPointer& place, const QString& message, MemberPart part)
{
    const std::string_view text = viewOf(m_text);
    const TextPlace at = placeOfOffset(text, offsetOfPointer(text, place, part));
    m_problems.append({ m_path, at.line, at.column, message });
}

void DefinitionFile::failInText(const JsonPointer& place, const ExpressionFault& fault)
{
    const std::string_view text = viewOf(m_text);
    const qsizetype start = offsetOfPointer(text, place);
    const TextPlace at
        = placeOfOffset(text, offsetInString(text, start, { fault.line, fault.column }));
    m_problems.append({ m_path, at.line, at.column, fault.message });
}

} // namespace eventloupe
