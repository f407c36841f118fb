#pragma once

#include <QString>
#include <QStringList>

#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace eventloupe {

/// The most cells that a row may have: a row with more was made to do harm, or is no row.
inline constexpr std::size_t maximumCsvColumns = 10'000;

/// A cell of a CSV row, unquoted.
struct CsvCell {
    std::string_view text;
    qsizetype offset = 0; ///< From the row's start, in bytes.
    bool quoted = false;
};

/// One row as RFC 4180 reads it. A quote inside a cell that does not begin with one is text, and a
/// lone CR ends a row, as most programs have it.
struct CsvRow {
    enum class Outcome {
        Row,
        Incomplete, ///< The text ends inside the row, and more may come.
        Fault, ///< See `reason` and `faultOffset`.
    };
    std::vector<CsvCell> cells;
    std::deque<std::string> owned; ///< Cells with doubled quotes.
    std::size_t length = 0; ///< In bytes, line end included.
    std::size_t faultOffset = 0;
    QString reason;

    /// `complete`: nothing follows the text.
    Outcome scan(std::string_view text, char delimiter, bool complete);

private:
    Outcome scanQuoted(std::string_view text, char delimiter, bool complete);
    Outcome fault(std::size_t offset, const QString& why);
};

/// How a file's rows are to be read.
struct CsvDialect {
    char delimiter = ',';
    bool hasHeader = true;

    /// From the first rows: the delimiter of comma, semicolon, tab and pipe that splits them into
    /// the most cells, the same number in each. The first row is a header unless one of its cells
    /// is a number or a time. `delimiter`, when not 0, is taken as it is.
    static CsvDialect detect(std::string_view sample, bool complete, char delimiter);
};

/// The offset of the first byte that is not UTF-8 (RFC 3629), or nothing.
[[nodiscard]] std::optional<std::size_t> findUtf8Fault(std::string_view text);

} // namespace eventloupe
