#pragma once

#include "foreign/foreignstores.h"
#include "store/openstore.h"

#include <QMap>
#include <QProcess>
#include <QString>

#include <memory>

namespace eventloupe {

/// Another program that has an SQLite file open until the object goes: a process of its own, since
/// connections of one process share more than two programs do.
class OtherProgram final {
public:
    explicit OtherProgram(const QString& path);
    ~OtherProgram(); ///< Closes the file and waits until the program has ended.
    OtherProgram(const OtherProgram&) = delete;
    OtherProgram& operator=(const OtherProgram&) = delete;
    /// Runs statements; a failure ends the test program.
    void run(const QByteArray& sql);
    /// Kills it.
    void die();

private:
    QProcess m_process;
};

/// Emmett's tables (event-driven-io/emmett, src/packages/emmett-sqlite/src/eventStore/schema).
[[nodiscard]] QByteArray emmettTables();
/// An INSERT of an event into them.
[[nodiscard]] QByteArray emmettEvent(qint64 position, const QByteArray& stream, qint64 version,
    const QByteArray& type, const QByteArray& data = "{}", const QByteArray& id = {});

/// Opens another library's store and waits until its events are counted.
[[nodiscard]] std::unique_ptr<EventStore> openCounted(const QString& location);
/// Why it cannot be opened; "" where it can.
[[nodiscard]] QString openingError(const QString& location);

/// SHA-256 of each file of a folder by its name: what must be the same before and after.
[[nodiscard]] QMap<QString, QByteArray> filesOf(const QString& folder);

/// A database of ../shared/stores copied into a folder, writable; "" where there is none.
[[nodiscard]] QString copyOfShared(const QString& name, const QString& folder);

} // namespace eventloupe
