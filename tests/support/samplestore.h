#pragma once

#include "store/storeclient.h"

#include <QTemporaryDir>

namespace eventloupe {

/// An event as a test writes it down.
struct SampleEvent {
    QString stream;
    QString type = QStringLiteral("CHANGED");
    QByteArray data = "{}";
    /// RFC 3339; empty: a second after the event before it, from 2026-03-01T14:00:00Z on.
    QByteArray time = {};
};

/// A real store in a folder that goes with it.
class SampleStore {
public:
    explicit SampleStore(const QList<SampleEvent>& events = {});

    [[nodiscard]] QString location() const;
    /// Appends by a connection of its own, as another process would.
    void append(const QList<SampleEvent>& events);
    /// Opens the store in the client and waits; false when that failed.
    [[nodiscard]] bool openIn(StoreClient& client) const;

    /// `count` events with data {"n": 1}, {"n": 2}, ... in streams user-1, order-2, user-3,
    /// order-1, user-2, order-3, and so on.
    [[nodiscard]] static QList<SampleEvent> numbered(int count, int from = 1);

private:
    QTemporaryDir m_folder;
    Timestamp m_last;
};

} // namespace eventloupe
