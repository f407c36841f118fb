#pragma once

#include "store/eventstore.h"
#include "store/sqliteeventreader.h"
#include "store/sqliteeventwriter.h"
#include "store/sqlitetransaction.h"

#include <vector>

namespace eventloupe {

/// A bulk load in one transaction. Into an empty log, the indexes are dropped and built after the
/// rows. Memory grows with the number of streams alone: each is kept until commit() writes it.
class SqliteBulkAppend final : public BulkAppend {
public:
    static Result<std::unique_ptr<BulkAppend>> begin(SqliteConnection& connection,
        SqliteEventReader& events, HashChain& chain, const HeadFile& headFile);
    ~SqliteBulkAppend() override;

    Result<void> add(const QString& stream, const NewEvent& event) override;
    Result<Appended> commit(const CancelToken& cancel) override;

private:
    struct Stream {
        StreamId id = 0;
        QByteArray name;
        qint64 category = 0;
        qint64 rank = 0;
        Position first = 0;
        StreamVersion headVersion = 0;
        Position headPosition = 0;
        bool isNew = false;
    };

    SqliteBulkAppend(SqliteConnection& connection, SqliteEventReader& events, HashChain& chain,
        const HeadFile& headFile);
    Result<void> start();
    Result<void> putOff(std::string_view parts);
    Result<Stream*> streamFor(const QString& name);
    Result<void> load(Stream& stream);
    Result<void> complete(Stream& stream);
    Result<void> writeStreams(const CancelToken& cancel);
    Result<void> putBack(const CancelToken& cancel);
    Result<void> build(const QByteArray& sql);
    Error duplicateId();
    Error fail(const Error& error);

    SqliteConnection& m_connection;
    SqliteEventReader& m_events;
    HashChain& m_chain;
    const HeadFile& m_headFile;
    SqliteTransaction m_transaction;
    std::optional<SqliteEventWriter> m_writer;
    std::vector<Stream> m_streams; ///< Those that were written to, in order of first touch.
    QHash<QString, std::size_t> m_places; ///< By name, in m_streams.
    QHash<qint64, qint64> m_ranks; ///< How many streams each category has.
    QList<QByteArray> m_putOff; ///< Statements that put back what was taken away.
    StreamId m_lastStream = 0;
    Position m_headBefore = 0;
    StreamVersion m_lastVersion = 0;
    bool m_isCommitted = false;
    std::optional<Error> m_failure; ///< After it, nothing more is taken.
};

} // namespace eventloupe
