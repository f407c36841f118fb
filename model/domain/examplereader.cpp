#include "domain/definitionfile.h"
#include "domain/domaintext.h"
#include "domain/example.h"

#include <QDir>

namespace eventloupe {

namespace {

QList<Example::Fact> readFacts(const DefinitionNode& node)
{
    QList<Example::Fact> facts;
    for (const DefinitionNode& element : node.elements()) {
        element.expectMembers({ QStringLiteral("type"), QStringLiteral("data") });
        Example::Fact fact;
        if (const auto type = element.required("type"))
            fact.type = type->text();
        if (const auto data = element.member("data"))
            fact.data = data->value();
        facts.append(std::move(fact));
    }
    return facts;
}

void readExpectation(const DefinitionNode& then, Example& example)
{
    if (then.value().isArray()) {
        example.events = readFacts(then);
        return;
    }
    if (!then.value().isObject()) {
        then.fail(DomainText::tr("must be an array of events, or {\"rejected\": \"message\"}"));
        return;
    }
    then.expectMembers({ QStringLiteral("rejected") });
    if (const auto rejected = then.required("rejected"))
        example.rejection = rejected->text();
}

Example readExample(DefinitionFile& file, const Workspace& workspace)
{
    const DefinitionNode root(file);
    root.expectMembers({ QStringLiteral("title"), QStringLiteral("given"), QStringLiteral("when"),
        QStringLiteral("then") });
    Example example;
    example.file = file.path();
    example.title = root.text("title", file.baseName());
    if (const auto given = root.member("given"))
        example.given = readFacts(*given);
    if (const auto when = root.required("when")) {
        when->expectMembers({ QStringLiteral("command"), QStringLiteral("data") });
        if (const auto command = when->required("command")) {
            example.command = command->text();
            if (!workspace.command(example.command)) {
                command->fail(DomainText::tr("there is no command '%1' in the workspace")
                                  .arg(example.command.left(100)));
            }
        }
        const auto data = when->member("data");
        example.data = data ? data->value() : JsonValue::emptyObject();
    }
    if (const auto then = root.required("then"))
        readExpectation(*then, example);
    return example;
}

} // namespace

QList<Example> loadExamples(const Workspace& workspace, QList<WorkspaceProblem>& problems)
{
    QList<Example> examples;
    const QString folder = QStringLiteral("examples");
    const QStringList names
        = QDir(QDir(workspace.folder()).filePath(folder))
              .entryList({ QStringLiteral("*.json") }, QDir::AllEntries | QDir::System, QDir::Name);
    for (const QString& name : names) {
        DefinitionFile file(workspace.folder(), folder + u'/' + name);
        Example example = file.isGood() ? readExample(file, workspace) : Example();
        if (file.isGood())
            examples.append(std::move(example));
        problems.append(file.problems());
    }
    return examples;
}

} // namespace eventloupe
