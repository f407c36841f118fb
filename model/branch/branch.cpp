#include "branch/branch.h"

#include "branch/branchtext.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

namespace eventloupe {

namespace {

using BranchText::tr;

constexpr std::array<std::string_view, 5> kindNames { "skip", "restore", "change", "insert",
    "append" };

qsizetype eventsOf(const BranchEdit& edit)
{
    return edit.places.size() + edit.events.size();
}

qsizetype bytesOf(const BranchEdit& edit)
{
    qsizetype bytes = 0;
    for (const BranchEvent& each : edit.events)
        bytes += each.event.data.size() + each.event.metadata.size();
    return bytes;
}

JsonValue toJson(const BranchEvent& event)
{
    JsonValue json = JsonValue::emptyObject();
    json.insert("stream", JsonValue::fromString(event.stream));
    json.insert("type", JsonValue::fromString(event.event.type));
    json.insert("time", JsonValue::fromInt(event.event.time.microseconds));
    json.insert("id", JsonValue::fromString(event.event.id));
    // As texts, so that their bytes stay as they are.
    json.insert("data", JsonValue::fromString(event.event.data));
    json.insert("metadata", JsonValue::fromString(event.event.metadata));
    return json;
}

JsonValue toJson(const BranchEdit& edit)
{
    JsonValue json = JsonValue::emptyObject();
    json.insert("kind",
        JsonValue::fromString(QByteArray(kindNames[static_cast<std::size_t>(edit.kind)].data())));
    JsonValue places = JsonValue::emptyArray();
    for (const BranchPlace& each : edit.places) {
        JsonValue place = JsonValue::emptyArray();
        place.append(JsonValue::fromInt(each.base));
        place.append(JsonValue::fromInt(each.inserted));
        places.append(place);
    }
    json.insert("places", places);
    JsonValue events = JsonValue::emptyArray();
    for (const BranchEvent& each : edit.events)
        events.append(toJson(each));
    json.insert("events", events);
    return json;
}

QString textAt(const JsonValue& json, std::string_view key)
{
    const JsonValue* found = json.find(key);
    return found ? found->toString() : QString();
}

qint64 numberAt(const JsonValue& json, std::string_view key)
{
    const JsonValue* found = json.find(key);
    return found ? found->toInt() : 0;
}

BranchEvent eventFrom(const JsonValue& json)
{
    return { textAt(json, "stream"),
        { textAt(json, "type"), textAt(json, "data").toUtf8(), textAt(json, "metadata").toUtf8(),
            Timestamp { numberAt(json, "time") }, textAt(json, "id") } };
}

Result<BranchEdit> editFrom(const JsonValue& json)
{
    const QByteArray name = textAt(json, "kind").toUtf8();
    const auto found = std::find(kindNames.begin(), kindNames.end(), viewOf(name));
    if (found == kindNames.end())
        return Error { ErrorCode::InvalidInput, tr("a kept branch has an edit that is not known") };
    BranchEdit edit;
    edit.kind = static_cast<BranchEdit::Kind>(std::distance(kindNames.begin(), found));
    if (const JsonValue* places = json.find("places"))
        for (const JsonValue& each : places->elements())
            if (each.size() == 2)
                edit.places.append({ each.elements()[0].toInt(), each.elements()[1].toInt() });
    if (const JsonValue* events = json.find("events"))
        for (const JsonValue& each : events->elements())
            edit.events.append(eventFrom(each));
    return edit;
}

} // namespace

Branch::Branch(QString location, Position at, QString lastId)
    : m_location(std::move(location))
    , m_at(at)
    , m_lastId(std::move(lastId))
{
}

Branch Branch::rebased(Position at, const QString& lastId) const
{
    Branch other = *this;
    other.m_at = at;
    other.m_lastId = lastId;
    return other;
}

Result<void> Branch::add(const BranchEdit& edit)
{
    qsizetype events = eventsOf(edit);
    qsizetype bytes = bytesOf(edit);
    for (const BranchEdit& each : edits()) {
        events += eventsOf(each);
        bytes += bytesOf(each);
    }
    if (events > maximumEvents || bytes > maximumBytes)
        return Error { ErrorCode::InvalidArgument,
            tr("A branch holds changes of at most %1 events and %2 MB: export it, and import that "
               "into a store of its own.")
                .arg(maximumEvents)
                .arg(maximumBytes / 1024 / 1024) };
    m_edits.resize(m_applied);
    m_edits.append(edit);
    ++m_applied;
    return {};
}

void Branch::undo()
{
    if (canUndo())
        --m_applied;
}

void Branch::redo()
{
    if (canRedo())
        ++m_applied;
}

JsonValue Branch::toJson() const
{
    JsonValue json = JsonValue::emptyObject();
    json.insert("store", JsonValue::fromString(m_location));
    json.insert("at", JsonValue::fromInt(m_at));
    json.insert("lastId", JsonValue::fromString(m_lastId));
    json.insert("applied", JsonValue::fromInt(m_applied));
    JsonValue edits = JsonValue::emptyArray();
    for (const BranchEdit& each : m_edits)
        edits.append(eventloupe::toJson(each));
    json.insert("edits", edits);
    return json;
}

Result<Branch> Branch::fromJson(const JsonValue& json)
{
    Branch branch(textAt(json, "store"), numberAt(json, "at"), textAt(json, "lastId"));
    if (branch.m_location.isEmpty() || branch.m_at < 0)
        return Error { ErrorCode::InvalidInput, tr("a kept branch does not say of which log") };
    if (const JsonValue* edits = json.find("edits"))
        for (const JsonValue& each : edits->elements()) {
            const auto edit = editFrom(each);
            if (!edit)
                return edit.error();
            branch.m_edits.append(*edit);
        }
    branch.m_applied
        = std::clamp<qsizetype>(numberAt(json, "applied"), 0, branch.m_edits.size());
    return branch;
}

} // namespace eventloupe
