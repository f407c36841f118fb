#include "support/plainfold.h"

#include <QCryptographicHash>
#include <QtEndian>

#include <map>

namespace eventloupe {

namespace {

struct Folded {
    QByteArray name;
    AggregateState state;
};

QByteArray digestOf(const std::map<StreamId, Folded>& streams)
{
    QCryptographicHash digest(QCryptographicHash::Sha256);
    const auto add = [&](qint64 number) {
        const qint64 bytes = qToLittleEndian(number);
        digest.addData(QByteArrayView(reinterpret_cast<const char*>(&bytes), sizeof bytes));
    };
    const auto addText = [&](const QByteArray& text) {
        add(text.size());
        digest.addData(text);
    };
    for (const auto& [id, stream] : streams) {
        addText(stream.name);
        add(stream.state.version);
        add(stream.state.exists ? 1 : 0);
        addText(stream.state.value.toJson());
    }
    return digest.result().toHex();
}

} // namespace

ReplaySummary foldPlainly(EventStore& store, const Evolver& evolver, Position to)
{
    ReplaySummary summary;
    std::map<StreamId, Folded> streams;
    const auto scanned
        = store.scanLog(1, to, allScanColumns, CancelToken(), [&](const EventView& event) {
              Folded& stream = streams[event.streamId];
              if (event.version == 1) {
                  stream.name = toBytes(event.stream);
                  stream.state = evolver.initialState(categoryOf(QString::fromUtf8(stream.name)));
              }
              summary.failures += evolver.evolve(stream.state, event) ? 0 : 1;
              ++summary.events;
              return true;
          });
    if (!scanned)
        return summary;
    summary.streams = static_cast<qint64>(streams.size());
    for (const auto& [id, stream] : streams)
        summary.existing += stream.state.exists ? 1 : 0;
    summary.digest = digestOf(streams);
    return summary;
}

QByteArray describe(const ReplaySummary& summary)
{
    return QByteArray::number(summary.events) + " events, " + QByteArray::number(summary.streams)
        + " streams, " + QByteArray::number(summary.existing) + " existing, "
        + QByteArray::number(summary.failures) + " failures, digest " + summary.digest;
}

} // namespace eventloupe
