#include "state/comparison.h"

#include <QCoreApplication>
#include <QLocale>

#include <limits>

namespace eventloupe {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("Comparison", text);
}

class PreviousState final : public ComparisonSource {
public:
    [[nodiscard]] QString title() const override { return tr("Previous event"); }
    [[nodiscard]] bool isPrevious() const override { return true; }
    Result<std::optional<ComparedState>> read(
        EventStore&, Replayer&, const QString&, Position, qint64) const override
    {
        return std::optional<ComparedState>(ComparedState());
    }
};

/// A state of the same store: of a stream, or the one that is shown, at a position or the cursor's.
class StateInStore final : public ComparisonSource {
public:
    StateInStore(QString title, QString stream, std::optional<Position> position)
        : m_title(std::move(title))
        , m_stream(std::move(stream))
        , m_position(position)
    {
    }

    [[nodiscard]] QString title() const override { return m_title; }
    [[nodiscard]] bool followsHead() const override
    {
        return m_position == std::numeric_limits<Position>::max();
    }
    Result<std::optional<ComparedState>> read(EventStore& store, Replayer& replayer,
        const QString& stream, Position position, qint64 maximumEvents) const override
    {
        ComparedState other;
        other.stream = m_stream.isEmpty() ? stream : m_stream;
        return readComparedState(store, replayer, std::move(other), m_position.value_or(position),
            maximumEvents);
    }

private:
    QString m_title;
    QString m_stream; ///< Empty: the one that is shown.
    std::optional<Position> m_position; ///< Nothing: the cursor's.
};

QString placeText(Position position)
{
    return u'#' + QLocale(QLocale::English).toString(position);
}

} // namespace

Result<std::optional<ComparedState>> readComparedState(EventStore& store, Replayer& replayer,
    ComparedState named, Position position, qint64 maximumEvents)
{
    const auto info = store.findStream(named.stream);
    if (!info)
        return info.error();
    if (!*info)
        return std::optional(std::move(named));
    const auto version = store.versionAt((*info)->id, position);
    if (!version)
        return version.error();
    const auto state = replayer.stateWithin(store, **info, *version, maximumEvents);
    if (!state)
        return state.error();
    if (!*state)
        return std::optional<ComparedState>();
    named.version = (*state)->version;
    named.position = (*state)->position;
    named.failure = (*state)->failure;
    if ((*state)->exists)
        named.value = (*state)->value;
    return std::optional(std::move(named));
}

ComparisonSourcePointer compareWithPrevious()
{
    return std::make_shared<const PreviousState>();
}

ComparisonSourcePointer compareWithHead()
{
    return std::make_shared<const StateInStore>(
        tr("Head of the log"), QString(), std::numeric_limits<Position>::max());
}

ComparisonSourcePointer compareWithPosition(Position position)
{
    return std::make_shared<const StateInStore>(
        tr("Pinned point %1").arg(placeText(position)), QString(), position);
}

ComparisonSourcePointer compareWithStream(const QString& stream, std::optional<Position> position)
{
    return std::make_shared<const StateInStore>(
        position ? tr("%1 at %2").arg(stream, placeText(*position)) : stream, stream, position);
}

} // namespace eventloupe
