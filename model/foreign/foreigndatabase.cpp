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
        if (index.size() < wanted.size())
            return false;
        for (qsizetype i = 0; i < wanted.size(); ++i)
            if (index.at(i).compare(wanted.at(i), Qt::CaseInsensitive) != 0)
                return false;
        return true;
    });
}

} // namespace eventloupe
