#pragma once

#include <QByteArray>
#include <QByteArrayList>
#include <QRandomGenerator>

namespace eventloupe {

/// JSON texts that a shortcut gets wrong first: keys twice, nulls inside, spellings of numbers,
/// escapes, deep nesting, other values than objects, and some that are damaged.
QByteArrayList awkwardPayloads();

/// A random valid text over few keys, so that one patches what another set. Mostly an object.
QByteArray randomPayload(QRandomGenerator& random);

} // namespace eventloupe
