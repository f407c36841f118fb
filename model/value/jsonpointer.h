#pragma once

#include "value/jsonvalue.h"
#include "value/result.h"

#include <QList>

namespace eventloupe {

/// A JSON Pointer (RFC 6901): unescaped reference tokens; empty means the whole document.
class JsonPointer {
public:
    JsonPointer() = default;
    explicit JsonPointer(QList<QByteArray> tokens);
    /// "" or "/a/b"; "~" must be followed by 0 or 1.
    static Result<JsonPointer> parse(std::string_view text);

    [[nodiscard]] const QList<QByteArray>& tokens() const { return m_tokens; }
    [[nodiscard]] bool isRoot() const { return m_tokens.isEmpty(); }
    [[nodiscard]] QByteArray toText() const;

    /// The value that is pointed to, or nullptr.
    [[nodiscard]] const JsonValue* resolve(const JsonValue& root) const;
    /// Sets the value; missing objects on the way are made. "-" or size() appends to an array.
    /// Fails where a scalar or a bad index stands in the way, and then changes nothing.
    Result<void> set(JsonValue& root, JsonValue value) const;
    /// Removes what is pointed to; false when nothing was there. The root becomes null.
    bool remove(JsonValue& root) const;

    friend bool operator==(const JsonPointer&, const JsonPointer&) = default;

private:
    QList<QByteArray> m_tokens;
};

} // namespace eventloupe
