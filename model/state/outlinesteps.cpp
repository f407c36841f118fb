#include "state/outlinesteps.h"

#include <algorithm>

namespace eventloupe {

namespace {

/// Where more groups than this change at once, a reset is cheaper for the views.
constexpr std::ptrdiff_t maximumGroupsChanged = 32;

class Steps {
public:
    explicit Steps(const StreamOutline& from)
        : m_outline(from)
    {
    }

    void setStreams(qint64 category, qint64 streams)
    {
        const qint64 shown = m_outline.streamsShown(category);
        const qint64 below = m_outline.rowOf({ StreamOutline::Headers, category - 1 }) + 1;
        change(below + shown, streams - shown, m_outline.withStreams(category, streams));
    }

    /// Headers, or a flat list's rows, come and go at the end.
    void setCount(qint64 count)
    {
        change(m_outline.rowCount(), count - m_outline.count(), m_outline.withCount(count));
    }

    [[nodiscard]] std::vector<OutlineStep> take() { return std::move(m_steps); }

private:
    void change(qint64 end, qint64 rows, StreamOutline after)
    {
        if (rows > 0)
            m_steps.push_back({ true, end, end + rows - 1, after });
        else if (rows < 0)
            m_steps.push_back({ false, end + rows, end - 1, after });
        m_outline = std::move(after);
    }

    StreamOutline m_outline;
    std::vector<OutlineStep> m_steps;
};

} // namespace

std::optional<std::vector<OutlineStep>> stepsBetween(
    const StreamOutline& from, const StreamOutline& to)
{
    const auto isOther = [&](const StreamOutline::Expanded& entry) {
        return from.streamsShown(entry.category) != to.streamsShown(entry.category);
    };
    const auto others = std::count_if(from.expanded().begin(), from.expanded().end(), isOther)
        + std::count_if(to.expanded().begin(), to.expanded().end(), isOther);
    if (from.group() != to.group() || others > maximumGroupsChanged)
        return std::nullopt;
    Steps steps(from);
    for (const StreamOutline::Expanded& entry : from.expanded())
        steps.setStreams(entry.category, to.streamsShown(entry.category));
    steps.setCount(to.count());
    for (const StreamOutline::Expanded& entry : to.expanded())
        steps.setStreams(entry.category, entry.streams);
    return steps.take();
}

} // namespace eventloupe
