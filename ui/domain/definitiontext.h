#pragma once

#include <QByteArray>
#include <QString>

namespace eventloupe {

/// A file's bytes as an editor takes them, and back: what was not changed stays as it was, to the
/// byte.
struct DefinitionText {
    QString text; ///< Line ends are '\n'.
    bool hasCrLf = false; ///< In the file they are "\r\n".
    /// Empty when the text can be edited; else why not: an editor would change bytes of it, or
    /// would take too long for a line of it.
    QString obstacle;

    [[nodiscard]] static DefinitionText fromBytes(const QByteArray& bytes);
    [[nodiscard]] static QByteArray toBytes(const QString& text, bool hasCrLf);
};

} // namespace eventloupe
