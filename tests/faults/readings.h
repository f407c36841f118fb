#pragma once

#include <QByteArray>
#include <QByteArrayList>
#include <QSet>
#include <QString>

#include <vector>

struct sqlite3;

namespace eventloupe {

/// What readers of a store's file are given, by SQLite alone and none of our code:
///
/// - a scan of all events in order, which goes on behind a damaged page with the next event that is
///   found by its position;
/// - a search for each position;
/// - scans of the three indexes of the events, which end at a damaged page;
/// - a search in each index for the key that the event had when the store was whole;
/// - the names of its stream and its type, sought by their numbers.
///
/// The searches and the scans of the indexes are those of a reader that looks at the cells of each
/// page (PRAGMA cell_size_check) and refuses all of it where one leads out of it: what others read
/// there is whatever lies in their memory.
///
/// An event is altered where one of these readers is given anything else for it, nothing, or it
/// twice, or is given it behind another that is as it was and that it stood before; or where the
/// reader is refused. It is not where bytes changed that no reader is given: free ones, counters of
/// the header, the form of a number; and not where an altered one stands before it.
class Readings {
public:
    /// The keys are sought that `whole` holds; without one, those that are read.
    static Readings of(const QString& path, int events, const Readings* whole = nullptr);

    /// The positions of the events that are given otherwise than by `whole`.
    [[nodiscard]] QSet<qint64> alteredSince(const Readings& whole) const;
    /// Whether the tables of streams, categories and types read the same, by scan and by name.
    [[nodiscard]] bool hasSameTables(const Readings& whole) const;

private:
    struct Given {
        QByteArray scanned; ///< Each time.
        QByteArray sought;
        QByteArrayList indexed = { {}, {}, {} }; ///< Each time, by index.
        QByteArrayList lookedUp; ///< What each index leads to.
        QByteArrayList keys; ///< SQL literals: stream, version, id, type.
        qint64 ranks[3] = {}; ///< In each index.
    };
    void scanEvents(sqlite3* database, const Readings* whole);
    void seekEvents(sqlite3* database, const Readings* whole);
    void scanIndex(sqlite3* database, int index, const Readings* whole);
    void readTables(sqlite3* database, const Readings* whole);
    [[nodiscard]] Given* given(qint64 position);

    std::vector<Given> m_events; ///< By position; the first is not used.
    bool m_isIndexWhole[3] = { true, true, true }; ///< Its scan came to the end.
    QByteArray m_tables;
    QByteArrayList m_names; ///< Of streams, categories and types, as SQL literals.
};

} // namespace eventloupe
