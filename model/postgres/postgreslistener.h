#pragma once

#include "postgres/postgresconnection.h"

#include <atomic>
#include <thread>

namespace eventloupe {

/// A thread with a connection of its own that waits for a channel's notifications, and reconnects
/// with back-off. `heard` is called on that thread.
class PostgresListener final {
public:
    PostgresListener(PostgresOptions options, QByteArray channel, std::function<void()> heard);
    ~PostgresListener(); ///< Ends it and joins, within some 100 ms.
    PostgresListener(const PostgresListener&) = delete;
    PostgresListener& operator=(const PostgresListener&) = delete;

    /// Whether a notification would be heard just now. Any thread.
    [[nodiscard]] bool isListening() const { return m_isListening.load(); }

private:
    void run();
    void listen(PostgresConnection& connection);

    const PostgresOptions m_options;
    const QByteArray m_channel;
    const std::function<void()> m_heard;
    std::atomic<bool> m_isStopping { false };
    std::atomic<bool> m_isListening { false };
    std::thread m_thread; ///< Last: it uses the others.
};

} // namespace eventloupe
