#pragma once

#include <QObject>
#include <QSet>
#include <QString>

#include <mutex>

namespace eventloupe {

/// Where reading a file of events met damage, for whatever purpose and in whatever part of the
/// program: much of what reads makes do with what can be read, and shows the rest as nothing. One a
/// process. Any thread; found() comes on the thread that read: connect with a context.
class DamageNotice final : public QObject {
    Q_OBJECT

public:
    static DamageNotice& instance();

    /// The first damage of a file is told; more of it is not.
    void note(const QString& file);
    [[nodiscard]] bool isKnown(const QString& file) const;
    /// When it is opened anew, since another file may be there by now; or found to be whole.
    void forget(const QString& file);

signals:
    void found(const QString& file);
    /// Of a file that was known.
    void forgotten(const QString& file);

private:
    DamageNotice() = default;
    mutable std::mutex m_mutex;
    QSet<QString> m_files; ///< Absolute paths.
};

/// Why nothing is appended to a file where damage was met, and what to do, for people; empty where
/// none is known. What is appended may take the place of pages that a repair would find, and may be
/// lost with the next ones. Any thread.
[[nodiscard]] QString damageRefusal(const QString& file);

} // namespace eventloupe
