#include "ui/branch/branchbanner.h"

#include "ui/base/icons.h"
#include "ui/base/plaintext.h"
#include "ui/base/theme.h"

#include <QAction>
#include <QEvent>
#include <QHBoxLayout>
#include <QStyle>
#include <QToolButton>

namespace eventloupe {

BranchBanner::BranchBanner(const QList<QAction*>& actions, QWidget* parent)
    : QFrame(parent)
    , m_text(new PlainLabel(this))
{
    setObjectName(QStringLiteral("branchBanner"));
    setAutoFillBackground(true);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(10, 4, 6, 4);
    auto* sign = new QLabel(this);
    const int size = style()->pixelMetric(QStyle::PM_SmallIconSize);
    sign->setPixmap(icon(Symbol::Branch).pixmap(QSize(size, size), devicePixelRatio()));
    layout->addWidget(sign);
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
    applyColours();
}

QString BranchBanner::text() const
{
    return m_text->text();
}

void BranchBanner::changeEvent(QEvent* event)
{
    QFrame::changeEvent(event);
    // The parent's palette, not our own, whose Window colour is set below.
    if (event->type() == QEvent::PaletteChange && parentWidget())
        applyColours();
}

void BranchBanner::applyColours()
{
    const auto ground
        = coloursOf(parentWidget() ? parentWidget()->palette() : palette()).branchGround;
    auto own = palette();
    if (own.color(QPalette::Window) == ground)
        return;
    own.setColor(QPalette::Window, ground);
    setPalette(own);
}

} // namespace eventloupe
