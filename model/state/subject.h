#pragma once

#include "state/newestjob.h"
#include "store/storeclient.h"
#include "time/timecursor.h"

#include <QObject>

namespace eventloupe {

/// The stream whose state is shown: that of the cursor's event, or one that was pinned.
/// A pinned stream stays while the cursor moves. GUI thread.
class Subject final : public QObject {
    Q_OBJECT

public:
    Subject(StoreClient& client, TimeCursor& cursor, QObject* parent = nullptr);

    /// Empty while there is none: an empty log, or the cursor before the first event.
    [[nodiscard]] const QString& stream() const { return m_stream; }
    [[nodiscard]] bool isPinned() const { return m_pinned; }
    /// The cursor's position that stream() was determined for.
    [[nodiscard]] Position position() const { return m_position; }

    /// Shows this stream until follow(); it need not exist at the cursor, or at all.
    void pin(const QString& stream);
    /// Follows the cursor's event again.
    void follow();

signals:
    void streamChanged(const QString& stream);
    void pinnedChanged(bool pinned);
    /// stream() is known for a position, whether it is another one or not.
    void resolved(eventloupe::Position position);

private:
    void clear();
    void lookUp();
    void start(Position position);
    void resolve(const QString& stream, Position position);

    StoreClient& m_client;
    TimeCursor& m_cursor;
    NewestJob m_job;
    CancelToken m_token;
    QString m_stream;
    Position m_position = 0;
    bool m_pinned = false;
};

} // namespace eventloupe
