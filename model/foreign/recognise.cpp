#include "foreign/recognise.h"

#include "foreign/foreigntext.h"

#include <QRegularExpression>

#include <algorithm>
#include <functional>

namespace eventloupe {

namespace {

constexpr int certaintyOfColumns = 30; ///< Of a table whose columns fit, whatever it is called.
constexpr int certaintyOfName = 30;
constexpr int certaintyOfFurtherTable = 8;
constexpr int clearBy = 8;

QString folded(const QString& name, bool isLoose)
{
    QString text = name.toLower();
    if (isLoose)
        text.remove(u'_');
    return text;
}

bool isNamed(const ForeignTable& table, const ProfileTable& wanted, bool isLoose)
{
    const QString pattern = folded(wanted.name, isLoose);
    const QString name = folded(table.name, isLoose);
    if (!pattern.contains(u'*'))
        return name == pattern;
    return QRegularExpression(QRegularExpression::wildcardToRegularExpression(pattern))
        .match(name)
        .hasMatch();
}

const ForeignColumn* columnOf(const ForeignTable& table, const QString& name, bool isLoose)
{
    const auto found = std::ranges::find_if(table.columns, [&](const ForeignColumn& column) {
        return folded(column.name, isLoose) == folded(name, isLoose);
    });
    return found == table.columns.end() ? nullptr : &*found;
}

bool fits(const ForeignTable& table, const ProfileTable& wanted, bool isLoose)
{
    const auto isThere = [&](const QString& name) {
        return columnOf(table, name, isLoose) != nullptr || (name == u"rowid" && table.hasRowId);
    };
    if (!std::ranges::all_of(wanted.columns, isThere))
        return false;
    if (std::ranges::any_of(wanted.absent, isThere))
        return false;
    for (auto type = wanted.types.cbegin(); type != wanted.types.cend(); ++type) {
        const auto* const column = columnOf(table, type.key(), isLoose);
        const QRegularExpression expected(type.value(), QRegularExpression::CaseInsensitiveOption);
        if (column != nullptr && !expected.match(column->type).hasMatch())
            return false;
    }
    return true;
}

/// The spelling of a column in the database, where the profile's differs.
void respell(ProfileColumn& column, const ForeignTable* table, bool isLoose)
{
    if (table == nullptr || !column.isGiven())
        return;
    if (const auto* const found = columnOf(*table, column.name, isLoose))
        column.name = found->name;
}

class Binder {
public:
    Binder(const StoreProfile& profile, const ForeignCatalog& catalog)
        : m_catalog(catalog)
        , m_profile(profile)
    {
    }

    std::vector<RecognisedStore> run() const
    {
        std::vector<RecognisedStore> bound;
        const ProfileTable& wanted = m_profile.tables.first();
        QList<ForeignTable> alike;
        for (const ForeignTable& table : m_catalog.tables)
            if (isNamed(table, wanted, m_profile.isLoose) && fits(table, wanted, m_profile.isLoose))
                alike.append(table);
        if (m_profile.isManyTables) {
            const auto schemas = bySchema(alike);
            for (const QList<ForeignTable>& tables : schemas)
                if (auto store = bind(tables))
                    bound.push_back(std::move(*store));
            return bound;
        }
        for (const ForeignTable& table : alike)
            if (auto store = bind({ table }))
                bound.push_back(std::move(*store));
        return bound;
    }

private:
    static QMap<QString, QList<ForeignTable>> bySchema(const QList<ForeignTable>& tables)
    {
        QMap<QString, QList<ForeignTable>> schemas;
        for (const ForeignTable& table : tables)
            schemas[table.schema].append(table);
        return schemas;
    }

    const ForeignTable* tableNear(const QString& name, const QString& schema) const
    {
        const ForeignTable* other = nullptr;
        for (const ForeignTable& table : m_catalog.tables) {
            if (folded(table.name, m_profile.isLoose) != folded(name, m_profile.isLoose))
                continue;
            if (table.schema == schema)
                return &table;
            other = &table;
        }
        return other;
    }

    std::optional<RecognisedStore> bind(const QList<ForeignTable>& tables) const
    {
        RecognisedStore store { m_profile, tables, {}, 0, false };
        const ProfileTable& log = m_profile.tables.first();
        const auto known = static_cast<int>(log.columns.size());
        store.certainty = std::min(certaintyOfColumns, 5 * known)
            + (log.name.contains(u'*') ? 0 : certaintyOfName);
        for (const ProfileTable& wanted : m_profile.tables.mid(1)) {
            const ForeignTable* const table = tableNear(wanted.name, tables.first().schema);
            if (table == nullptr || !fits(*table, wanted, m_profile.isLoose))
                return std::nullopt;
            store.certainty += certaintyOfFurtherTable;
        }
        for (const ProfileJoin& join : m_profile.joins) {
            const ForeignTable* const table = tableNear(join.table, tables.first().schema);
            if (table != nullptr)
                store.joined.insert(join.as, *table);
            else if (join.isRequired)
                return std::nullopt;
        }
        // The more of the table's columns are the library's, the less it is somebody else's.
        const auto all = std::max<qsizetype>(tables.first().columns.size(), 1);
        store.certainty = std::min<int>(
            100, store.certainty + static_cast<int>(std::min<qsizetype>(known, all) * 24 / all));
        respellAll(store);
        // Of a single table, its own key is the order.
        const ProfileColumn last = store.profile.order.last();
        if (m_profile.isManyTables && tables.size() == 1
            && tables.first().primaryKey == QStringList { last.name })
            store.profile.order = { last };
        return store;
    }

    /// Names as the database spells them: some heed the case of what stands in quotes.
    void respellAll(RecognisedStore& store) const
    {
        StoreProfile& profile = store.profile;
        const auto respelt = [&](ProfileColumn& column) {
            const auto joined = store.joined.constFind(column.table);
            respell(column,
                column.table.isEmpty()              ? &store.tables.first()
                    : joined != store.joined.cend() ? &*joined
                                                    : nullptr,
                profile.isLoose);
        };
        for (ProfileColumn& column : profile.order)
            respelt(column);
        for (ProfileField& field : profile.stream)
            respelt(field.column);
        for (ProfileField& field : profile.gathered)
            respelt(field.column);
        for (ProfileColumn& column : profile.marks)
            respelt(column);
        for (ProfileField* field : { &profile.category.field, &profile.version, &profile.type,
                 &profile.data, &profile.metadata, &profile.time, &profile.id })
            respelt(field->column);
        ProfileColumn items { {}, profile.items };
        respelt(items);
        profile.items = items.name;
        for (ProfileJoin& join : profile.joins)
            respellJoin(store, join, respelt);
    }

    void respellJoin(const RecognisedStore& store, ProfileJoin& join,
        const std::function<void(ProfileColumn&)>& respelt) const
    {
        const auto table = store.joined.constFind(join.as);
        if (table == store.joined.cend())
            return;
        const auto own = [&](const QString& name) {
            ProfileColumn column { {}, name };
            respell(column, &*table, m_profile.isLoose);
            return column.name;
        };
        QMap<QString, ProfileColumn> on;
        for (auto each = join.on.cbegin(); each != join.on.cend(); ++each) {
            ProfileColumn column = each.value();
            respelt(column);
            on.insert(own(each.key()), column);
        }
        join.on = on;
        QMap<QString, qint64> where;
        for (auto each = join.where.cbegin(); each != join.where.cend(); ++each)
            where.insert(own(each.key()), each.value());
        join.where = where;
        join.first = own(join.first);
    }

    const ForeignCatalog& m_catalog;
    const StoreProfile& m_profile;
};

} // namespace

QString RecognisedStore::choice() const
{
    const bool isNamedBySelf = profile.tables.first().name.contains(u'*') && tables.size() == 1;
    const QString choice = isNamedBySelf ? profile.name + u':' + tables.first().name : profile.name;
    return hasTwin ? choice + u'@' + tables.first().schema : choice;
}

bool RecognisedStore::hasColumn(const ProfileColumn& column) const
{
    if (column.name == u"$table")
        return true;
    if (column.table.isEmpty()) {
        const ForeignTable& table = tables.first();
        return table.column(column.name) != nullptr || (column.name == u"rowid" && table.hasRowId);
    }
    const auto found = joined.constFind(column.table);
    return found != joined.cend() && found->column(column.name) != nullptr;
}

QString RecognisedStore::typeOf(const ProfileColumn& column) const
{
    const auto join = joined.constFind(column.table);
    const ForeignTable* const table = column.table.isEmpty() ? &tables.first()
        : join != joined.cend()                              ? &*join
                                                             : nullptr;
    const ForeignColumn* const found = table != nullptr ? table->column(column.name) : nullptr;
    return found != nullptr ? found->type : QString();
}

QStringList RecognisedStore::advice() const
{
    QStringList advice;
    QStringList keys;
    for (const ProfileColumn& column : profile.order)
        if (column.table.isEmpty() && column.name != u"$table")
            keys.append(column.name);
    for (const ForeignTable& table : tables)
        if (!keys.isEmpty() && !table.hasIndexOn(keys))
            advice.append(
                ForeignText::tr("An index on %1 (%2) would speed up opening, scrolling and "
                                "every step of the slider.")
                    .arg(table.name, keys.join(QStringLiteral(", "))));
    for (const ProfileJoin& join : profile.joins) {
        const auto table = joined.constFind(join.as);
        if (table == joined.cend())
            continue;
        QStringList columns = join.on.keys();
        bool isThere = false;
        do
            isThere = table->hasIndexOn(columns);
        while (!isThere && std::next_permutation(columns.begin(), columns.end()));
        if (!isThere)
            advice.append(
                ForeignText::tr("An index on %1 (%2) would speed up every read of events.")
                    .arg(table->name, join.on.keys().join(QStringLiteral(", "))));
    }
    const ProfileField& id = profile.id;
    if (id.isGiven() && !id.isInside() && id.column.table.isEmpty() && hasColumn(id.column)
        && !tables.first().hasIndexOn({ id.column.name }))
        advice.append(
            ForeignText::tr("An index on %1 (%2) would speed up finding an event by its id.")
                .arg(tables.first().name, id.column.name));
    return advice;
}

std::vector<RecognisedStore> recognise(
    const ForeignCatalog& catalog, ForeignEngine engine, const QList<StoreProfile>& profiles)
{
    std::vector<RecognisedStore> found;
    for (const StoreProfile& profile : profiles) {
        if (!profile.isFor(engine))
            continue;
        auto bound = Binder(profile, catalog).run();
        found.insert(found.end(), std::make_move_iterator(bound.begin()),
            std::make_move_iterator(bound.end()));
    }
    std::ranges::stable_sort(found, std::greater(), &RecognisedStore::certainty);
    QMap<QString, int> choices;
    for (const RecognisedStore& store : found)
        ++choices[store.choice()];
    for (RecognisedStore& store : found)
        store.hasTwin = choices.value(store.choice()) > 1;
    return found;
}

bool isClear(const std::vector<RecognisedStore>& recognised)
{
    return recognised.size() == 1
        || (recognised.size() > 1 && recognised[0].certainty - recognised[1].certainty >= clearBy);
}

} // namespace eventloupe
