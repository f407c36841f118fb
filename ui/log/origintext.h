#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>

namespace eventloupe {

/// What the library that wrote an event calls it, for people: "position 1234, version 0"; empty
/// for an event of our own. See Event::origin.
[[nodiscard]] QString originText(const QByteArray& origin);
/// How the library marks it: "archived", "deleted".
[[nodiscard]] QStringList originMarks(const QByteArray& origin);

} // namespace eventloupe
