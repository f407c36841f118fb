#include "schema/keyword.h"

namespace eventloupe {

void Validation::report(const char* keyword, const QString& message)
{
    if (m_violations.size() < maximumViolations)
        m_violations.append({ JsonPointer(tokens()), message, QByteArray(keyword) });
}

void Validation::reportMember(const QByteArray& member, const char* keyword, const QString& message)
{
    const Step step(*this, member);
    report(keyword, message);
}

Validation Validation::probe() const
{
    Validation pass;
    pass.m_place = m_place;
    return pass;
}

QList<QByteArray> Validation::tokens() const
{
    QList<QByteArray> tokens;
    tokens.reserve(static_cast<qsizetype>(m_place.size()));
    for (const Token& token : m_place) {
        tokens.append(
            token.key ? *token.key : QByteArray::number(static_cast<qulonglong>(token.index)));
    }
    return tokens;
}

void SchemaNode::validate(const JsonValue& value, Validation& validation) const
{
    if (m_refusesAll)
        validation.report("false", SchemaText::tr("is not allowed here"));
    for (const auto& keyword : m_keywords)
        keyword->validate(value, validation);
}

bool SchemaNode::accepts(const JsonValue& value, const Validation& from) const
{
    Validation pass = from.probe();
    validate(value, pass);
    return pass.isValid();
}

} // namespace eventloupe
