#include "postgres/postgreslistener.h"

#include <algorithm>
#include <system_error>

namespace eventloupe {

namespace {
using std::chrono::milliseconds;
constexpr milliseconds look { 50 }; // How soon it ends.
constexpr milliseconds longestPause { 5'000 };
} // namespace

PostgresListener::PostgresListener(
    PostgresOptions options, QByteArray channel, std::function<void()> heard)
    : m_options(std::move(options))
    , m_channel(std::move(channel))
    , m_heard(std::move(heard))
{
    try {
        m_thread = std::thread([this] { run(); });
    } catch (const std::system_error&) {
        // It does not listen then, so that others look for growth by themselves.
        m_isStopping = true;
    }
}

PostgresListener::~PostgresListener()
{
    m_isStopping = true;
    if (m_thread.joinable())
        m_thread.join();
}

void PostgresListener::run()
{
    milliseconds pause { 200 };
    while (!m_isStopping) {
        const auto connection
            = PostgresConnection::open(m_options, [this] { return m_isStopping.load(); });
        if (connection && (*connection)->execute("LISTEN " + m_channel)) {
            pause = milliseconds(200);
            listen(**connection);
        }
        m_isListening = false;
        for (auto left = pause; left.count() > 0 && !m_isStopping; left -= look)
            std::this_thread::sleep_for(look);
        pause = std::min(pause * 2, longestPause);
    }
}

void PostgresListener::listen(PostgresConnection& connection)
{
    m_isListening = true;
    m_heard(); // What came before is looked for once.
    while (!m_isStopping) {
        const auto came = connection.waitForNotification(look);
        if (!came)
            return;
        if (!connection.takeNotifications().empty())
            m_heard();
    }
}

} // namespace eventloupe
