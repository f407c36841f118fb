#include "app/cli/branchreport.h"

#include "app/cli/counts.h"
#include "app/cli/streampoint.h"
#include "branch/appendbranch.h"
#include "branch/branchconsequences.h"
#include "branch/branchdifference.h"
#include "diff/jsondifference.h"
#include "diff/maskedfields.h"
#include "exchange/exporter.h"
#include "store/maskedeventstore.h"

namespace eventloupe::cli {

namespace {

JsonValue text(const QString& value)
{
    return JsonValue::fromString(value);
}

JsonValue sideOf(Position position, const QString& type, StreamVersion version)
{
    JsonValue side = JsonValue::emptyObject();
    side.insert("position", position > 0 ? JsonValue::fromInt(position) : JsonValue());
    side.insert("type", position > 0 ? text(type) : JsonValue());
    side.insert("version", JsonValue::fromInt(version));
    return side;
}

/// The fields that differ, each with its value in both; a side that has none leaves it out.
JsonValue fieldsOf(const BothStates& states)
{
    JsonValue fields = JsonValue::emptyArray();
    for (const JsonDifference& each : findDifferences(states.main.value, states.branch.value)) {
        JsonValue field = JsonValue::emptyObject();
        field.insert("pointer", JsonValue::fromString(each.place.toText()));
        if (each.old)
            field.insert("main", *each.old);
        if (each.now)
            field.insert("branch", *each.now);
        fields.append(field);
    }
    return fields;
}

QString conflictsText(const QList<VersionConflict>& conflicts)
{
    QStringList texts;
    for (const VersionConflict& each : conflicts)
        texts.append(each.toText());
    return texts.join(u'\n');
}

int tellMoved(const QList<VersionConflict>& moved, Terminal& terminal)
{
    terminal.say(tr("nothing was appended: these streams have got events since the branch began. "
                    "Without --at, the branch begins at the present head."));
    terminal.say(conflictsText(moved));
    return Failed;
}

} // namespace

int tellDifferences(BranchEventStore& store, const std::shared_ptr<const Workspace>& workspace,
    Terminal& terminal)
{
    const auto comparison = compareWithMain(store);
    if (!comparison)
        return terminal.fail(comparison.error());
    const Evolver evolver(workspace);
    qsizetype allMasked = 0;
    for (const StreamDifference& each : comparison->streams) {
        const auto states = statesOfBoth(store, evolver, each.stream, terminal.cancel());
        if (!states)
            return terminal.fail(states.error());
        JsonValue line = JsonValue::emptyObject();
        line.insert("stream", text(each.stream));
        line.insert("version", JsonValue::fromInt(each.version));
        line.insert("main", sideOf(each.mainPosition, each.mainType, each.mainVersion));
        line.insert("branch", sideOf(each.branchPosition, each.branchType, each.branchVersion));
        line.insert("exists_in_main", JsonValue::fromBool(states->main.exists));
        line.insert("exists_on_branch", JsonValue::fromBool(states->branch.exists));
        line.insert("fields", fieldsOf(*states));
        if (const auto masked = countMaskedFields(states->main.value, states->branch.value)) {
            line.insert("masked_fields", JsonValue::fromInt(masked));
            allMasked += masked;
        }
        if (!terminal.writeLine(viewOf(line.toJson())))
            break;
    }
    tellMaskedFields(allMasked, terminal);
    if (comparison->streams.isEmpty())
        terminal.say(tr("the branch is the log up to #%1").arg(comparison->mainHead));
    return Done;
}

int tellConsequences(BranchEventStore& store, const std::shared_ptr<const Workspace>& workspace,
    Terminal& terminal)
{
    const Evolver evolver(workspace);
    const auto found = findConsequences(store, evolver, terminal.cancel());
    if (!found)
        return terminal.fail(found.error());
    for (const BranchConsequence& each : found->found) {
        const bool isRejected = each.kind == BranchConsequence::Kind::Rejected;
        JsonValue line = JsonValue::emptyObject();
        line.insert("position", JsonValue::fromInt(each.position));
        line.insert("stream", text(each.stream));
        line.insert("version", JsonValue::fromInt(each.version));
        line.insert("type", text(each.type));
        line.insert("would_be",
            text(isRejected ? QStringLiteral("rejected") : QStringLiteral("left out")));
        if (isRejected)
            line.insert("command", text(each.command));
        line.insert("reason", text(each.reason));
        if (!terminal.writeLine(viewOf(line.toJson())))
            break;
    }
    terminal.say(tr("looked at %1 behind the changes; of %2 the command cannot be told")
                     .arg(eventsText(found->checked))
                     .arg(found->undecided));
    for (const QString& stream : found->tooLong)
        terminal.say(tr("%1 is long: only its beginning was looked at").arg(stream));
    return Done;
}

int appendBranch(BranchEventStore& store, const std::shared_ptr<const Masks>& masks, bool isMeant,
    Terminal& terminal)
{
    const auto preview = previewAppend(store);
    if (!preview)
        return terminal.fail(preview.error());
    if (!preview->refusal.isEmpty())
        return terminal.fail({ ErrorCode::Unsupported, preview->refusal });
    if (!preview->moved.isEmpty())
        return tellMoved(preview->moved, terminal);
    if (!isMeant) {
        const auto head = store.head();
        ExportRequest request;
        request.from = *head - preview->request.events.size() + 1;
        MaskedEventStore shown(store, masks);
        const auto written = exportEvents(shown, request, {}, terminal.cancel());
        if (!written)
            return terminal.fail(written.error());
        terminal.say(tr("would append %1 to %2; nothing was stored: --yes does it")
                         .arg(eventsText(preview->request.events.size()),
                             streamsText(preview->streams.size())));
        return Done;
    }
    terminal.beginWork();
    const auto outcome
        = appendAtHead(store.shared().branch().location(), *preview, terminal.cancel());
    if (!outcome)
        return terminal.fail(outcome.error());
    if (const auto* moved = std::get_if<QList<VersionConflict>>(&*outcome))
        return tellMoved(*moved, terminal);
    const auto& appended = std::get<Appended>(*outcome);
    terminal.noteStored(storedText(appended.first, appended.last));
    JsonValue line = JsonValue::emptyObject();
    line.insert("appended", JsonValue::fromInt(preview->request.events.size()));
    line.insert("streams", JsonValue::fromInt(preview->streams.size()));
    line.insert("first", JsonValue::fromInt(appended.first));
    line.insert("last", JsonValue::fromInt(appended.last));
    terminal.writeLine(viewOf(line.toJson()));
    return Done;
}

} // namespace eventloupe::cli
