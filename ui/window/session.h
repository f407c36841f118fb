#pragma once

#include "value/event.h"

#include <QSettings>
#include <QStringList>

#include <set>

namespace eventloupe {

/// What comes back at the next start. One file, mode 0600 in a folder of its own, in the user's
/// configuration, or in the folder that EVENTLOUPE_CONFIG_DIR names. GUI thread.
class Session final {
public:
    /// What is kept for each store or workspace that was opened lately.
    struct Place {
        Position position = 0;
        bool live = true;
        QString filter;
        QString pinned; ///< Empty: the subject follows the cursor.
        std::set<Position> marks;
        QByteArray draft; ///< The form that was not issued.
    };

    static constexpr int recentCount = 10;

    Session();
    ~Session();
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    [[nodiscard]] static QString folder();
    [[nodiscard]] static QString fileName();

    [[nodiscard]] QByteArray bytes(const QString& key) const;
    void setBytes(const QString& key, const QByteArray& bytes);
    [[nodiscard]] QString text(const QString& key) const;
    void setText(const QString& key, const QString& text);

    /// Newest first.
    [[nodiscard]] QStringList recent() const;
    /// Puts a location first; what falls off the list is forgotten with its place.
    void addRecent(const QString& location);
    void removeRecent(const QString& location);

    [[nodiscard]] Place place(const QString& location) const;
    void setPlace(const QString& location, const Place& place);

    /// Writes the file when there is something that it does not say yet.
    void save();

private:
    [[nodiscard]] static QString groupOf(const QString& location);
    void set(const QString& key, const QVariant& value);

    QSettings m_settings;
    bool m_isChanged = false;
};

} // namespace eventloupe
