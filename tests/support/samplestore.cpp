#include "support/samplestore.h"

#include <QSignalSpy>

namespace eventloupe {

namespace {
constexpr qint64 second = 1'000'000;

template <class T> T valueOf(Result<T> result)
{
    if (!result)
        qFatal("sample store: %s", qPrintable(result.error().message));
    return std::move(result).value();
}
} // namespace

SampleStore::SampleStore(const QList<SampleEvent>& events)
    : m_last(valueOf(Timestamp::fromRfc3339("2026-03-01T13:59:59Z")))
{
    valueOf(openStore(location(), OpenMode::Create));
    if (!events.isEmpty())
        append(events);
}

QString SampleStore::location() const
{
    return m_folder.filePath(QStringLiteral("sample.eventlog"));
}

void SampleStore::append(const QList<SampleEvent>& events)
{
    const auto store = valueOf(openStore(location(), OpenMode::ReadWrite));
    const auto bulk = valueOf(store->beginBulk());
    for (const SampleEvent& event : events) {
        m_last = event.time.isEmpty() ? Timestamp { m_last.microseconds + second }
                                      : valueOf(Timestamp::fromRfc3339(viewOf(event.time)));
        const auto added
            = bulk->add(event.stream, NewEvent { event.type, event.data, "{}", m_last, {} });
        if (!added)
            qFatal("sample store: %s", qPrintable(added.error().message));
    }
    valueOf(bulk->commit({}));
}

bool SampleStore::openIn(StoreClient& client) const
{
    QSignalSpy opened(&client, &StoreClient::opened);
    client.open(location(), OpenMode::ReadWrite);
    return opened.count() > 0 || opened.wait();
}

QList<SampleEvent> SampleStore::numbered(int count, int from)
{
    QList<SampleEvent> events;
    events.reserve(count);
    for (int n = from; n < from + count; ++n) {
        const QString category = n % 2 == 1 ? QStringLiteral("user") : QStringLiteral("order");
        events.append({ QStringLiteral("%1-%2").arg(category).arg((n - 1) % 3 + 1),
            QStringLiteral("CHANGED"), "{\"n\":" + QByteArray::number(n) + "}" });
    }
    return events;
}

} // namespace eventloupe
