#include "store/socketwait.h"

#include <array>
#include <cerrno>

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

namespace eventloupe {

SocketWait::SocketWait()
{
    // Without a pipe an interrupt is not heard; a token and the clock still are.
    if (pipe(m_wake) != 0)
        return;
    for (const int end : m_wake) {
        fcntl(end, F_SETFL, O_NONBLOCK);
        fcntl(end, F_SETFD, FD_CLOEXEC);
    }
}

SocketWait::~SocketWait()
{
    for (const int end : m_wake)
        if (end >= 0)
            close(end);
}

SocketWait::Outcome SocketWait::wait(int socket, bool forWriting, Clock::time_point end)
{
    using std::chrono::milliseconds;
    for (;;) {
        const auto* const heard = isDeaf ? nullptr : token;
        if (heard && heard->isCancelled())
            return Outcome::Interrupted;
        milliseconds left { 1'000 };
        if (end != Clock::time_point::max())
            left = std::min(left, std::chrono::ceil<milliseconds>(end - Clock::now()));
        if (left.count() <= 0)
            return Outcome::TimedOut;
        if (heard)
            left = std::min(left, lookInterval);
        // A negative one is passed over.
        std::array<pollfd, 2> watched { pollfd { isDeaf ? -1 : m_wake[0], POLLIN, 0 },
            pollfd { socket, static_cast<short>(forWriting ? POLLIN | POLLOUT : POLLIN), 0 } };
        const int ready = poll(watched.data(), watched.size(), static_cast<int>(left.count()));
        if (ready < 0 && errno != EINTR)
            return Outcome::TimedOut;
        if (ready > 0 && watched[0].revents != 0)
            return Outcome::Interrupted;
        if (ready > 0)
            return Outcome::Ready;
    }
}

void SocketWait::interrupt()
{
    const char sign = 0;
    // Where the pipe is full, it is heard already.
    [[maybe_unused]] const auto written = write(m_wake[1], &sign, 1);
}

void SocketWait::forget()
{
    std::array<char, 64> signs {};
    while (read(m_wake[0], signs.data(), signs.size()) > 0) { }
}

} // namespace eventloupe
