#pragma once

#include "value/checkedjson.h"
#include "value/result.h"

#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace eventloupe {

/// A member of a record, or a cell under its column's name.
struct RecordMember {
    std::string_view name; ///< UTF-8, escapes resolved.
    /// JSON text as it stands in the file, or, where RecordReader::isText(), a cell's text.
    std::string_view value;
    qsizetype offset = 0; ///< Of the value from the start of its line, in bytes, from 0.
};

/// One record of a file; the views are valid until the reader moves on.
struct Record {
    std::vector<RecordMember> members; ///< In file order; a name may come twice.
    qint64 line = 1; ///< Where the record begins, from 1.
    CheckedJson text; ///< What JSON values are cut out of; a copy's values are not.
    std::deque<std::string> owned; ///< What the views point to where the file spells it otherwise.

    [[nodiscard]] Record deepCopy() const;
};

/// Reads a file's records one by one. On one thread.
class RecordReader {
public:
    virtual ~RecordReader() = default;
    /// Moves on; false at the end. InvalidInput "FILE:LINE: byte N: reason" for a malformed record.
    virtual Result<bool> next(Record& record) = 0;
    /// Whether values are texts of cells instead of JSON.
    [[nodiscard]] virtual bool isText() const { return false; }
    /// Whether the file is a CSV export of ours, whose cells are taken exactly as written.
    [[nodiscard]] virtual bool isOwnTable() const { return false; }
    [[nodiscard]] virtual qint64 bytesDone() const = 0;
    [[nodiscard]] virtual qint64 bytesTotal() const = 0; ///< 0: unknown.
};

} // namespace eventloupe
