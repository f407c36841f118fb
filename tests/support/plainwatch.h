#pragma once

#include "domain/evolver.h"
#include "store/eventstore.h"
#include "watch/watchexpression.h"

#include <QRandomGenerator>
#include <QStringList>

namespace eventloupe {

/// What a watch is to find, by the plainest way there is: each event is folded by an Evolver, and
/// each expression is evaluated over whole values. Of each watch a line a point, see lineOf(); then
/// one with the counts of failures.
struct PlainWatch {
    QByteArray expression;
    WatchScope scope = {};
};
QList<QStringList> watchPlainly(
    EventStore& store, const Evolver& evolver, const QList<PlainWatch>& watches);

/// An expression; one that does not compile ends the test program.
std::shared_ptr<const WatchExpression> compiled(const QByteArray& source);
/// What a run finds, in the same form.
QStringList watched(EventStore& store, const Evolver& evolver, const WatchRequest& request);

/// "12 user-1@3 CHANGED: 1 -> 2"; of long values the beginning and a hash.
QString lineOf(const WatchPoint& point);
/// "3 failed, 2 missing"
QString lineOf(const WatchFailures& failures);

/// So many expressions about what is in a store's events and states, of all kinds, that compile.
QByteArrayList randomWatches(
    EventStore& store, const Evolver& evolver, int count, QRandomGenerator& random);

} // namespace eventloupe
