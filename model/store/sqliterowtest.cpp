#include "store/sqliterowtest.h"

#include "store/sqlitestreamnames.h"
#include "value/category.h"

#include <algorithm>

namespace eventloupe {

void NumberSet::insert(qint64 number)
{
    if (number < 0 || contains(number))
        return;
    const auto place = static_cast<std::size_t>(number);
    if (place >= m_isIn.size())
        m_isIn.resize(place + 1);
    m_isIn[place] = 1;
    m_numbers.push_back(number);
}

CategoryTest::CategoryTest(SqliteStreamNames& names, const QStringList& categories)
    : m_names(names)
    , m_categories(categories)
{
    for (const QString& category : categories)
        m_utf8.append(category.toUtf8());
}

bool CategoryTest::contains(StreamId stream)
{
    const auto place = static_cast<std::size_t>(stream);
    if (stream >= 0 && place < m_known.size() && m_known[place] != Unknown)
        return m_known[place] == Inside;
    const std::string_view name = m_names.name(stream);
    const std::string_view category = categoryOf(name);
    const bool isInside = std::any_of(m_utf8.begin(), m_utf8.end(),
        [category](const QByteArray& one) { return viewOf(one) == category; });
    // A stream whose row is lost has no name, and is asked for again.
    if (stream >= 0 && !name.empty()) {
        if (place >= m_known.size())
            m_known.resize(std::max(place + 1, m_known.size() * 3 / 2));
        m_known[place] = isInside ? Inside : Outside;
    }
    return isInside;
}

} // namespace eventloupe
