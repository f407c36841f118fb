#include "domain/definitionfile.h"

#include "domain/domaintext.h"
#include "value/event.h"
#include "value/json.h"

#include <QFileInfo>

namespace eventloupe {

DefinitionFile::DefinitionFile(DefinitionTexts& texts, QString relativePath)
    : m_texts(&texts)
    , m_folder(texts.folder())
    , m_path(std::move(relativePath))
{
    auto text = texts.read(m_path);
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

/// Each mistake is looked for in the text from its start, and nobody reads thousands.
bool DefinitionFile::isFull()
{
    constexpr qsizetype mostProblems = 100;
    if (m_problems.size() == mostProblems)
        m_problems.append({ m_path, m_problems.last().line, m_problems.last().column,
            DomainText::tr("there are more mistakes; mend these first") });
    return m_problems.size() > mostProblems;
}

TextPlace DefinitionFile::placeOf(const JsonPointer& pointer) const
{
    const std::string_view text = viewOf(m_text);
    return placeOfOffset(text, offsetOfPointer(text, pointer));
}

void DefinitionFile::fail(const JsonPointer& place, const QString& message, MemberPart part)
{
    if (isFull())
        return;
    const std::string_view text = viewOf(m_text);
    const TextPlace at = placeOfOffset(text, offsetOfPointer(text, place, part));
    m_problems.append({ m_path, at.line, at.column, message });
}

void DefinitionFile::failInText(const JsonPointer& place, const ExpressionFault& fault)
{
    if (isFull())
        return;
    const std::string_view text = viewOf(m_text);
    const qsizetype start = offsetOfPointer(text, place);
    const TextPlace at
        = placeOfOffset(text, offsetInString(text, start, { fault.line, fault.column }));
    m_problems.append({ m_path, at.line, at.column, fault.message });
}

} // namespace eventloupe
