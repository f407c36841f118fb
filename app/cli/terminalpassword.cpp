#include "app/cli/terminalpassword.h"

#include "app/cli/terminal.h"

#include <fcntl.h>
#include <termios.h>
#include <unistd.h>

namespace eventloupe::cli {

namespace {

/// A terminal that shows nothing of what is typed, until this goes.
class SilentTerminal {
public:
    explicit SilentTerminal(int terminal)
        : m_terminal(terminal)
        , m_isSilent(tcgetattr(terminal, &m_before) == 0)
    {
        termios silent = m_before;
        silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        silent.c_lflag |= ECHONL;
        m_isSilent = m_isSilent && tcsetattr(terminal, TCSAFLUSH, &silent) == 0;
    }
    ~SilentTerminal()
    {
        if (m_isSilent)
            tcsetattr(m_terminal, TCSAFLUSH, &m_before);
    }
    SilentTerminal(const SilentTerminal&) = delete;
    SilentTerminal& operator=(const SilentTerminal&) = delete;

    [[nodiscard]] bool isSilent() const { return m_isSilent; }

private:
    const int m_terminal;
    termios m_before = {};
    bool m_isSilent;
};

void writeAll(int terminal, const QByteArray& text)
{
    qsizetype done = 0;
    while (done < text.size()) {
        const auto written
            = ::write(terminal, text.constData() + done, static_cast<size_t>(text.size() - done));
        if (written <= 0)
            return;
        done += written;
    }
}

/// Up to the line's end; nothing after an interrupt, or where the terminal went away.
std::optional<QByteArray> readLine(int terminal)
{
    constexpr qsizetype longest = 4096;
    QByteArray line;
    for (char byte = 0; line.size() < longest;) {
        // A first SIGINT sets the cancel token; it is no password.
        if (::read(terminal, &byte, 1) != 1)
            return std::nullopt;
        if (byte == '\n')
            break;
        line.append(byte);
    }
    return line.isEmpty() ? std::nullopt : std::optional(line);
}

} // namespace

std::optional<QByteArray> askOnTerminal(const PasswordRequest& request)
{
    if (isatty(STDIN_FILENO) == 0)
        return std::nullopt;
    // Standard input and output may be a pipe's by now; the terminal is asked.
    const int terminal = ::open("/dev/tty", O_RDWR | O_CLOEXEC);
    if (terminal < 0)
        return std::nullopt;
    std::optional<QByteArray> answer;
    {
        const SilentTerminal silent(terminal);
        if (silent.isSilent()) {
            const QString question = request.wasRefused
                ? tr("The password was refused. Password of %1: ")
                : tr("Password of %1: ");
            writeAll(terminal, question.arg(request.server).toLocal8Bit());
            answer = readLine(terminal);
        }
    }
    ::close(terminal);
    return answer;
}

} // namespace eventloupe::cli
