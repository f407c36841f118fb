#include "app/cli/storeplace.h"
#include "app/cli/verb.h"

#include "exchange/outputfile.h"
#include "projection/projectionexport.h"
#include "projection/projectionfold.h"

#include <QFileInfo>

namespace eventloupe::cli {

namespace {

/// As asked for, else by the file's suffix, else NDJSON; nothing where there is no such format.
std::optional<ExchangeFormat> formatOf(const Arguments& arguments)
{
    if (const auto option = QStringLiteral("format"); arguments.has(option))
        return exchangeFormatFromName(arguments.value(option));
    const auto suffix = QFileInfo(arguments.value(QStringLiteral("output"))).suffix().toLower();
    return exchangeFormatFromName(suffix).value_or(ExchangeFormat::Ndjson);
}

Result<std::shared_ptr<const ProjectionDefinition>> definitionOf(
    const StorePlace& place, const QString& name)
{
    if (auto definition = place.workspace->projection(name))
        return definition;
    QStringList names;
    for (const auto& projection : place.workspace->projections())
        names.append(projection->name);
    return Error { ErrorCode::NotFound,
        names.isEmpty()
            ? tr("the workspace has no projections: write projections/%1.json").arg(name)
            : tr("there is no projection '%1', only %2").arg(name, names.join(u", ")) };
}

/// The table's whole history up to a position.
Result<std::shared_ptr<ProjectionHistory>> fold(EventStore& store,
    const std::shared_ptr<const ProjectionDefinition>& definition, Position to,
    const CancelToken& cancel)
{
    auto history
        = ProjectionHistory::create(static_cast<std::size_t>(definition->columns.size()) + 1,
            { ProjectionHistory::maximumBytes, 0, ScratchFile::usualBound() });
    if (!history)
        return history;
    ProjectionFold folded(definition, *history);
    const Progress progress;
    progress.setTotal(to);
    const ProgressLine line(tr("Folding"), progress);
    while (folded.position() < to) {
        const auto done = folded.advance(store, to, cancel);
        if (!done)
            return done.error();
        progress.setDone(folded.position());
    }
    return history;
}

void tellFailures(const ProjectionView& view, Terminal& terminal)
{
    const auto tell = [&](const QString& what, const ProjectionFailure& failure) {
        terminal.say(tr("%1; first #%2: %3").arg(what).arg(failure.position).arg(failure.message));
    };
    const ProjectionTable& table = view.table();
    if (table.failures > 0)
        tell(table.failures == 1 ? tr("1 event came to no row")
                                 : tr("%1 events came to no row").arg(table.failures),
            view.history().firstFailure());
    qint64 failed = 0;
    std::optional<RowNumber> first;
    for (RowNumber row = 0; row < table.rows(); ++row) {
        if (!table.exists(row) || !table.hasFailed(row))
            continue;
        ++failed;
        first = first.value_or(row);
    }
    if (first)
        tell(failed == 1 ? tr("1 row lacks an event that could not be folded")
                         : tr("%1 rows lack an event that could not be folded").arg(failed),
            view.history().failureOf(*first));
}

int run(const Arguments& arguments, Terminal& terminal)
{
    const auto at = arguments.number(QStringLiteral("at"), 0);
    if (!at)
        return terminal.misuse(at.error().message);
    const auto format = formatOf(arguments);
    if (!format)
        return terminal.misuse(tr("there is no format '%1', only csv, json and ndjson")
                                   .arg(arguments.value(QStringLiteral("format"))));
    auto place = findStore(arguments, terminal);
    if (!place)
        return terminal.fail(place.error());
    const auto store = openPlace(*place, OpenMode::ReadOnly, terminal);
    if (!store)
        return terminal.fail(store.error());
    const auto definition = definitionOf(*place, arguments.words().at(1)); // Masked for this store.
    if (!definition)
        return terminal.fail(definition.error());
    const auto head = (*store)->head();
    if (!head)
        return terminal.fail(head.error());
    tellPastHead(*at, *head, terminal);
    const Position to = qMin(at->value_or(*head), *head);
    const auto writable
        = OutputFile::check(arguments.value(QStringLiteral("output")), (*store)->location());
    if (!writable)
        return terminal.fail(writable.error());
    const auto history = fold(**store, *definition, to, terminal.cancel());
    if (!history)
        return terminal.fail(history.error());
    ProjectionView view(*history);
    ProjectionQuery query;
    query.position = to;
    const auto rows = exportProjection(view, query, **definition,
        { arguments.value(QStringLiteral("output")), *format, (*store)->location() }, Progress(),
        terminal.cancel());
    if (!rows)
        return terminal.fail(rows.error());
    tellFailures(view, terminal);
    return Done;
}

} // namespace

Verb projectionVerb()
{
    Verb verb;
    verb.name = QStringLiteral("projection");
    verb.synopsis = QStringLiteral("STORE NAME [--at P] [--workspace DIR] [--format F] [-o FILE]");
    verb.summary = tr("Prints a projection's table, now or at any point of the history");
    verb.details = tr("NAME is a file of the workspace's folder projections, without .json.");
    verb.options = {
        { QStringLiteral("at"), QStringLiteral("P"), tr("At this position of the log (the head)") },
        { QStringLiteral("workspace"), QStringLiteral("DIR"), tr("Whose projection it is") },
        { QStringLiteral("output"), QStringLiteral("FILE"),
            tr("Written whole or not at all; standard output when it is left out"), u'o' },
        { QStringLiteral("format"), QStringLiteral("F"),
            tr("csv, json or ndjson; by FILE's suffix when it is left out, else ndjson") },
    };
    verb.least = 2;
    verb.most = 2;
    verb.run = run;
    return verb;
}

} // namespace eventloupe::cli
