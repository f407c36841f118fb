#include "app/cli/selection.h"
#include "app/cli/storeplace.h"
#include "app/cli/verb.h"

namespace eventloupe::cli {

namespace {

int run(const Arguments& arguments, Terminal& terminal)
{
    auto request = selectionOf(arguments);
    if (!request)
        return terminal.misuse(request.error().message);
    const auto limit = arguments.number(QStringLiteral("limit"), 1);
    if (!limit)
        return terminal.misuse(limit.error().message);
    request->limit = limit->value_or(0);
    const auto store = openToRead(arguments.words().constFirst(), terminal);
    if (!store)
        return terminal.fail(store.error());
    sayMasked(*request, **store, terminal);
    const auto summary = exportEvents(**store, *request, {}, terminal.cancel());
    if (!summary && summary.error().code == ErrorCode::Cancelled)
        return terminal.fail({ ErrorCode::Cancelled, tr("cancelled before all was printed") });
    if (!summary)
        return terminal.fail(summary.error());
    sayFailures(*summary, terminal);
    sayNothingFound(*request, *summary, terminal);
    return Done;
}

} // namespace

Verb logVerb()
{
    Verb verb;
    verb.name = QStringLiteral("log");
    verb.synopsis = QStringLiteral("STORE [--from P] [--to P] [--stream S] [--type T] "
                                   "[--where EXPR] [--limit N]");
    verb.summary = tr("Prints events, one JSON object a line, oldest first");
    verb.options = selectionOptions();
    verb.options.append(
        { QStringLiteral("limit"), QStringLiteral("N"), tr("At most so many events") });
    verb.run = run;
    return verb;
}

} // namespace eventloupe::cli
