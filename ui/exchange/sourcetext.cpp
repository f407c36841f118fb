#include "ui/exchange/sourcetext.h"

namespace eventloupe {

QString sourceText(const FieldSource* source)
{
    if (!source)
        return {};
    if (source->kind == FieldSource::Kind::Constant)
        return QLatin1Char('"') + source->text + QLatin1Char('"');
    return source->kind == FieldSource::Kind::None ? QString() : source->text;
}

FieldSource sourceFromText(const QString& text, const QStringList& members, bool pointers)
{
    const QString trimmed = text.trimmed();
    if (trimmed.isEmpty())
        return { FieldSource::Kind::None, {} };
    if (pointers && trimmed.startsWith(QLatin1Char('/')))
        return { FieldSource::Kind::Pointer, trimmed };
    if (members.contains(trimmed))
        return { FieldSource::Kind::Member, trimmed };
    if (trimmed.size() >= 2 && trimmed.startsWith(QLatin1Char('"'))
        && trimmed.endsWith(QLatin1Char('"')))
        return { FieldSource::Kind::Constant, trimmed.mid(1, trimmed.size() - 2) };
    if (trimmed.contains(QLatin1Char('{')))
        return { FieldSource::Kind::Template, trimmed };
    return { FieldSource::Kind::Member, trimmed };
}

} // namespace eventloupe
