#pragma once

#include "value/jsonpointer.h"
#include "value/result.h"

#include <QByteArray>
#include <QList>

#include <string_view>

namespace eventloupe {

/// Places in JSON whose values are masked: JSON Pointers (RFC 6901) in which "-" stands for every
/// element of an array and every member of an object ("/people/-/name"). RFC 6901 gives "-" no
/// meaning for what is read. The empty pointer is the whole value.
class MaskPatterns {
public:
    /// The most tokens that a pattern may have.
    static constexpr qsizetype deepest = 64;

    /// False where it was masked before.
    bool add(const JsonPointer& pattern);
    bool add(const MaskPatterns& patterns);
    [[nodiscard]] bool isEmpty() const { return m_pointers.isEmpty(); }
    [[nodiscard]] const QList<JsonPointer>& pointers() const { return m_pointers; }

    /// Whether the value at a place is masked, by itself or with what holds it, or something in it
    /// is. "-" in the place is any name.
    [[nodiscard]] bool touches(const QList<QByteArray>& place) const;

    /// A place as far as it may be told: where a value is masked as a whole it ends, since the names
    /// of what is in that are masked as well.
    [[nodiscard]] QList<QByteArray> visiblePart(const QList<QByteArray>& place) const;

    /// What is masked of the value at a place, seen from there.
    [[nodiscard]] MaskPatterns below(const QList<QByteArray>& place) const;

    /// The value with the sign in each masked place.
    [[nodiscard]] JsonValue shown(const JsonValue& value) const;
    /// Writes a JSON text with the sign in each masked place into `out`, all else to the byte; of
    /// members of the same name each is masked. False, and `out` is as it was, where there is
    /// nothing to mask. A text that is no JSON is masked as a whole, and so is a string that holds
    /// JSON, in which no pointer leads anywhere.
    bool mask(std::string_view json, QByteArray& out) const;

    /// What somebody made of a JSON text that was shown masked, with the values of the text itself
    /// where the sign was left; InvalidInput where it was put where nothing is masked.
    [[nodiscard]] Result<QByteArray> restored(
        const QByteArray& edited, const QByteArray& whole) const;

private:
    QList<JsonPointer> m_pointers;
};

} // namespace eventloupe
