#pragma once

#include "postgres/postgresputoff.h"
#include "postgres/postgresschema.h"
#include "postgres/postgressession.h"
#include "postgres/postgreswriter.h"
#include "store/eventstore.h"
#include "store/streamtable.h"
#include "value/byteshash.h"

#include <string>
#include <unordered_map>

namespace eventloupe {

/// A bulk load in one transaction that holds the end of the log: rows go in by a COPY that stays
/// open, so that the server takes them while the next are made; streams, categories and types when
/// it is committed. A first load builds the indexes behind its rows, see PostgresPutOff. Memory
/// grows with the number of streams alone. A load that lost its connection stored nothing, unless
/// it was lost, or cancelled, in the commit: then the head of the log tells.
class PostgresBulkAppend final : public BulkAppend {
public:
    static Result<std::unique_ptr<BulkAppend>> begin(PostgresSession& writer, HashChain& chain,
        const PostgresSchema& schema, std::chrono::milliseconds patience);
    ~PostgresBulkAppend() override;

    Result<StreamVersion> add(const QString& stream, const NewEvent& event) override;
    Result<void> add(const CheckedEvents& events, std::vector<StreamVersion>& versions) override;
    [[nodiscard]] qint64 streams() const override;
    Result<Appended> commit(const CancelToken& cancel, const Progress& progress) override;

private:
    using Stream = StreamTable::Stream;
    using Numbers = std::unordered_map<std::string, qint64, BytesHash, std::equal_to<>>;

    PostgresBulkAppend(PostgresSession& writer, HashChain& chain, PostgresSchema schema,
        std::chrono::milliseconds patience);
    Result<void> start();
    Result<void> append(EventView event);
    Result<void> loadStreams(const std::vector<std::string_view>& names);
    Result<qint64> numberOf(
        Numbers& numbers, std::string_view name, std::string_view sql, qint64& last);
    Result<void> complete(Stream& stream, Position position);
    void write(const EventView& event, qint64 type);
    Result<void> sendFew();
    Result<void> sendLast();
    Result<void> send();
    Result<void> endRows();
    Result<void> copy(const QByteArray& into, std::string_view rows);
    Result<void> writeNames(const CancelToken& cancel);
    Result<void> writeStreams(const CancelToken& cancel);
    Result<void> updateStreams(
        const std::vector<const Stream*>& changed, std::size_t first, std::size_t count);
    Result<Appended> finish(const Progress& progress);
    Result<void> settle(const Error& failure);
    Error fail(const Error& error);
    void end();

    PostgresSession& m_writer;
    HashChain& m_chain;
    const PostgresSchema m_schema;
    const std::chrono::milliseconds m_patience;
    PostgresConnection* m_connection = nullptr; ///< Null when it is over.
    PostgresHead m_before;
    PostgresHead m_head;
    StreamTable m_streams;
    Numbers m_types;
    Numbers m_categories;
    std::vector<std::pair<std::string, Position>> m_newCategories; ///< With their births.
    std::vector<std::string> m_newTypes;
    std::unordered_map<qint64, qint64> m_ranks; ///< How many streams each category has.
    std::string m_rows; ///< In COPY's text format, not sent yet.
    bool m_wasSent = false; ///< Some were, and the next are sent sooner.
    std::size_t m_inCopy = 0; ///< Bytes that the present COPY got.
    PostgresPutOff m_putOff;
    StreamVersion m_lastVersion = 0;
    std::optional<Error> m_failure; ///< After it, nothing more is taken.
};

} // namespace eventloupe
