#include "app/cli/storeplace.h"
#include "app/cli/verb.h"
#include "exchange/outputfile.h"
#include "testcase/exampletext.h"
#include "testcase/findtestcase.h"
#include "testcase/historyshrink.h"
#include "testcase/maskedcase.h"
#include "testcase/testtemplates.h"

#include <QStandardPaths>

#include <algorithm>

namespace eventloupe::cli {

namespace {

QString configurationFolder()
{
    const auto folder = qEnvironmentVariable("EVENTLOUPE_CONFIG_DIR");
    return folder.isEmpty()
        ? QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation)
            + QStringLiteral("/eventloupe")
        : folder;
}

QList<TestFormat> formatsFor(const QString& workspaceFolder, const Terminal& terminal)
{
    QStringList faults;
    auto formats = testFormats(templateFolders(workspaceFolder, configurationFolder()), faults);
    for (const QString& fault : std::as_const(faults))
        terminal.say(fault);
    return formats;
}

int listFormats(const QList<TestFormat>& formats, Terminal& terminal)
{
    for (const TestFormat& format : formats) {
        auto line = JsonValue::emptyObject();
        line.insert("format", JsonValue::fromString(format.name));
        line.insert("title", JsonValue::fromString(format.title));
        line.insert("suffix", JsonValue::fromString(format.suffix));
        line.insert("source", JsonValue::fromString(format.source));
        terminal.writeLine(viewOf(line.toJson()));
    }
    return Done;
}

Result<TestCase> findCase(
    const Arguments& arguments, EventStore& store, const Evolver& evolver, Terminal& terminal)
{
    auto found = testCaseAt(
        store, evolver, arguments.words().at(1).toLongLong(), terminal.cancel());
    if (!found || !arguments.has(QStringLiteral("shrink")))
        return found;
    const Progress progress;
    const ProgressLine line(tr("Shortening"), progress);
    return shrinkHistory(evolver, *found, terminal.cancel(), progress);
}

Result<void> writeTo(const QString& file, const QString& store, const QString& text)
{
    if (const auto allowed = OutputFile::check(file, store); !allowed)
        return allowed.error();
    const auto output = OutputFile::open(file);
    if (!output)
        return output.error();
    const auto written = (*output)->write(text.toUtf8());
    return written ? (*output)->commit() : written;
}

int write(const Arguments& arguments, const TestFormat& format, const TestCase& testCase,
    const StorePlace& place, Terminal& terminal)
{
    const bool isExample = format.name == exampleFormatName();
    if (const QString obstacle = exampleObstacle(testCase); isExample && !obstacle.isEmpty())
        return terminal.fail(
            { ErrorCode::Unsupported, tr("%1 Use --shrink.").arg(obstacle) });
    const auto text = testText(format, testCase, place.workspace->name());
    if (!text)
        return terminal.fail({ text.error().code,
            tr("the template '%1': %2").arg(format.name, text.error().message) });
    for (const QString& note : testCase.remarks())
        terminal.say(note);
    if (arguments.has(QStringLiteral("shrink")))
        terminal.say(tr("%1 of the %2 events before it are left%3")
                         .arg(testCase.given.size())
                         .arg(testCase.history)
                         .arg(testCase.isShortest ? tr(", and none of them can go") : QString()));
    const QString file = arguments.value(QStringLiteral("output"));
    if (file.isEmpty() || file == u"-") {
        const auto bytes = text->toUtf8();
        terminal.write(viewOf(bytes));
        return Done;
    }
    const auto written = writeTo(file, place.store, *text);
    if (!written)
        return terminal.fail(written.error());
    terminal.noteStored(tr("The file is written."));
    terminal.writeText(tr("Wrote %1").arg(file));
    return Done;
}

int run(const Arguments& arguments, Terminal& terminal)
{
    const bool lists = arguments.has(QStringLiteral("list"));
    bool isNumber = false;
    const qint64 position = arguments.words().value(1).toLongLong(&isNumber);
    if (!lists && (!isNumber || position < 1))
        return terminal.misuse(tr("POSITION must be a whole number from 1 on"));
    auto place = findStore(arguments, terminal);
    if (!place)
        return terminal.fail(place.error());
    const auto formats = formatsFor(place->workspace->folder(), terminal);
    if (lists)
        return listFormats(formats, terminal);
    const QString name = arguments.has(QStringLiteral("format"))
        ? arguments.value(QStringLiteral("format"))
        : exampleFormatName();
    const auto format = std::find_if(formats.cbegin(), formats.cend(),
        [&name](const TestFormat& known) { return known.name == name; });
    if (format == formats.cend()) {
        QStringList names;
        for (const TestFormat& known : formats)
            names.append(known.name);
        return terminal.misuse(
            tr("there is no format '%1', only %2").arg(name, names.join(QStringLiteral(", "))));
    }
    const auto store = openPlace(*place, OpenMode::ReadOnly, terminal);
    if (!store)
        return terminal.fail(store.error());
    const Evolver evolver(place->workspace);
    const auto testCase = findCase(arguments, **store, evolver, terminal);
    if (!testCase)
        return terminal.fail(testCase.error());
    return write(
        arguments, *format, shownCase(*testCase, *place->workspace), *place, terminal);
}

} // namespace

Verb exampleVerb()
{
    Verb verb;
    verb.name = QStringLiteral("example");
    verb.synopsis = QStringLiteral(
        "STORE POSITION [--format F] [--shrink] [--workspace DIR] [-o FILE] | STORE --list");
    verb.summary = tr("Writes an event, and what led to it, as a test: given, when, then");
    verb.details
        = tr("Given are the events of its stream before it, when is the command that it came from\n"
             "(its data is worked out of the events), then are the command's events. Templates\n"
             "*.tmpl in the workspace's folder templates/ and in that of the configuration are\n"
             "formats as well.");
    verb.options = {
        { QStringLiteral("format"), QStringLiteral("F"),
            tr("example (an example of a workspace, the default), emmett, marten, axon, axon4, "
               "pyeventsourcing, or a template's name") },
        { QStringLiteral("shrink"), {},
            tr("Only the given events that the outcome depends on, found by replay") },
        { QStringLiteral("workspace"), QStringLiteral("DIR"),
            tr("Whose rules and commands count") },
        { QStringLiteral("output"), QStringLiteral("FILE"),
            tr("Written whole or not at all; standard output when it is left out"), u'o' },
        { QStringLiteral("list"), {}, tr("Lists the formats, a JSON object a line") },
    };
    verb.least = 1;
    verb.most = 2;
    verb.run = run;
    return verb;
}

} // namespace eventloupe::cli
