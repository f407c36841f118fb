#include "app/cli/branchedits.h"

#include "branch/branchediting.h"
#include "exchange/importer.h"
#include "store/eventrules.h"
#include "store/maskedeventstore.h"
#include "store/openstore.h"
#include "value/json.h"

#include <utility>

namespace eventloupe::cli {

namespace {

Error misuse(const QString& reason)
{
    return { ErrorCode::InvalidArgument, reason };
}

/// "17", "20-25", and several with commas between.
Result<QList<BranchPlace>> placesIn(const QString& text)
{
    QList<BranchPlace> places;
    for (const QString& part : text.split(u',', Qt::SkipEmptyParts)) {
        bool isFirst = false;
        bool isLast = false;
        const auto first = part.section(u'-', 0, 0).toLongLong(&isFirst);
        const auto last = part.section(u'-', -1).toLongLong(&isLast);
        if (!isFirst || !isLast || first < 1 || last < first || part.count(u'-') > 1)
            return misuse(tr("--skip takes positions such as 17 or 20-25, not '%1'").arg(part));
        if (last - first >= Branch::maximumEvents)
            return misuse(
                tr("--skip %1: at most %2 events").arg(part).arg(Branch::maximumEvents));
        for (Position each = first; each <= last; ++each)
            places.append({ each, 0 });
    }
    return places;
}

Result<void> addSkips(Branch& branch, const Arguments& arguments)
{
    BranchEdit edit { BranchEdit::Kind::Skip, {}, {} };
    QStringList texts = arguments.values(QStringLiteral("skip"));
    // "--skip 17 18 19": what follows the store and is a number belongs to it.
    texts.append(arguments.words().mid(1));
    for (const QString& each : texts) {
        const auto places = placesIn(each);
        if (!places)
            return places.error();
        edit.places.append(*places);
    }
    return edit.places.isEmpty() ? Result<void>() : branch.add(edit);
}

Result<void> addSkippedStreams(Branch& branch, EventStore& store, const QStringList& streams)
{
    for (const QString& name : streams) {
        const auto stream = store.findStream(name);
        if (!stream)
            return stream.error();
        if (!*stream || (*stream)->firstPosition > branch.at())
            return Error { ErrorCode::NotFound, tr("there is no stream '%1'").arg(name) };
        BranchEdit edit { BranchEdit::Kind::Skip, {}, {} };
        const auto scanned = store.scanStream(
            (*stream)->id, 0, branch.at(), {}, [&edit](const EventView& event) {
                edit.places.append({ event.position, 0 });
                return edit.places.size() <= Branch::maximumEvents;
            });
        if (!scanned)
            return scanned;
        if (const auto added = branch.add(edit); !added)
            return added;
    }
    return {};
}

QByteArray payloadOf(const JsonValue& json, std::string_view key, const QByteArray& before)
{
    const JsonValue* found = json.find(key);
    return found ? found->toJson() : before;
}

/// "17={"data": {...}}": members that are not there stay as they are.
Result<void> addChanges(Branch& branch, EventStore& store, const QStringList& texts)
{
    for (const QString& text : texts) {
        const auto equals = text.indexOf(u'=');
        bool isNumber = false;
        const auto position = text.left(equals).toLongLong(&isNumber);
        const QByteArray json = text.mid(equals + 1).toUtf8();
        const auto parsed = parseJson(viewOf(json));
        if (equals < 0 || !isNumber || !parsed || !parsed->isObject())
            return misuse(tr("--edit takes a position and a JSON object, as in "
                             "17='{\"data\":{...}}': %1")
                              .arg(parsed ? text : parsed.error().message));
        for (const auto& member : parsed->members())
            if (member.key != "type" && member.key != "data" && member.key != "metadata")
                return misuse(tr("--edit changes type, data and metadata, not '%1'")
                                  .arg(QString::fromUtf8(member.key)));
        // As it is shown: what stays is put back below, where it stays masked.
        const auto events = store.readAt({ position });
        if (!events)
            return events.error();
        if (events->isEmpty() || position > branch.at())
            return Error { ErrorCode::NotFound, tr("there is no event #%1").arg(position) };
        const Event& was = events->first();
        const JsonValue* type = parsed->find("type");
        const auto checked = checkEvent({ type ? type->toString() : was.type,
            payloadOf(*parsed, "data", was.data), payloadOf(*parsed, "metadata", was.metadata),
            was.time, was.id });
        if (!checked)
            return Error { checked.error().code,
                tr("--edit %1: %2").arg(position).arg(checked.error().message) };
        const BranchEvent given { was.stream,
            { QString::fromUtf8(checked->type), checked->data, checked->metadata, was.time,
                was.id } };
        const auto to = withMaskedValues(store, *masksOf(store), position, given);
        if (!to)
            return to.error();
        const BranchEdit edit { BranchEdit::Kind::Change, { { position, 0 } }, { *to } };
        if (const auto added = branch.add(edit); !added)
            return added;
    }
    return {};
}

Result<ImportRequest> importOf(const Arguments& arguments)
{
    ImportRequest request;
    request.file = arguments.value(QStringLiteral("insert"));
    if (const auto option = QStringLiteral("format"); arguments.has(option)) {
        request.format = exchangeFormatFromName(arguments.value(option));
        if (!request.format)
            return misuse(tr("there is no format '%1', only ndjson, json and csv")
                              .arg(arguments.value(option)));
    }
    return request;
}

/// Imports a file to the end of a branch; gives it with the events.
Result<Branch> withFile(
    const Branch& branch, const ImportRequest& request, const Terminal& terminal)
{
    const auto shared = std::make_shared<SharedBranch>(branch);
    const auto store = openStore(offerBranch(shared), OpenMode::ReadWrite);
    if (!store)
        return store.error();
    const auto imported = importFile(**store, request, {}, terminal.cancel());
    if (!imported)
        return imported.error();
    return shared->branch();
}

Result<Branch> insertFile(Branch branch, EventStore& store, const Arguments& arguments,
    const Terminal& terminal)
{
    const auto request = importOf(arguments);
    if (!request)
        return request.error();
    const auto after = arguments.number(QStringLiteral("after"), 0);
    if (!after)
        return after.error();
    if (!*after)
        return withFile(branch, *request, terminal);
    // Read to the end of a branch that has nothing else, from where they are taken.
    const auto there = store.readAt({ **after });
    if (!there)
        return there.error();
    const auto read = withFile(
        Branch(branch.location(), **after, there->value(0).id), *request, terminal);
    if (!read)
        return read;
    BranchEdit edit { BranchEdit::Kind::Insert, { { **after, 0 } }, {} };
    for (const BranchEdit& each : read->edits())
        edit.events.append(each.events);
    if (const auto added = branch.add(edit); !added)
        return added.error();
    return branch;
}

} // namespace

QList<Option> branchOptions()
{
    return {
        { QStringLiteral("at"), QStringLiteral("P"),
            tr("The branch begins behind this position; the head when it is left out") },
        { QStringLiteral("skip"), QStringLiteral("N..."),
            tr("These events did not happen: 17, 20-25"), {}, true },
        { QStringLiteral("skip-stream"), QStringLiteral("S"),
            tr("None of this stream's events happened"), {}, true },
        { QStringLiteral("edit"), QStringLiteral("N=JSON"),
            tr("Event N with other type, data or metadata: 17='{\"data\":{...}}'"), {}, true },
        { QStringLiteral("insert"), QStringLiteral("FILE"),
            tr("A file's events happened too, at the branch's end") },
        { QStringLiteral("after"), QStringLiteral("N"),
            tr("The file's events happened behind event N instead") },
        { QStringLiteral("format"), QStringLiteral("F"),
            tr("The file's: ndjson, json or csv; found by itself when it is left out") },
    };
}

Result<MadeBranch> makeBranch(EventStore& shownStore, const QString& location,
    const Arguments& arguments, const Terminal& terminal)
{
    EventStore& store = trueStore(shownStore);
    const auto at = arguments.number(QStringLiteral("at"), 0);
    if (!at)
        return at.error();
    const auto head = store.head();
    if (!head)
        return head.error();
    if (*at && **at > *head)
        return Error { ErrorCode::NotFound,
            tr("the log ends at #%1; there is no #%2 yet").arg(*head).arg(**at) };
    const auto last = store.readAt({ at->value_or(*head) });
    if (!last)
        return last.error();
    Branch branch(location, at->value_or(*head), last->value(0).id);
    if (const auto added = addSkips(branch, arguments); !added)
        return added.error();
    const auto streams = arguments.values(QStringLiteral("skip-stream"));
    if (const auto added = addSkippedStreams(branch, store, streams); !added)
        return added.error();
    const auto changes = arguments.values(QStringLiteral("edit"));
    if (const auto added = addChanges(branch, shownStore, changes); !added)
        return added.error();
    if (arguments.has(QStringLiteral("insert"))) {
        auto inserted = insertFile(std::move(branch), store, arguments, terminal);
        if (!inserted)
            return inserted.error();
        branch = std::move(*inserted);
    } else if (arguments.has(QStringLiteral("after"))) {
        return misuse(tr("--after says where --insert FILE goes, which is missing"));
    }
    MadeBranch made;
    made.branch = std::make_shared<SharedBranch>(branch);
    made.location = offerBranch(made.branch);
    return made;
}

} // namespace eventloupe::cli
