#pragma once

#include "store/storeclient.h"

namespace eventloupe {

class TimeCursor;

/// Moves the time cursor to the next or previous event of one stream.
/// GUI thread; the places are looked up on the store's worker. Calls made while one is being looked
/// up add up, so that a held key loses no step; a cursor moved by something else in between wins.
class StreamStepper final : public QObject {
    Q_OBJECT

public:
    StreamStepper(StoreClient& client, TimeCursor& cursor, QObject* parent = nullptr);

    void nextInStream(const QString& stream) { step(stream, 1); }
    void previousInStream(const QString& stream) { step(stream, -1); }

signals:
    void moved(eventloupe::Position position);
    /// The stream has no further event that way, or no event at all; the cursor stays.
    void endReached(const QString& stream);
    void failed(const eventloupe::Error& error);

private:
    void step(const QString& stream, int direction);
    void look();
    void arrive(Position from, const Result<Position>& found);

    StoreClient& m_client;
    TimeCursor& m_cursor;
    CancelToken m_token;
    QString m_stream;
    qint64 m_steps = 0; ///< Steps that no look-up covers yet; negative is backwards.
    bool m_looking = false;
};

} // namespace eventloupe
