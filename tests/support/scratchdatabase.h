#pragma once

#include "store/eventstore.h"
#include "support/postgresserver.h"

#include <QByteArray>
#include <QString>

#include <memory>

namespace eventloupe {

class PostgresConnection;

/// A new database on a throw-away server, as another library's application would have it.
class ScratchDatabase final {
public:
    /// A failure ends the test program.
    explicit ScratchDatabase(const PostgresServer& server);

    [[nodiscard]] QString location(const QString& rest = {}) const { return m_location + rest; }
    /// Runs statements as the owner; a failure ends the test program.
    void run(const QByteArray& sql) const;
    /// A session that may write.
    [[nodiscard]] std::unique_ptr<PostgresConnection> connect() const;
    /// Runs a dump by psql; why it failed, else "".
    [[nodiscard]] QString load(const QString& file) const;

private:
    QString m_location;
};

/// Opens a store and waits until its events are counted; a failure ends the test program.
[[nodiscard]] std::unique_ptr<EventStore> openCounted(const QString& location);

/// "stream@version type data" of an event.
[[nodiscard]] QString lineOf(const Event& event);

} // namespace eventloupe
