#include "app/cli/counts.h"
#include "app/cli/storeplace.h"
#include "app/cli/verb.h"

#include "store/faultranges.h"
#include "store/repairstore.h"
#include "store/unprovenend.h"
#include "value/jsonvalue.h"
#include "value/visibletext.h"

namespace eventloupe::cli {

namespace {

/// What verify() reports: a line of text for each, or for those that are the same of events next to
/// each other, printed once they have ended; or a line of JSON for each, printed as it comes.
class FaultPrinter {
public:
    FaultPrinter(Terminal& terminal, bool isJson)
        : m_terminal(terminal)
        , m_isJson(isJson)
        , m_ranges([this](const FaultRange& range) { write(range); })
    {
    }
    void print(const StoreFault& fault)
    {
        ++m_count;
        if (m_isJson)
            write(fault);
        else
            m_ranges.add(fault);
    }
    void finish() { m_ranges.finish(); }
    [[nodiscard]] qint64 count() const { return m_count; }

private:
    void write(const StoreFault& fault)
    {
        auto line = JsonValue::emptyObject();
        if (fault.position > 0)
            line.insert("position", JsonValue::fromInt(fault.position));
        line.insert("fault", JsonValue::fromString(fault.message));
        m_terminal.writeLine(line.toJson().toStdString());
        m_terminal.flush();
    }
    void write(const FaultRange& range)
    {
        QString place = tr("store");
        if (range.first > 0)
            place = u'#' + QString::number(range.first);
        if (range.last > range.first)
            place += u'-' + QString::number(range.last);
        // One line, whatever a stream's name has in it.
        const QString line = QStringLiteral("%1: %2").arg(place, range.text());
        m_terminal.writeLine(visibleText(line).toStdString());
        m_terminal.flush();
    }

    Terminal& m_terminal;
    bool m_isJson;
    FaultRanges m_ranges;
    qint64 m_count = 0;
};

QByteArray outcomeOf(RepairNote::Kind kind)
{
    switch (kind) {
    case RepairNote::Kind::LeftOut:
        return "left out";
    case RepairNote::Kind::Unproven:
        return "unproven";
    case RepairNote::Kind::Renumbered:
        break;
    }
    return "renumbered";
}

std::string lineOf(const RepairNote& note)
{
    auto line = JsonValue::emptyObject();
    line.insert("position", JsonValue::fromInt(note.position));
    if (note.last > note.position)
        line.insert("last", JsonValue::fromInt(note.last));
    line.insert("outcome", JsonValue::fromString(outcomeOf(note.kind)));
    if (!note.stream.isEmpty())
        line.insert("stream", JsonValue::fromString(note.stream));
    if (note.version > 0)
        line.insert("version", JsonValue::fromInt(note.version));
    if (note.kind == RepairNote::Kind::Renumbered)
        line.insert("now", JsonValue::fromInt(note.version - note.less));
    if (!note.reason.isEmpty())
        line.insert("reason", JsonValue::fromString(note.reason));
    return line.toJson().toStdString();
}

/// Copies what is sound, and prints what is not, or not at its place, as it comes.
int repair(EventStore& store, const QString& file, Terminal& terminal)
{
    const Progress progress;
    const auto summary = [&] {
        const ProgressLine line(tr("Repairing"), progress);
        return repairStore(store, file, progress, terminal.cancel(), [&](const RepairNote& note) {
            terminal.writeLine(lineOf(note));
            terminal.flush();
        });
    }();
    if (!summary)
        return terminal.fail(summary.error());
    terminal.say(tr("%1 copied to %2, %3 left out")
                     .arg(eventsText(summary->copied), file)
                     .arg(summary->leftOut)
        + summary->straysText());
    if (!summary->notSought.isEmpty())
        terminal.say(tr("note: %1").arg(summary->notSought));
    return summary->isWhole() ? Done : Failed;
}

int run(const Arguments& arguments, Terminal& terminal)
{
    const auto place = findStore(arguments.words().constFirst(), {}, terminal);
    if (!place)
        return terminal.fail(place.error());
    // Not openPlace(): what is noticed at open is among the faults that verify() reports.
    const auto store = openStore(place->store, OpenMode::ReadOnly);
    if (!store)
        return terminal.fail(store.error());
    if (!waitUntilCounted(**store, terminal.cancel()))
        return terminal.fail({ ErrorCode::Cancelled, tr("cancelled") });
    if (const auto option = QStringLiteral("repair-to"); arguments.has(option))
        return repair(**store, arguments.value(option), terminal);
    if (!(*store)->library().isEmpty())
        terminal.say(tr("note: a store of %1 has no hash chain; order, versions and payloads are "
                        "checked")
                         .arg((*store)->library()));
    const auto head = (*store)->head();
    const Progress progress;
    progress.setTotal(head ? *head : 0);
    FaultPrinter printer(terminal, arguments.has(QStringLiteral("json")));
    const auto events = [&] {
        const ProgressLine line(tr("Verifying"), progress);
        return (*store)->verify(
            terminal.cancel(),
            [&](Position position) {
                progress.setDone(position);
                progress.setEvents(position);
            },
            [&](const StoreFault& fault) { printer.print(fault); });
    }();
    printer.finish();
    if (!events)
        return terminal.fail(events.error());
    const auto line = printer.count() == 0
        ? tr("%1 verified: no fault").arg(eventsText(*events))
        : tr("%1 verified: %2").arg(eventsText(*events), faultsText(printer.count()));
    if (arguments.has(QStringLiteral("json")))
        terminal.say(line);
    else
        terminal.writeText(line);
    if (const QString unproven = unprovenEnd(**store); !unproven.isEmpty())
        terminal.say(tr("note: %1").arg(unproven));
    return printer.count() == 0 ? Done : Failed;
}

} // namespace

Verb verifyVerb()
{
    Verb verb;
    verb.name = QStringLiteral("verify");
    verb.synopsis = QStringLiteral("STORE [--json] [--repair-to FILE]");
    verb.summary = tr("Checks the hash chain, gaps, JSON and indexes; prints the faults");
    verb.details = tr(
        "A line begins with the event's position (\"#12: ...\"), with a range of positions of\n"
        "which the same holds (\"#12-40: ...\"), or with \"store:\" for what concerns the file;\n"
        "the last line counts the events and the faults, each event's for itself. Ends with 1\n"
        "where there is a fault.\n\n"
        "With --json, prints a line for each event's fault, {\"position\":12,\"fault\":\"...\"},\n"
        "without a position for what concerns the file; the count goes to standard error.\n\n"
        "With --repair-to, copies the events that are sound into a new store, and prints a line\n"
        "of JSON for what it leaves out and for where a stream's versions become less. The\n"
        "damaged store is only read, and masks of a workspace do not apply: it is the history.\n"
        "Ends with 1 where something is left out, a record before the first event as well.");
    verb.options = { { QStringLiteral("json"), {}, tr("prints one event's fault a line, as JSON") },
        { QStringLiteral("repair-to"), QStringLiteral("FILE"),
        tr("copies what is sound into FILE, which must not exist") } };
    verb.run = run;
    return verb;
}

} // namespace eventloupe::cli
