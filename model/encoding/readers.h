#pragma once

#include "encoding/jsonsink.h"

namespace eventloupe {

/// One function an encoding: reads a whole payload and writes its JSON text into the sink. Each is
/// pure, fails for bytes that are not of its encoding ("byte 17: ...") or when the sink is no
/// longer good(), and takes time in the order of the bytes and of what it writes. Thread-safe.

/// MessagePack, github.com/msgpack/msgpack, spec.md of 2017 with its timestamps.
[[nodiscard]] Result<void> readMessagePack(std::string_view bytes, JsonSink& sink);
/// CBOR, RFC 8949.
[[nodiscard]] Result<void> readCbor(std::string_view bytes, JsonSink& sink);
/// BSON 1.1, bsonspec.org.
[[nodiscard]] Result<void> readBson(std::string_view bytes, JsonSink& sink);
/// The blobs of SQLite's JSONB, sqlite.org/jsonb.html.
[[nodiscard]] Result<void> readSqliteJsonb(std::string_view bytes, JsonSink& sink);
/// PHP's serialize(), php.net/manual/en/function.serialize.php.
[[nodiscard]] Result<void> readPhp(std::string_view bytes, JsonSink& sink);
/// Erlang's external term format, erlang.org/doc/apps/erts/erl_ext_dist.
[[nodiscard]] Result<void> readErlangTerm(std::string_view bytes, JsonSink& sink);
/// One document of YAML 1.1. What a plain scalar is follows Ruby's Psych, which wrote the payloads
/// that are met: `1e3` is a text, `:web` the text "web".
[[nodiscard]] Result<void> readYaml(std::string_view bytes, JsonSink& sink);

} // namespace eventloupe
