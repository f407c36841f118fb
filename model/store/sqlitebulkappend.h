#pragma once

#include "store/eventstore.h"
#include "store/fileplace.h"
#include "store/logidentity.h"
#include "store/sqliteeventreader.h"
#include "store/sqliteeventwriter.h"
#include "store/sqliteputoff.h"
#include "store/sqliterollbackjournal.h"
#include "store/sqlitetransaction.h"
#include "store/streamtable.h"

namespace eventloupe {

/// A bulk load in one transaction. Into an empty log, the indexes are built after the rows, and
/// the load goes to the file once where nobody else has the store open. Memory grows with the
/// number of streams alone: each is written when it is born, and kept until commit() writes its
/// end.
class SqliteBulkAppend final : public BulkAppend {
public:
    static Result<std::unique_ptr<BulkAppend>> begin(SqliteConnection& connection,
        SqliteEventReader& events, HashChain& chain, const HeadFile& headFile,
        const FilePlace& place, LogIdentity& log);
    ~SqliteBulkAppend() override;

    Result<StreamVersion> add(const QString& stream, const NewEvent& event) override;
    Result<void> add(const CheckedEvents& events, std::vector<StreamVersion>& versions) override;
    [[nodiscard]] qint64 streams() const override;
    Result<Appended> commit(const CancelToken& cancel, const Progress& progress) override;

private:
    using Stream = StreamTable::Stream;

    SqliteBulkAppend(SqliteConnection& connection, SqliteEventReader& events, HashChain& chain,
        const HeadFile& headFile, const FilePlace& place, LogIdentity& log);
    Result<void> start();
    Result<void> beginTransaction();
    Result<void> append(EventView event);
    Result<void> appendGroup(
        const CheckedEvents& events, std::size_t first, std::vector<StreamVersion>& versions);
    Result<void> place(EventView& event, Position position);
    Result<Stream*> streamFor(std::string_view name, Position position);
    Result<void> load(Stream& stream);
    Result<void> complete(Stream& stream, Position position);
    Result<void> writeStreams(const CancelToken& cancel);
    Result<qint64*> rankOf(qint64 category);
    Error fail(const Error& error);
    void end();

    SqliteConnection& m_connection;
    SqliteEventReader& m_events;
    HashChain& m_chain;
    const HeadFile& m_headFile;
    const FilePlace& m_place;
    LogIdentity& m_log;
    SqliteRollbackJournal m_journal;
    SqliteTransaction m_transaction;
    SqlitePutOff m_putOff;
    std::optional<SqliteEventWriter> m_writer;
    StreamTable m_streams;
    std::unordered_map<qint64, qint64> m_ranks; ///< How many streams each category has.
    StreamId m_lastStream = 0;
    Position m_headBefore = 0;
    StreamVersion m_lastVersion = 0;
    std::optional<Error> m_failure; ///< After it, nothing more is taken.
};

} // namespace eventloupe
