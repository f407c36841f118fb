#include "app/endsignals.h"

#include <QSocketNotifier>

#ifdef Q_OS_UNIX
#include <array>
#include <cerrno>
#include <csignal>

#include <fcntl.h>
#include <unistd.h>
#endif

namespace eventloupe {

#ifdef Q_OS_UNIX

namespace {

constexpr std::array endings { SIGTERM, SIGINT, SIGHUP };
std::array<int, 2> channel { -1, -1 }; ///< A handler may write to a pipe, and little else.

void handle(int number, void (*handler)(int))
{
    struct sigaction action = {};
    action.sa_handler = handler;
    action.sa_flags = SA_RESTART;
    sigemptyset(&action.sa_mask);
    sigaction(number, &action, nullptr);
}

/// What whoever started the program has it ignore, as nohup does, stays ignored.
bool isIgnored(int number)
{
    struct sigaction action = {};
    return sigaction(number, nullptr, &action) == 0 && action.sa_handler == SIG_IGN;
}

void handleEndings(void (*handler)(int))
{
    for (const int number : endings) {
        if (!isIgnored(number))
            handle(number, handler);
    }
}

void passOn(int)
{
    const int interrupted = errno;
    const char byte = 0;
    [[maybe_unused]] const auto written = ::write(channel[1], &byte, 1);
    handleEndings(SIG_DFL);
    errno = interrupted;
}

} // namespace

EndSignals::EndSignals(QObject* parent)
    : QObject(parent)
{
    handle(SIGPIPE, SIG_IGN);
    handle(SIGXFSZ, SIG_IGN);
    if (::pipe(channel.data()) != 0)
        return;
    for (const int end : channel)
        ::fcntl(end, F_SETFD, FD_CLOEXEC);
    m_notifier = new QSocketNotifier(channel[0], QSocketNotifier::Read, this);
    connect(m_notifier, &QSocketNotifier::activated, this, [this] {
        m_notifier->setEnabled(false);
        emit endAsked();
    });
    handleEndings(passOn);
}

EndSignals::~EndSignals()
{
    handleEndings(SIG_DFL);
    delete m_notifier;
    for (int& end : channel) {
        if (end >= 0)
            ::close(end);
        end = -1;
    }
}

#else

EndSignals::EndSignals(QObject* parent)
    : QObject(parent)
{
}

EndSignals::~EndSignals() = default;

#endif

} // namespace eventloupe
