#pragma once

#include <QWidget>

namespace eventloupe {

class DefinitionEditor;

/// The margin of an editor: line numbers, and a sign at lines with problems.
class EditorGutter final : public QWidget {
    Q_OBJECT

public:
    explicit EditorGutter(DefinitionEditor& editor);

    [[nodiscard]] int widthFor(int lines) const;
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    bool event(QEvent* event) override;

private:
    DefinitionEditor& m_editor;
};

} // namespace eventloupe
