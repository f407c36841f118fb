#pragma once

#include "domain/workspace.h"

#include <QWidget>

class QComboBox;

namespace eventloupe {

class PlainLabel;

/// Picks one of a workspace's commands, grouped by the title of their aggregate, and says what it
/// is for. GUI thread.
class CommandPicker final : public QWidget {
    Q_OBJECT

public:
    explicit CommandPicker(QWidget* parent = nullptr);

    /// Keeps the command of the same name where there is one.
    void setWorkspace(const std::shared_ptr<const Workspace>& workspace);
    [[nodiscard]] QString current() const;
    /// False when there is no such command.
    bool select(const QString& name);
    [[nodiscard]] QWidget* focusTarget() const;

signals:
    /// Another command was picked, or the definitions are new.
    void picked(const QString& name);

private:
    void fill();
    void addGroup(const QString& title);
    void describe();

    std::shared_ptr<const Workspace> m_workspace;
    QComboBox* m_combo;
    PlainLabel* m_description;
};

} // namespace eventloupe
