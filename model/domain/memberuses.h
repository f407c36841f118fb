#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

namespace eventloupe {

/// data.address.city: a variable and the names of its members, as an expression reads them.
struct MemberUse {
    QString variable;
    QStringList names;
};

/// What an expression reads of `data` and `row` without asking whether it is there, by has() or
/// by ".?".
[[nodiscard]] QList<MemberUse> memberUses(const QString& expression);
/// The same of a text with expressions in braces.
[[nodiscard]] QList<MemberUse> memberUsesOfTemplate(const QString& text);

} // namespace eventloupe
