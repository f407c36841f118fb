#pragma once

#include <QDialog>

class QLineEdit;

namespace eventloupe {

class GoTo;
class PlainLabel;

/// Asks where to go: a position or a time. Stays open, with the reason, while what was typed is
/// not understood.
class GoToDialog final : public QDialog {
    Q_OBJECT

public:
    GoToDialog(GoTo& goTo, QWidget* parent);

private:
    GoTo& m_goTo;
    QLineEdit* m_edit;
    PlainLabel* m_fault;
};

} // namespace eventloupe
