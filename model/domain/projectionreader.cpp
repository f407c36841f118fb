#include "domain/projection.h"

#include "domain/definitionreaders.h"
#include "domain/domaintext.h"
#include "domain/nearname.h"
#include "domain/variables.h"

#include <QRegularExpression>

namespace eventloupe {

namespace {

const QStringList& eventMembers()
{
    static const QStringList names { QStringLiteral("when"), QStringLiteral("delete"),
        QStringLiteral("key"), QStringLiteral("keys") };
    return names;
}

std::optional<FieldExpression> readExpression(const DefinitionNode& node)
{
    const auto expression = node.expression(ProjectionVariable::scope);
    return expression ? std::optional<FieldExpression>(*expression) : std::nullopt;
}

void addKey(const DefinitionNode& node, ProjectionKeys& keys)
{
    const auto expression = readExpression(node);
    if (!expression)
        return;
    if (expression->usesRow()) {
        node.fail(DomainText::tr("a key tells which row it is, so it cannot read 'row': take it "
                                 "from 'data' or 'event'"));
        return;
    }
    keys.expressions.push_back(*expression);
}

/// The keys that an object has, or nothing.
std::optional<ProjectionKeys> readKeys(const DefinitionNode& parent)
{
    const auto key = parent.member("key");
    const auto keys = parent.member("keys");
    if (key && keys)
        keys->fail(
            DomainText::tr("there is 'key' already; leave one of them out"), MemberPart::Name);
    ProjectionKeys read;
    if (key)
        addKey(*key, read);
    if (keys && keys->value().isString()) {
        addKey(*keys, read);
        read.areLists = true;
    } else if (keys) {
        for (const DefinitionNode& element : keys->elements())
            addKey(element, read);
        if (keys->value().isArray() && keys->value().size() == 0)
            keys->fail(DomainText::tr("names at least one expression, such as \"data.from\""));
    }
    return key || keys ? std::optional(read) : std::nullopt;
}

void readDelete(const DefinitionNode& node, ProjectionEvent& event)
{
    if (node.value().isBool())
        event.isDelete = node.value().toBool();
    else if (node.value().isString())
        event.deleteWhen = readExpression(node);
    else
        node.fail(DomainText::tr("must be true, or an expression in a text that holds where the "
                                 "row is to go"));
}

void readRules(const DefinitionNode& node, ProjectionEvent& event, EventDefinition& rules)
{
    rules.kind = EvolveKind::Rules;
    for (const DefinitionNode& member : node.members()) {
        if (member.name().startsWith('/')) {
            rules.rules.append(readEvolveRule(member, ProjectionVariable::scope));
        } else if (member.name() == "when") {
            event.when = readExpression(member);
        } else if (member.name() == "delete") {
            readDelete(member, event);
        } else if (!eventMembers().contains(QString::fromUtf8(member.name()))) {
            const QString name = QString::fromUtf8(member.name());
            const QString meant = didYouMean(name, eventMembers());
            member.fail(DomainText::tr("'%1' is no rule: a rule names a field of the row, such as "
                                       "\"/%1\"")
                            .arg(name.left(100))
                    + meant,
                MemberPart::Name);
        }
    }
}

void readEvolve(const DefinitionNode& node, ProjectionEvent& event, EventDefinition& rules)
{
    if (node.value().isObject()) {
        readRules(node, event, rules);
        return;
    }
    const QString kind = node.value().toString();
    const QStringList kinds { QStringLiteral("merge"), QStringLiteral("delete") };
    if (!kinds.contains(kind))
        node.fail(DomainText::tr("must be an object of rules such as {\"/count\": \"row.count + "
                                 "1\"}, \"merge\" or \"delete\"")
            + (node.value().isString() ? didYouMean(kind, kinds) : QString()));
    event.isDelete = kind == kinds.last();
    rules.kind = event.isDelete ? EvolveKind::Rules : EvolveKind::Merge;
}

ScanColumns columnsFor(const ProjectionEvent& event, const EventDefinition& rules)
{
    ScanColumns columns = ScanColumn::Type;
    if (rules.kind == EvolveKind::Merge)
        columns |= ScanColumn::Data;
    for (const EvolveRule& rule : rules.rules) {
        if (rule.value)
            columns |= eventColumnsOf(*rule.value);
        for (const TextTemplate& token : rule.pointer) {
            for (const Expression& expression : token.expressions())
                columns |= eventColumnsOf(expression);
        }
    }
    for (const FieldExpression& key : event.keys.expressions)
        columns |= key.columns();
    if (event.when)
        columns |= event.when->columns();
    if (event.deleteWhen)
        columns |= event.deleteWhen->columns();
    return columns;
}

void readEvents(const DefinitionNode& root, ProjectionDefinition& projection)
{
    const auto common = readKeys(root);
    const auto evolve = root.required("evolve");
    if (!evolve)
        return;
    QHash<QString, EventDefinition> events;
    for (const DefinitionNode& node : evolve->members()) {
        const QString type = QString::fromUtf8(node.name());
        ProjectionEvent event;
        EventDefinition rules;
        rules.type = type;
        rules.stateName = ProjectionVariable::names[EvolveVariable::State];
        readEvolve(node, event, rules);
        const auto own = readKeys(node);
        if (!own && !common)
            node.fail(DomainText::tr("there is no key for this event: give the projection a "
                                     "'key', such as \"event.stream\""));
        event.keys = own ? *own : common.value_or(ProjectionKeys());
        projection.scanColumns |= columnsFor(event, rules);
        projection.events.insert(type, event);
        events.insert(type, rules);
    }
    if (evolve->value().isObject() && evolve->value().size() == 0)
        evolve->fail(DomainText::tr("lists at least one event, such as {\"ORDER_PAID\": "
                                    "{\"/count\": \"row.count + 1\"}}"));
    projection.rules = Workspace::ofEvents(std::move(events));
}

ProjectionColumnType readType(const DefinitionNode& node)
{
    const QStringList names { QStringLiteral("number"), QStringLiteral("text"),
        QStringLiteral("boolean"), QStringLiteral("time") };
    constexpr std::array types { ProjectionColumnType::Number, ProjectionColumnType::Text,
        ProjectionColumnType::Boolean, ProjectionColumnType::Time };
    const QString text = node.value().toString();
    const qsizetype index = names.indexOf(text);
    if (index >= 0)
        return types.at(static_cast<std::size_t>(index));
    node.fail(DomainText::tr("must be \"number\", \"text\", \"boolean\" or \"time\"")
        + (text.isEmpty() ? QString() : didYouMean(text, names)));
    return ProjectionColumnType::Any;
}

ProjectionColumn readColumn(const DefinitionNode& node)
{
    ProjectionColumn column;
    node.expectMembers({ QStringLiteral("name"), QStringLiteral("title"), QStringLiteral("type"),
        QStringLiteral("pointer") });
    const auto name = node.required("name");
    if (!node.value().isObject())
        node.fail(DomainText::tr("must be an object such as {\"name\": \"total\"}"));
    if (!name)
        return column;
    column.name = name->text();
    static const QRegularExpression word(QStringLiteral("^[A-Za-z_][A-Za-z0-9_]*$"));
    if (name->value().isString() && !word.match(column.name).hasMatch())
        name->fail(DomainText::tr("a column's name is a word of letters, digits and _, so that a "
                                  "filter can name it; its title may be any text"));
    column.title = node.text("title", column.name);
    column.pointer = JsonPointer({ column.name.toUtf8() });
    if (const auto pointer = node.member("pointer"))
        column.pointer = pointer->pointer().value_or(column.pointer);
    if (const auto type = node.member("type"))
        column.type = readType(*type);
    return column;
}

void readColumns(const DefinitionNode& root, ProjectionDefinition& projection)
{
    const auto columns = root.required("columns");
    if (!columns)
        return;
    QStringList names { QStringLiteral("key") };
    for (const DefinitionNode& node : columns->elements()) {
        const ProjectionColumn column = readColumn(node);
        if (names.contains(column.name))
            node.member("name").value_or(node).fail(
                DomainText::tr("there is a column '%1' already").arg(column.name));
        names.append(column.name);
        projection.columns.append(column);
    }
    if (columns->value().isArray() && projection.columns.isEmpty())
        columns->fail(DomainText::tr("lists at least one column, such as {\"name\": \"total\"}"));
    if (projection.columns.size() > ProjectionDefinition::mostColumns)
        columns->fail(DomainText::tr("a projection has at most %1 columns")
                          .arg(ProjectionDefinition::mostColumns));
}

} // namespace

ProjectionDefinition readProjection(DefinitionFile& file)
{
    const DefinitionNode root(file);
    root.expectMembers({ QStringLiteral("title"), QStringLiteral("description"),
        QStringLiteral("key"), QStringLiteral("keys"), QStringLiteral("columns"),
        QStringLiteral("initialRow"), QStringLiteral("evolve") });
    ProjectionDefinition projection;
    projection.name = file.baseName();
    projection.source = file.root().toJson();
    projection.title = root.text("title", projection.name);
    projection.description = root.text("description", {});
    if (const auto row = root.member("initialRow")) {
        projection.initialRow = row->value();
        if (!row->value().isObject())
            row->fail(DomainText::tr("must be an object, { ... }"));
        else if (row->value().find("key") != nullptr)
            row->member("key")->fail(
                DomainText::tr("a row's 'key' is what the expression gives; choose another name"),
                MemberPart::Name);
    }
    readColumns(root, projection);
    readEvents(root, projection);
    return projection;
}

} // namespace eventloupe
