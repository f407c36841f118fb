#include "foreign/foreigntext.h"
#include "foreign/storeprofile.h"
#include "value/json.h"
#include "value/jsonpointer.h"

#include <array>
#include <optional>

namespace eventloupe {

namespace {

constexpr std::array engineNames { std::pair { "sqlite", ForeignEngine::Sqlite },
    std::pair { "postgres", ForeignEngine::PostgreSql },
    std::pair { "mysql", ForeignEngine::MySql } };
constexpr std::array unitNames { std::pair { "text", TimeUnit::Text },
    std::pair { "seconds", TimeUnit::Seconds },
    std::pair { "milliseconds", TimeUnit::Milliseconds },
    std::pair { "microseconds", TimeUnit::Microseconds }, std::pair { "ticks", TimeUnit::Ticks } };

/// An object of the profile that is being read; the first thing that is wrong is kept.
class Node {
public:
    Node(const JsonValue& value, QString place, std::optional<QString>& fault)
        : m_value(value)
        , m_place(std::move(place))
        , m_fault(fault)
    {
        if (!value.isObject())
            fail(QString(), ForeignText::tr("an object is expected"));
    }

    /// Of a member that is known; nullptr where it is not there.
    const JsonValue* take(const char* name)
    {
        m_known.append(QByteArray(name));
        return m_value.find(name);
    }
    QString text(const char* name)
    {
        const JsonValue* const value = take(name);
        if (value != nullptr && !value->isString())
            fail(QString::fromLatin1(name), ForeignText::tr("a text is expected"));
        return value != nullptr ? value->toString() : QString();
    }
    bool flag(const char* name)
    {
        const JsonValue* const value = take(name);
        if (value != nullptr && !value->isBool())
            fail(QString::fromLatin1(name), ForeignText::tr("true or false is expected"));
        return value != nullptr && value->toBool();
    }
    QStringList texts(const char* name)
    {
        QStringList result;
        const JsonValue* const value = take(name);
        if (value == nullptr)
            return result;
        if (value->isString())
            return { value->toString() };
        for (const JsonValue& each : value->elements()) {
            if (!each.isString())
                fail(QString::fromLatin1(name), ForeignText::tr("texts are expected"));
            result.append(each.toString());
        }
        return result;
    }
    QMap<QString, qint64> numbers(const char* name)
    {
        QMap<QString, qint64> result;
        if (const JsonValue* const value = take(name))
            for (const JsonValue::Member& member : value->members())
                result.insert(QString::fromUtf8(member.key), member.value.toInt());
        return result;
    }
    QMap<QString, QString> textMap(const char* name)
    {
        QMap<QString, QString> result;
        if (const JsonValue* const value = take(name))
            for (const JsonValue::Member& member : value->members())
                result.insert(QString::fromUtf8(member.key), member.value.toString());
        return result;
    }
    template <class T, class Names> T choice(const char* name, const Names& names, T otherwise)
    {
        const QString chosen = text(name);
        if (chosen.isEmpty())
            return otherwise;
        QStringList known;
        for (const auto& [spelling, value] : names) {
            known.append(QString::fromLatin1(spelling));
            if (chosen == known.last())
                return value;
        }
        fail(QString::fromLatin1(name),
            ForeignText::tr("'%1' is none of %2").arg(chosen, known.join(QStringLiteral(", "))));
        return otherwise;
    }
    ProfileField field(const char* name)
    {
        const JsonValue* const value = take(name);
        return value != nullptr ? fieldOf(*value, placeOf(QString::fromLatin1(name)))
                                : ProfileField();
    }
    ProfileField fieldOf(const JsonValue& value, const QString& place)
    {
        ProfileField field;
        if (value.isString()) {
            field.column = ProfileColumn::fromText(value.toString());
            return field;
        }
        Node node(value, place, m_fault);
        field.column = ProfileColumn::fromText(node.text("column"));
        if (!field.column.isGiven() && value.isObject())
            node.fail(QStringLiteral("column"), ForeignText::tr("a column is expected"));
        if (const JsonValue* const encoding = node.take("encoding")) {
            const auto spec = EncodingSpec::fromJson(*encoding);
            if (!spec)
                node.fail(QStringLiteral("encoding"), spec.error().message);
            else
                field.encoding = *spec;
        }
        const auto pointer = JsonPointer::parse(node.text("pointer").toStdString());
        if (!pointer)
            node.fail(QStringLiteral("pointer"), pointer.error().message);
        else
            field.pointer = pointer->tokens();
        field.isOnlyMember = node.flag("only");
        node.finish();
        return field;
    }
    /// Tells members that nothing has asked for.
    void finish()
    {
        for (const JsonValue::Member& member : m_value.members())
            if (!m_known.contains(member.key))
                fail(QString::fromUtf8(member.key),
                    ForeignText::tr("there is no such member; known are %1")
                        .arg(QString::fromUtf8(m_known.join(", "))));
    }
    void fail(const QString& member, const QString& reason)
    {
        if (!m_fault)
            m_fault = QStringLiteral("%1: %2").arg(
                member.isEmpty() ? m_place : placeOf(member), reason);
    }
    [[nodiscard]] QString placeOf(const QString& member) const { return m_place + u'/' + member; }

    template <class Read> void each(const char* name, Read read)
    {
        const JsonValue* const value = take(name);
        if (value == nullptr)
            return;
        if (!value->isArray())
            fail(QString::fromLatin1(name), ForeignText::tr("a list is expected"));
        int index = 0;
        for (const JsonValue& element : value->elements()) {
            const QString place
                = placeOf(QString::fromLatin1(name)) + u'/' + QString::number(index++);
            Node node(element, place, m_fault);
            read(node, element);
            node.finish();
        }
    }

private:
    const JsonValue& m_value;
    QString m_place;
    std::optional<QString>& m_fault;
    QByteArrayList m_known;
};

void readTables(Node& root, StoreProfile& profile)
{
    root.each("tables", [&profile](Node& node, const JsonValue&) {
        ProfileTable table;
        table.schema = node.text("schema");
        table.name = node.text("table");
        table.columns = node.texts("columns");
        table.absent = node.texts("absent");
        table.types = node.textMap("types");
        profile.tables.append(table);
    });
    root.each("joins", [&profile](Node& node, const JsonValue&) {
        ProfileJoin join;
        join.table = node.text("table");
        join.as = node.text("as");
        const auto on = node.textMap("on");
        for (auto each = on.cbegin(); each != on.cend(); ++each)
            join.on.insert(each.key(), ProfileColumn::fromText(each.value()));
        join.where = node.numbers("where");
        join.isRequired = node.flag("required");
        join.first = node.text("first");
        if (join.as.isEmpty())
            join.as = join.table;
        profile.joins.append(join);
    });
}

void readStream(Node& root, StoreProfile& profile)
{
    if (const JsonValue* const stream = root.take("stream")) {
        const QString place = root.placeOf(QStringLiteral("stream"));
        if (stream->isArray()) {
            for (const JsonValue& part : stream->elements())
                profile.stream.append(root.fieldOf(part, place));
        } else {
            profile.stream.append(root.fieldOf(*stream, place));
        }
    }
    profile.streamless = root.text("streamless");
    profile.isUuid = root.flag("uuid");
    if (profile.streamless.isEmpty())
        profile.streamless = QStringLiteral("(none)");
    const JsonValue* const category = root.take("category");
    if (category == nullptr)
        return;
    // What fieldOf() sees as unknown members are read here first.
    ProfileCategory& rule = profile.category;
    const auto textOfMember = [category](const char* name) {
        const JsonValue* const value = category->find(name);
        return value != nullptr ? value->toString() : QString();
    };
    using Rule = ProfileCategory::Rule;
    for (const JsonValue::Member& member : category->members())
        if (member.key != "before" && member.key != "type" && member.key != "field"
            && member.key != "else" && member.key != "unless")
            root.fail(QStringLiteral("category/") + QString::fromUtf8(member.key),
                ForeignText::tr("there is no such member; known are %1")
                    .arg(QStringLiteral("before, unless, type, field, else")));
    if (category->isString()) {
        rule = { Rule::Fixed, {}, category->toString() };
    } else if (category->find("before") != nullptr) {
        rule = { Rule::Before, {}, textOfMember("before"), textOfMember("unless") };
    } else if (category->find("type") != nullptr) {
        rule = { Rule::Type, {}, textOfMember("type") };
    } else if (const JsonValue* const field = category->find("field")) {
        rule.rule = Rule::Column;
        rule.field = root.fieldOf(*field, root.placeOf(QStringLiteral("category/field")));
        rule.text = textOfMember("else");
        if (!rule.field.isGiven())
            root.fail(QStringLiteral("category/field"), ForeignText::tr("a column is expected"));
    } else {
        root.fail(QStringLiteral("category"),
            ForeignText::tr("a text, or \"before\", \"type\" or \"field\" is expected"));
    }
    // An empty one would stand before every name, or fit every type.
    if (rule.rule != Rule::Column && rule.rule != Rule::Dash && rule.text.isEmpty())
        root.fail(QStringLiteral("category"), ForeignText::tr("its text is empty"));
}

void readEvents(Node& root, StoreProfile& profile)
{
    for (const QString& column : root.texts("order"))
        profile.order.append(ProfileColumn::fromText(column));
    readStream(root, profile);
    profile.version = root.field("version");
    if (const JsonValue* const base = root.take("versionBase"))
        profile.versionBase = base->toInt();
    profile.type = root.field("type");
    profile.typeName = root.text("typeName");
    profile.data = root.field("data");
    profile.metadata = root.field("metadata");
    if (const JsonValue* const gathered = root.take("gathered"))
        for (const JsonValue::Member& member : gathered->members())
            profile.gathered.insert(QString::fromUtf8(member.key),
                root.fieldOf(member.value, root.placeOf(QStringLiteral("gathered"))));
    profile.time = root.field("time");
    profile.timeUnit = root.choice("timeUnit", unitNames, TimeUnit::Text);
    profile.id = root.field("id");
    const auto marks = root.textMap("marks");
    for (auto mark = marks.cbegin(); mark != marks.cend(); ++mark)
        profile.marks.insert(mark.key(), ProfileColumn::fromText(mark.value()));
    profile.items = root.text("items");
}

} // namespace

ProfileColumn ProfileColumn::fromText(const QString& text)
{
    const auto dot = text.indexOf(u'.');
    return dot < 0 ? ProfileColumn { {}, text }
                   : ProfileColumn { text.left(dot), text.mid(dot + 1) };
}

Result<StoreProfile> StoreProfile::fromJson(const QByteArray& json, const QString& file)
{
    const auto parsed = parseJson(viewOf(json));
    if (!parsed)
        return Error { ErrorCode::InvalidInput,
            QStringLiteral("%1: %2").arg(file, parsed.error().message) };
    std::optional<QString> fault;
    Node root(*parsed, QString(), fault);
    StoreProfile profile;
    profile.name = root.text("name");
    profile.title = root.text("title");
    (void)root.take("$schema");
    (void)root.take("library");
    (void)root.take("source");
    profile.notes = root.texts("notes");
    for (const QString& name : root.texts("databases")) {
        const auto known = std::ranges::find_if(
            engineNames, [&name](const auto& each) { return name == QLatin1String(each.first); });
        if (known == engineNames.end())
            root.fail(QStringLiteral("databases"), ForeignText::tr("'%1' is not known").arg(name));
        else
            profile.engines.append(known->second);
    }
    profile.isManyTables = root.flag("many");
    profile.isLoose = root.flag("loose");
    readTables(root, profile);
    profile.where = root.numbers("where");
    readEvents(root, profile);
    root.finish();
    const auto need = [&root](bool isThere, const char* member) {
        if (!isThere)
            root.fail(QString::fromLatin1(member), ForeignText::tr("this is needed"));
    };
    need(!profile.name.isEmpty(), "name");
    need(!profile.engines.isEmpty(), "databases");
    need(!profile.tables.isEmpty() && !profile.tables.first().columns.isEmpty(), "tables");
    need(!profile.order.isEmpty(), "order");
    need(profile.data.isGiven(), "data");
    need(profile.type.isGiven() || !profile.typeName.isEmpty(), "type");
    if (fault)
        return Error { ErrorCode::InvalidInput, QStringLiteral("%1: %2").arg(file, *fault) };
    if (profile.title.isEmpty())
        profile.title = profile.name;
    return profile;
}

} // namespace eventloupe
