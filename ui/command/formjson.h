#pragma once

#include "schema/schema.h"
#include "value/result.h"

#include <QWidget>

class QPlainTextEdit;

namespace eventloupe {

class JsonHighlighter;
class PlainLabel;

/// A form's data as JSON text, and what is wrong with it by line and column. GUI thread.
class FormJson final : public QWidget {
    Q_OBJECT

public:
    explicit FormJson(QWidget* parent = nullptr);

    void setJson(const JsonValue& value);
    [[nodiscard]] QString text() const;
    /// Any text, JSON or not; without edited().
    void setText(const QString& text);
    /// Whether a person changed the text since it was set.
    [[nodiscard]] bool isChanged() const;
    /// What the text says, or where it is not JSON: "line 3, column 5: ...".
    [[nodiscard]] Result<JsonValue> value() const;
    /// Shows what is wrong, and why the fields cannot take the text over; both may be empty.
    void showReasons(const QList<SchemaViolation>& violations, const QString& obstacle);
    /// The keyboard to the text, at the first thing that is wrong.
    void focusFault();
    [[nodiscard]] QPlainTextEdit* editor() const { return m_edit; }

signals:
    /// By a person.
    void edited();

protected:
    void changeEvent(QEvent* event) override;

private:
    [[nodiscard]] static QString lineOf(
        const SchemaViolation& violation, const QByteArray& utf8);
    void colour();

    QPlainTextEdit* m_edit;
    PlainLabel* m_reasons;
    JsonHighlighter* m_highlighter;
    int m_fault = -1; ///< Of the first thing that is wrong, in characters; -1: nothing is.
};

} // namespace eventloupe
