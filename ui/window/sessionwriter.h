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

    /// `known` is what the window's file holds.
    SessionWriter(QString file, SessionValues known, QObject* parent = nullptr);
    ~SessionWriter() override; ///< Writes what waits.

    void change(std::vector<Change> changes);
    /// A place that is nothing has no file.
    void write(const QString& placeFile, const std::optional<SessionPlace>& place);
    /// Removes the places that are kept as `stem`.json, -2.json and so on and that no window holds.
    void forget(const QString& stem);
    /// Writes what could not be written, once more.
    void retry();
    /// Waits until all is written, or could not be.
    void flush();

signals:
    /// For people; once, until it works again.
    void failed(const QString& reason);

private:
    struct Waiting {
        std::vector<Change> changes;
        QHash<QString, std::optional<SessionPlace>> places;
        QStringList forgotten;

        [[nodiscard]] bool isEmpty() const
        {
            return changes.empty() && places.isEmpty() && forgotten.isEmpty();
        }
    };

    void work(const QPointer<SessionWriter>& self);
    [[nodiscard]] QString perform(Waiting& waiting);
    [[nodiscard]] Result<void> applyChanges(const std::vector<Change>& changes);
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
