#include "app/cli/storeplace.h"
#include "app/cli/verb.h"

#include "value/json.h"
#include "watch/watchexpression.h"
#include "watch/watchrun.h"

namespace eventloupe::cli {

namespace {

constexpr std::size_t mostTold = 20; ///< Failures that are named one by one.

/// Whose events are watched; an Error's message is a reason of misuse.
Result<WatchScope> scopeOf(const Arguments& arguments)
{
    const QString stream = arguments.value(QStringLiteral("stream"));
    const QString category = arguments.value(QStringLiteral("category"));
    if (!stream.isEmpty() && !category.isEmpty())
        return Error { ErrorCode::InvalidArgument,
            tr("only one of --stream and --category can be given") };
    if (!stream.isEmpty())
        return WatchScope { WatchScope::Kind::Stream, stream };
    if (!category.isEmpty())
        return WatchScope { WatchScope::Kind::Category, category };
    return WatchScope {};
}

/// The range, the limit and the scope; an Error's message is a reason of misuse.
Result<WatchRequest> requestOf(const Arguments& arguments)
{
    const auto scope = scopeOf(arguments);
    if (!scope)
        return scope.error();
    const auto from = arguments.number(QStringLiteral("from"), 1);
    const auto to = arguments.number(QStringLiteral("to"), 0);
    const auto limit = arguments.number(QStringLiteral("limit"), 1);
    for (const auto* number : { &from, &to, &limit }) {
        if (!*number)
            return number->error();
    }
    WatchRequest request;
    request.scope = *scope;
    request.from = from->value_or(request.from);
    request.to = to->value_or(request.to);
    request.limit = arguments.has(QStringLiteral("first")) ? 1 : limit->value_or(request.limit);
    return request;
}

void addText(QByteArray& line, const char* name, const QByteArray& text)
{
    line += QByteArrayLiteral(",\"") + name + "\":";
    appendJsonString(line, viewOf(text));
}

QByteArray lineOf(const WatchPoint& point)
{
    QByteArray line = "{\"position\":" + QByteArray::number(point.position);
    addText(line, "stream", point.stream);
    line += ",\"version\":" + QByteArray::number(point.version);
    addText(line, "type", point.type);
    addText(line, "time", point.time.toRfc3339());
    // What was not there is left out, since null is a value.
    if (!point.before.isEmpty())
        line += ",\"before\":" + point.before;
    if (!point.after.isEmpty())
        line += ",\"after\":" + point.after;
    return line + '}';
}

void tellFailures(const WatchFailures& failures, const Terminal& terminal)
{
    const auto tell = [&](const WatchFailure& failure) {
        terminal.say(
            QStringLiteral("#%1 %2 version %3 %4: %5")
                .arg(QString::number(failure.position), QString::fromUtf8(failure.stream),
                    QString::number(failure.version), QString::fromUtf8(failure.type),
                    failure.reason.section(u'\n', 0, 0)));
    };
    for (std::size_t i = 0; i < failures.listed.size() && i < mostTold; ++i)
        tell(failures.listed[i]);
    if (failures.failed > 0)
        terminal.say(failures.failed == 1
                ? tr("the expression failed on 1 event")
                : tr("the expression failed on %1 events").arg(failures.failed));
    if (!failures.firstMissing)
        return;
    terminal.say(failures.missing == 1
            ? tr("1 event lacks what the expression asks for:")
            : tr("%1 events lack what the expression asks for; the first:").arg(failures.missing));
    tell(*failures.firstMissing);
}

Result<WatchSummary> watch(EventStore& store, const StorePlace& place, const WatchRequest& request,
    Position to, Terminal& terminal)
{
    const Progress progress;
    progress.setTotal(to);
    const ProgressLine line(tr("Watching"), progress);
    const auto take = [&](std::vector<WatchPoint>&& points) {
        for (const WatchPoint& point : points) {
            if (!terminal.writeLine(viewOf(lineOf(point))))
                return false;
        }
        return terminal.flush();
    };
    return runWatch(store, Evolver(place.workspace), request, terminal.cancel(), take,
        [&](Position position) { progress.setDone(position); });
}

int run(const Arguments& arguments, Terminal& terminal)
{
    auto request = requestOf(arguments);
    if (!request)
        return terminal.misuse(request.error().message);
    const QByteArray source = arguments.words().at(1).toUtf8();
    const auto expression = WatchExpression::compile(viewOf(source));
    if (!expression)
        return terminal.fail(expression.error());
    if ((*expression)->isConstant())
        terminal.say(tr("note: the expression reads nothing of an event or a state, so it is the "
                        "same everywhere; name a field, such as state.total > 100"));
    request->expression = *expression;
    const auto opened = openToFold(arguments, terminal);
    if (!opened)
        return terminal.fail(opened.error());
    const auto& [place, store, head] = *opened;
    if (arguments.has(QStringLiteral("to")))
        tellPastHead(request->to, head, terminal);
    tellPastHead(request->from, head, terminal);
    const auto summary = watch(*store, place, *request, qMin(request->to, head), terminal);
    if (!summary)
        return terminal.fail(summary.error());
    tellFailures(summary->failures, terminal);
    if (summary->events == 0 && request->scope.kind == WatchScope::Kind::Category)
        terminal.say(tr("note: there is no event of the category '%1'").arg(request->scope.name));
    return Done;
}

} // namespace

Verb watchVerb()
{
    Verb verb;
    verb.name = QStringLiteral("watch");
    verb.synopsis = QStringLiteral("STORE EXPR [--stream S | --category C] [--from P] [--to P] "
                                   "[--limit N | --first] [--workspace DIR]");
    verb.summary
        = tr("Prints every event at which an expression becomes true or its value changes");
    verb.details
        = tr("EXPR reads state (after the event), previous (the state before it), data and\n"
             "event, in each stream by itself: state.total > 100 && previous.total <= 100.\n"
             "One point a line, oldest first; before and after are left out where there was\n"
             "no value. Events on which it fails are told on standard error.");
    verb.options = {
        { QStringLiteral("stream"), QStringLiteral("S"), tr("In this stream alone") },
        { QStringLiteral("category"), QStringLiteral("C"), tr("In the streams of this category") },
        { QStringLiteral("from"), QStringLiteral("P"), tr("Points from this position on") },
        { QStringLiteral("to"), QStringLiteral("P"), tr("Up to this position (the head)") },
        { QStringLiteral("limit"), QStringLiteral("N"), tr("At most so many points") },
        { QStringLiteral("first"), {}, tr("The first point alone") },
        { QStringLiteral("workspace"), QStringLiteral("DIR"), tr("Whose rules fold the events") },
    };
    verb.least = 2;
    verb.most = 2;
    verb.run = run;
    return verb;
}

} // namespace eventloupe::cli
