#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <compare>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace eventloupe {

/// Bytes that are no text.
struct ForeignBlob {
    QByteArray bytes;
    friend auto operator<=>(const ForeignBlob& left, const ForeignBlob& right)
    {
        return QByteArrayView(left.bytes).compare(right.bytes) <=> 0;
    }
    friend bool operator==(const ForeignBlob&, const ForeignBlob&) = default;
};

/// A value of another library's database, as a statement's parameter: nothing, a number, UTF-8 text
/// or bytes.
using ForeignValue = std::variant<std::monostate, qint64, double, QByteArray, ForeignBlob>;

/// Rows of a SELECT, copied out of the database, so that nothing is held in it while they are
/// looked at. Used again and again, so that it keeps its memory.
class RowPage final {
public:
    enum class Kind : quint8 { Null, Integer, Real, Text, Blob };

    /// Forgets all rows and begins rows of so many columns.
    void begin(int columns);
    void addNull() { m_cells.push_back({}); }
    void addInteger(qint64 value) { m_cells.push_back({ value, 0, Kind::Integer }); }
    void addReal(double value);
    void addBytes(Kind kind, std::string_view bytes);
    /// The page was ended before the last row that was asked for: its bytes were enough.
    void setCut() { m_isCut = true; }

    [[nodiscard]] int columns() const { return m_columns; }
    [[nodiscard]] std::size_t rows() const
    {
        return m_cells.size() / static_cast<std::size_t>(m_columns);
    }
    [[nodiscard]] std::size_t size() const { return m_bytes.size(); }
    [[nodiscard]] bool isCut() const { return m_isCut; }

    [[nodiscard]] Kind kind(std::size_t row, int column) const { return at(row, column).kind; }
    [[nodiscard]] bool isNull(std::size_t row, int column) const
    {
        return at(row, column).kind == Kind::Null;
    }
    /// A number, also where it is spelt as text; 0 for all else.
    [[nodiscard]] qint64 integer(std::size_t row, int column) const;
    [[nodiscard]] double real(std::size_t row, int column) const;
    /// The bytes of a text or blob; "" for all else. Valid until begin().
    [[nodiscard]] std::string_view bytes(std::size_t row, int column) const;
    [[nodiscard]] ForeignValue value(std::size_t row, int column) const;
    /// For people and for names: numbers in decimal, text as it is, 16 bytes as a UUID, other bytes
    /// as text where they are UTF-8, else in hex. `buffer` holds what is not there as text.
    [[nodiscard]] std::string_view text(std::size_t row, int column, std::string& buffer) const;

private:
    struct Cell {
        qint64 number = 0; ///< Of bytes: where they begin.
        std::size_t size = 0;
        Kind kind = Kind::Null;
    };
    [[nodiscard]] const Cell& at(std::size_t row, int column) const
    {
        return m_cells[row * static_cast<std::size_t>(m_columns)
            + static_cast<std::size_t>(column)];
    }

    int m_columns = 1;
    bool m_isCut = false;
    std::vector<Cell> m_cells;
    std::string m_bytes;
};

/// The text of a value, as RowPage::text().
[[nodiscard]] std::string textOf(const ForeignValue& value);

} // namespace eventloupe
