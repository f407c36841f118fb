#pragma once

#include "ui/base/jsontext.h"
#include "value/jsonvalue.h"

#include <QPlainTextEdit>

#include <functional>
#include <vector>

class QToolButton;

namespace eventloupe {

class JsonHighlighter;
class PlainLabel;

/// Shows JSON laid out over lines, read-only and coloured. Long texts are laid out on a worker, and
/// shown in parts of partSize, with a bar that pages through them, copies all and saves all: what a
/// view costs does not depend on how long the text is. GUI thread.
class JsonView final : public QPlainTextEdit {
    Q_OBJECT

public:
    /// Longer texts, in bytes, are laid out off the GUI thread and not coloured.
    static constexpr qsizetype largeSize = 64 * 1024;
    /// Bytes of laid-out text that are shown at a time.
    static constexpr qsizetype partSize = 256 * 1024;

    explicit JsonView(QWidget* parent = nullptr);

    /// Shows this JSON, byte for byte but for the layout. The same bytes again keep the scroll bar.
    void setJson(const QByteArray& json);
    /// The same for a value, whose text is made on a worker where it is long.
    void setValue(const JsonValue& value);
    /// The text that is shown; that of a long value is there once it was made.
    [[nodiscard]] const QByteArray& json() const { return m_json; }
    /// The part that is shown, from 0.
    [[nodiscard]] int part() const { return m_part; }

public slots:
    void showNextPart();
    void showPreviousPart();

protected:
    void changeEvent(QEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    struct Part;
    void setUpBar();
    QToolButton* addToBar(
        const QString& text, const QString& tip, const std::function<void()>& act);
    void replaceJson(const QByteArray& json);
    void show(const QString& text, bool coloured);
    void showPart(int part);
    void take(int part, const Part& laidOut);
    void showBar(const Part& laidOut);
    void placeBar();
    void copyJson();
    void saveJson();

    QByteArray m_json;
    JsonValue m_value; ///< Whose text it is, where it is a long value's.
    bool m_isAwaited = false; ///< The text of m_value is being made, and m_json is empty.
    JsonHighlighter* m_highlighter;
    QWidget* m_bar; ///< Below the text, while that has several parts.
    PlainLabel* m_where = nullptr;
    QToolButton* m_previous = nullptr;
    QToolButton* m_next = nullptr;
    std::vector<JsonLayout> m_starts; ///< Of the parts that were reached, and the one after them.
    int m_part = 0;
    quint64 m_generation = 0; ///< Of what is shown; what is made for older is dropped.
};

} // namespace eventloupe
