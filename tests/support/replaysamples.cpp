#include "support/replaysamples.h"

namespace eventloupe {

namespace {
constexpr Position toHead = std::numeric_limits<Position>::max();
} // namespace

SampleEvent randomEvent(QRandomGenerator& random, int streams)
{
    static const QStringList types { QStringLiteral("ADDED"), QStringLiteral("ADDED"),
        QStringLiteral("ADDED"), QStringLiteral("NOTED"), QStringLiteral("CLOSED"),
        QStringLiteral("UNKNOWN") };
    const auto number = [&](int end) { return QByteArray::number(random.bounded(end)); };
    const QStringList categories { QStringLiteral("counter"), QStringLiteral("other") };
    SampleEvent event {
        QStringLiteral("%1-%2").arg(categories.at(random.bounded(2))).arg(random.bounded(streams)),
        types.at(random.bounded(static_cast<int>(types.size())))
    };
    event.data = "{\"by\":" + number(100) + ",\"f" + number(4) + "\":{\"g" + number(3)
        + "\":" + (random.bounded(4) == 0 ? QByteArray("null") : number(10)) + "}}";
    if (random.bounded(20) == 0)
        event.data = "{\"by\":\"no number\"}";
    return event;
}

AggregateState foldNaively(
    EventStore& store, const Evolver& evolver, const StreamInfo& stream, StreamVersion version)
{
    AggregateState state = evolver.initialState(stream.category);
    const auto events = store.readStream(stream.id, 0, toHead, std::numeric_limits<int>::max());
    for (const Event& event : *events) {
        if (event.version > version)
            break;
        const QByteArray name = event.stream.toUtf8();
        const QByteArray type = event.type.toUtf8();
        const QByteArray id = event.id.toUtf8();
        (void)evolver.evolve(state,
            { event.position, event.streamId, viewOf(name), event.version, viewOf(type), event.time,
                viewOf(id), viewOf(event.data), viewOf(event.metadata) });
    }
    return state;
}

std::unique_ptr<EventStore> open(const SampleStore& sample)
{
    auto store = openStore(sample.location(), OpenMode::ReadOnly);
    return store ? std::move(store).value() : nullptr;
}

QList<SampleEvent> longStream(int events)
{
    QList<SampleEvent> list;
    for (int i = 1; i <= events; ++i)
        list.append({ QStringLiteral("long-1"), QStringLiteral("NOTED"),
            "{\"last\":" + QByteArray::number(i) + ",\"f" + QByteArray::number(i % 7)
                + "\":" + QByteArray::number(i) + "}" });
    return list;
}

} // namespace eventloupe
