#include "state/headlinefolder.h"

#include "state/valuetext.h"

#include <QStringList>

namespace eventloupe {

namespace {

constexpr int fieldLength = 60;
constexpr int undefinedFields = 3;

} // namespace

HeadlineFolder::HeadlineFolder(const std::shared_ptr<const Workspace>& workspace)
    : m_replayer(std::make_shared<const Evolver>(workspace), maximumCheckpointBytes)
{
}

Result<QList<Headline>> HeadlineFolder::fold(EventStore& store, const QList<StreamAt>& streams)
{
    QList<Headline> headlines;
    const qint64 end = m_replayer.eventsFolded() + eventsPerCall;
    const Workspace& workspace = *m_replayer.evolver().workspace();
    for (const StreamAt& stream : streams) {
        const qint64 left = end - m_replayer.eventsFolded();
        if (left <= 0)
            break;
        const auto state = m_replayer.stateWithin(store, stream.info, stream.version, left);
        if (!state)
            return state.error();
        if (!*state) {
            headlines.append({ stream.info.id, stream.version, {}, true, false });
            break;
        }
        const AggregateState& folded = **state;
        headlines.append({ stream.info.id, stream.version,
            folded.exists ? headlineText(workspace, stream.info.category, folded.value) : QString(),
            folded.exists, true });
    }
    return headlines;
}

QString headlineText(const Workspace& workspace, const QString& category, const JsonValue& state)
{
    QStringList texts;
    const AggregateDefinition* aggregate = workspace.aggregate(category);
    if (aggregate && !aggregate->headline.isEmpty()) {
        for (const JsonPointer& pointer : aggregate->headline)
            if (const JsonValue* value = pointer.resolve(state))
                texts.append(oneLineText(*value, fieldLength));
        return texts.join(QStringLiteral(" \u00b7 "));
    }
    if (!state.isObject())
        return oneLineText(state, fieldLength);
    for (const JsonValue::Member& member : state.members()) {
        if (texts.size() == undefinedFields)
            break;
        if (member.value.isObject() || member.value.isArray() || member.value.isNull())
            continue;
        texts.append(
            oneLineText(member.key, fieldLength) + u'=' + oneLineText(member.value, fieldLength));
    }
    return texts.join(QStringLiteral(" "));
}

} // namespace eventloupe
