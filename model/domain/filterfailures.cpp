#include "domain/filterfailures.h"

#include "domain/domaintext.h"

namespace eventloupe {

void FilterFailures::Kind::add(const Kind& others)
{
    if (others.events == 0)
        return;
    if (events == 0 || others.first < first) {
        first = others.first;
        reason = others.reason;
    }
    events += others.events;
}

void FilterFailures::add(const FilterFailures& others)
{
    missing.add(others.missing);
    failed.add(others.failed);
}

QStringList FilterFailures::toTexts(const QString& subject) const
{
    QStringList texts;
    for (const Kind* kind : { &failed, &missing }) {
        if (kind->events == 0)
            continue;
        const auto text = kind->events == 1
            ? DomainText::tr("%1 could not be evaluated for one event, at position %2: %3")
                  .arg(subject)
            : DomainText::tr(
                "%1 could not be evaluated for %2 events, the first at position %3: %4")
                  .arg(subject)
                  .arg(kind->events);
        texts.append(text.arg(kind->first).arg(kind->reason));
    }
    return texts;
}

} // namespace eventloupe
