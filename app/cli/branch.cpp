#include "app/cli/branchedits.h"
#include "app/cli/branchreport.h"
#include "app/cli/commandline.h"
#include "app/cli/storeplace.h"
#include "app/cli/verb.h"

namespace eventloupe::cli {

namespace {

/// Those that take a store as their first word, and what it has.
bool isForAStore(const QString& verb)
{
    static const QStringList others { QStringLiteral("init"), QStringLiteral("check"),
        QStringLiteral("branch"), QStringLiteral("eval"), QStringLiteral("validate"),
        QStringLiteral("decode"), QStringLiteral("stores"), QStringLiteral("reference") };
    return !others.contains(verb);
}

int runOwn(const QStringList& rest, const MadeBranch& made, const StorePlace& place,
    Terminal& terminal)
{
    const auto store = openStore(made.location, OpenMode::ReadWrite);
    if (!store)
        return terminal.fail(store.error());
    auto& branch = static_cast<BranchEventStore&>(**store);
    const QString verb = rest.value(0, QStringLiteral("diff"));
    if (verb == u"append") {
        if (rest.size() > 2 || (rest.size() == 2 && rest.at(1) != u"--yes"))
            return terminal.misuse(tr("append takes --yes and nothing else"));
        return appendBranch(branch, place.workspace->masks(), rest.size() == 2, terminal);
    }
    if (rest.size() > 1)
        return terminal.misuse(tr("%1 takes no further words").arg(verb));
    return verb == u"diff" ? tellDifferences(branch, place.workspace, terminal)
                           : tellConsequences(branch, place.workspace, terminal);
}

int run(const Arguments& arguments, Terminal& terminal)
{
    auto place = findStore(arguments, terminal);
    if (!place)
        return terminal.fail(place.error());
    const auto store = openPlace(*place, OpenMode::ReadOnly, terminal);
    if (!store)
        return terminal.fail(store.error());
    const auto made = makeBranch(**store, place->store, arguments, terminal);
    if (!made)
        return made.error().code == ErrorCode::InvalidArgument
            ? terminal.misuse(made.error().message)
            : terminal.fail(made.error());
    const QStringList& rest = arguments.rest();
    static const QStringList own { QStringLiteral("diff"), QStringLiteral("consequences"),
        QStringLiteral("append") };
    if (rest.isEmpty() || own.contains(rest.first()))
        return runOwn(rest, *made, *place, terminal);
    if (!isForAStore(rest.first()))
        return terminal.misuse(tr("%1 is not for a branch").arg(rest.first()));
    lendPlace({ made->location, place->workspace });
    QStringList words = rest;
    words.insert(1, made->location);
    return runInnerVerb(words, terminal);
}

} // namespace

Verb branchVerb()
{
    Verb verb;
    verb.name = QStringLiteral("branch");
    verb.synopsis = QStringLiteral("STORE [--at P] [--skip N...] [--skip-stream S] [--edit N=JSON] "
                                   "[--insert FILE [--after N]] [VERB ...]");
    verb.summary = tr("Asks a log as it might have been: without events, with others");
    verb.details = tr(
        "VERB is any verb that takes a STORE, without it: the branch is its store.\n"
        "  eventloupe branch shop --skip 17 state order-9\n"
        "  eventloupe branch shop --at 8120 --insert what-if.ndjson log --from 8121\n"
        "Beside these:\n"
        "  diff            the streams that differ, the first difference first (without VERB)\n"
        "  consequences    later events whose commands would have been rejected\n"
        "  append [--yes]  appends the branch's events at the head, all or none\n"
        "STORE itself is not changed but by append --yes.");
    verb.options = branchOptions();
    verb.options.append({ QStringLiteral("workspace"), QStringLiteral("DIR"),
        tr("Whose rules fold the events") });
    verb.most = -1;
    verb.handsOn = true;
    verb.run = run;
    return verb;
}

} // namespace eventloupe::cli
