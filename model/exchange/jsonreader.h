#pragma once

#include "exchange/bytesource.h"
#include "exchange/rawjson.h"
#include "exchange/record.h"

namespace eventloupe {

/// The largest JSON document that is read as a whole, and the most records in it, so that memory
/// stays below 300 MB. JsonArrayReader has no such limit.
inline constexpr qint64 maximumDocumentBytes = qint64(128) * 1024 * 1024;
inline constexpr std::size_t maximumDocumentRecords = 4'000'000;

/// A JSON document: the array of records at the root, at a pointer, or the largest array of objects
/// among the root's members. A root object that holds none, or that names a stream and a type
/// itself, is one record. At a pointer an object of objects by their keys is read as records too:
/// their key is their "id", unless they have one. Holds the document in memory.
class JsonReader final : public RecordReader {
public:
    /// Reads and checks the document; `records` is a JSON Pointer, empty: found by itself.
    static Result<std::unique_ptr<JsonReader>> open(
        std::unique_ptr<ByteSource> source, const QString& records);

    Result<bool> next(Record& record) override;
    [[nodiscard]] qint64 bytesDone() const override { return m_done; }
    [[nodiscard]] qint64 bytesTotal() const override { return m_document.size(); }

private:
    explicit JsonReader(QString name);
    Result<void> findRecords(const QString& pointer);
    Result<void> findByPointer(const QString& pointer);
    Result<void> findByShape();
    [[nodiscard]] Error tooManyRecords() const;
    void takeKeyed(std::string_view object);
    void addKey(std::string_view key, Record& record) const;
    void countLinesUpTo(const char* place);

    QString m_name;
    QByteArray m_document;
    CheckedJson m_checked; ///< The same.
    std::vector<std::string_view> m_records;
    std::vector<std::string_view> m_keys; ///< Of the records, with their quotes, or none.
    std::vector<RawMember> m_scratch;
    std::size_t m_next = 0;
    qint64 m_done = 0;
    qint64 m_line = 1;
    const char* m_lineStart = nullptr;
    const char* m_counted = nullptr;
};

} // namespace eventloupe
