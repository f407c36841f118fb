#pragma once

#include "branch/branch.h"
#include "value/jsonvalue.h"

#include <QDialog>

#include <optional>

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
    /// What was typed, whether it is an event or not, as JSON with the position and id of the event
    /// that it is about; empty while nothing was. restoreDraft() takes it back.
    [[nodiscard]] QByteArray draft() const;
    void restoreDraft(const JsonValue& draft);
    /// What a draft is about.
    struct Subject {
        Purpose purpose = Purpose::Change;
        Position position = 0;
        QString id;
    };
    [[nodiscard]] static std::optional<Subject> subjectOf(const JsonValue& draft);

private:
    void check();
    [[nodiscard]] JsonValue typed() const;
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
    JsonValue m_proposed; ///< What was in the fields at first.
    QDialogButtonBox* m_buttons;
};

} // namespace eventloupe
