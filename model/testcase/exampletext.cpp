#include "testcase/exampletext.h"

#include "domain/definitionwriter.h"
#include "testcase/testcasetext.h"
#include "value/json.h"

#include <QDir>
#include <QFileInfo>

namespace eventloupe {

namespace {

constexpr int longestSlug = 60;
constexpr int mostNumbers = 1000;

JsonValue factValue(const QString& type, const JsonValue& data)
{
    auto fact = JsonValue::emptyObject();
    fact.insert("type", JsonValue::fromString(type));
    if (!data.isNull())
        fact.insert("data", data);
    return fact;
}

JsonValue givenValue(const Example& example, bool keepsAll)
{
    auto given = JsonValue::emptyArray();
    for (const Example::Fact& event : example.given) {
        auto fact = factValue(event.type, event.data);
        if (keepsAll && !event.metadata.isNull())
            fact.insert("metadata", event.metadata);
        if (keepsAll)
            fact.insert("time", JsonValue::fromString(event.time.toRfc3339()));
        given.append(std::move(fact));
    }
    return given;
}

JsonValue whenValue(const Example& example)
{
    auto when = JsonValue::emptyObject();
    when.insert("command", JsonValue::fromString(example.command));
    when.insert("data", example.data);
    when.insert("now", JsonValue::fromString(example.now.toRfc3339()));
    if (!example.actor.isEmpty())
        when.insert("actor", JsonValue::fromString(example.actor));
    return when;
}

JsonValue thenValue(const Example& example)
{
    auto then = JsonValue::emptyObject();
    if (example.isRejectedBySchema) {
        auto schema = JsonValue::emptyObject();
        schema.insert("schema", JsonValue::fromBool(true));
        then.insert("rejected", std::move(schema));
        return then;
    }
    if (example.rejection) {
        then.insert("rejected", JsonValue::fromString(*example.rejection));
        return then;
    }
    if (example.events) {
        auto events = JsonValue::emptyArray();
        for (const Example::Fact& fact : *example.events)
            events.append(factValue(fact.type, fact.data));
        return events;
    }
    if (!example.state.isEmpty()) {
        auto state = JsonValue::emptyObject();
        for (const Example::Field& field : example.state)
            state.insert(field.place.toText(), field.value);
        then.insert("state", std::move(state));
    }
    if (example.exists)
        then.insert("exists", JsonValue::fromBool(*example.exists));
    return then;
}

} // namespace

QByteArray exampleText(const TestCase& testCase)
{
    const Example example = exampleOf(testCase);
    auto root = JsonValue::emptyObject();
    root.insert("$schema", JsonValue::fromString(QByteArray("../.schemas/example.json")));
    root.insert("title", JsonValue::fromString(example.title));
    if (!testCase.hasCommand())
        root.insert("stream", JsonValue::fromString(example.stream));
    root.insert("given", givenValue(example, testCase.keepsAll));
    if (testCase.hasCommand())
        root.insert("when", whenValue(example));
    root.insert("then", thenValue(example));
    return root.toIndentedJson() + '\n';
}

QString slugOf(const QString& text)
{
    QString slug;
    const QString lower = text.toLower();
    for (const QChar sign : lower) {
        const bool isPlain
            = (sign >= u'a' && sign <= u'z') || (sign >= u'0' && sign <= u'9');
        if (isPlain)
            slug += sign;
        else if (!slug.isEmpty() && !slug.endsWith(u'-'))
            slug += u'-';
    }
    slug.truncate(longestSlug);
    while (slug.endsWith(u'-'))
        slug.chop(1);
    return slug.isEmpty() ? QStringLiteral("example") : slug;
}

QString freeExamplePath(const QString& workspaceFolder, const QString& title)
{
    const QDir folder(workspaceFolder);
    const QString base = QStringLiteral("examples/") + slugOf(title);
    QString path = base + QStringLiteral(".json");
    for (int number = 2; number < mostNumbers && QFileInfo::exists(folder.filePath(path)); ++number)
        path = QStringLiteral("%1-%2.json").arg(base).arg(number);
    return path;
}

Result<QString> saveExample(const QString& workspaceFolder, const TestCase& testCase)
{
    if (const QString obstacle = exampleObstacle(testCase); !obstacle.isEmpty())
        return Error { ErrorCode::Unsupported, obstacle };
    if (workspaceFolder.isEmpty())
        return Error { ErrorCode::Unsupported,
            TestCaseText::tr("an example is a file of a workspace, and none is open") };
    const QString path = freeExamplePath(workspaceFolder, testCase.title);
    const auto created = createDefinition(
        workspaceFolder, path, exampleText(testCase), DefinitionReaders::OwnerAlone);
    if (!created)
        return created.error();
    return path;
}

} // namespace eventloupe
