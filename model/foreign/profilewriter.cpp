#include "foreign/storeprofile.h"
#include "value/jsonpointer.h"

namespace eventloupe {

namespace {

JsonValue textsOf(const QStringList& texts)
{
    JsonValue list = JsonValue::emptyArray();
    for (const QString& text : texts)
        list.append(JsonValue::fromString(text));
    return list;
}

JsonValue objectOf(const QMap<QString, qint64>& numbers)
{
    JsonValue object = JsonValue::emptyObject();
    for (auto each = numbers.cbegin(); each != numbers.cend(); ++each)
        object.insert(each.key().toUtf8(), JsonValue::fromInt(each.value()));
    return object;
}

JsonValue objectOf(const QMap<QString, ProfileColumn>& columns)
{
    JsonValue object = JsonValue::emptyObject();
    for (auto each = columns.cbegin(); each != columns.cend(); ++each)
        object.insert(each.key().toUtf8(), JsonValue::fromString(each.value().text()));
    return object;
}

JsonValue valueOf(const ProfileField& field)
{
    const bool isAuto = field.encoding == EncodingSpec(Encoding::Auto);
    if (!field.isInside() && isAuto)
        return JsonValue::fromString(field.column.text());
    JsonValue object = JsonValue::emptyObject();
    object.insert("column", JsonValue::fromString(field.column.text()));
    if (!isAuto)
        object.insert("encoding", field.encoding.toJson());
    if (!field.pointer.isEmpty())
        object.insert("pointer", JsonValue::fromString(JsonPointer(field.pointer).toText()));
    if (field.isOnlyMember)
        object.insert("only", JsonValue::fromBool(true));
    return object;
}

void put(JsonValue& object, const char* name, const QString& text)
{
    if (!text.isEmpty())
        object.insert(name, JsonValue::fromString(text));
}

void put(JsonValue& object, const char* name, JsonValue value)
{
    if (value.size() > 0)
        object.insert(name, std::move(value));
}

void put(JsonValue& object, const char* name, const ProfileField& field)
{
    if (field.isGiven())
        object.insert(name, valueOf(field));
}

void put(JsonValue& object, const char* name, bool isSet)
{
    if (isSet)
        object.insert(name, JsonValue::fromBool(true));
}

JsonValue tablesOf(const StoreProfile& profile)
{
    JsonValue tables = JsonValue::emptyArray();
    for (const ProfileTable& each : profile.tables) {
        JsonValue table = JsonValue::emptyObject();
        put(table, "schema", each.schema);
        put(table, "table", each.name);
        put(table, "columns", textsOf(each.columns));
        put(table, "absent", textsOf(each.absent));
        JsonValue types = JsonValue::emptyObject();
        for (auto type = each.types.cbegin(); type != each.types.cend(); ++type)
            types.insert(type.key().toUtf8(), JsonValue::fromString(type.value()));
        put(table, "types", types);
        tables.append(table);
    }
    return tables;
}

JsonValue joinsOf(const StoreProfile& profile)
{
    JsonValue joins = JsonValue::emptyArray();
    for (const ProfileJoin& each : profile.joins) {
        JsonValue join = JsonValue::emptyObject();
        put(join, "table", each.table);
        put(join, "as", each.as);
        put(join, "on", objectOf(each.on));
        put(join, "where", objectOf(each.where));
        put(join, "required", each.isRequired);
        put(join, "first", each.first);
        joins.append(join);
    }
    return joins;
}

JsonValue categoryOfProfile(const ProfileCategory& category)
{
    using Rule = ProfileCategory::Rule;
    JsonValue object = JsonValue::emptyObject();
    switch (category.rule) {
    case Rule::Fixed:
        return JsonValue::fromString(category.text);
    case Rule::Before:
        put(object, "before", category.text);
        put(object, "unless", category.unless);
        break;
    case Rule::Type:
        put(object, "type", category.text);
        break;
    case Rule::Column:
        put(object, "field", category.field);
        put(object, "else", category.text);
        break;
    case Rule::Dash:
        break;
    }
    return object;
}

QString unitName(TimeUnit unit)
{
    switch (unit) {
    case TimeUnit::Seconds:
        return QStringLiteral("seconds");
    case TimeUnit::Milliseconds:
        return QStringLiteral("milliseconds");
    case TimeUnit::Microseconds:
        return QStringLiteral("microseconds");
    case TimeUnit::Ticks:
        return QStringLiteral("ticks");
    default:
        return {};
    }
}

} // namespace

QByteArray StoreProfile::toJson() const
{
    JsonValue root = JsonValue::emptyObject();
    put(root, "name", name);
    put(root, "title", title);
    QStringList databases;
    for (const ForeignEngine engine : engines)
        databases.append(engineName(engine));
    put(root, "databases", textsOf(databases));
    put(root, "tables", tablesOf(*this));
    put(root, "many", isManyTables);
    put(root, "loose", isLoose);
    put(root, "joins", joinsOf(*this));
    put(root, "where", objectOf(where));
    QStringList keys;
    for (const ProfileColumn& column : order)
        keys.append(column.text());
    put(root, "order", textsOf(keys));
    JsonValue parts = JsonValue::emptyArray();
    for (const ProfileField& part : stream)
        parts.append(valueOf(part));
    put(root, "stream", parts);
    put(root, "streamless", streamless);
    put(root, "uuid", isUuid);
    if (category.rule != ProfileCategory::Rule::Dash)
        root.insert("category", categoryOfProfile(category));
    put(root, "version", version);
    if (versionBase != 1)
        root.insert("versionBase", JsonValue::fromInt(versionBase));
    put(root, "type", type);
    put(root, "typeName", typeName);
    put(root, "data", data);
    put(root, "metadata", metadata);
    JsonValue members = JsonValue::emptyObject();
    for (auto each = gathered.cbegin(); each != gathered.cend(); ++each)
        members.insert(each.key().toUtf8(), valueOf(each.value()));
    put(root, "gathered", members);
    put(root, "time", time);
    put(root, "timeUnit", unitName(timeUnit));
    put(root, "id", id);
    put(root, "marks", objectOf(marks));
    put(root, "items", items);
    put(root, "notes", textsOf(notes));
    return root.toIndentedJson();
}

} // namespace eventloupe
