#include "app/cli/streampoint.h"

#include "diff/maskedfields.h"

namespace eventloupe::cli {

Result<StreamPoint> StreamPoint::parse(const QString& text, const QString& option)
{
    StreamPoint point;
    bool isNumber = false;
    const bool isVersion = text.startsWith(u'v');
    const qint64 number = text.mid(isVersion ? 1 : 0).toLongLong(&isNumber);
    if (isNumber && number >= 0) {
        (isVersion ? point.version : point.position) = number;
        return point;
    }
    if (const auto time = Timestamp::fromRfc3339(text.toStdString())) {
        point.time = *time;
        return point;
    }
    return Error { ErrorCode::InvalidArgument,
        tr("--%1 is a position such as 8120, a version such as v7, or a time such as "
           "2026-03-01T14:03:22Z")
            .arg(option) };
}

Result<StreamInfo> streamNamed(EventStore& store, const QString& name, const StorePlace& place)
{
    auto stream = store.findStream(name);
    if (!stream)
        return stream.error();
    if (!*stream)
        return Error { ErrorCode::NotFound,
            tr("there is no stream '%1' in %2").arg(name, place.store) };
    return **std::move(stream);
}

Result<StreamVersion> versionOf(EventStore& store, const StreamInfo& stream,
    const StreamPoint& point, const Terminal& terminal)
{
    if (point.version) {
        if (*point.version <= stream.headVersion)
            return *point.version;
        return Error { ErrorCode::NotFound,
            tr("%1 has no version %2; it is at version %3")
                .arg(stream.name, QString::number(*point.version),
                    QString::number(stream.headVersion)) };
    }
    if (point.time) {
        const auto position = store.positionAtTime(*point.time);
        if (!position)
            return position.error();
        return store.versionAt(stream.id, *position);
    }
    if (!point.position)
        return stream.headVersion;
    const auto head = store.head();
    if (!head)
        return head.error();
    tellPastHead(point.position, *head, terminal);
    return store.versionAt(stream.id, *point.position);
}

Result<AggregateState> foldTo(EventStore& store, Replayer& replayer, const StreamInfo& stream,
    StreamVersion version, const Terminal& terminal)
{
    constexpr qint64 eventsPerSlice = 10'000;
    const Progress progress;
    progress.setTotal(version);
    const ProgressLine line(tr("Folding"), progress);
    while (!terminal.cancel().isCancelled()) {
        auto state = replayer.stateWithin(store, stream, version, eventsPerSlice);
        if (!state)
            return state.error();
        if (*state)
            return **std::move(state);
        progress.setDone(replayer.keptUpTo(stream, version));
    }
    return Error { ErrorCode::Cancelled, tr("cancelled") };
}

void tellFailure(const AggregateState& state, const Terminal& terminal)
{
    if (!state.failure.isEmpty())
        terminal.say(tr("the event #%1 (version %2) could not be folded and is left out: %3")
                         .arg(state.failedPosition)
                         .arg(state.failedVersion)
                         .arg(state.failure));
}

void tellMaskedFields(qsizetype count, const Terminal& terminal)
{
    if (count > 0)
        terminal.say(maskedFieldsText(count));
}

} // namespace eventloupe::cli
