#include "domain/definitionfile.h"
#include "domain/domaintext.h"
#include "domain/example.h"
#include "domain/nearname.h"

#include <algorithm>

namespace eventloupe {

namespace {

/// The moment of examples that state none: 2026-03-01T14:03:22Z.
constexpr Timestamp fixedMoment { 1'772'373'802'000'000 };

constexpr qsizetype mostEvents = 1000;

Timestamp readMoment(const DefinitionNode& node, const QByteArray& name)
{
    const auto text = node.member(name);
    if (!text)
        return fixedMoment;
    const auto moment = Timestamp::fromRfc3339(viewOf(text->text().toUtf8()));
    if (moment)
        return *moment;
    text->fail(moment.error().message);
    return fixedMoment;
}

/// Events of an example; those given may carry more than those expected.
QList<Example::Fact> readFacts(const DefinitionNode& node, bool areGiven)
{
    QStringList names { QStringLiteral("type"), QStringLiteral("data") };
    if (areGiven)
        names << QStringLiteral("metadata") << QStringLiteral("time");
    QList<Example::Fact> facts;
    const auto elements = node.elements();
    if (elements.size() > mostEvents)
        node.fail(DomainText::tr("an example has at most %1 events").arg(mostEvents));
    for (const DefinitionNode& element : elements.mid(0, mostEvents)) {
        static_cast<void>(element.members());
        if (const auto stream = element.member("stream")) {
            stream->fail(DomainText::tr("a command is decided on its own stream alone: leave "
                                        "\"stream\" out, and events of other streams"),
                MemberPart::Name);
            continue;
        }
        element.expectMembers(names);
        Example::Fact fact;
        if (const auto type = element.required("type"))
            fact.type = type->text();
        if (const auto data = element.member("data"))
            fact.data = data->value();
        if (const auto metadata = element.member("metadata"))
            fact.metadata = metadata->value();
        fact.time = readMoment(element, "time");
        facts.append(std::move(fact));
    }
    return facts;
}

void readFields(const DefinitionNode& state, Example& example)
{
    for (const DefinitionNode& member : state.members()) {
        const auto place = JsonPointer::parse(viewOf(member.name()));
        if (place) {
            example.state.append({ *place, member.value() });
            continue;
        }
        member.fail(DomainText::tr("must be a JSON Pointer into the state such as \"/name\": %1")
                        .arg(place.error().message),
            MemberPart::Name);
    }
}

/// A guard refuses with a message; a schema with one, or with any.
void readRejection(const DefinitionNode& rejected, Example& example)
{
    if (!rejected.value().isObject()) {
        example.rejection = rejected.text();
        return;
    }
    rejected.expectMembers({ QStringLiteral("schema") });
    const auto schema = rejected.required("schema");
    if (schema && !(schema->value().isBool() && schema->value().toBool()))
        schema->fail(DomainText::tr("must be true: the schema refuses the command's data"));
    example.isRejectedBySchema = true;
    example.rejection = DomainText::tr("the schema refuses the data");
}

void readExpectation(const DefinitionNode& then, Example& example)
{
    if (then.value().isArray()) {
        example.events = readFacts(then, false);
        return;
    }
    if (!then.value().isObject()) {
        then.fail(DomainText::tr("must be an array of events, {\"rejected\": \"message\"}, or "
                                 "{\"events\": [...], \"state\": {\"/name\": \"Ada\"}}"));
        return;
    }
    then.expectMembers({ QStringLiteral("rejected"), QStringLiteral("events"),
        QStringLiteral("state"), QStringLiteral("exists") });
    const auto rejected = then.member("rejected");
    if (rejected)
        readRejection(*rejected, example);
    if (const auto events = then.member("events")) {
        example.events = readFacts(*events, false);
        if (rejected)
            events->fail(DomainText::tr("a command that is rejected gives no events: leave "
                                        "\"events\" or \"rejected\" out"),
                MemberPart::Name);
    }
    if (const auto state = then.member("state"))
        readFields(*state, example);
    if (const auto exists = then.member("exists")) {
        example.exists = exists->value().toBool();
        if (!exists->value().isBool())
            exists->fail(DomainText::tr("must be true or false"));
    }
    if (then.value().size() == 0)
        then.fail(DomainText::tr("states nothing; an example that expects no event says []"));
}

void failUnknown(const DefinitionNode& command, const QString& name, const Workspace& workspace)
{
    QStringList known;
    for (const CommandDefinition& definition : workspace.commands())
        known.append(definition.name);
    const QString meant = didYouMean(name, known);
    const QString hint = known.isEmpty()
        ? DomainText::tr("; it is defined in commands/%1.json").arg(name.left(100))
        : DomainText::tr(", only: %1").arg(known.join(QStringLiteral(", ")));
    command.fail(DomainText::tr("there is no command '%1' in the workspace").arg(name.left(100))
        + (meant.isEmpty() ? hint : meant));
}

void readCommandPart(const DefinitionNode& when, const Workspace& workspace, Example& example)
{
    static_cast<void>(when.members());
    when.expectMembers({ QStringLiteral("command"), QStringLiteral("data"), QStringLiteral("now"),
        QStringLiteral("actor") });
    if (const auto command = when.required("command")) {
        example.command = command->text();
        // One whose file has a mistake was reported there.
        const auto& problems = workspace.problems();
        const QString file = QStringLiteral("commands/%1.json").arg(example.command);
        const bool isBroken = std::any_of(problems.begin(), problems.end(),
            [&file](const WorkspaceProblem& problem) { return problem.file == file; });
        if (command->value().isString() && !isBroken && !workspace.command(example.command))
            failUnknown(*command, example.command, workspace);
    }
    const auto data = when.member("data");
    example.data = data ? data->value() : JsonValue::emptyObject();
    example.now = readMoment(when, "now");
    example.actor = when.text("actor", {});
}

/// What an example without a command needs, and one with a command does without.
void checkParts(const DefinitionNode& root, const Example& example)
{
    const auto stream = root.member("stream");
    if (root.member("when")) {
        if (stream)
            stream->fail(DomainText::tr("the command names the stream: leave \"stream\" out"),
                MemberPart::Name);
        return;
    }
    if (!stream)
        root.fail(DomainText::tr("the member 'when' is missing; an example without a command, of "
                                 "what events fold to, names their \"stream\" instead"));
    if (example.events || example.rejection)
        root.required("then")->fail(DomainText::tr(
            "without a command there are no events and no rejection: state \"state\" or "
            "\"exists\""));
}

Example readExample(DefinitionFile& file, const Workspace& workspace)
{
    const DefinitionNode root(file);
    root.expectMembers({ QStringLiteral("title"), QStringLiteral("given"), QStringLiteral("when"),
        QStringLiteral("then"), QStringLiteral("stream") });
    Example example;
    example.file = file.path();
    example.title = root.text("title", file.baseName());
    example.stream = root.text("stream", {});
    if (const auto given = root.member("given"))
        example.given = readFacts(*given, true);
    if (const auto when = root.member("when"))
        readCommandPart(*when, workspace, example);
    if (const auto then = root.required("then"))
        readExpectation(*then, example);
    checkParts(root, example);
    return example;
}

} // namespace

QList<Example> loadExamples(const Workspace& workspace, QList<WorkspaceProblem>& problems)
{
    DefinitionTexts texts(workspace.folder());
    return loadExamples(workspace, texts, problems);
}

QList<Example> loadExamples(const Workspace& workspace, DefinitionTexts& texts,
    QList<WorkspaceProblem>& problems, const CancelToken& cancel)
{
    QList<Example> examples;
    for (const QString& path : texts.files(QStringLiteral("examples"))) {
        if (cancel.isCancelled())
            break;
        DefinitionFile file(texts, path);
        Example example = file.isGood() ? readExample(file, workspace) : Example();
        if (file.isGood())
            examples.append(std::move(example));
        problems.append(file.problems());
    }
    return examples;
}

} // namespace eventloupe
