#pragma once

#include "value/event.h"

#include <QByteArray>

namespace eventloupe {

/// Appends an event as the exchange format's JSON object, bytes of data and metadata as stored,
/// line feeds included. Members that an import kept in the metadata follow it as members of their
/// own, or together as "$imported" when one of them has a name of the format's.
void appendExchangeRecord(QByteArray& out, const EventView& event);

} // namespace eventloupe
