#pragma once

#include "branch/branch.h"

#include <QDialog>

class QDialogButtonBox;
class QLineEdit;
class QPlainTextEdit;

namespace eventloupe {

class PlainLabel;

/// Asks for an event of a branch: its type, data and metadata, and where it is a new one its stream
/// and time. What is no event is said while it is typed, with the place.
class EventDialog final : public QDialog {
    Q_OBJECT

public:
    enum class Purpose { Change, Insert };

    EventDialog(Purpose purpose, const Event& event, QWidget* parent = nullptr);

    /// What was typed; of use once accepted.
    [[nodiscard]] BranchEvent event() const;

private:
    void check();
    [[nodiscard]] QPlainTextEdit* makeText(const QByteArray& json);
    [[nodiscard]] QString fault() const;

    Purpose m_purpose;
    Event m_before;
    QLineEdit* m_stream;
    QLineEdit* m_type;
    QLineEdit* m_time;
    QPlainTextEdit* m_data;
    QPlainTextEdit* m_metadata;
    PlainLabel* m_fault;
    QDialogButtonBox* m_buttons;
};

} // namespace eventloupe
