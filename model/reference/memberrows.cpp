#include "reference/memberrows.h"

#include "expression/languageindex.h"
#include "value/event.h"

namespace eventloupe {

namespace {

QString textOf(const JsonValue& node, std::string_view name)
{
    const JsonValue* member = node.isObject() ? node.find(name) : nullptr;
    return member ? member->toString() : QString();
}

/// In a code span, which holds no entities.
QString codeCell(QString text)
{
    return text.replace(u'|', QStringLiteral("\\|")).replace(u'\n', u' ');
}

QString cell(const QString& text)
{
    return codeCell(text).replace(u'<', QStringLiteral("&lt;"));
}

/// "text", "list of objects", "\"ask\" or \"retry\"".
QString typeOf(const JsonValue& node)
{
    if (const JsonValue* values = node.find("enum")) {
        QStringList texts;
        for (const JsonValue& value : values->elements())
            texts.append(QString::fromUtf8(value.toJson()));
        return texts.size() > 4 ? QStringLiteral("text") : texts.join(QStringLiteral(" or "));
    }
    if (node.find("$ref"))
        return QStringLiteral("schema");
    if (const JsonValue* any = node.find("anyOf")) {
        QStringList types;
        for (const JsonValue& alternative : any->elements()) {
            const JsonValue* constant = alternative.find("const");
            const QString type
                = constant ? QString::fromUtf8(constant->toJson()) : typeOf(alternative);
            if (!types.contains(type) && !type.isEmpty())
                types.append(type);
        }
        // Alternatives may do without a type where the node itself has one.
        if (types != QStringList { QStringLiteral("any") } || textOf(node, "type").isEmpty())
            return types.join(QStringLiteral(" or "));
    }
    if (const JsonValue* hints = node.find("eventloupe")) {
        if (hints->find("expression"))
            return QStringLiteral("expression");
        if (hints->find("template") && textOf(node, "type") == u"string")
            return QStringLiteral("text with {expressions}");
        if (hints->find("pointer"))
            return QStringLiteral("JSON Pointer");
    }
    const QString type = textOf(node, "type");
    if (type == u"array") {
        const JsonValue* items = node.find("items");
        const QString one = items ? typeOf(*items) : QString();
        return one.isEmpty()   ? QStringLiteral("list")
            : one == u"object" ? QStringLiteral("list of objects")
                               : QStringLiteral("list of ") + one;
    }
    return type == u"string" ? QStringLiteral("text")
        : type.isEmpty()     ? QStringLiteral("any")
                             : type;
}

void addRows(const JsonValue& node, const QString& prefix, QString& rows);

void addInside(const JsonValue& node, const QString& prefix, QString& rows)
{
    if (!node.isObject() || node.find("$ref"))
        return;
    if (const JsonValue* items = node.find("items"))
        addInside(*items, prefix + QStringLiteral("[]"), rows);
    if (const JsonValue* any = node.find("anyOf")) {
        for (const JsonValue& alternative : any->elements())
            addInside(alternative, prefix, rows);
    }
    const JsonValue* others = node.find("additionalProperties");
    if (others && others->isObject() && !others->find("$ref"))
        addInside(*others, prefix + QStringLiteral(".*"), rows);
    addRows(node, prefix + u'.', rows);
}

void addRows(const JsonValue& node, const QString& prefix, QString& rows)
{
    const JsonValue* properties = node.find("properties");
    if (!properties)
        return;
    QStringList required;
    if (const JsonValue* names = node.find("required")) {
        for (const JsonValue& name : names->elements())
            required.append(name.toString());
    }
    for (const JsonValue::Member& property : properties->members()) {
        const QString name = QString::fromUtf8(property.key);
        const QString needed
            = required.contains(name) ? QStringLiteral(" **required**") : QString();
        const QString row = QStringLiteral("| `%1`%2 | %3 | %4 |\n")
                                .arg(prefix + name, needed, cell(typeOf(property.value)),
                                    cell(textOf(property.value, "description")));
        // Two alternatives of the same shape.
        if (!rows.contains(row))
            rows += row;
        addInside(property.value, prefix + name, rows);
    }
}

} // namespace

QString memberTable(DefinitionKind kind)
{
    QString rows = QStringLiteral("| member | is | means |\n| --- | --- | --- |\n");
    addRows(DefinitionFormat::of(kind).schema(), {}, rows);
    return rows;
}

QString keywordTable()
{
    QString rows = QStringLiteral("| keyword | means |\n| --- | --- |\n");
    const JsonValue* definitions
        = DefinitionFormat::of(DefinitionKind::Command).schema().find("$defs");
    const JsonValue* schema = definitions ? definitions->find("schema") : nullptr;
    const JsonValue* properties = schema ? schema->find("properties") : nullptr;
    if (!properties)
        return {};
    for (const JsonValue::Member& property : properties->members()) {
        rows += QStringLiteral("| `%1` | %2 |\n")
                    .arg(QString::fromUtf8(property.key),
                        cell(textOf(property.value, "description")));
    }
    return rows;
}

QString languageTable()
{
    QString rows
        = QStringLiteral("| written | means | example | gives |\n| --- | --- | --- | --- |\n");
    const auto text
        = [](std::string_view view) { return codeCell(QString::fromUtf8(toBytes(view))); };
    for (const LanguageEntry& entry : languageIndex()) {
        // In the table's own language, whoever makes it.
        rows += QStringLiteral("| `%1` | %2 | `%3` | `%4` |\n")
                    .arg(text(entry.signature.empty() ? entry.name : entry.signature),
                        cell(QString::fromUtf8(entry.description)), text(entry.example),
                        text(entry.result));
    }
    return rows;
}

} // namespace eventloupe
