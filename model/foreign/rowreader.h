#pragma once

#include "encoding/payloaddecoder.h"
#include "foreign/logsql.h"
#include "foreign/rankindex.h"

#include <QRegularExpression>
#include <QStringList>

#include <utility>

namespace eventloupe {

/// Makes parts of events of the rows of one SELECT: decodes, follows pointers, spells names. Keeps
/// what it decodes of one row until the next. Not thread-safe.
class RowReader final {
public:
    RowReader(const StoreProfile& profile, LogColumns columns);

    [[nodiscard]] const LogColumns& columns() const { return m_columns; }
    void setRow(const RowPage& page, std::size_t row);

    [[nodiscard]] ForeignKey key() const;
    /// What the library calls the stream, its parts parted by a control character; "" for none.
    [[nodiscard]] std::string streamKey();
    /// What we call it; it has its category before the first '-'.
    [[nodiscard]] std::string streamName();
    /// What we would call the stream of an event by the library's name of it, where that is all
    /// that is known; empty where the category is not in it.
    [[nodiscard]] std::string nameOfKey(const std::string& key) const;
    /// From 1, by the library's count.
    [[nodiscard]] std::optional<StreamVersion> version();
    [[nodiscard]] std::string type(qint64 event = 0);
    [[nodiscard]] Timestamp time();
    /// Where the library has none, the place of the row.
    [[nodiscard]] std::string id(qint64 event = 0);
    /// How many events the row is.
    [[nodiscard]] qint64 events() const;
    /// JSON; `{}` where there is none. Of a commit the event with that number, from 0.
    [[nodiscard]] QByteArray data(qint64 event = 0);
    [[nodiscard]] QByteArray metadata();
    /// What could not be decoded since the last call, for people.
    [[nodiscard]] QStringList takeProblems() { return std::exchange(m_problems, {}); }
    /// See Event::origin; `name` is what we call the stream.
    [[nodiscard]] QByteArray origin(std::string_view name);

private:
    /// Between the parts of a stream's key, which no name has.
    static constexpr char betweenParts = '\x1f';
    struct Document {
        int column = -1;
        EncodingSpec encoding;
        QByteArray json;
    };
    [[nodiscard]] int at(const ProfileColumn& column) const { return m_columns.indexOf(column); }
    const QByteArray& document(const ProfileField& field, int column);
    /// The JSON of a field, or nothing where the column, the value or what is pointed to is not
    /// there.
    std::optional<QByteArray> json(const ProfileField& field);
    std::optional<std::string> text(const ProfileField& field);
    std::string named(const std::string& category, const std::string& rest) const;
    void gather(QByteArray& out);

    const StoreProfile& m_profile;
    LogColumns m_columns;
    QRegularExpression m_categoryOfType;
    const RowPage* m_page = nullptr;
    std::size_t m_row = 0;
    std::vector<Document> m_documents;
    QStringList m_problems;
};

/// The columns that each part of an event is read from.
[[nodiscard]] std::vector<ProfileColumn> columnsFor(const StoreProfile& profile, ScanColumns parts);
/// Those of streams, versions and types, which the index is made of.
[[nodiscard]] std::vector<ProfileColumn> columnsOfIndex(const StoreProfile& profile);

} // namespace eventloupe
