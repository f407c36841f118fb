#include "domain/maskedreads.h"

#include <algorithm>

namespace eventloupe {

namespace {

bool isTouched(
    MaskedRole role, const std::vector<QByteArray>& names, const MaskedValues& masked)
{
    const QList<QByteArray> place(names.begin(), names.end());
    switch (role) {
    case MaskedRole::State:
        return masked.state.touches(place);
    case MaskedRole::Data:
        return masked.data.touches(place);
    case MaskedRole::Metadata:
        return masked.metadata.touches(place);
    case MaskedRole::Event:
        return (place.isEmpty() || place.first() == "metadata")
            && masked.metadata.touches(place.mid(1));
    case MaskedRole::Other:
        break;
    }
    return false;
}

/// The first masked field that is read; one without names is a whole variable.
std::optional<Expression::Field> maskedField(
    const Expression& expression, std::span<const MaskedRole> roles, const MaskedValues& masked)
{
    const auto isMasked = [&](const Expression::Field& field) {
        return field.variable < roles.size()
            && isTouched(roles[field.variable], field.names, masked);
    };
    if (const auto reads = expression.reads()) {
        const auto found = std::find_if(reads->fields.begin(), reads->fields.end(), isMasked);
        return found == reads->fields.end() ? std::nullopt : std::optional(*found);
    }
    for (std::size_t i = 0; i < roles.size(); ++i)
        if (const Expression::Field whole { i, {} }; expression.uses(i) && isMasked(whole))
            return whole;
    return std::nullopt;
}

} // namespace

std::optional<QString> maskedRead(const Expression& expression,
    std::span<const std::string_view> names, std::span<const MaskedRole> roles,
    const MaskedValues& masked)
{
    const auto field = maskedField(expression, roles, masked);
    if (!field)
        return std::nullopt;
    const std::string_view variable = names[field->variable];
    QString text = QString::fromUtf8(variable.data(), static_cast<qsizetype>(variable.size()));
    for (const QByteArray& name : field->names)
        text += u'.' + QString::fromUtf8(name);
    return text;
}

bool readsMasked(
    const Expression& expression, std::span<const MaskedRole> roles, const MaskedValues& masked)
{
    return maskedField(expression, roles, masked).has_value();
}

bool readsMasked(
    const TextTemplate& text, std::span<const MaskedRole> roles, const MaskedValues& masked)
{
    const auto& expressions = text.expressions();
    return std::any_of(expressions.begin(), expressions.end(), [&](const Expression& expression) {
        return readsMasked(expression, roles, masked);
    });
}

} // namespace eventloupe
