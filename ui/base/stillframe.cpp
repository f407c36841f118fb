#include "ui/base/stillframe.h"

#include "ui/base/plaintext.h"

namespace eventloupe {

StillFrame::StillFrame(PlainLabel& label, QWidget* parent)
    : QWidget(parent)
    , m_label(label)
{
    label.setParent(this);
    setSizePolicy(label.sizePolicy());
}

QSize StillFrame::sizeHint() const
{
    return m_label.sizeHint();
}

QSize StillFrame::minimumSizeHint() const
{
    return m_label.minimumSizeHint();
}

/// Qt asks no layout about a widget whose size is fixed.
void StillFrame::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    // A layout that has no room gives less than none.
    m_label.setFixedSize(size().expandedTo({ 0, 0 }));
}

} // namespace eventloupe
