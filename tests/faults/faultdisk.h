#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <random>
#include <string>
#include <vector>

struct sqlite3_file;

namespace eventloupe {

/// A disk that breaks, below SQLite: a VFS that passes all on to the system's, and that is the
/// default one once install() was called.
///
/// It keeps what a power cut would leave of each file: what it was at its last sync, and the writes
/// since then, each of which may reach the disk or not, in any order, in pieces of a sector. Names
/// are durable from the sync of their folder on, which SQLite asks for with the first sync of a
/// journal, and with the removal of one. A file that was there when it was first opened is taken
/// for durable. One fault at a time; any thread.
class FaultDisk final {
public:
    enum Call : unsigned { Read = 1, Write = 2, Sync = 4, Open = 8, Truncate = 16, Delete = 32 };
    static constexpr unsigned anyChange = Write | Sync | Open | Truncate | Delete;

    enum class Fault {
        None,
        PowerCut, ///< Nothing works any more; see restart().
        Kill, ///< The same, but what was written is there.
        InputOutput,
        Full, ///< Half is written, and then no room is left.
    };

    struct Plan {
        Fault fault = Fault::None;
        unsigned calls = anyChange; ///< Which of them are counted.
        std::int64_t at = 0; ///< The fault meets this one of them, from 1.
        bool isForGood = true; ///< And all those after it, which a power cut always does.
        bool syncs = true; ///< False: a disk that says so, and does not.
        std::uint64_t seed = 1;
    };

    static FaultDisk& instance();
    void install();

    /// Forgets all files and begins to count. No file of a store may be open.
    void begin(const Plan& plan);
    /// Ends the fault; files go on.
    void mend();
    /// Whether the fault came.
    [[nodiscard]] bool hasStruck() const { return m_hasStruck; }
    [[nodiscard]] std::int64_t counted() const { return m_counted; }
    /// After a power cut, with all files closed: makes the files what the cut left of them. Other
    /// files of which any earlier content may be there are the caller's.
    void restart();
    /// For choices that belong to the same round.
    std::mt19937_64& random() { return m_random; }

    // For the VFS.
    struct Change {
        bool isTruncation = false;
        std::int64_t offset = 0; ///< Or the size.
        std::string bytes;
    };
    struct Content {
        std::string durable;
        std::vector<Change> pending;
        bool syncsFolder = false; ///< With its next sync.
    };
    enum class Answer { Go, Fail, Half, Dead };
    Answer ask(Call call);
    std::shared_ptr<Content> opened(const std::string& path, bool isNew, bool isJournal);
    void changed(Content& content, Change change);
    void synced(Content& content);
    void removed(const std::string& path, bool syncsFolder);
    [[nodiscard]] bool isFull() const { return m_plan.fault == Fault::Full; }

private:
    using Names = std::map<std::string, std::shared_ptr<Content>>;
    std::string survivor(const Content& content);

    std::mutex m_mutex;
    Plan m_plan;
    std::int64_t m_counted = 0;
    bool m_hasStruck = false;
    bool m_isDead = false;
    std::mt19937_64 m_random;
    Names m_names; ///< As programs see them.
    Names m_durableNames; ///< As a power cut leaves them.
};

} // namespace eventloupe
