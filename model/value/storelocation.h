#pragma once

#include <QByteArray>
#include <QString>

namespace eventloupe {

/// Where a store is, without what nobody may read: the text goes into captions, settings, lists of
/// recent files and errors, the secret stays in memory.
///
/// A password is taken from a URI (`scheme://user:password@host`, `?password=`) and from settings
/// of the form `name=value` (`service=x password=y`), also where it holds an unescaped `@` or `/`,
/// which no driver would take, but an error would show. A file's name is left as it is.
struct StoreLocation {
    QString text; ///< Without the password.
    QByteArray secret; ///< The password, percent-decoded, in UTF-8; empty: there was none.

    [[nodiscard]] static StoreLocation split(const QString& location);
};

/// Whether a location is a URI (`scheme://...`) or settings (`service=...`), and so no file.
[[nodiscard]] bool isNoFile(const QString& location);

/// A location without the choice of what its database is opened as: `shop.db` of
/// `shop.db#emmett-sqlite`. A file that is there is taken as it is, also with a '#' in its name,
/// and so is one of which nothing is there. Asks the disk.
[[nodiscard]] QString withoutChoice(const QString& location);

} // namespace eventloupe
