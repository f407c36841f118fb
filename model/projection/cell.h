#pragma once

#include "expression/value.h"

#include <QtGlobal>

#include <bit>
#include <optional>
#include <string>
#include <string_view>

namespace eventloupe {

/// A value of a table in eight bytes: a double as it is, and in the room of its many NaNs what else
/// is short (an integer, a text of up to six bytes, a boolean), or where the rest of it lies.
///
/// What lies elsewhere belongs to a CellTexts, which must outlive the cell. Equal bits are equal
/// values; equal values may have other bits. Thread-safe.
class Cell {
public:
    enum class Kind : quint8 { Missing, Null, Bool, Number, Text, Json };
    static constexpr std::size_t shortestFar = 7; ///< Texts of so many bytes lie elsewhere.

    Cell() = default; ///< Missing.
    static Cell null() { return Cell(tagged(Tag::Nothing, 1)); }
    static Cell ofBool(bool value) { return Cell(tagged(Tag::Bool, value ? 1 : 0)); }
    /// Of a finite double whose text is what writeDouble() writes.
    static Cell ofDouble(double value) { return Cell(std::bit_cast<quint64>(value)); }
    /// Nothing where the integer is too large to be held here.
    static std::optional<Cell> ofInteger(qint64 value);
    static std::optional<Cell> ofUnsigned(quint64 value);
    /// Nothing where the text is too long, or has a NUL in it.
    static std::optional<Cell> ofShortText(std::string_view utf8);
    static Cell fromBits(quint64 bits) { return Cell(bits); }

    [[nodiscard]] quint64 bits() const { return m_bits; }
    [[nodiscard]] Kind kind() const;
    [[nodiscard]] bool toBool() const { return kind() == Kind::Bool && payload() != 0; }
    [[nodiscard]] double toDouble() const; ///< Of a Number.
    /// Of a Text; a short one is written to the buffer.
    [[nodiscard]] std::string_view toText(std::string& buffer) const;
    /// Appends JSON text; a number is spelled as it came. Missing is null.
    void appendJson(std::string& out) const;
    /// Appends what a person reads: a text as it is, nothing for Missing and Null, else JSON.
    void appendPlain(std::string& out) const;
    /// For the processor, before what lies elsewhere is read.
    void prefetch() const
    {
        if (isFar())
            __builtin_prefetch(reinterpret_cast<const char*>(payload()));
    }
    /// The value in an expression; a far text is borrowed.
    [[nodiscard]] Value toValue() const;

    friend bool operator==(Cell left, Cell right) { return left.m_bits == right.m_bits; }

private:
    friend class CellTexts;
    enum class Tag : quint8 { Nothing, Bool, Integer, ShortText, FarText, FarNumber, FarJson };

    explicit Cell(quint64 bits)
        : m_bits(bits)
    {
    }
    static constexpr quint64 nan = 0xfff8'0000'0000'0000U;
    static constexpr quint64 payloadMask = 0x0000'ffff'ffff'ffffU;
    static constexpr quint64 tagged(Tag tag, quint64 payload)
    {
        return nan | static_cast<quint64>(tag) << 48U | (payload & payloadMask);
    }
    [[nodiscard]] bool isDouble() const { return (m_bits & nan) != nan; }
    [[nodiscard]] bool isFar() const { return !isDouble() && tag() >= Tag::FarText; }
    [[nodiscard]] Tag tag() const { return static_cast<Tag>(m_bits >> 48U & 7U); }
    [[nodiscard]] quint64 payload() const { return m_bits & payloadMask; }
    [[nodiscard]] qint64 integer() const;
    [[nodiscard]] std::string_view farBytes() const;

    quint64 m_bits = tagged(Tag::Nothing, 0);
};

/// As tables are sorted: numbers by value, then texts without regard to the case of ASCII letters,
/// then booleans, then arrays and objects by their text; what is missing or null is last.
struct CellOrder {
    quint8 rank = 0; ///< 255: missing or null.
    quint64 key = 0; ///< Orders cells of a rank, but for long texts that begin alike.
};
/// Of texts that begin with the prefix (a foldedText()), the key is of what is behind it.
[[nodiscard]] CellOrder orderOf(Cell cell, std::string_view prefix = {});
/// With its ASCII letters in lower case.
[[nodiscard]] std::string foldedText(std::string_view utf8);
/// Below 0, 0 or above, of cells of a kind of which orderOf() is the same.
[[nodiscard]] int compareAlike(Cell left, Cell right);

} // namespace eventloupe
