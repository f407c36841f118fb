#pragma once

#include "foreign/foreigndatabase.h"
#include "foreign/foreignlog.h"

namespace eventloupe {

/// Checks what can be checked of another library's log, which has no hash chain: that all rows are
/// there in the order in which they were counted, that versions of a stream follow each other, and
/// that payloads can be read.
class ForeignVerifier final {
public:
    ForeignVerifier(ForeignDatabase& database, ForeignLog& log,
        const std::function<void(const StoreFault&)>& report)
        : m_database(database)
        , m_log(log)
        , m_report(report)
    {
    }
    /// See EventStore::verify().
    Result<qint64> run(const CancelToken& cancel, const std::function<void(Position)>& progress);

private:
    ForeignDatabase& m_database;
    ForeignLog& m_log;
    const std::function<void(const StoreFault&)>& m_report;
};

} // namespace eventloupe
