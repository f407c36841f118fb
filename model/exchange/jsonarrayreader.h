#pragma once

#include "exchange/bytesource.h"
#include "exchange/rawjson.h"
#include "exchange/record.h"

namespace eventloupe {

/// A JSON document that is an array of records, read one by one: memory does not grow with it. What
/// stands behind a fault is not looked at, as in a file of lines.
class JsonArrayReader final : public RecordReader {
public:
    /// Whether the source's text begins as an array; takes the space before it.
    static Result<bool> begins(ByteSource& source);

    /// The source stands at the '['.
    explicit JsonArrayReader(std::unique_ptr<ByteSource> source);

    Result<bool> next(Record& record) override;
    [[nodiscard]] qint64 bytesDone() const override { return m_source->consumed(); }
    [[nodiscard]] qint64 bytesTotal() const override { return m_source->total(); }

private:
    Result<bool> skipSpace(qsizetype skipped);
    Result<bool> startElement();
    Result<std::size_t> findEnd();
    void take(std::size_t bytes);
    [[nodiscard]] Error fault(std::size_t offset, const QString& reason) const;
    [[nodiscard]] Error tooDeep(std::size_t offset) const;
    [[nodiscard]] Error structureFault(std::string_view before, std::size_t known = 0) const;

    std::unique_ptr<ByteSource> m_source;
    std::vector<RawMember> m_scratch;
    std::size_t m_taken = 0; ///< Bytes of the element that was handed out last.
    qint64 m_line = 1; ///< Of the window's first byte, as the next.
    qint64 m_column = 0; ///< From 0, in bytes.
    bool m_hasElements = false;
    bool m_isOpen = false; ///< The '[' was read.
    bool m_isDone = false;
};

} // namespace eventloupe
