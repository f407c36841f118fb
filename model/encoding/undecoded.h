#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

#include <optional>

namespace eventloupe {

/// A payload that could not be decoded, as Decoded::json shows it.
struct Undecoded {
    QByteArrayView content; ///< In the payload, not a copy: base64, or a text as JSON has it.
    bool isText = false;
    QString kind; ///< What it is, for people. Never empty.
    qint64 size = -1; ///< In bytes, where `content` is its beginning alone.
};

/// Nothing where a payload is not one of these. Looks at its ends alone, however long it is: also
/// for what is painted.
[[nodiscard]] std::optional<Undecoded> undecodedIn(const QByteArray& payload);

} // namespace eventloupe
