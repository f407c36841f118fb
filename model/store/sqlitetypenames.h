#pragma once

#include "store/sqliteconnection.h"

#include <QHash>

#include <memory>
#include <optional>
#include <utility>

namespace eventloupe {

/// The names of event types by their number, read once: a log has few types and many events.
/// Event types are never changed or removed, so what is known stays right. Thread: the
/// connection's.
class SqliteTypeNames final {
public:
    explicit SqliteTypeNames(SqliteConnection& connection)
        : m_connection(connection)
    {
    }

    struct Name {
        QString text;
        QByteArray utf8;
    };
    /// An empty name for a number that the store does not know.
    const Name& name(qint64 id);
    /// Why a name could not be read since the last call; nothing where none failed. A name that is
    /// empty for such a reason must not be taken for an unknown one.
    std::optional<Error> takeFailure()
    {
        return m_failure ? std::exchange(m_failure, std::nullopt) : std::nullopt;
    }
    /// Forgets all: after a transaction that made types was rolled back.
    void clear() { m_names.clear(); }

private:
    void load(qint64 id);

    SqliteConnection& m_connection;
    QHash<qint64, std::shared_ptr<const Name>> m_names;
    std::optional<Error> m_failure;
    const Name m_unknown;
};

} // namespace eventloupe
