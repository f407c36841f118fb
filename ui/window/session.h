#pragma once

#include "ui/window/sessionwriter.h"

#include <QObject>
#include <QStringList>

#include <functional>
#include <memory>
#include <vector>

namespace eventloupe {

/// What comes back at the next start, also after the program was killed. Files of mode 0600 in a
/// folder of their own, in the user's configuration, or in the folder that EVENTLOUPE_CONFIG_DIR
/// names: session.json for the window, and one in places/ for each store and window that shows it.
/// GUI thread, which is not kept waiting: the window's file is read when the program begins, and
/// all other reading and writing is done on other threads.
class Session final : public QObject {
    Q_OBJECT

public:
    using Place = SessionPlace;

    static constexpr int recentCount = SessionWriter::recentCount;

    Session();
    ~Session() override; ///< Writes what is not written yet, and waits for it.

    [[nodiscard]] static QString folder();
    [[nodiscard]] static QString fileName();

    [[nodiscard]] QByteArray bytes(const QString& key) const;
    void setBytes(const QString& key, const QByteArray& bytes);
    [[nodiscard]] QString text(const QString& key) const;
    void setText(const QString& key, const QString& text);

    /// Newest first.
    [[nodiscard]] QStringList recent() const;
    /// Puts a location first; what falls off the list that all windows share is forgotten with its
    /// place, once that list is written.
    void addRecent(const QString& location);

    /// Reads what is kept for a location, on the thread that calls it; to be called before place(),
    /// which reads it itself where nobody did. Outlives the session.
    using Preparation = std::function<void(const QString& location)>;
    [[nodiscard]] Preparation preparation() const;
    /// What was kept of a location, or set since. From then on it is this window's: others on the
    /// same store have a place of their own.
    [[nodiscard]] Place place(const QString& location);
    void setPlace(const QString& location, const Place& place);
    /// By what this window's own things of a location are told from another window's.
    [[nodiscard]] QString nameOfPlace(const QString& location);
    /// What could not be read since it was asked last, for people; empty: nothing.
    [[nodiscard]] QString takeTrouble();

    /// Has the files written where there is something that they do not say yet. Does not wait.
    void save();
    /// Waits until it is done.
    void flush();

signals:
    /// It cannot be written, for people. It goes on trying.
    void failed(const QString& reason);

private:
    struct Places;
    void change(SessionWriter::Change change);
    void forget(const QStringList& locations);

    SessionValues m_values;
    QString m_trouble;
    std::vector<SessionWriter::Change> m_changes; ///< Not handed to the writer yet.
    std::shared_ptr<Places> m_places; ///< Shared with whoever prepares one.
    std::unique_ptr<SessionWriter> m_writer;
};

} // namespace eventloupe
