#include "app/tour/driver.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QComboBox>
#include <QElapsedTimer>
#include <QTest>
#include <QTextStream>

namespace eventloupe {

namespace {

constexpr int patienceMilliseconds = 20000;
/// What comes after a step, such as the density, is to be in the picture.
constexpr int settlingMilliseconds = 150;

void say(const QString& line)
{
    QTextStream(stdout) << line << Qt::endl;
}

} // namespace

Driver::Driver(QWidget& window, const QDir& folder)
    : m_window(window)
    , m_folder(folder)
{
}

QWidget* Driver::top() const
{
    auto* dialog = QApplication::activeModalWidget();
    return dialog != nullptr ? dialog : &m_window;
}

QWidget* Driver::visible(const QString& name) const
{
    for (auto* widget : top()->findChildren<QWidget*>(name)) {
        if (widget->isVisible())
            return widget;
    }
    return nullptr;
}

QWidget* Driver::find(const QString& name)
{
    waitFor(QStringLiteral("%1 is visible").arg(name), [&] { return visible(name) != nullptr; });
    return visible(name);
}

void Driver::click(const QString& name)
{
    auto* widget = find(name);
    if (widget == nullptr)
        return;
    if (!waitFor(QStringLiteral("%1 is enabled").arg(name), [&] { return widget->isEnabled(); }))
        return;
    QTest::mouseClick(widget, Qt::LeftButton);
}

void Driver::type(const QString& name, const QString& text)
{
    auto* widget = find(name);
    if (widget == nullptr)
        return;
    QTest::mouseClick(widget, Qt::LeftButton);
    widget->setFocus();
    QTest::keyClick(widget, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClick(widget, Qt::Key_Delete);
    QTest::keyClicks(widget, text);
}

void Driver::choose(const QString& name, const QString& text)
{
    auto* combo = find<QComboBox>(name);
    if (combo == nullptr)
        return;
    const auto index = combo->findText(text);
    if (index < 0) {
        fail(QStringLiteral("%1 has no entry \"%2\"").arg(name, text));
        return;
    }
    combo->setFocus();
    for (int step = 0; combo->currentIndex() != index && step <= combo->count(); ++step)
        QTest::keyClick(combo, combo->currentIndex() < index ? Qt::Key_Down : Qt::Key_Up);
    expect(QStringLiteral("%1 shows").arg(name), combo->currentText(), text);
}

void Driver::key(Qt::Key key, Qt::KeyboardModifiers modifiers)
{
    auto* focus = QApplication::focusWidget();
    QTest::keyClick(focus != nullptr ? focus : top(), key, modifiers);
}

void Driver::drag(QWidget& widget, QPoint from, QPoint to)
{
    constexpr int steps = 5;
    QTest::mousePress(&widget, Qt::LeftButton, {}, from);
    for (int step = 1; step <= steps; ++step)
        QTest::mouseMove(&widget, from + (to - from) * step / steps);
    QTest::mouseRelease(&widget, Qt::LeftButton, {}, to);
}

void Driver::clickRow(QAbstractItemView& view, const QString& text)
{
    QModelIndex index;
    waitFor(QStringLiteral("%1 lists \"%2\"").arg(view.objectName(), text), [&] {
        const auto* model = view.model();
        for (int row = 0; row < model->rowCount(); ++row) {
            index = model->index(row, 0);
            if (index.data().toString().contains(text))
                return true;
        }
        index = {};
        return false;
    });
    if (index.isValid())
        QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, view.visualRect(index).center());
}

bool Driver::waitFor(const QString& what, const std::function<bool()>& condition)
{
    QElapsedTimer timer;
    timer.start();
    while (!condition()) {
        if (timer.hasExpired(patienceMilliseconds)) {
            fail(QStringLiteral("waited in vain: ") + what);
            return false;
        }
        QTest::qWait(5);
    }
    return true;
}

void Driver::expect(const QString& what, const QString& actual, const QString& expected)
{
    if (actual == expected) {
        say(QStringLiteral("ok: %1: %2").arg(what, actual));
        return;
    }
    fail(QStringLiteral("%1: \"%2\", expected \"%3\"").arg(what, actual, expected));
}

void Driver::fail(const QString& what)
{
    ++m_differences;
    say(QStringLiteral("DIFFERENT: ") + what);
}

void Driver::picture(const QString& name)
{
    QTest::qWait(settlingMilliseconds);
    const auto file
        = QStringLiteral("%1-%2.png").arg(++m_pictures, 2, 10, QLatin1Char('0')).arg(name);
    if (!top()->grab().save(m_folder.filePath(file)))
        fail(QStringLiteral("cannot write %1").arg(m_folder.filePath(file)));
}

} // namespace eventloupe
