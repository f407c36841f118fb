#pragma once

#include "foreign/storeprofile.h"

#include <vector>

namespace eventloupe {

/// A profile and the tables of a database that it fits.
struct RecognisedStore {
    StoreProfile profile;
    QList<ForeignTable> tables; ///< Of the events; several only where the log spans them.
    QMap<QString, ForeignTable> joined; ///< By the profile's name of the join.
    int certainty = 0; ///< 1 to 100.
    bool hasTwin = false; ///< Another schema holds one that would be chosen by the same name.

    /// What to put behind a '#' after the location to open this one.
    [[nodiscard]] QString choice() const;
    [[nodiscard]] bool hasColumn(const ProfileColumn& column) const;
    /// As declared; empty where it is not there.
    [[nodiscard]] QString typeOf(const ProfileColumn& column) const;
    /// Indexes that are missing, and what they would speed up; for people.
    [[nodiscard]] QStringList advice() const;
};

/// The profiles that fit a database, the most certain first.
[[nodiscard]] std::vector<RecognisedStore> recognise(
    const ForeignCatalog& catalog, ForeignEngine engine, const QList<StoreProfile>& profiles);

/// Whether the first is so much more certain than the second that nobody has to be asked.
[[nodiscard]] bool isClear(const std::vector<RecognisedStore>& recognised);

} // namespace eventloupe
