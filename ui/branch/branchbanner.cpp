#include "ui/branch/branchbanner.h"

#include "ui/base/icons.h"
#include "ui/base/plaintext.h"
#include "ui/base/theme.h"

#include <QAction>
#include <QEvent>
#include <QHBoxLayout>
#include <QPainter>
#include <QStyle>
#include <QToolButton>

namespace eventloupe {

BranchBanner::BranchBanner(const QList<QAction*>& actions, QWidget* parent)
    : QFrame(parent)
    , m_sign(new PlainLabel(this))
    , m_text(new PlainLabel(this))
{
    setObjectName(QStringLiteral("branchBanner"));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(10, 4, 6, 4);
    layout->addWidget(m_sign);
    showSign();
    m_text->setElided(true);
    makeHeading(*m_text);
    layout->addWidget(m_text, 1);
    for (QAction* each : actions) {
        auto* button = new QToolButton(this);
        button->setDefaultAction(each);
        button->setToolButtonStyle(Qt::ToolButtonTextOnly);
        layout->addWidget(button);
    }
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void BranchBanner::setText(const QString& text)
{
    m_text->setText(text);
    m_text->setToolTip(plainToolTip(text));
    setAccessibleName(text);
}

QString BranchBanner::text() const
{
    return m_text->text();
}

/// In the palette's colour and the screen's scale.
void BranchBanner::showSign()
{
    const int size = style()->pixelMetric(QStyle::PM_SmallIconSize);
    m_sign->setPixmap(icon(Symbol::Branch).pixmap(QSize(size, size), devicePixelRatio()));
}

void BranchBanner::changeEvent(QEvent* event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        showSign();
}

void BranchBanner::paintEvent(QPaintEvent* event)
{
    QPainter(this).fillRect(rect(), coloursOf(palette()).branchGround);
    QFrame::paintEvent(event);
}

} // namespace eventloupe
