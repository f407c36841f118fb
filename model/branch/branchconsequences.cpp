#include "branch/branchconsequences.h"

#include "branch/branchtext.h"
#include "branch/inferredcommand.h"
#include "mask/masked.h"
#include "mask/masks.h"

#include <algorithm>
#include <limits>

namespace eventloupe {

namespace {

constexpr int pageSize = 512;

EventView viewOfEvent(const Event& event, const QByteArray& stream, const QByteArray& type,
    const QByteArray& id)
{
    return { event.position, event.streamId, viewOf(stream), event.version, viewOf(type),
        event.time, viewOf(id), viewOf(event.data), viewOf(event.metadata), {} };
}

/// Looks at one stream: its log and its branch are folded side by side.
class StreamCheck {
public:
    StreamCheck(BranchEventStore& store, const Evolver& evolver, const BranchOverlay& overlay,
        const BranchOverlay::Touched& stream, BranchConsequences& result)
        : m_store(store)
        , m_overlay(overlay)
        , m_evolver(evolver)
        , m_decider(evolver.workspace())
        , m_stream(stream)
        , m_result(result)
        , m_main(evolver.initialState(stream.category))
        , m_branch(m_main)
    {
    }

    Result<void> run(const CancelToken& cancel, qint64 most)
    {
        StreamVersion after = 0;
        for (;;) {
            const auto page = m_store.readStream(
                m_stream.id, after, std::numeric_limits<Position>::max(), pageSize);
            if (!page)
                return page.error();
            for (const Event& each : *page) {
                if (cancel.isCancelled())
                    return Error { ErrorCode::Cancelled, BranchText::tr("cancelled") };
                if (const auto taken = take(each); !taken)
                    return taken;
            }
            if (page->size() < pageSize)
                return {};
            after = page->last().version;
            if (after >= most) {
                m_result.tooLong.append(m_stream.name);
                return {};
            }
        }
    }

private:
    Result<void> take(const Event& event)
    {
        const Reranking::Source source = m_stream.versions.sourceOf(event.version);
        m_isSame = m_isSame && !source.isInserted && source.number == event.version;
        if (source.isInserted) {
            (void)fold(m_branch, event);
            m_lastCommand.clear();
            return {};
        }
        if (const auto caughtUp = foldMainTo(source.number); !caughtUp)
            return caughtUp;
        if (!m_isSame)
            decide(event);
        Event inMain = event;
        inMain.version = source.number;
        inMain.position = m_overlay.placeAt(event.position).base;
        const auto foldedInMain = fold(m_main, inMain);
        const auto folded = fold(m_branch, event);
        if (!folded && foldedInMain)
            note(BranchConsequence::Kind::Unfoldable, event, {}, folded.error().message);
        m_mainVersion = source.number;
        return {};
    }

    /// The log's events that the branch does not have, before a version.
    Result<void> foldMainTo(StreamVersion version)
    {
        while (m_mainVersion < version - 1) {
            const auto page = m_store.base().readStream(m_stream.base.id, m_mainVersion,
                std::numeric_limits<Position>::max(),
                int(std::min<qint64>(pageSize, version - 1 - m_mainVersion)));
            if (!page)
                return page.error();
            if (page->isEmpty())
                break;
            for (const Event& each : *page)
                (void)fold(m_main, each);
            m_mainVersion = page->last().version;
        }
        return {};
    }

    Result<void> fold(AggregateState& state, const Event& event)
    {
        const QByteArray stream = event.stream.toUtf8();
        const QByteArray type = event.type.toUtf8();
        const QByteArray id = event.id.toUtf8();
        return m_evolver.evolve(state, viewOfEvent(event, stream, type, id));
    }

    void decide(const Event& event)
    {
        ++m_result.checked;
        const InferredCommand inferred
            = inferCommand(*m_evolver.workspace(), event, m_stream.category);
        // The events of a command were decided together, with its first one.
        if (!inferred.commandId.isEmpty() && inferred.commandId == m_lastCommand)
            return;
        m_lastCommand = inferred.commandId;
        if (!inferred.command) {
            ++m_result.undecided;
            return;
        }
        CommandContext context { event.time, inferred.commandId, inferred.actor, event.id };
        for (const JsonValue& data : inferred.data) {
            const auto inMain = m_decider.decide(*inferred.command, data, m_main, context);
            if (!inMain || !gives(*inMain, event))
                continue;
            const auto here = m_decider.decide(*inferred.command, data, m_branch, context);
            const auto* rejected = here ? std::get_if<Rejected>(&*here) : nullptr;
            if (!here || rejected)
                note(BranchConsequence::Kind::Rejected, event, inferred.command->name,
                    here ? rejected->message : here.error().message);
            return;
        }
        ++m_result.undecided;
    }

    static bool gives(const Decision& decision, const Event& event)
    {
        const auto* accepted = std::get_if<Accepted>(&decision);
        return accepted && accepted->stream == event.stream
            && std::any_of(accepted->events.begin(), accepted->events.end(),
                [&event](const NewEvent& each) { return each.type == event.type; });
    }

    void note(BranchConsequence::Kind kind, const Event& event, const QString& command,
        const QString& reason)
    {
        const Masks& masks = *m_evolver.workspace()->masks();
        const EventMask masked = masks.ofEvent(event.type, m_stream.category);
        // The command's data and who issued it, which its words may quote, come from the event.
        const bool isHidden = !masked.isEmpty() || masks.hidesFailuresOf(m_stream.category)
            || masks.hidesMessagesOf(command) || !masks.ofCommand(command).isEmpty();
        const bool isNamed
            = command.isEmpty() || !masked.metadata.touches({ QByteArrayLiteral("command") });
        m_result.found.append({ kind, event.position, event.stream, event.version, event.type,
            isNamed ? command : maskSignText(), isHidden ? Masks::hiddenReason() : reason });
    }

    BranchEventStore& m_store;
    const BranchOverlay& m_overlay;
    const Evolver& m_evolver;
    const Decider m_decider;
    const BranchOverlay::Touched& m_stream;
    BranchConsequences& m_result;
    AggregateState m_main;
    AggregateState m_branch;
    StreamVersion m_mainVersion = 0;
    QString m_lastCommand;
    bool m_isSame = true; ///< The branch's events were the log's so far.
};

} // namespace

Result<BranchConsequences> findConsequences(BranchEventStore& store, const Evolver& evolver,
    const CancelToken& cancel, qint64 mostOfAStream)
{
    BranchConsequences result;
    const auto overlay = store.overlay();
    if (!overlay)
        return overlay.error();
    for (const auto& each : (*overlay)->touched()) {
        if (each.base.id == 0 || each.headVersion == 0)
            continue;
        StreamCheck check(store, evolver, **overlay, each, result);
        if (const auto checked = check.run(cancel, mostOfAStream); !checked)
            return checked.error();
    }
    std::sort(result.found.begin(), result.found.end(),
        [](const auto& a, const auto& b) { return a.position < b.position; });
    return result;
}

} // namespace eventloupe
