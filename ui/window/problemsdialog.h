#pragma once

#include "domain/workspace.h"

#include <QDialog>

namespace eventloupe {

/// Lists what is wrong with a workspace's definitions: file, line and how to mend it. Activating
/// one asks for its place, and closes.
class ProblemsDialog final : public QDialog {
    Q_OBJECT

public:
    ProblemsDialog(const Workspace& workspace, QWidget* parent);

signals:
    void placeAsked(const QString& file, int line, int column);
};

/// One problem as a line of text: "commands/CREATE_USER.json:12:8: ...".
[[nodiscard]] QString problemText(const WorkspaceProblem& problem);

} // namespace eventloupe
