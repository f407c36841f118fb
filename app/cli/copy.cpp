#include "app/cli/counts.h"
#include "app/cli/storeplace.h"
#include "app/cli/verb.h"

#include "exchange/copylog.h"
#include "mask/masks.h"
#include "value/json.h"

namespace eventloupe::cli {

namespace {

void appendMember(QByteArray& line, const char* name, const QByteArray& value)
{
    line += (line.isEmpty() ? "{\"" : ",\"") + QByteArray(name) + "\":" + value;
}

QByteArray quoted(const QString& text)
{
    const QByteArray utf8 = text.toUtf8();
    QByteArray json;
    appendJsonString(json, { utf8.constData(), size_t(utf8.size()) });
    return json;
}

QByteArray lineOf(const CopySummary& summary, const QString& from)
{
    QByteArray line;
    appendMember(line, "from", quoted(from));
    appendMember(line, "to", quoted(summary.to));
    appendMember(line, "copied", QByteArray::number(summary.copied));
    appendMember(line, "skipped", QByteArray::number(summary.skipped));
    appendMember(line, "events", QByteArray::number(summary.last));
    appendMember(line, "last", QByteArray::number(summary.last));
    appendMember(line, "verified", QByteArray::number(summary.verified));
    appendMember(line, "by", summary.isByHash ? "\"hash chain\"" : "\"events\"");
    appendMember(line, "read_back", QByteArray::number(summary.readBack));
    return line + '}';
}

int run(const Arguments& arguments, Terminal& terminal)
{
    const auto batch = arguments.number(QStringLiteral("batch"), 1);
    if (!batch)
        return terminal.misuse(batch.error().message);
    auto from = findStore(arguments.words().constFirst(), {}, terminal);
    if (!from)
        return terminal.fail(from.error());
    const auto to = findStore(arguments.words().at(1), {}, terminal);
    if (!to)
        return terminal.fail(to.error());
    const auto store = openPlace(*from, OpenMode::ReadOnly, terminal);
    if (!store)
        return terminal.fail(store.error());
    if (!from->workspace->masks()->isEmpty())
        terminal.say(
            tr("note: a copy is the history itself, to the byte: the masks of the workspace "
               "do not apply to it"));
    const CopyRequest request { to->store, arguments.has(QStringLiteral("check")),
        arguments.has(QStringLiteral("follow")), batch->value_or(0) };
    terminal.beginWork();
    const Progress progress;
    const auto summary = [&] {
        const ProgressLine line(tr("Copying"), progress);
        return copyLog(**store, request, progress, terminal.cancel());
    }();
    if (!summary)
        return terminal.fail(summary.error());
    if (summary->copied == 0)
        terminal.say(tr("%1 has all of %2 already").arg(summary->to, eventsText(summary->last)));
    terminal.noteStored(
        tr("The copy is done: %1 has %2.").arg(summary->to, eventsText(summary->last)));
    terminal.writeLine(viewOf(lineOf(*summary, (*store)->location())));
    return Done;
}

} // namespace

Verb copyVerb()
{
    Verb verb;
    verb.name = QStringLiteral("copy");
    verb.synopsis = QStringLiteral("FROM TO [--check] [--follow] [--batch N]");
    verb.summary = tr("Copies a log into another store, and goes on where a copy ended");
    verb.details = tr(
        "Positions, versions, ids, times and the bytes of data and metadata stay. FROM is only "
        "read.\nMasks of a workspace do not apply: a copy is the history itself. TO is\n"
        "made when it is missing; what it holds has to be the beginning of FROM, "
        "else nothing is copied and the\nfirst position that differs is named. After a kill or "
        "Ctrl+C the same command goes on behind the\nlast transaction; the first one into a store "
        "without events has 1,000,000, later ones 100,000. At the end\nwhat was copied is read "
        "back and compared; one JSON object says how much that was:\n"
        "  {\"from\":\"a.eventlog\",\"to\":\"b.eventlog\",\"copied\":900,\"skipped\":100,"
        "\"events\":1000,\"last\":1000,\n   \"verified\":1000,\"by\":\"hash chain\","
        "\"read_back\":900}");
    verb.options = { { QStringLiteral("check"), {},
                         tr("Compares all that TO holds already, event by event") },
        { QStringLiteral("follow"), {},
            tr("Goes on with what is appended to FROM meanwhile, until Ctrl+C; fails "
               "where FROM is gone or another log") },
        { QStringLiteral("batch"), QStringLiteral("N"),
            tr("Events that are stored in one transaction, which a kill may cost") } };
    verb.least = 2;
    verb.most = 2;
    verb.run = run;
    return verb;
}

} // namespace eventloupe::cli
