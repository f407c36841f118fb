#include "watch/watchreach.h"

#include <algorithm>
#include <optional>
#include <vector>

namespace eventloupe {

namespace {

using Path = QList<QByteArray>;

/// Whether one of the places is inside of the other, or they are the same.
bool overlap(const Path& left, const Path& right)
{
    const qsizetype count = std::min(left.size(), right.size());
    return std::equal(left.begin(), left.begin() + count, right.begin());
}

/// Places in states; all of them where some expression reads a state as a whole.
struct Needed {
    bool isAll = false;
    std::vector<Path> places;

    void addReadsOf(const Expression& expression)
    {
        const auto isState = [](std::size_t variable) {
            return variable == WatchVariable::State || variable == WatchVariable::Previous;
        };
        if (!expression.uses(WatchVariable::State))
            return;
        const auto reads = expression.reads();
        isAll = isAll || !reads;
        for (const auto* list :
            { reads ? &reads->fields : nullptr, reads ? &reads->tests : nullptr })
            for (const Expression::Field& field : list ? *list : std::vector<Expression::Field>())
                if (isState(field.variable))
                    places.emplace_back(field.names.begin(), field.names.end());
    }

    [[nodiscard]] bool holds(const Path& place) const
    {
        return isAll || std::any_of(places.begin(), places.end(), [&](const Path& needed) {
            return overlap(needed, place);
        });
    }
};

/// Where a rule writes, or in what: of a pointer with expressions, what stands before the first.
Path placeOf(const EvolveRule& rule)
{
    if (rule.fixedPointer)
        return rule.fixedPointer->tokens();
    const QByteArray before = rule.pointerSource.left(rule.pointerSource.indexOf('{'));
    const auto fixed = JsonPointer::parse(viewOf(before.left(before.lastIndexOf('/'))));
    return fixed ? fixed->tokens() : Path();
}

bool isNeeded(const EventDefinition& event, const Needed& needed)
{
    if (event.kind != EvolveKind::Rules)
        return true;
    return std::any_of(event.rules.begin(), event.rules.end(),
        [&](const EvolveRule& rule) { return needed.holds(placeOf(rule)); });
}

} // namespace

WatchReach::WatchReach(const Evolver& evolver, const WatchExpression& expression)
    : m_readsStates(expression.readsStates())
{
    if (!m_readsStates)
        return;
    Needed needed;
    if (expression.fields())
        for (const Expression::Field& field : *expression.fields()) {
            if (field.variable == WatchVariable::State || field.variable == WatchVariable::Previous)
                needed.places.emplace_back(field.names.begin(), field.names.end());
        }
    else
        needed.isAll = true;
    const auto& events = evolver.workspace()->events();
    for (const EventDefinition& event : events)
        m_without.insert(event.type.toStdString());
    // Rules of a type that is needed may read what others write, until no further one is.
    for (bool grows = true; grows;) {
        grows = false;
        for (const EventDefinition& event : events) {
            const auto type = m_without.find(event.type.toStdString());
            if (type == m_without.end() || !isNeeded(event, needed))
                continue;
            m_without.erase(type);
            grows = true;
            for (const EvolveRule& rule : event.rules) {
                if (!rule.fixedPointer && rule.pointerSource.contains("state"))
                    needed.isAll = true;
                if (rule.value)
                    needed.addReadsOf(*rule.value);
            }
        }
    }
}

} // namespace eventloupe
