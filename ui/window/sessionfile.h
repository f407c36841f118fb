#pragma once

#include "value/event.h"
#include "value/result.h"

#include <QByteArray>
#include <QMap>
#include <QString>
#include <QStringList>

#include <set>

namespace eventloupe {

/// What is kept for each store or workspace that was opened lately.
struct SessionPlace {
    Position position = 0;
    bool live = true;
    QString filter;
    QString pinned; ///< Empty: the subject follows the cursor.
    std::set<Position> marks;
    QByteArray draft; ///< The form that was not issued.
    /// What else was selected or typed and is nowhere else yet, by who knows what it means. UTF-8.
    QMap<QString, QByteArray> others = {};

    bool operator==(const SessionPlace& other) const = default;
};

/// What is kept for the window, whatever is open in it.
struct SessionValues {
    QMap<QString, QString> texts;
    QMap<QString, QByteArray> bytes;
    QStringList recent; ///< Locations, newest first.

    bool operator==(const SessionValues& other) const = default;
};

// A session is one file for the window and one for each place, all of JSON: {"format": 1, ...}.
// Members that are missing or of another type are as at first, so that a newer program's file can
// be read as well.

[[nodiscard]] QByteArray toSessionJson(const SessionValues& values);
[[nodiscard]] QByteArray toSessionJson(const SessionPlace& place);
[[nodiscard]] Result<SessionValues> valuesFromJson(const QByteArray& json);
[[nodiscard]] Result<SessionPlace> placeFromJson(const QByteArray& json);

/// What a file held, or as at first where there was none.
template <class T> struct ReadSession {
    T content = {};
    bool isThere = false;
    /// For people: why it is not what the file held. See troubleWith().
    QString trouble = {};
    /// It cannot be read now, so that what it holds is not known: not to be written over.
    bool isUnread = false;
};

/// Puts a broken file out of the way, as troubleWith() does. Blocks on the disk.
[[nodiscard]] ReadSession<SessionValues> readValues(const QString& file);
[[nodiscard]] ReadSession<SessionPlace> readPlace(const QString& file);
/// Of another window's file, which is left as it is; one that cannot be read is as at first.
[[nodiscard]] SessionPlace lookAtPlace(const QString& file);

/// Where the places of a location are kept, but for the ends of their names: ".json", "-2.json"...
[[nodiscard]] QString placeStem(const QString& folder, const QString& location);

/// As writePrivately(). Unsupported where it is so large that it would be set aside at the next
/// start: what is there stays.
[[nodiscard]] Result<void> writeSession(const QString& file, const QByteArray& json);

/// Whether a failure to read a file says nothing of what it holds, and may pass.
[[nodiscard]] bool mayPass(const Error& error);
/// What is to be told of such a failure; a file that is broken or too large is set aside first.
[[nodiscard]] QString troubleWith(const QString& file, const Error& error);
/// Puts a file that is broken out of the way, as `file`.broken, and says so. Four that were
/// put there before are kept as `file`.broken-2 (the newest of them) to -5.
QString setBrokenAside(const QString& file, const QString& reason);

} // namespace eventloupe
