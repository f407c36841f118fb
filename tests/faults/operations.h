#pragma once

#include "store/openstore.h"

#include <QString>
#include <QTemporaryDir>

#include <memory>
#include <random>
#include <string>
#include <vector>

namespace eventloupe {

/// What a round did and was told, and whether that is what the store holds after it.
struct RoundFigures {
    qint64 acknowledged = 0; ///< Events.
    qint64 lost = 0; ///< Acknowledged events that are not there, or not as they were.
    qint64 torn = 0; ///< Appends and imports that are there in part.
    qint64 faulty = 0; ///< Stores that verify() finds a fault in, or that cannot be opened.
    qint64 stuck = 0; ///< Appends that do not work once the fault is gone.
    QString message; ///< What was wrong first.

    void add(const RoundFigures& other);
    [[nodiscard]] bool isGood() const { return lost + torn + faulty + stuck == 0; }
};

enum class Operation { Append, BigAppend, Import, ImportIntoEmpty, BigImport, Copy, Export };

/// One operation on a store of its own, and what has to be true afterwards. The store is made
/// before FaultDisk::begin() and looked at after restart() or mend().
class FaultRound final {
public:
    /// Folders with the stores that rounds begin with; made once.
    class Samples;

    FaultRound(Operation operation, const Samples& samples, std::uint64_t seed);
    ~FaultRound();

    /// Until it is done or refused.
    void run();
    /// The next append on the connection that is open, if any: the fault is gone.
    void goOn();
    void close() { m_store.reset(); }
    /// What may be left of the head file, which is never synced, after a power cut.
    void loseHeadFile();
    [[nodiscard]] RoundFigures check();

private:
    struct Write {
        QString stream;
        QList<NewEvent> events;
        StreamVersion version = 0; ///< Of the last one, once acknowledged.
        bool isAcknowledged = false;
    };
    void append(qsizetype bytes);
    void importFile();
    void copy();
    void exportLog();
    void noteHead();
    void checkWrites(const QList<Event>& events);
    void checkImport(const QList<Event>& events);
    void checkCopy();
    void checkExport();
    void wrong(qint64& figure, const QString& message);
    [[nodiscard]] QString path(const char* name) const;

    Operation m_operation;
    const Samples& m_samples;
    std::mt19937_64 m_random;
    QTemporaryDir m_folder;
    std::unique_ptr<EventStore> m_store;
    std::vector<Write> m_writes;
    bool m_isDone = false; ///< An import, a copy or an export was acknowledged.
    std::vector<QByteArray> m_heads; ///< What the head file held, oldest first.
    RoundFigures m_figures;
};

class FaultRound::Samples final {
public:
    static constexpr int stored = 60;
    static constexpr int imported = 200;
    Samples();
    [[nodiscard]] QString path(const char* name) const;
    [[nodiscard]] const QByteArray& exported() const { return m_exported; }

private:
    QTemporaryDir m_folder;
    QByteArray m_exported; ///< What an export of the store gives.
};

} // namespace eventloupe
