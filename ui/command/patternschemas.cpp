#include "ui/command/patternschemas.h"

#include "ui/command/formschema.h"

#include <QElapsedTimer>

namespace eventloupe {

namespace {

/// So many names are remembered.
constexpr qsizetype mostKnown = 1000;

} // namespace

PatternSchemas::PatternSchemas(const JsonValue& patterns)
{
    for (const auto& member : patterns.members()) {
        if (const auto pattern = Pattern::compile(member.key))
            m_patterns.append({ *pattern, member.value });
    }
}

JsonValue PatternSchemas::schemaFor(const QByteArray& name, std::chrono::nanoseconds time)
{
    if (const auto known = m_known.constFind(name); known != m_known.constEnd())
        return *known;
    QElapsedTimer spent;
    spent.start();
    const auto text = QString::fromUtf8(name);
    JsonValue merged;
    for (const auto& [pattern, schema] : std::as_const(m_patterns)) {
        const auto left = time - std::chrono::nanoseconds(spent.nsecsElapsed());
        if (left <= std::chrono::nanoseconds::zero())
            break;
        if (pattern.search(text, left) == Pattern::Outcome::Match)
            merged = merged.isNull() ? schema : mergedSchemas(merged, schema);
    }
    if (m_known.size() >= mostKnown)
        m_known.clear();
    m_known.insert(name, merged);
    return merged;
}

} // namespace eventloupe
