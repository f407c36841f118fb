#include "app/cli/counts.h"
#include "app/cli/storeplace.h"
#include "app/cli/verb.h"

namespace eventloupe::cli {

namespace {

/// What verify() reports, printed as it comes.
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
        m_terminal.writeLine(line.toStdString());
        m_terminal.flush();
    }
    [[nodiscard]] qint64 count() const { return m_count; }

private:
    Terminal& m_terminal;
    qint64 m_count = 0;
};

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
    terminal.writeLine(line.toStdString());
    return printer.count() == 0 ? Done : Failed;
}

} // namespace

Verb verifyVerb()
{
    Verb verb;
    verb.name = QStringLiteral("verify");
    verb.synopsis = QStringLiteral("STORE");
    verb.summary = tr("Checks the hash chain, gaps, JSON and indexes; prints one fault a line");
    verb.run = run;
    return verb;
}

} // namespace eventloupe::cli
