#pragma once

#include "value/jsonvalue.h"
#include "value/result.h"

#include <QList>
#include <QStringList>

#include <vector>

namespace eventloupe {

/// A way to read bytes. Those up to JsonString wrap others; the rest give the JSON text.
enum class Encoding : quint8 {
    Gzip, ///< "gzip": RFC 1952.
    Zlib, ///< "zlib": RFC 1950.
    Deflate, ///< "deflate": RFC 1951, without header or checksum.
    Base64, ///< "base64": RFC 4648, also its URL alphabet; white space is passed over.
    Hex, ///< "hex": also with PostgreSQL's "\x" before it.
    JsonString, ///< "json-string": a JSON string whose text is what is inside.
    Auto, ///< "auto": what the bytes look like, each payload by itself.
    Json, ///< "json": UTF-8, UTF-16 or UTF-32; also PostgreSQL's json and jsonb as text.
    SqliteJsonb, ///< "sqlite-jsonb": the blobs of SQLite 3.45 and later.
    MessagePack, ///< "msgpack"
    Cbor, ///< "cbor": RFC 8949.
    Bson, ///< "bson"
    Yaml, ///< "yaml": YAML 1.1 with Ruby's tags and its rules for what is a number.
    Php, ///< "php": PHP's serialize().
    ErlangTerm, ///< "erlang-term": Erlang's external term format.
    Text, ///< "text": shown as text, whatever it is.
    Bytes, ///< "bytes": shown as bytes, whatever they are.
};

[[nodiscard]] constexpr bool isWrapper(Encoding encoding)
{
    return encoding <= Encoding::JsonString;
}

/// How a column's bytes are to be read: any wrappers, outermost first, and what is inside of them.
/// A store profile names it as a text ("msgpack") or as a list (["gzip", "json"]).
class EncodingSpec final {
public:
    EncodingSpec() = default; ///< "auto"
    explicit EncodingSpec(Encoding inside);

    /// Names, outermost first; after wrappers alone "auto" is understood. Fails for a name that is
    /// none, more than four wrappers, and anything behind what is no wrapper; the message names the
    /// mend.
    [[nodiscard]] static Result<EncodingSpec> fromNames(const QStringList& names);
    /// As a profile spells it: a string, or an array of strings.
    [[nodiscard]] static Result<EncodingSpec> fromJson(const JsonValue& value);
    /// As a command line spells it: names with commas between them.
    [[nodiscard]] static Result<EncodingSpec> fromText(const QString& text);

    /// A string where it is one name, else an array.
    [[nodiscard]] JsonValue toJson() const;
    [[nodiscard]] QStringList names() const;

    [[nodiscard]] const std::vector<Encoding>& wrappers() const { return m_wrappers; }
    [[nodiscard]] Encoding inside() const { return m_inside; } ///< Never a wrapper.

    friend bool operator==(const EncodingSpec&, const EncodingSpec&) = default;

private:
    std::vector<Encoding> m_wrappers;
    Encoding m_inside = Encoding::Auto;
};

/// An encoding for people to choose.
struct EncodingChoice {
    Encoding encoding = Encoding::Auto;
    QString name; ///< What a profile calls it: "msgpack".
    QString title; ///< "MessagePack"
};

/// All of them, the wrappers first.
[[nodiscard]] QList<EncodingChoice> encodingChoices();
[[nodiscard]] QString encodingTitle(Encoding encoding);

} // namespace eventloupe
