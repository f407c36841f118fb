#pragma once

#include "ui/window/sessionfile.h"

#include <QHash>
#include <QObject>
#include <QPointer>
#include <QStringList>
#include <QThreadPool>

#include <functional>
#include <mutex>
#include <optional>
#include <vector>

namespace eventloupe {

/// Writes a session on a thread of its own, since a disk may take its time: each file at once, so
/// that one who is killed leaves the old or the new one, and the newest content of a file only.
/// What cannot be written waits for the next call. GUI thread.
class SessionWriter final : public QObject {
    Q_OBJECT

public:
    /// To what the file holds by then: other windows write theirs in between.
    using Change = std::function<void(SessionValues&)>;

    static constexpr int recentCount = 10; ///< Locations that a file lists at most.

    /// `known` is what the window's file holds.
    SessionWriter(QString file, SessionValues known, QObject* parent = nullptr);
    ~SessionWriter() override; ///< Writes what waits.

    /// What falls off the list of recents as the file has it then is forgotten: the places that no
    /// window holds are removed, once the list is written.
    void change(std::vector<Change> changes);
    /// A place that is nothing has no file.
    void write(const QString& placeFile, const std::optional<SessionPlace>& place);
    /// Writes what could not be written, once more.
    void retry();
    /// Waits until all is written, or could not be.
    void flush();

signals:
    /// For people; once, until it works again.
    void failed(const QString& reason);
    /// These locations are no recents any more; a place that this window holds is left to it.
    void fellOff(const QStringList& locations);

private:
    struct Waiting {
        std::vector<Change> changes;
        QHash<QString, std::optional<SessionPlace>> places;

        [[nodiscard]] bool isEmpty() const { return changes.empty() && places.isEmpty(); }
    };

    void work(const QPointer<SessionWriter>& self);
    [[nodiscard]] QString perform(Waiting& waiting, QStringList& fallen);
    [[nodiscard]] Result<QStringList> applyChanges(const std::vector<Change>& changes);
    void report(const QString& failure);

    const QString m_file;
    std::mutex m_guard;
    Waiting m_waiting; ///< Guarded.
    bool m_isWorking = false; ///< Guarded.
    SessionValues m_known; ///< Of the thread that writes.
    QString m_failure; ///< What was told last; of the GUI thread.
    QThreadPool m_pool;
};

} // namespace eventloupe
