#pragma once

#include "value/event.h"

#include <array>
#include <memory>

namespace eventloupe {

/// The SHA-256 that an event carries; all zero before the first event.
using EventHash = std::array<unsigned char, 32>;

/// Computes the hash of an event from that of the event before it, so that no event can be
/// changed, moved, removed or inserted without every later hash being wrong.
///
/// The hashed bytes, integers big-endian, cannot be read in two ways:
///
///     previous hash   32 bytes
///     position, version, time    8 bytes each (time in UTC microseconds, two's complement)
///     stream, type, id, data, metadata    each its length in 8 bytes, then its UTF-8 bytes
///
/// SHA-256 is FIPS 180-4, from OpenSSL's libcrypto. An instance is for one thread.
class HashChain final {
public:
    HashChain();
    ~HashChain();
    HashChain(const HashChain&) = delete;
    HashChain& operator=(const HashChain&) = delete;

    /// False when the library has no SHA-256; nothing may be stored then.
    [[nodiscard]] bool isValid() const;
    /// The hash of `event`; its streamId is of no account. Needs isValid().
    [[nodiscard]] EventHash next(const EventHash& previous, const EventView& event);

private:
    struct Engine;
    std::unique_ptr<Engine> m_engine;
};

} // namespace eventloupe
