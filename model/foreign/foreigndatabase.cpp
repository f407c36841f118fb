#include "foreign/foreigndatabase.h"

#include <algorithm>

namespace eventloupe {

QString engineName(ForeignEngine engine)
{
    switch (engine) {
    case ForeignEngine::PostgreSql:
        return QStringLiteral("postgres");
    case ForeignEngine::MySql:
        return QStringLiteral("mysql");
    default:
        return QStringLiteral("sqlite");
    }
}

const ForeignColumn* ForeignTable::column(const QString& wanted) const
{
    const auto found = std::ranges::find_if(columns, [&wanted](const ForeignColumn& each) {
        return each.name.compare(wanted, Qt::CaseInsensitive) == 0;
    });
    return found == columns.end() ? nullptr : &*found;
}

bool ForeignTable::hasIndexOn(const QStringList& wanted) const
{
    return std::ranges::any_of(indexes, [&wanted](const QStringList& index) {
        return index.size() >= wanted.size()
            && std::equal(wanted.begin(), wanted.end(), index.begin(),
                [](const QString& one, const QString& other) {
                    return one.compare(other, Qt::CaseInsensitive) == 0;
                });
    });
}

} // namespace eventloupe
