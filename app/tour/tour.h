#pragma once

#include "app/tour/driver.h"

#include <QList>
#include <QString>

namespace eventloupe {

/// The whole path as a person walks it, in the real window: creates three users through the form,
/// renames one, tries a command that is rejected, drags the slider to each position, filters,
/// exports; a picture at each step. What the panels show is compared with what was typed.
class Tour {
public:
    /// `window` shows an empty store with the sample workspace `users`. Pictures and export.ndjson
    /// go to `folder`, which exists.
    Tour(QWidget& window, const QDir& folder);

    /// Walks the path and returns the number of differences; each is printed.
    int run();

private:
    struct User {
        QString stream;
        QString name;
        QString email;
    };
    struct Step { ///< What was stored at a position: index + 1.
        qsizetype user = 0;
        QString type;
        QString name; ///< The user's name from here on.
    };

    void opensEmpty();
    void createsUsers();
    void createsUser(const QString& name, const QString& email);
    void renamesUser();
    void rejectsCommand();
    void dragsToEachPosition();
    void checkPosition(qsizetype position);
    void stepsByKey();
    void filters();
    void exportsLog();
    void checkExport();
    void changesTheme();

    [[nodiscard]] QString nameAt(qsizetype user, qsizetype position) const;
    [[nodiscard]] QString stateField(const QString& field);
    /// Each stream's name, and the user's name from its headline.
    [[nodiscard]] QStringList streamsShown();
    [[nodiscard]] QStringList logTypes();
    void waitForEvents(qsizetype count);

    QWidget& m_window;
    Driver m_driver;
    QDir m_folder;
    QList<User> m_users;
    QList<Step> m_steps;
};

} // namespace eventloupe
