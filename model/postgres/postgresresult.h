#pragma once

#include "value/result.h"

#include <QByteArray>
#include <QString>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

struct pg_result;

namespace eventloupe {

/// The rows that a statement gave, all in memory. Rows and columns count from 0; views are valid
/// as long as this lives. Values are text in UTF-8, as PostgreSQL spells them.
class PostgresResult final {
public:
    PostgresResult() = default;
    explicit PostgresResult(pg_result* result); ///< Owns it.

    [[nodiscard]] int rows() const;
    [[nodiscard]] int columns() const;
    /// Rows that the statement changed.
    [[nodiscard]] qint64 changed() const;
    [[nodiscard]] std::string columnName(int column) const;
    /// The type's number in pg_type: 20 is bigint, 17 bytea, 3802 jsonb.
    [[nodiscard]] quint32 columnType(int column) const;

    [[nodiscard]] bool isNull(int row, int column) const;
    [[nodiscard]] std::string_view text(int row, int column) const;
    [[nodiscard]] QString string(int row, int column) const;
    /// 0 where it is null or no whole number.
    [[nodiscard]] qint64 integer(int row, int column) const;
    [[nodiscard]] bool boolean(int row, int column) const;
    /// Of a bytea, which the connection has spelled as `\x` and hexadecimal digits.
    [[nodiscard]] QByteArray bytes(int row, int column) const;
    /// The first row's column as a number, or `otherwise` where there is no row, or it is null.
    [[nodiscard]] qint64 number(qint64 otherwise, int column = 0) const;
    /// Whether it is no statement's, but the end of those that were sent together.
    [[nodiscard]] bool isPipelineSync() const;
    [[nodiscard]] const pg_result* handle() const { return m_result.get(); } ///< libpq's.

private:
    std::shared_ptr<pg_result> m_result;
};

/// A statement's parameters, in order from $1; text in UTF-8 that PostgreSQL casts to what the
/// statement says.
class PostgresParameters final {
public:
    PostgresParameters& add(qint64 number);
    PostgresParameters& addText(std::string_view utf8); ///< Up to a NUL, which no text may hold.
    PostgresParameters& addBytes(std::string_view bytes); ///< For a bytea.
    PostgresParameters& addNull();
    /// For a bigint[] or a text[].
    PostgresParameters& addNumbers(const std::vector<qint64>& numbers);
    PostgresParameters& addTexts(const std::vector<std::string_view>& texts);

    [[nodiscard]] int count() const { return static_cast<int>(m_values.size()); }
    /// One pointer a parameter; valid until something is added.
    [[nodiscard]] std::vector<const char*> pointers() const;

private:
    struct Value {
        std::string text;
        bool isNull = false;
    };
    std::vector<Value> m_values;
};

/// A name in double quotes, to the letter.
[[nodiscard]] QByteArray quotedIdentifier(const QString& name);
/// A text in single quotes, for statements that take no parameter; needs
/// standard_conforming_strings, which every PostgresConnection has on.
[[nodiscard]] QByteArray quotedText(const QString& text);
/// `\x` and hexadecimal digits.
void appendHex(std::string& out, std::string_view bytes);

} // namespace eventloupe
