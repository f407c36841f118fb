#pragma once

#include "store/eventstore.h"

#include <vector>

namespace eventloupe {

class SqliteStreamNames;

/// Numbers that are in a set, one byte each: for numbers that are dense from 1.
class NumberSet final {
public:
    void insert(qint64 number);
    [[nodiscard]] bool contains(qint64 number) const
    {
        return number >= 0 && static_cast<std::size_t>(number) < m_isIn.size()
            && m_isIn[static_cast<std::size_t>(number)] != 0;
    }
    [[nodiscard]] const std::vector<qint64>& numbers() const { return m_numbers; }

private:
    std::vector<quint8> m_isIn;
    std::vector<qint64> m_numbers;
};

/// Which streams are of some categories: each stream's name is read once, and a byte kept for it
/// (a megabyte for a million streams). Thread: the connection's.
class CategoryTest final {
public:
    CategoryTest(SqliteStreamNames& names, const QStringList& categories);

    [[nodiscard]] const QStringList& categories() const { return m_categories; }
    bool contains(StreamId stream);

private:
    enum Knowledge : quint8 { Unknown, Inside, Outside };

    SqliteStreamNames& m_names;
    QStringList m_categories;
    QByteArrayList m_utf8;
    std::vector<quint8> m_known;
};

/// A selection in terms of a row's numbers, tested before anything of the row is made ready.
struct SqliteRowTest {
    std::optional<NumberSet> types;
    std::optional<NumberSet> streams;
    CategoryTest* categories = nullptr;
    NumberRange versions;
    NumberRange times;

    [[nodiscard]] bool admitsAll() const
    {
        return !types && !streams && !categories && versions.isAll() && times.isAll();
    }
    [[nodiscard]] bool admits(
        StreamId stream, StreamVersion version, qint64 type, qint64 time) const
    {
        return (!types || types->contains(type)) && (!streams || streams->contains(stream))
            && versions.holds(version) && times.holds(time)
            && (!categories || categories->contains(stream));
    }
};

} // namespace eventloupe
