#include "app/cli/streampoint.h"
#include "app/cli/verb.h"

#include "diff/differencetext.h"
#include "diff/jsonpatch.h"
#include "diff/maskedfields.h"

#include <algorithm>

namespace eventloupe::cli {

namespace {

/// One of the two that are compared.
struct Side {
    StreamInfo stream;
    AggregateState state;

    /// An aggregate that does not exist has no fields.
    [[nodiscard]] JsonValue value() const
    {
        return state.exists ? state.value : JsonValue::emptyObject();
    }
    [[nodiscard]] QString name(bool withStream) const
    {
        const auto version = QStringLiteral("v%1").arg(state.version);
        return withStream ? stream.name + u' ' + version : version;
    }
    [[nodiscard]] QString placeText() const
    {
        return tr("%1 v%2 (event #%3)").arg(stream.name).arg(state.version).arg(state.position);
    }
    [[nodiscard]] JsonValue toJson() const
    {
        auto object = JsonValue::emptyObject();
        object.insert("stream", JsonValue::fromString(stream.name));
        object.insert("version", JsonValue::fromInt(state.version));
        object.insert("position", JsonValue::fromInt(state.position));
        object.insert("exists", JsonValue::fromBool(state.exists));
        return object;
    }
};

/// An Error's message is a reason of misuse. Nothing where the option was not given.
Result<std::optional<StreamPoint>> pointOf(const Arguments& arguments, const QString& option)
{
    if (!arguments.has(option))
        return std::optional<StreamPoint>();
    auto point = StreamPoint::parse(arguments.value(option), option);
    if (!point)
        return point.error();
    return std::optional(*std::move(point));
}

/// Of two states that may differ in what is masked.
qsizetype maskedFieldsOf(const Side& from, const Side& to)
{
    const bool isOne
        = from.stream.id == to.stream.id && from.state.version == to.state.version;
    return isOne ? 0 : countMaskedFields(from.value(), to.value());
}

void print(const Side& from, const Side& to, const QString& format, Terminal& terminal)
{
    const auto old = from.value();
    const auto now = to.value();
    const auto masked = maskedFieldsOf(from, to);
    if (format == u"patch") {
        terminal.writeLine(viewOf(makeJsonPatch(old, now).toJson()));
        tellMaskedFields(masked, terminal);
        return;
    }
    const auto differences = findDifferences(old, now);
    if (format == u"json") {
        auto object = JsonValue::emptyObject();
        object.insert("from", from.toJson());
        object.insert("to", to.toJson());
        object.insert("differences", differenceJson(differences));
        if (masked > 0)
            object.insert("masked_fields", JsonValue::fromInt(masked));
        terminal.writeLine(viewOf(object.toJson()));
    } else if (format == u"markdown") {
        const bool isOne = from.stream.name == to.stream.name;
        terminal.write(viewOf(differenceMarkdown(differences,
            isOne ? to.stream.name : from.stream.name + QStringLiteral(" · ") + to.stream.name,
            from.name(!isOne), to.name(!isOne), masked)));
    } else {
        terminal.write(viewOf(differenceLines(differences)));
        if (differences.isEmpty())
            terminal.say((masked > 0 ? tr("nothing that is shown differs: %1 and %2")
                                     : tr("equal: %1 and %2"))
                             .arg(from.placeText(), to.placeText()));
    }
    tellMaskedFields(masked, terminal);
}

/// Without --to it is the head; without --from, of one stream the version before, of two the head.
Result<std::pair<StreamVersion, StreamVersion>> versionsOf(EventStore& store, const Side& from,
    const Side& to, const std::optional<StreamPoint>& start, const std::optional<StreamPoint>& end,
    const Terminal& terminal)
{
    const auto last = versionOf(store, to.stream, end.value_or(StreamPoint {}), terminal);
    if (!last)
        return last.error();
    if (!start && from.stream.id == to.stream.id)
        return std::pair(std::max<StreamVersion>(0, *last - 1), *last);
    const auto first = versionOf(store, from.stream, start.value_or(StreamPoint {}), terminal);
    if (!first)
        return first.error();
    return std::pair(*first, *last);
}

Result<void> compare(StorePlace place, const Arguments& arguments, const QString& format,
    const std::pair<std::optional<StreamPoint>, std::optional<StreamPoint>>& points,
    Terminal& terminal)
{
    const auto store = openPlace(place, OpenMode::ReadOnly, terminal);
    if (!store)
        return store.error();
    std::array<Side, 2> sides;
    for (std::size_t i = 0; i < sides.size(); ++i) {
        const auto word = std::min<qsizetype>(1 + qsizetype(i), arguments.words().size() - 1);
        auto stream = streamNamed(**store, arguments.words().at(word), place);
        if (!stream)
            return stream.error();
        sides[i].stream = *std::move(stream);
    }
    const auto versions
        = versionsOf(**store, sides[0], sides[1], points.first, points.second, terminal);
    if (!versions)
        return versions.error();
    Replayer replayer(std::make_shared<const Evolver>(place.workspace));
    const std::array wanted { versions->first, versions->second };
    for (std::size_t i = 0; i < sides.size(); ++i) {
        auto state = foldTo(**store, replayer, sides[i].stream, wanted[i], terminal);
        if (!state)
            return state.error();
        sides[i].state = *std::move(state);
    }
    tellFailure(sides[1].state.failure.isEmpty() ? sides[0].state : sides[1].state, terminal);
    print(sides[0], sides[1], format, terminal);
    return {};
}

int run(const Arguments& arguments, Terminal& terminal)
{
    static const QStringList formats { QStringLiteral("text"), QStringLiteral("patch"),
        QStringLiteral("json"), QStringLiteral("markdown") };
    const auto option = QStringLiteral("format");
    const auto format = arguments.has(option) ? arguments.value(option) : formats.constFirst();
    if (!formats.contains(format))
        return terminal.misuse(tr("there is no format '%1', only text, patch, json and markdown")
                                   .arg(format));
    const auto from = pointOf(arguments, QStringLiteral("from"));
    if (!from)
        return terminal.misuse(from.error().message);
    const auto to = pointOf(arguments, QStringLiteral("to"));
    if (!to)
        return terminal.misuse(to.error().message);
    const auto place = findStore(arguments, terminal);
    if (!place)
        return terminal.fail(place.error());
    const auto done = compare(*place, arguments, format, { *from, *to }, terminal);
    return done ? int(Done) : terminal.fail(done.error());
}

} // namespace

Verb diffVerb()
{
    Verb verb;
    verb.name = QStringLiteral("diff");
    verb.synopsis = QStringLiteral("STORE STREAM [OTHER] [--from A] [--to B] [--format F]");
    verb.summary = tr("Compares an aggregate's state at two points, or those of two aggregates");
    verb.details = tr(
        "A and B are positions of the log (8120), versions of the stream (v7), or times. Without\n"
        "--to it is the newest state, without --from the one before the event that led to --to.\n"
        "With OTHER, STREAM at A is compared with OTHER at B. An aggregate that does not exist\n"
        "has no fields. Elements of lists are aligned: one put in at the front is one added.");
    verb.options = {
        { QStringLiteral("from"), QStringLiteral("A"), tr("The older point") },
        { QStringLiteral("to"), QStringLiteral("B"), tr("The newer point") },
        { QStringLiteral("format"), QStringLiteral("F"),
            tr("text, a line a difference; patch, a JSON Patch (RFC 6902); json; markdown") },
        { QStringLiteral("workspace"), QStringLiteral("DIR"), tr("Whose rules fold the events") },
    };
    verb.least = 2;
    verb.most = 3;
    verb.run = run;
    return verb;
}

} // namespace eventloupe::cli
