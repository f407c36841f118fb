#include "support/markupbench.h"

#include <QAbstractItemView>
#include <QAction>
#include <QApplication>
#include <QContextMenuEvent>
#include <QDesktopServices>
#include <QDialog>
#include <QFileDialog>
#include <QMenu>
#include <QPointer>
#include <QScopedValueRollback>
#include <QTest>
#include <QUrl>

#include <algorithm>

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace eventloupe {

namespace {

QStringList schemes()
{
    return { u"http"_qs, u"https"_qs, u"file"_qs, u"mailto"_qs };
}

} // namespace

Outside::Outside()
    : m_socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
    , m_notifier(m_socket, QSocketNotifier::Read)
{
    sockaddr_in address {};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* any = reinterpret_cast<sockaddr*>(&address);
    if (m_socket < 0 || ::bind(m_socket, any, size) != 0 || ::listen(m_socket, 8) != 0
        || ::getsockname(m_socket, any, &size) != 0)
        qFatal("no port");
    m_port = ntohs(address.sin_port);
    connect(&m_notifier, &QSocketNotifier::activated, this, [this] {
        ::close(::accept(m_socket, nullptr, nullptr));
        ++asked;
    });
    for (const auto& scheme : schemes())
        QDesktopServices::setUrlHandler(scheme, this, "open");
}

Outside::~Outside()
{
    for (const auto& scheme : schemes())
        QDesktopServices::unsetUrlHandler(scheme);
    ::close(m_socket);
}

void Outside::open(const QUrl& /*url*/)
{
    ++opened;
}

MarkupBench::MarkupBench()
    : store(outside.port())
{
    QObject::connect(&m_janitor, &QTimer::timeout, &m_janitor, [this] { clearTop(); });
    m_janitor.start(20);
    if (!open(store.folder()))
        qFatal("not opened");
    settle();
}

void MarkupBench::settle(int milliseconds)
{
    QTest::qWait(milliseconds);
    walk.look();
}

bool MarkupBench::looksUntil(const std::function<bool()>& isMet)
{
    return QTest::qWaitFor(
        [&] {
            walk.look();
            return isMet();
        },
        patience);
}

bool MarkupBench::sees(const QString& word)
{
    return looksUntil([&] { return walk.texts(word) > 0; });
}

bool MarkupBench::seesWindow(const QString& name)
{
    return looksUntil([&] { return walk.windows().contains(name); });
}

void MarkupBench::clearTop()
{
    QPointer<QWidget> top = QApplication::activePopupWidget();
    if (!top)
        top = QApplication::activeModalWidget();
    if (!top || m_isLooking)
        return;
    const QScopedValueRollback guard(m_isLooking, true);
    if (!qobject_cast<QFileDialog*>(top)) // Qt's own, of the file system.
        walk.look();
    auto* dialog = qobject_cast<QDialog*>(top);
    if (dialog && visit)
        visit(*dialog);
    else if (dialog)
        dialog->reject();
    else if (top)
        top->close();
}

void MarkupBench::openMenu(QWidget& widget, const QPoint& place)
{
    QContextMenuEvent event(QContextMenuEvent::Mouse, place, widget.mapToGlobal(place));
    QApplication::sendEvent(&widget, &event);
    QTest::qWait(40);
}

void MarkupBench::openMenus(QAbstractItemView& view)
{
    for (int row = 0; view.model() && row < std::min(4, view.model()->rowCount()); ++row) {
        const auto index = view.model()->index(row, std::min(1, view.model()->columnCount() - 1));
        view.setCurrentIndex(index);
        openMenu(*view.viewport(), view.visualRect(index).center());
    }
}

void MarkupBench::triggerAll(const QMenu& menu)
{
    // Of Qt or of the system, or the end of the test.
    static const QStringList others { u"About Qt"_qs, u"Quit"_qs, u"Close"_qs, u"New Workspace"_qs,
        u"Open Recent"_qs, u"Theme"_qs };
    for (auto* action : menu.actions()) {
        const auto name = action->text().remove(u'&');
        if (!action->isEnabled() || action->isSeparator() || others.contains(name))
            continue;
        if (action->menu()) {
            triggerAll(*action->menu());
            continue;
        }
        action->trigger();
        settle(60);
    }
}

QAction* MarkupBench::action(const QString& text)
{
    for (auto* each : window().findChildren<QAction*>())
        if (each->text().remove(u'&') == text)
            return each;
    return nullptr;
}

} // namespace eventloupe
