#pragma once

#include "exchange/bytesource.h"
#include "exchange/csvrow.h"
#include "exchange/record.h"

namespace eventloupe {

/// The columns of our own CSV exports, in their order.
[[nodiscard]] const QStringList& ownCsvColumns();

/// CSV by RFC 4180, in UTF-8. Delimiter and header are found by themselves; without a header the
/// columns are column1, column2, ... A column without a name is "columnN" too, and a name that
/// comes again is "name (2)". Blank lines are skipped; a row with another number of cells than the
/// header is refused.
class CsvReader final : public RecordReader {
public:
    /// `delimiter`: 0 for found by itself.
    static Result<std::unique_ptr<CsvReader>> open(
        std::unique_ptr<ByteSource> source, char delimiter);

    Result<bool> next(Record& record) override;
    [[nodiscard]] bool isText() const override { return true; }
    [[nodiscard]] bool isOwnTable() const override { return m_ownTable; }
    [[nodiscard]] qint64 bytesDone() const override { return m_source->consumed(); }
    [[nodiscard]] qint64 bytesTotal() const override { return m_source->total(); }
    [[nodiscard]] const CsvDialect& dialect() const { return m_dialect; }

private:
    explicit CsvReader(std::unique_ptr<ByteSource> source);
    Result<bool> nextRow();
    Result<void> readHeader();
    [[nodiscard]] Error fault(std::size_t offset, const QString& reason) const;

    std::unique_ptr<ByteSource> m_source;
    CsvDialect m_dialect;
    CsvRow m_row;
    std::vector<std::string> m_columns;
    bool m_ownTable = false;
    bool m_rowWaits = false; ///< The first row was read for its width and is a record.
    qsizetype m_taken = 0;
    qint64 m_line = 1; ///< Of the row.
    qint64 m_linesTaken = 0;
};

} // namespace eventloupe
