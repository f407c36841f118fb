#include "ui/base/infobar.h"

#include "ui/base/icons.h"
#include "ui/base/plaintext.h"
#include "ui/base/theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QPushButton>
#include <QStyle>
#include <QToolButton>

namespace eventloupe {

namespace {

constexpr int lettersForTwo = 56; ///< Text and button stand side by side from here on.

Symbol symbolOf(InfoBar::Kind kind)
{
    switch (kind) {
    case InfoBar::Kind::Warning:
        return Symbol::Warning;
    case InfoBar::Kind::Failure:
        return Symbol::Failure;
    case InfoBar::Kind::Information:
        break;
    }
    return Symbol::Information;
}

} // namespace

InfoBar::InfoBar(QWidget* parent)
    : QFrame(parent)
    , m_sign(new QLabel(this))
    , m_text(new PlainLabel(this))
    , m_action(new QPushButton(this))
    , m_also(new QPushButton(this))
    , m_words(new QBoxLayout(QBoxLayout::LeftToRight))
    , m_close(new QToolButton(this))
{
    setAutoFillBackground(true);
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_close->setIcon(icon(Symbol::Clear));
    m_close->setAutoRaise(true);
    m_close->setToolTip(tr("Dismiss"));
    m_close->setAccessibleName(tr("Dismiss the message"));

    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(10, 4, 6, 4);
    layout->addWidget(m_sign);
    m_words->addWidget(m_text, 1);
    m_words->addWidget(m_action, 0, Qt::AlignLeft | Qt::AlignVCenter);
    m_words->addWidget(m_also, 0, Qt::AlignLeft | Qt::AlignVCenter);
    layout->addLayout(m_words, 1);
    layout->addWidget(m_close);

    connect(m_action, &QPushButton::clicked, this, &InfoBar::actionTriggered);
    connect(m_also, &QPushButton::clicked, this, &InfoBar::alsoTriggered);
    connect(m_close, &QToolButton::clicked, this, &InfoBar::dismiss);
    QFrame::hide();
}

void InfoBar::show(Kind kind, const QString& message, const QString& action)
{
    m_kind = kind;
    m_text->setText(message);
    m_text->setToolTip(plainToolTip(message)); // A panel may be too low for all of it.
    setAccessibleName(message);
    m_action->setText(action);
    m_action->setVisible(!action.isEmpty());
    m_also->hide();
    applyColours();
    QFrame::show();
}

void InfoBar::offerAlso(const QString& action)
{
    m_also->setText(action);
    m_also->show();
}

void InfoBar::dismiss()
{
    hide();
    emit dismissed();
}

QString InfoBar::message() const
{
    return isHidden() ? QString() : m_text->text();
}

void InfoBar::changeEvent(QEvent* event)
{
    QFrame::changeEvent(event);
    // The parent's palette, not our own, whose Window colour is set below.
    if (event->type() == QEvent::PaletteChange && parentWidget())
        applyColours();
}

void InfoBar::resizeEvent(QResizeEvent* event)
{
    QFrame::resizeEvent(event);
    const bool isNarrow = width() < fontMetrics().averageCharWidth() * lettersForTwo;
    m_words->setDirection(isNarrow ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
}

void InfoBar::applyColours()
{
    const auto colours = coloursOf(parentWidget() ? parentWidget()->palette() : palette());
    auto ground = colours.informationGround;
    if (m_kind == Kind::Warning)
        ground = colours.warningGround;
    else if (m_kind == Kind::Failure)
        ground = colours.errorGround;
    auto own = palette();
    if (own.color(QPalette::Window) != ground) {
        own.setColor(QPalette::Window, ground);
        setPalette(own);
    }
    const int size = style()->pixelMetric(QStyle::PM_SmallIconSize);
    m_sign->setPixmap(icon(symbolOf(m_kind)).pixmap(QSize(size, size), devicePixelRatio()));
}

} // namespace eventloupe
