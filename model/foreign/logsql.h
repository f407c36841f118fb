#pragma once

#include "foreign/recognise.h"

#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace eventloupe {

/// The columns of a SELECT, those that order the log first.
struct LogColumns {
    std::vector<ProfileColumn> columns;

    /// -1 where it is not among them.
    [[nodiscard]] int indexOf(const ProfileColumn& column) const;
};

/// The SELECTs over another library's log, with all identifiers quoted by us. Their parameters are
/// the values of the bound's key, the number of rows and, where asked for, how many to skip.
class LogSql final {
public:
    enum class Bound {
        None, ///< From the first row.
        From, ///< From a key on, itself included.
        After, ///< From behind a key on.
        Last, ///< From the last row backwards.
    };

    LogSql(RecognisedStore store, ForeignEngine engine)
        : m_store(std::move(store))
        , m_engine(engine)
    {
    }

    /// The order's columns, then what of `wanted` the database has.
    [[nodiscard]] LogColumns columns(const std::vector<ProfileColumn>& wanted) const;
    /// `hasLinks`: an event comes once for each stream that it is in, its own first.
    [[nodiscard]] std::string select(
        const LogColumns& columns, Bound bound, bool skips, bool hasLinks) const;
    /// How many rows of events there are up to a key.
    [[nodiscard]] std::string count() const;
    /// The keys of the rows in which a column of the log has a value.
    [[nodiscard]] std::string keysWhere(const ProfileColumn& column) const;
    [[nodiscard]] bool hasLinks() const;

private:
    /// `asked`: the table that is asked by itself, where the log spans several; else null.
    [[nodiscard]] std::string name(
        const ProfileColumn& column, const ForeignTable* asked = nullptr) const;
    [[nodiscard]] std::string value(const ProfileColumn& column) const;
    /// What follows the name of each table that is asked by itself.
    using Rest = std::function<std::string(const ForeignTable&)>;
    [[nodiscard]] std::string source(
        const std::vector<ProfileColumn>& columns, const Rest& rest = {}) const;
    [[nodiscard]] std::string joins(bool hasLinks) const;
    [[nodiscard]] std::string conditions(const ForeignTable* table = nullptr) const;
    [[nodiscard]] std::string keyCompare(
        const std::string& comparison, const ForeignTable* table = nullptr) const;
    [[nodiscard]] std::string where(Bound bound, const ForeignTable* table = nullptr) const;
    [[nodiscard]] std::string order(
        Bound bound, bool hasLinks, const ForeignTable* table = nullptr) const;
    [[nodiscard]] bool asksEach() const;

    RecognisedStore m_store;
    ForeignEngine m_engine;
};

} // namespace eventloupe
