#include "app/cli/terminal.h"

#include "value/visibletext.h"

#include <cerrno>
#include <csignal>

#include <poll.h>
#include <unistd.h>

namespace eventloupe::cli {

namespace {

constexpr qsizetype bufferSize = 64 * 1024;

/// Looked at by the handler; set for as long as the Terminal lives.
const CancelToken* interruptedToken = nullptr;

void catchSignal(int number, void (*handler)(int), int flags)
{
    struct sigaction action = {};
    action.sa_handler = handler;
    action.sa_flags = flags;
    sigemptyset(&action.sa_mask);
    sigaction(number, &action, nullptr);
}

/// Only a lock-free atomic store and sigaction() happen here, which a signal handler may do. The
/// handlers are gone after one signal, so that a second one of either ends what does not look at
/// its token.
void interrupt(int)
{
    if (interruptedToken != nullptr)
        interruptedToken->cancel();
    catchSignal(SIGINT, SIG_DFL, 0);
    catchSignal(SIGTERM, SIG_DFL, 0);
}

} // namespace

Terminal::Terminal()
    : m_isShown(isTerminal(STDOUT_FILENO))
{
    interruptedToken = &m_cancel;
    catchSignal(SIGPIPE, SIG_IGN, 0);
    // At a file-size limit a write is to fail, not the process.
    catchSignal(SIGXFSZ, SIG_IGN, 0);
    catchSignal(SIGINT, interrupt, 0);
    catchSignal(SIGTERM, interrupt, 0);
}

Terminal::~Terminal()
{
    flush();
    catchSignal(SIGINT, SIG_DFL, 0);
    catchSignal(SIGTERM, SIG_DFL, 0);
    interruptedToken = nullptr;
}

bool Terminal::write(std::string_view bytes)
{
    m_buffer.append(bytes.data(), qsizetype(bytes.size()));
    return m_buffer.size() < bufferSize ? m_failure == 0 : flush();
}

bool Terminal::writeLine(std::string_view bytes)
{
    m_buffer.append(bytes.data(), qsizetype(bytes.size()));
    return write("\n");
}

bool Terminal::writeText(const QString& text)
{
    return writeLine(visibleLines(text).toStdString());
}

bool Terminal::flush()
{
    if (m_isShown)
        m_buffer = m_shown.next({ m_buffer.constData(), size_t(m_buffer.size()) });
    const char* next = m_buffer.constData();
    auto left = size_t(m_buffer.size());
    while (left > 0 && m_failure == 0) {
        const auto written = ::write(STDOUT_FILENO, next, left);
        if (written < 0) {
            if (errno != EINTR)
                m_failure = errno;
            continue;
        }
        next += written;
        left -= size_t(written);
    }
    m_buffer.resize(0);
    return m_failure == 0;
}

bool Terminal::isReaderGone() const
{
    if (m_failure == EPIPE)
        return true;
    pollfd output { STDOUT_FILENO, POLLOUT, 0 };
    return ::poll(&output, 1, 0) == 1 && (output.revents & POLLERR) != 0;
}

void Terminal::say(const QString& message) const
{
    // A name from the log is not to steer the terminal.
    const auto line = m_caller + visibleLines(message).toUtf8() + '\n';
    // Where even standard error is gone there is nobody to tell.
    [[maybe_unused]] const auto written
        = ::write(STDERR_FILENO, line.constData(), size_t(line.size()));
}

void Terminal::sayIncomplete(const QString& reason) const
{
    say(reason);
    m_isIncomplete = true;
}

int Terminal::fail(const Error& error)
{
    flush();
    if (error.code == ErrorCode::InputOutput && !m_worksOnStore && isReaderGone())
        return Done;
    say(withStored(error.message));
    return Failed;
}

int Terminal::misuse(const QString& reason) const
{
    const auto help = m_verb.isEmpty() ? QStringLiteral("eventloupe --help")
                                       : QStringLiteral("eventloupe %1 --help").arg(m_verb);
    say(tr("%1 (see: %2)").arg(reason, help));
    return Misused;
}

int Terminal::finish(int code)
{
    if (flush() || m_failure == EPIPE)
        return code == Done && m_isIncomplete ? Failed : code;
    say(withStored(tr("cannot write to standard output: %1").arg(qt_error_string(m_failure))));
    return Failed;
}

QString Terminal::withStored(const QString& message) const
{
    if (m_stored.isEmpty())
        return message;
    return (message.endsWith(u'.') ? message : message + u'.') + u' ' + m_stored;
}

} // namespace eventloupe::cli
