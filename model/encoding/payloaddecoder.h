#pragma once

#include "encoding/encodingspec.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <string_view>

namespace eventloupe {

/// What a foreign payload is shown as, and folded from.
struct Decoded {
    /// JSON text, always valid by findJsonFault(). What JSON has no form for has these shapes:
    ///   {"$bytes":"AAEC"}                      bytes, as base64
    ///   {"$bytes":"rO0A","kind":"Java serialisation"}   a whole payload that is not readable;
    ///                                          of one over its limit the beginning, and "size"
    ///   {"$text":"<order/>","kind":"XML"}      a whole payload that is text and no JSON
    ///   {"$ext":5,"$bytes":"AAEC"}             a MessagePack extension
    ///   {"$tag":5,"value":...}                 a CBOR tag without a form of its own
    ///   {"$simple":16}                         a simple value of CBOR
    ///   {"$erlang":"pid","$bytes":"Z2QA"}      what means something in its Erlang system only
    ///   {"$oid":"..."}, {"$regex":...} ...     BSON's own, as in MongoDB's Extended JSON
    ///   {"$ref":"a"}                           a reference to what holds it, or goes too far
    ///   {"$tail":...}                          the tail of an improper list, as last element
    ///   {"__class":"Acme\\Order","id":1}       an object of a PHP or Ruby class
    /// Symbols, atoms and keys are texts, tuples arrays, times texts of RFC 3339.
    QByteArray json;
    QString kind; ///< What it was, for people: "MessagePack", "gzip, JSON", "Java serialisation".
    bool readable = true; ///< False: `json` shows the payload as bytes or text that says nothing.
    QString problem; ///< Why it is not readable as asked, for people: "byte 17: ..."; else empty.
    /// What cannot be told from `json` any more, for people: "NaN is shown as text". Mostly empty.
    QStringList losses;
};

/// How much a payload may grow; beyond it is shown as bytes and said to be too large.
struct DecodeLimits {
    qsizetype inflated = 256 * 1024 * 1024; ///< Bytes that come out of gzip and its like.
    qsizetype json = 256 * 1024 * 1024; ///< Bytes of JSON text, where it is not as it was stored.
    qsizetype aliases = 16 * 1024 * 1024; ///< Bytes of JSON that repeat what was there before.
    qsizetype shown = 64 * 1024 * 1024; ///< Bytes shown of a payload that is not readable.
};

/// Turns the stored bytes of a payload into JSON text, without bending a value: valid JSON stays to
/// the byte; integers of any size and decimals keep all digits; duplicate keys stay, in order.
///
/// Hostile bytes end in a Decoded that is not readable; nothing is thrown, nothing recurses without
/// a bound, and memory stays below twice what DecodeLimits allow in all, and 64 MB more. A wrapper
/// that the bytes do not have is passed over, since stores compress large payloads alone, and
/// tables hold what older versions wrote. Const and without state: several threads may share one.
class PayloadDecoder final {
public:
    explicit PayloadDecoder(EncodingSpec spec = {}, DecodeLimits limits = {});

    [[nodiscard]] const EncodingSpec& spec() const { return m_spec; }
    /// Empty bytes give `{}`, as a payload that is not given.
    [[nodiscard]] Decoded decode(std::string_view bytes) const;
    /// Whether decode() gives these bytes as they are: for a scan, which then needs no copy of
    /// them.
    [[nodiscard]] bool keeps(std::string_view bytes) const;

private:
    EncodingSpec m_spec;
    DecodeLimits m_limits;
};

} // namespace eventloupe
