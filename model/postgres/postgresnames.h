#pragma once

#include "postgres/postgressession.h"
#include "value/byteshash.h"
#include "value/event.h"

#include <QHash>
#include <QStringList>

#include <optional>
#include <string>
#include <unordered_map>

namespace eventloupe {

/// The names of streams and event types by their number, asked for in blocks: one round trip for
/// all that a block of events names and that is not known yet. Neither is ever renamed or removed,
/// so what is known stays right. Thread: the session's.
class PostgresNames final {
public:
    explicit PostgresNames(PostgresSession& session)
        : m_session(session)
    {
    }

    /// Makes the names known of the streams and types in two columns of a result.
    Result<void> learnStreams(const PostgresResult& rows, int column);
    Result<void> learnTypes(const PostgresResult& rows, int column);
    /// Empty where its row is lost, or where it was not learnt. Valid until something is learnt.
    [[nodiscard]] std::string_view stream(StreamId id) const;
    [[nodiscard]] std::string_view type(qint64 id) const;
    [[nodiscard]] QString typeText(qint64 id) const;
    /// The number of a type; 0 where there is none of the name.
    Result<qint64> typeNumber(const QString& name);

private:
    static constexpr std::size_t mostStreams = 500'000; ///< About 50 MB; then it begins anew.

    struct Type {
        std::string utf8;
        QString text;
    };
    Result<void> readTypes();

    PostgresSession& m_session;
    std::unordered_map<StreamId, std::string> m_streams;
    std::unordered_map<qint64, Type> m_types;
    qint64 m_lastType = 0; ///< The newest that was read.
};

} // namespace eventloupe
