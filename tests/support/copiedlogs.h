#pragma once

#include "store/openstore.h"
#include "support/passingstore.h"

#include <QByteArrayList>

#include <functional>
#include <memory>
#include <utility>

namespace eventloupe {

/// A log with what a copy could lose: bytes that no JSON writer would write, ids of any kind, times
/// that run backwards, streams that take turns.
inline void makeLog(const QString& path, int events, int from = 1)
{
    const auto store = openStore(path, OpenMode::Create);
    if (!store)
        qFatal("%s", qPrintable(store.error().message));
    const auto bulk = (*store)->beginBulk();
    for (int i = from; i < from + events; ++i) {
        const QByteArray number = QByteArray::number(i);
        const QByteArray data = i % 3 == 0
            ? "{ \"n\" : " + number + ".10,\t\"n\": 1e2, \"s\":\"\\u00e9\\n\u00e9\"}"
            : "{\"n\":" + number + '}';
        const QString id = i % 2 == 0
            ? QStringLiteral("00000000-0000-7000-8000-%1").arg(i, 12, 10, QLatin1Char('0'))
            : QStringLiteral("id/%1").arg(i);
        const NewEvent event { QStringLiteral("TYPE_%1").arg(i % 5), data,
            i % 7 == 0 ? "[]" : "{\"actor\":\"ada\"}", { 1'000'000 - i }, id };
        if (!(*bulk)->add(QStringLiteral("order-%1").arg(i % 11), event))
            qFatal("the event was refused");
    }
    if (!(*bulk)->commit({}))
        qFatal("the load was refused");
}

/// What stands in a store, a line an event, to the byte.
inline QByteArrayList linesOf(EventStore& store)
{
    QByteArrayList lines;
    const auto head = store.head();
    const auto scanned
        = store.scanLog(1, head ? *head : 0, allScanColumns, {}, [&](const EventView& event) {
              lines.append(QByteArray::number(event.position) + '|' + toBytes(event.stream) + '|'
                  + QByteArray::number(event.version) + '|' + toBytes(event.type) + '|'
                  + QByteArray::number(event.time.microseconds) + '|' + toBytes(event.id) + '|'
                  + toBytes(event.data) + '|' + toBytes(event.metadata));
              return true;
          });
    return scanned ? lines : QByteArrayList { "cannot be read" };
}

inline QByteArrayList linesOf(const QString& path)
{
    const auto store = openStore(path, OpenMode::ReadOnly);
    return store ? linesOf(**store) : QByteArrayList { store.error().message.toUtf8() };
}

inline Position headOf(const QString& path)
{
    const auto store = openStore(path, OpenMode::ReadOnly);
    const auto head = store ? (*store)->head() : store.error();
    return head ? *head : -1;
}

/// As a store of another library: without hashes, and with events that a test changes.
class OtherStore final : public PassingStore {
public:
    explicit OtherStore(std::unique_ptr<EventStore> own)
        : PassingStore(*own)
        , m_own(std::move(own))
    {
    }

    QString place; ///< Its location, where that is not the file's.
    bool hasHashes = false;
    std::function<void(EventView&)> changes; ///< What is read of an event.
    std::function<void(Position)> reads; ///< Told where a scan begins.

    QString location() const override { return place.isEmpty() ? PassingStore::location() : place; }
    Result<std::optional<EventHash>> hashAt(Position position) override
    {
        return hasHashes ? PassingStore::hashAt(position) : std::optional<EventHash>();
    }
    Result<void> scanLog(Position from, Position to, ScanColumns columns, const CancelToken& cancel,
        const std::function<bool(const EventView&)>& visitor) override
    {
        if (reads)
            reads(from);
        return PassingStore::scanLog(from, to, columns, cancel, [&](const EventView& event) {
            EventView seen = event;
            if (changes)
                changes(seen);
            return visitor(seen);
        });
    }
    Result<QList<Event>> readAt(const QList<Position>& positions) override
    {
        auto events = PassingStore::readAt(positions);
        for (Event& event : *events) {
            const QByteArray data = event.data;
            EventView seen { event.position, 0, {}, event.version, {}, event.time, {}, viewOf(data),
                {} };
            if (changes)
                changes(seen);
            event.data = toBytes(seen.data);
        }
        return events;
    }

private:
    std::unique_ptr<EventStore> m_own;
};

inline std::unique_ptr<OtherStore> openOther(const QString& path)
{
    return std::make_unique<OtherStore>(openStore(path, OpenMode::ReadOnly).value());
}

} // namespace eventloupe
