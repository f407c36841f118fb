#pragma once

#include "time/marksfile.h"

#include <QHash>
#include <QObject>
#include <QThreadPool>
#include <QTimer>

#include <functional>
#include <map>
#include <optional>
#include <set>

namespace eventloupe {

/// The marks of the open log, kept in a file. Changes show at once and are written on a thread of
/// their own; what other windows change in the file shows within a second or two. Where the file
/// cannot be written, marks last as long as this, also while other files are open meanwhile, and
/// are tried again, also when theirs is closed. GUI thread.
class Marks final : public QObject {
    Q_OBJECT

public:
    explicit Marks(QObject* parent = nullptr);
    ~Marks() override; ///< Waits until all changes are written, or were tried once more.

    /// Reads a file; until it was, and where there is none, these are the marks.
    void open(const QString& file, const std::set<Position>& known = {});
    /// The same, with notes.
    void openWith(const QString& file, const MarkMap& known);
    void close();
    /// Closes, and takes the file away: nobody wants it any more. Gives what the marks were.
    MarkMap discard();

    [[nodiscard]] const MarkMap& all() const { return m_marks; }
    [[nodiscard]] bool isOpen() const { return !m_file.isEmpty(); }
    /// Whether these are the file's, and none that were known before.
    [[nodiscard]] bool isRead() const { return isOpen() && !m_isLooking; }
    [[nodiscard]] const QString& file() const { return m_file; }
    /// Sets a mark, or takes it away.
    void toggle(Position position);
    /// Sets a mark, or changes its note.
    void set(Position position, const QString& note);
    void remove(Position position);
    /// Adds what another file has; answers with changed() or failed().
    void importFile(const QString& file);
    /// Answers with failed() where that did not work.
    void exportFile(const QString& file);

signals:
    void changed();
    /// Told once, until all is well again.
    void failed(const eventloupe::Error& error);

private:
    void change(const QList<MarkChange>& changes);
    [[nodiscard]] QList<MarkChange> unsaved() const;
    void noteWritten(
        const QString& file, const QList<MarkChange>& changes, quint64 until, bool isWritten);
    void tryLast();
    void show(MarkMap marks);
    void tell(const Error& error);
    void look();
    void take(const Result<std::optional<MarkMap>>& read, bool isFirst);
    void run(const std::function<std::function<void()>()>& work);

    QString m_file;
    MarkMap m_marks;
    QThreadPool m_pool; ///< One thread, so that all is done in order.
    QTimer m_look;
    quint64 m_generation = 0; ///< Counts open() and close(); older answers are stale.
    int m_writing = 0; ///< Changes that are not in the file yet.
    struct Unsaved {
        std::optional<Mark> mark;
        quint64 change = 0; ///< The last one of it; older ones say nothing of it.
        bool hasFailed = false; ///< Else it is on its way.
    };
    using UnsavedMarks = std::map<Position, Unsaved>;
    UnsavedMarks m_unsaved; ///< Is not written yet; lies over the file.
    QHash<QString, UnsavedMarks> m_unsavedOf; ///< The same of files that are not open.
    quint64 m_changes = 0; ///< How many were made.
    std::set<Position> m_known; ///< At opening, by the session, and not written yet.
    bool m_isLooking = false;
    bool m_isTold = false; ///< That something is not well.
};

} // namespace eventloupe
