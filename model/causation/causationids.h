#pragma once

#include "value/event.h"

#include <QByteArray>
#include <QList>

#include <string_view>

namespace eventloupe {

/// What an event says about where it comes from. Ids are texts; one that is written as a number is
/// its digits.
struct CausationIds {
    QByteArray correlation; ///< Shared by all that one request led to; empty where there is none.
    QByteArray causation; ///< The id of the event or command that caused this one; may be empty.
    QByteArray message; ///< A further id that others may name the event by; mostly empty.
    /// Message DB names the cause by its place: the stream, and its version from 0 there.
    QByteArray causeStream;
    qint64 causeNumber = -1;
    QByteArray command; ///< The command's name, where it is recorded.
    QByteArray actor; ///< Who issued it, where that is recorded.
    /// Where the correlation stands in the text, for an expression over it: {"$correlationId"}.
    QList<QByteArray> correlationPath {};

    [[nodiscard]] bool isEmpty() const
    {
        return correlation.isEmpty() && causation.isEmpty() && causeStream.isEmpty();
    }
};

/// The ids in an event's metadata, by the names that libraries give them, whatever their case and
/// with or without `$`, `_`, `-` and what stands before a `.` (NServiceBus.CorrelationId):
///
/// | correlation | causation | who |
/// | --- | --- | --- |
/// | correlationId | causationId | Eventloupe, Emmett, Marten's headers, Message DB samples |
/// | $correlationId | $causationId | EventStoreDB/Kurrent's reserved names |
/// | correlation_id | causation_id | Rails Event Store, Commanded, Protean |
/// | traceId | correlationId, where no causation is named | Axon 4 (MessageOriginProvider) |
/// | correlationStreamName | causationMessageStreamName with ...Position | Eventide, Message DB |
/// | conversationId | relatedTo, initiatorId | NServiceBus, MassTransit |
/// | traceparent | | W3C Trace Context: the trace's id |
///
/// Objects in the metadata (headers, metadata, domain ...) are looked into two levels deep, after
/// what stands outside of them. Empty where the text is no object. Thread-safe.
[[nodiscard]] CausationIds causationIdsIn(std::string_view json);

/// The metadata's ids; where it has none, those of the data's own members (eventsourcing for
/// Python keeps them there). `isInData`, if any, is told which.
[[nodiscard]] CausationIds causationIdsOf(
    std::string_view metadata, std::string_view data, bool* isInData = nullptr);

/// An expression over an event that holds for those with this correlation; empty without one.
[[nodiscard]] QString correlationCondition(const CausationIds& ids, bool isInData);

} // namespace eventloupe
