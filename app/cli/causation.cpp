#include "app/cli/storeplace.h"
#include "app/cli/verb.h"
#include "causation/causationscan.h"

namespace eventloupe::cli {

namespace {

using Kind = CausationTree::Kind;

/// The key of an event's position or of the correlation that is asked for.
Result<CausationKey> keyOf(const Arguments& arguments, EventStore& store, Terminal& terminal)
{
    if (arguments.has(QStringLiteral("correlation")))
        return causationKeyOf(arguments.value(QStringLiteral("correlation")).toUtf8());
    return causationKeyAt(
        store, arguments.words().at(1).toLongLong(), terminal.cancel());
}

QByteArray textOf(Kind kind)
{
    switch (kind) {
    case Kind::Event:
        return "event";
    case Kind::Command:
        return "command";
    case Kind::Unknown:
        break;
    }
    return "unknown";
}

JsonValue lineOf(const CausationTree& tree, int node, int depth)
{
    const auto& at = tree.nodes()[std::size_t(node)];
    auto line = JsonValue::emptyObject();
    line.insert("depth", JsonValue::fromInt(depth));
    line.insert("kind", JsonValue::fromString(textOf(at.kind)));
    const auto* event = tree.eventOf(node);
    const auto* parent = at.parent >= 0 ? tree.eventOf(at.parent) : nullptr;
    if (!event) {
        line.insert("id", JsonValue::fromString(at.id));
        const auto* effect = tree.firstEffect(node);
        if (at.kind == Kind::Command && effect)
            line.insert("command", JsonValue::fromString(effect->ids.command));
        return line;
    }
    line.insert("position", JsonValue::fromInt(event->position));
    line.insert("stream", JsonValue::fromString(event->stream));
    line.insert("version", JsonValue::fromInt(event->version));
    line.insert("type", JsonValue::fromString(event->type));
    line.insert("time", JsonValue::fromString(event->time.toRfc3339()));
    line.insert("after_us",
        JsonValue::fromInt(event->time.microseconds - tree.begin().microseconds));
    line.insert("id", JsonValue::fromString(event->id));
    line.insert("cause", parent ? JsonValue::fromInt(parent->position) : JsonValue());
    if (at.isCycle)
        line.insert("cycle", JsonValue::fromBool(true));
    return line;
}

/// Each root with its effects below it, depth first.
void print(const CausationTree& tree, Terminal& terminal)
{
    struct Entry {
        int node;
        int depth;
    };
    std::vector<Entry> open;
    for (auto root = tree.roots().rbegin(); root != tree.roots().rend(); ++root)
        open.push_back({ *root, 0 });
    while (!open.empty()) {
        const auto [node, depth] = open.back();
        open.pop_back();
        if (!terminal.writeLine(viewOf(lineOf(tree, node, depth).toJson())))
            return;
        const auto& children = tree.nodes()[std::size_t(node)].children;
        for (auto child = children.rbegin(); child != children.rend(); ++child)
            open.push_back({ *child, depth + 1 });
    }
}

Result<std::shared_ptr<const CausationTree>> find(
    EventStore& store, CausationKey& key, Terminal& terminal, bool& isCut)
{
    const auto head = store.head();
    if (!head)
        return head.error();
    const Progress progress;
    const ProgressLine line(tr("Searching"), progress);
    std::vector<CausedEvent> events(key.found.cbegin(), key.found.cend());
    const auto done = scanCausation(store, key, 1, *head, terminal.cancel(), progress,
        [&events](const QList<CausedEvent>& found) {
            events.insert(events.end(), found.cbegin(), found.cend());
            return qsizetype(events.size()) < mostCausedEvents;
        });
    if (!done)
        return done.error();
    isCut = !*done;
    const auto causes = findCauses(store, events, terminal.cancel());
    if (!causes)
        return causes.error();
    return CausationTree::of(std::move(events));
}

int run(const Arguments& arguments, Terminal& terminal)
{
    const bool byCorrelation = arguments.has(QStringLiteral("correlation"));
    bool isNumber = false;
    const qint64 position = arguments.words().value(1).toLongLong(&isNumber);
    if (byCorrelation == (arguments.words().size() == 2))
        return terminal.misuse(tr("either a POSITION or --correlation ID is needed"));
    if (!byCorrelation && (!isNumber || position < 1))
        return terminal.misuse(tr("POSITION must be a whole number from 1 on, not '%1'")
                                   .arg(arguments.words().at(1)));
    const auto store = openToRead(arguments.words().constFirst(), terminal);
    if (!store)
        return terminal.fail(store.error());
    auto key = keyOf(arguments, **store, terminal);
    if (!key)
        return terminal.fail(key.error());
    bool isCut = false;
    const auto tree = find(**store, *key, terminal, isCut);
    if (!tree)
        return terminal.fail(tree.error());
    if ((*tree)->events().empty())
        return terminal.fail({ ErrorCode::NotFound,
            tr("no event has the correlation '%1'").arg(QString::fromUtf8(key->correlation)) });
    print(**tree, terminal);
    if (isCut)
        terminal.say(tr("there are more than %1 events; those nearest are shown")
                         .arg(mostCausedEvents));
    if ((*tree)->cycles() > 0)
        terminal.say(tr("%1 causes lead in a circle, cut where it says \"cycle\"")
                         .arg((*tree)->cycles()));
    return Done;
}

} // namespace

Verb causationVerb()
{
    Verb verb;
    verb.name = QStringLiteral("causation");
    verb.synopsis = QStringLiteral("STORE POSITION | STORE --correlation ID");
    verb.summary = tr("Prints what an event was caused by and led to, over all streams");
    verb.details
        = tr("One JSON object a line, causes before their effects; \"depth\" says how far below\n"
             "a root it stands, \"cause\" is the position of what caused it. Ids are found in the\n"
             "metadata as the common libraries spell them.");
    verb.options = { { QStringLiteral("correlation"), QStringLiteral("ID"),
        tr("All events of this correlation") } };
    verb.least = 1;
    verb.most = 2;
    verb.run = run;
    return verb;
}

} // namespace eventloupe::cli
