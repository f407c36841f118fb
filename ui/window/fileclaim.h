#pragma once

#include "value/result.h"

#include <QString>

#include <memory>

namespace eventloupe {

/// Holds a file for this window alone, by a lock file beside it; another window, or another session
/// of this process, takes another name. The system lets go of it when the process dies, however it
/// does. Blocks on the disk: not for the GUI thread.
class FileClaim final {
public:
    /// Fails with Busy where somebody else holds it, and with InputOutput where no lock file can be
    /// made.
    static Result<std::unique_ptr<FileClaim>> take(const QString& file);
    /// Waits for whoever holds it, at most for some seconds.
    static Result<std::unique_ptr<FileClaim>> await(const QString& file);
    ~FileClaim();
    FileClaim(const FileClaim&) = delete;
    FileClaim& operator=(const FileClaim&) = delete;

private:
    struct Lock;
    explicit FileClaim(std::unique_ptr<Lock> lock);

    std::unique_ptr<Lock> m_lock;
};

/// A file of a window's own, and what keeps it that; no claim where no lock file can be made.
struct ClaimedFile {
    QString file;
    bool isFirst = true; ///< No other window had the first name.
    std::unique_ptr<FileClaim> claim;
};

/// Takes `stem`.json, or where another window has that, `stem`-2.json, and so on: windows on the
/// same store each find their own again.
ClaimedFile claimFirst(const QString& stem);

} // namespace eventloupe
