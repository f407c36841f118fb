#pragma once

#include <QWidget>

namespace eventloupe {

class PlainLabel;

/// Holds an elided label whose text changes with each step of the cursor, so that the window is not
/// laid out anew for it, down to panels that are hidden: the label has the size of this frame,
/// which asks for a line of text.
class StillFrame final : public QWidget {
    Q_OBJECT

public:
    /// Takes the label over.
    explicit StillFrame(PlainLabel& label, QWidget* parent = nullptr);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    PlainLabel& m_label;
};

} // namespace eventloupe
