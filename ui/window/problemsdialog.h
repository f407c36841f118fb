#pragma once

#include "domain/workspace.h"

#include <QDialog>

namespace eventloupe {

/// Lists what is wrong with a workspace's definitions: file, line and how to mend it. Activating
/// one opens its file.
class ProblemsDialog final : public QDialog {
    Q_OBJECT

public:
    ProblemsDialog(const Workspace& workspace, QWidget* parent);
};

/// One problem as a line of text: "commands/CREATE_USER.json:12:8: ...".
[[nodiscard]] QString problemText(const WorkspaceProblem& problem);

} // namespace eventloupe
