#pragma once

#include "domain/definitionformat.h"

#include <QDialog>

class QLineEdit;
class QPushButton;

namespace eventloupe {

class PlainLabel;

/// Asks for a new definition's name. Stays open, with the reason in it, until the name was taken or
/// the person gave up. GUI thread.
class NewDefinitionDialog final : public QDialog {
    Q_OBJECT

public:
    explicit NewDefinitionDialog(DefinitionKind kind, QWidget* parent = nullptr);

    /// The name cannot be had: says why and waits for another.
    void refuse(const QString& reason);

signals:
    /// A well-formed name was given: answer with accept() or refuse().
    void named(const QString& name);

private:
    void take();

    DefinitionKind m_kind;
    QLineEdit* m_name;
    PlainLabel* m_reason;
    QPushButton* m_ok;
};

} // namespace eventloupe
