#pragma once

#include "exchange/bytesource.h"
#include "exchange/rawjson.h"
#include "exchange/record.h"

namespace eventloupe {

/// Makes an object's members those of a record; `lineStart` is where offsets count from.
void putMembers(const std::vector<RawMember>& members, const char* lineStart, Record& record);
/// The same from the object's text; false when it is no object.
bool readObjectMembers(std::string_view object, const char* lineStart, Record& record,
    std::vector<RawMember>& scratch);

/// NDJSON: a JSON object a line, LF or CRLF; blank lines are skipped, the last line needs no end.
class NdjsonReader final : public RecordReader {
public:
    explicit NdjsonReader(std::unique_ptr<ByteSource> source);

    Result<bool> next(Record& record) override;
    [[nodiscard]] qint64 bytesDone() const override { return m_source->consumed(); }
    [[nodiscard]] qint64 bytesTotal() const override { return m_source->total(); }

private:
    void passEmptyLines();
    Result<bool> nextLine(std::string_view& line);

    std::unique_ptr<ByteSource> m_source;
    std::vector<RawMember> m_scratch;
    qsizetype m_taken = 0; ///< Bytes of the line that was handed out last.
    qint64 m_line = 0;
};

} // namespace eventloupe
