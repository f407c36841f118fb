#pragma once

#include "foreign/storeprofile.h"
#include "value/result.h"

#include <QWidget>

class QComboBox;
class QLineEdit;

namespace eventloupe {

/// Where a mapping is saved and what it is called: in the open workspace, in one that is made for
/// it, or among the user's own profiles. GUI thread, but for save().
class MappingTarget final : public QWidget {
    Q_OBJECT

public:
    /// What to save where; empty `workspace` where none is made.
    struct Place {
        StoreProfile mapping;
        QString folder; ///< Whose `stores` folder it goes into.
        QString store; ///< For the workspace.json that is made; empty: none is.
    };

    /// `workspace` is the open one's folder, or empty; `own` is the user's.
    MappingTarget(QString workspace, QString own, QWidget* parent = nullptr);

    void setName(const QString& name, const QString& title);
    [[nodiscard]] Place place(const StoreProfile& mapping, const QString& location) const;
    /// What keeps it from being saved, for people.
    [[nodiscard]] QString problem() const;

    /// Writes it; gives what to open then. Any thread.
    [[nodiscard]] static Result<QString> save(const Place& place, const QString& location);

signals:
    void edited();

private:
    enum Where { InWorkspace, InNewWorkspace, InOwn };

    void askFolder();
    [[nodiscard]] Where where() const;

    const QString m_workspace;
    const QString m_own;
    QString m_newFolder;
    QLineEdit* m_name;
    QComboBox* m_where;
    bool m_isNamed = false; ///< By a person.
};

} // namespace eventloupe
