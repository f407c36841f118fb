#pragma once

#include <QPlainTextEdit>

namespace eventloupe {

class JsonHighlighter;

/// Shows JSON laid out over lines, read-only and coloured. Long texts are laid out on a worker and
/// cut at viewLimit; what is shown then says so. GUI thread.
class JsonView final : public QPlainTextEdit {
    Q_OBJECT

public:
    /// Longer texts, in bytes, are laid out off the GUI thread and not coloured.
    static constexpr qsizetype largeSize = 64 * 1024;
    /// Characters that are shown at most.
    static constexpr qsizetype viewLimit = 1024 * 1024;

    explicit JsonView(QWidget* parent = nullptr);

    /// Shows this JSON, byte for byte but for the layout. The same bytes again keep the scroll bar.
    void setJson(const QByteArray& json);
    [[nodiscard]] const QByteArray& json() const { return m_json; }

protected:
    void changeEvent(QEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;

private:
    void show(const QString& text, bool coloured);
    void copyJson() const;

    QByteArray m_json;
    JsonHighlighter* m_highlighter;
    quint64 m_generation = 0;
};

} // namespace eventloupe
