#include "monkey/chooser.h"

#include "monkey/targets.h"

#include <QAction>
#include <QComboBox>
#include <QFileDialog>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QPlainTextEdit>
#include <QTabBar>
#include <QTextEdit>

#include <array>
#include <iterator>

namespace eventloupe {

namespace {

const QList<QKeyCombination>& keys()
{
    static const QList<QKeyCombination> all { Qt::Key_Up, Qt::Key_Down, Qt::Key_Left, Qt::Key_Right,
        Qt::Key_PageUp, Qt::Key_PageDown, Qt::Key_Home, Qt::Key_End, Qt::Key_Tab, Qt::Key_Tab,
        Qt::Key_Return, Qt::Key_Space, Qt::Key_Escape, Qt::Key_Delete, Qt::Key_Backspace,
        Qt::Key_J, Qt::Key_K, Qt::Key_L, Qt::Key_F2, Qt::Key_Menu, Qt::Key_Asterisk, Qt::Key_Plus,
        Qt::SHIFT | Qt::Key_Tab, Qt::SHIFT | Qt::Key_Down, Qt::SHIFT | Qt::Key_End,
        Qt::CTRL | Qt::Key_Up, Qt::CTRL | Qt::Key_Down, Qt::CTRL | Qt::Key_Home,
        Qt::CTRL | Qt::Key_End, Qt::CTRL | Qt::Key_Comma, Qt::CTRL | Qt::Key_Period,
        Qt::CTRL | Qt::Key_A, Qt::CTRL | Qt::Key_C, Qt::CTRL | Qt::Key_V, Qt::CTRL | Qt::Key_X,
        Qt::CTRL | Qt::Key_Z, Qt::CTRL | Qt::Key_Y, Qt::CTRL | Qt::Key_Return,
        Qt::CTRL | Qt::Key_Space, Qt::CTRL | Qt::Key_S, Qt::CTRL | Qt::Key_M,
        Qt::ALT | Qt::Key_Return, Qt::ALT | Qt::Key_Left, Qt::ALT | Qt::Key_Right,
        Qt::CTRL | Qt::SHIFT | Qt::Key_Up, Qt::CTRL | Qt::SHIFT | Qt::Key_Delete };
    return all;
}

const QStringList& texts()
{
    static const QStringList all { QString(), QStringLiteral(" "), QStringLiteral("0"),
        QStringLiteral("-1"), QStringLiteral("7"), QStringLiteral("99999999999999999999"),
        QStringLiteral("1e999"), QStringLiteral("'"), QStringLiteral("\"\\"),
        QStringLiteral("<img src=x><b>bold</b>&amp;"), QStringLiteral("{{{"),
        QStringLiteral("data.qty > 1"), QStringLiteral("data.n == 3"), QStringLiteral("state.n"),
        QStringLiteral("state.total > 20.0"), QStringLiteral("type == 'ITEM_ADDED'"),
        QStringLiteral("has(data.sku)"), QStringLiteral("true"), QStringLiteral("no such("),
        QStringLiteral("[1, 2].map(x, x / 0)"), QStringLiteral("cart-1"), QStringLiteral("user-1"),
        QStringLiteral("order"), QStringLiteral("/items"), QStringLiteral("2026-03-01"),
        QStringLiteral("2026-03-01T14:03:22+25:00"), QStringLiteral("null"), QStringLiteral("[]"),
        QStringLiteral("{\"a\":{\"b\":[1,2.50]}}"), QStringLiteral("{\"a\":"),
        QStringLiteral("%s%n%1"), QStringLiteral("a\nb\tc"), QStringLiteral("out/new.eventlog"),
        QStringLiteral("out/new"), QString::fromUtf8("\xf0\x9f\xa6\x8a"),
        QString(QChar(0x202e)) + QStringLiteral("gnp.exe"), QString(1, QChar(0xd800)),
        QString(3000, u'a'), QStringLiteral("ab ").repeated(300) };
    return all;
}

bool takesText(QWidget* widget)
{
    const auto* const edit = qobject_cast<QLineEdit*>(widget);
    const auto* const text = qobject_cast<QPlainTextEdit*>(widget);
    return (edit && !edit->isReadOnly()) || (text && !text->isReadOnly());
}

bool hasRows(QWidget* widget)
{
    return qobject_cast<QComboBox*>(widget) || qobject_cast<QTabBar*>(widget)
        || qobject_cast<QAbstractItemView*>(widget);
}

} // namespace

Chooser::Chooser(quint32 seed, QStringList places)
    : m_random(seed)
    , m_places(std::move(places))
{
}

int Chooser::below(qsizetype bound)
{
    return bound < 1 ? 0 : static_cast<int>(m_random.bounded(static_cast<quint32>(bound)));
}

QPoint Chooser::pointIn(const QWidget& widget)
{
    return { below(widget.width()), below(widget.height()) };
}

QString Chooser::nonsense()
{
    return oneOf(texts());
}

Step Chooser::plain(Step::Kind kind, int number) const
{
    Step step;
    step.kind = kind;
    step.number = number;
    return step;
}

Step Chooser::next(QWidget& window)
{
    const auto tops = topsNow(window);
    QWidget& top = tops.size() > 1 && oftenAs(25) ? *oneOf(tops) : *tops.constFirst();
    if (qobject_cast<QMenu*>(&top))
        return inMenu(top);
    if (top.windowType() == Qt::Popup)
        return inPopup(top);
    if (qobject_cast<QFileDialog*>(&top))
        return inFileDialog(top);
    return &top == &window ? inWindow(window) : inDialog(top);
}

Step Chooser::inMenu(QWidget& menu)
{
    if (oftenAs(35))
        return plain(Step::Kind::Escape);
    Step step = plain(Step::Kind::Click);
    step.target = nameOf(menu);
    step.at = pointIn(menu);
    return step;
}

Step Chooser::inPopup(QWidget& popup)
{
    if (oftenAs(30))
        return plain(Step::Kind::Escape);
    return oftenAs(50) ? key(popup) : onWidget(popup);
}

/// A file of the scratch folder mostly: what else is in the dialog is Qt's.
Step Chooser::inFileDialog(QWidget& dialog)
{
    if (oftenAs(25))
        return plain(Step::Kind::Escape);
    auto* const name = dialog.findChild<QLineEdit*>(QStringLiteral("fileNameEdit"));
    if (name == nullptr || oftenAs(10))
        return onWidget(dialog);
    Step step = plain(Step::Kind::Type, Qt::Key_Return);
    step.target = nameOf(*name);
    step.text = oftenAs(60) ? oneOf(m_places) : QStringLiteral("out/%1").arg(below(30));
    return step;
}

Step Chooser::inDialog(QWidget& dialog)
{
    if (oftenAs(6)) {
        Step step = plain(Step::Kind::Escape);
        step.target = nameOf(dialog);
        return step;
    }
    const int roll = below(100);
    if (roll < 20)
        return key(dialog);
    if (roll < 40)
        return type(dialog);
    return roll < 52 ? choose(dialog) : onWidget(dialog);
}

Step Chooser::inWindow(QWidget& window)
{
    const int roll = below(1000);
    if (roll < 190)
        return trigger(window);
    if (roll < 350)
        return key(window);
    if (roll < 460)
        return type(window);
    if (roll < 540)
        return choose(window);
    if (roll < 575)
        return openAny();
    if (roll < 580)
        return plain(Step::Kind::Close);
    if (roll < 600)
        return plain(Step::Kind::Append, 1 + below(20));
    if (roll < 630)
        return plain(Step::Kind::Wait, below(300));
    if (roll < 640) {
        Step step = plain(Step::Kind::Resize);
        step.at = { 900 + below(900), 600 + below(500) };
        return step;
    }
    return roll < 643 ? plain(Step::Kind::Restart) : onWidget(window);
}

Step Chooser::openAny()
{
    Step step = plain(Step::Kind::Open);
    step.text = oneOf(m_places);
    return step;
}

Step Chooser::trigger(QWidget& window)
{
    const auto actions = actionsOf(window);
    if (actions.isEmpty())
        return plain(Step::Kind::Wait, 1);
    Step step = plain(Step::Kind::Trigger);
    step.text = nameOf(*oneOf(actions), window);
    return step;
}

Step Chooser::onWidget(QWidget& top)
{
    const auto useful = usefulPartsOf(top);
    const auto parts = useful.isEmpty() || oftenAs(10) ? partsOf(top) : useful;
    QWidget& widget = parts.isEmpty() ? top : *oneOf(parts);
    static constexpr auto kinds = std::to_array<Step::Kind>({ Step::Kind::Click, Step::Kind::Click,
        Step::Kind::Click, Step::Kind::Click, Step::Kind::Click, Step::Kind::DoubleClick,
        Step::Kind::RightClick, Step::Kind::Drag, Step::Kind::Wheel, Step::Kind::Hover });
    Step step = plain(kinds.at(static_cast<std::size_t>(below(std::ssize(kinds)))));
    step.target = nameOf(widget);
    step.at = pointIn(widget);
    if (step.kind == Step::Kind::Drag)
        step.to = pointIn(widget);
    if (step.kind == Step::Kind::Wheel)
        step.number = below(21) - 10;
    return step;
}

Step Chooser::key(QWidget& top)
{
    Step step = plain(Step::Kind::Key, oneOf(keys()).toCombined());
    const auto parts = usefulPartsOf(top);
    // Else where the focus is.
    if (!parts.isEmpty() && oftenAs(40))
        step.target = nameOf(*oneOf(parts));
    return step;
}

Step Chooser::type(QWidget& top)
{
    QList<QWidget*> fields;
    for (QWidget* const each : partsOf(top)) {
        if (takesText(each))
            fields.append(each);
    }
    if (fields.isEmpty())
        return onWidget(top);
    Step step = plain(Step::Kind::Type, oftenAs(50) ? Qt::Key_Return : 0);
    step.target = nameOf(*oneOf(fields));
    step.text = nonsense();
    return step;
}

Step Chooser::choose(QWidget& top)
{
    QList<QWidget*> lists;
    for (QWidget* const each : partsOf(top)) {
        if (hasRows(each))
            lists.append(each);
    }
    if (lists.isEmpty())
        return onWidget(top);
    Step step = plain(Step::Kind::Choose, below(12));
    step.target = nameOf(*oneOf(lists));
    return step;
}

} // namespace eventloupe
