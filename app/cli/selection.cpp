#include "app/cli/selection.h"

#include "domain/eventfilter.h"
#include "mask/masked.h"
#include "store/maskedeventstore.h"

namespace eventloupe::cli {

QList<Option> selectionOptions()
{
    return {
        { QStringLiteral("from"), QStringLiteral("P"), tr("From this position on (1)") },
        { QStringLiteral("to"), QStringLiteral("P"), tr("Up to this position (the head)") },
        { QStringLiteral("stream"), QStringLiteral("S"), tr("Only events of this stream") },
        { QStringLiteral("type"), QStringLiteral("T"), tr("Only events of this type") },
        { QStringLiteral("where"), QStringLiteral("EXPR"),
            tr("Only events for which this holds: 'data.total > 100'") },
    };
}

Result<ExportRequest> selectionOf(const Arguments& arguments)
{
    ExportRequest request;
    const auto from = arguments.number(QStringLiteral("from"), 1);
    if (!from)
        return from.error();
    const auto to = arguments.number(QStringLiteral("to"), 0);
    if (!to)
        return to.error();
    request.from = from->value_or(1);
    request.to = to->value_or(0);
    // Before the first event there is nothing, whereas 0 stands for the head here.
    if (*to && **to == 0)
        return Error { ErrorCode::InvalidArgument, tr("--to is a position from 1 on") };
    request.stream = arguments.value(QStringLiteral("stream"));
    request.type = arguments.value(QStringLiteral("type"));
    if (arguments.has(QStringLiteral("where")))
        request.where = arguments.value(QStringLiteral("where")).toUtf8();
    return request;
}

void sayMasked(const ExportRequest& request, EventStore& store, const Terminal& terminal)
{
    const auto filter = request.where ? EventFilter::compile(viewOf(*request.where))
                                      : Result<EventFilter>(Error {});
    const auto masked = filter ? filter->maskedRead(*masksOf(store)) : std::nullopt;
    if (masked)
        terminal.say(tr("note: --where: %1 is masked: it is compared as \"%2\"")
                         .arg(*masked, maskSignText()));
}

void sayNothingFound(
    const ExportRequest& request, const ExportSummary& summary, const Terminal& terminal)
{
    if (summary.events > 0)
        return;
    const bool isWhole = request.from <= 1 && request.to == 0 && request.stream.isEmpty()
        && request.type.isEmpty() && !request.where;
    if (request.to > 0 && request.from > request.to)
        terminal.say(tr("nothing matches: --from %1 is behind --to %2")
                         .arg(request.from)
                         .arg(request.to));
    else
        terminal.say(isWhole ? tr("the log has no events") : tr("no event matches"));
}

void sayFailures(const ExportSummary& summary, const Terminal& terminal)
{
    for (const QString& text : summary.failures.toTexts(QStringLiteral("--where")))
        terminal.say(text);
}

} // namespace eventloupe::cli
