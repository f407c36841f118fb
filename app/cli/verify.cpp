#include "app/cli/counts.h"
#include "app/cli/storeplace.h"
#include "app/cli/verb.h"

#include "store/repairstore.h"
#include "store/unprovenend.h"
#include "value/jsonvalue.h"
#include "value/visibletext.h"

namespace eventloupe::cli {

namespace {

/// What verify() reports, a line each, printed as it comes.
class FaultPrinter {
public:
    explicit FaultPrinter(Terminal& terminal)
        : m_terminal(terminal)
    {
    }
    void print(const StoreFault& fault)
    {
        ++m_count;
        const auto line = fault.position > 0
            ? QStringLiteral("#%1: %2").arg(fault.position).arg(fault.message)
            : tr("store: %1").arg(fault.message);
        // One line, whatever a stream's name has in it.
        m_terminal.writeLine(visibleText(line).toStdString());
        m_terminal.flush();
    }
    [[nodiscard]] qint64 count() const { return m_count; }

private:
    Terminal& m_terminal;
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
    FaultPrinter printer(terminal);
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
    if (!events)
        return terminal.fail(events.error());
    const auto line = printer.count() == 0
        ? tr("%1 verified: no fault").arg(eventsText(*events))
        : tr("%1 verified: %2").arg(eventsText(*events), faultsText(printer.count()));
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
    verb.synopsis = QStringLiteral("STORE [--repair-to FILE]");
    verb.summary = tr("Checks the hash chain, gaps, JSON and indexes; prints one fault a line");
    verb.details = tr(
        "A line begins with the event's position (\"#12: ...\"), or with \"store:\" for what\n"
        "concerns the file; the last line counts the events and the faults. Ends with 1 where\n"
        "there is a fault.\n\n"
        "With --repair-to, copies the events that are sound into a new store, and prints a line\n"
        "of JSON for what it leaves out and for where a stream's versions become less. The\n"
        "damaged store is only read, and masks of a workspace do not apply: it is the history.\n"
        "Ends with 1 where something is left out, a record before the first event as well.");
    verb.options = { { QStringLiteral("repair-to"), QStringLiteral("FILE"),
        tr("copies what is sound into FILE, which must not exist") } };
    verb.run = run;
    return verb;
}

} // namespace eventloupe::cli
