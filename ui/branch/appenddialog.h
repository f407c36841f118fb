#pragma once

#include "branch/appendbranch.h"

#include <QDialog>

class QTreeWidget;

namespace eventloupe {

/// Shows what appending a branch at its log's head would store, and asks. Where streams have moved
/// on in the log, it names them and offers the branch on the new head instead.
class AppendDialog final : public QDialog {
    Q_OBJECT

public:
    static constexpr int rowsShown = 1000;

    AppendDialog(const BranchAppend& append, const QString& location, QWidget* parent = nullptr);

    /// Whether the branch on the new head was asked for, not the append.
    [[nodiscard]] bool isRebase() const { return m_isRebase; }

private:
    static void fill(QTreeWidget& list, const BranchAppend& append);

    bool m_isRebase = false;
};

} // namespace eventloupe
