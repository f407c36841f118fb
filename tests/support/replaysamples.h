#pragma once

#include "domain/evolver.h"
#include "support/samplestore.h"

#include <QRandomGenerator>

#include <memory>

namespace eventloupe {

/// An event for SampleWorkspace::counter(), in one of some streams of two categories; now and then
/// one that its rules fail on.
[[nodiscard]] SampleEvent randomEvent(QRandomGenerator& random, int streams);

/// The state at a version, by the plainest way there is.
[[nodiscard]] AggregateState foldNaively(
    EventStore& store, const Evolver& evolver, const StreamInfo& stream, StreamVersion version);

/// For reading.
[[nodiscard]] std::unique_ptr<EventStore> open(const SampleStore& sample);

/// One stream of so many events, whose states differ.
[[nodiscard]] QList<SampleEvent> longStream(int events);

} // namespace eventloupe
