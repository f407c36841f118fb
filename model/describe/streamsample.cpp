#include "describe/streamsample.h"

#include "value/event.h"
#include "value/json.h"

#include <QStringList>

#include <algorithm>

namespace eventloupe {

namespace {

constexpr int eventsPerStream = 200;
constexpr int eventsAtOnce = 20;
constexpr qint64 bytesPerStream = 4LL * 1024 * 1024; ///< Of data.
constexpr std::size_t mostValues = 100;
constexpr qint64 longestField = 60; ///< Characters, on the average.
constexpr qsizetype mostFields = 3;

/// How much a field's name promises that people know a thing by it.
int rankOf(const QString& name)
{
    static const QStringList names { QStringLiteral("name"), QStringLiteral("title"),
        QStringLiteral("label"), QStringLiteral("subject"), QStringLiteral("email"),
        QStringLiteral("status"), QStringLiteral("state"), QStringLiteral("type"),
        QStringLiteral("total"), QStringLiteral("amount"), QStringLiteral("balance"),
        QStringLiteral("price") };
    const QString lower = name.toLower();
    for (qsizetype i = 0; i < names.size(); ++i) {
        if (lower == names.at(i))
            return static_cast<int>(2 * (names.size() - i));
        if (lower.endsWith(names.at(i)))
            return static_cast<int>(names.size() - i);
    }
    return 0;
}

QByteArray textOf(const JsonValue& value)
{
    return value.isString() ? value.toUtf8() : value.toJson();
}

} // namespace

Result<void> StreamSample::add(EventStore& store, const Evolver& evolver, const StreamInfo& stream,
    Position head, QSet<Position>& seen)
{
    AggregateState state = evolver.initialState(stream.category);
    const qint64 before = m_bytes;
    StreamVersion after = 0;
    for (int read = 0; read < eventsPerStream && m_bytes - before < bytesPerStream;
         read += eventsAtOnce) {
        const auto events = store.readStream(stream.id, after, head, eventsAtOnce);
        if (!events)
            return events.error();
        for (const Event& event : *events) {
            fold(evolver, state, event);
            seen.insert(event.position);
            after = event.version;
        }
        if (read == 0 && !events->isEmpty()) {
            const QByteArray& bytes = events->constFirst().data;
            if (const auto data = parseStoredJson(viewOf(bytes)))
                noteIdentity(stream.name, *data);
        }
        if (events->size() < eventsAtOnce)
            break;
    }
    ++m_streams;
    if (state.exists && state.value.isObject())
        noteState(state.value);
    return {};
}

void StreamSample::fold(const Evolver& evolver, AggregateState& state, const Event& event)
{
    const QByteArray name = event.stream.toUtf8();
    const QByteArray type = event.type.toUtf8();
    EventView view;
    view.position = event.position;
    view.stream = viewOf(name);
    view.version = event.version;
    view.type = viewOf(type);
    view.time = event.time;
    view.data = viewOf(event.data);
    m_bytes += event.data.size();
    static_cast<void>(evolver.evolve(state, view));
}

void StreamSample::noteIdentity(const QString& stream, const JsonValue& data)
{
    const auto dash = stream.indexOf(u'-');
    if (dash < 0 || !data.isObject())
        return;
    const QByteArray id = stream.mid(dash + 1).toUtf8();
    for (const JsonValue::Member& member : data.members()) {
        const bool isId = member.value.isString() || member.value.isInteger();
        if (isId && textOf(member.value) == id)
            ++m_identities[QString::fromUtf8(member.key)];
    }
}

void StreamSample::noteState(const JsonValue& state)
{
    ++m_states;
    for (const JsonValue::Member& member : state.members()) {
        Field& field = m_fields[QString::fromUtf8(member.key)];
        ++field.count;
        field.isScalar = field.isScalar && !member.value.isObject() && !member.value.isArray();
        if (!field.isScalar)
            continue;
        const QByteArray text = textOf(member.value);
        field.length += text.size();
        if (field.values.size() < mostValues)
            ++field.values[text];
    }
}

QString StreamSample::identity() const
{
    for (const auto& [name, count] : m_identities) {
        if (count == m_streams)
            return name;
    }
    return {};
}

double StreamSample::weightOf(const QString& name, const Field& field) const
{
    const bool isUsual = field.count * 10 >= m_states * 8;
    if (!field.isScalar || !isUsual || field.length > field.count * longestField
        || name == identity())
        return 0;
    // What is the same everywhere tells nothing.
    const auto distinct = static_cast<double>(field.values.size());
    const double variety
        = distinct > 1 || m_states == 1 ? distinct / static_cast<double>(field.count) : 0;
    const int rank = rankOf(name);
    return rank == 0 && variety == 0 ? 0 : rank + variety;
}

QStringList StreamSample::headline() const
{
    QList<std::pair<double, QString>> ranked;
    for (const auto& [name, field] : m_fields) {
        if (const double weight = weightOf(name, field); weight > 0)
            ranked.append({ weight, name });
    }
    std::stable_sort(ranked.begin(), ranked.end(),
        [](const auto& left, const auto& right) { return left.first > right.first; });
    QStringList pointers;
    for (const auto& entry : ranked.mid(0, mostFields))
        pointers.append(QString::fromUtf8(JsonPointer({ entry.second.toUtf8() }).toText()));
    return pointers;
}

} // namespace eventloupe
