#include "watch/watchpoint.h"

#include "value/json.h"

#include <algorithm>

namespace eventloupe {

namespace {

using Kind = WatchOutcome::Kind;

bool areEqual(const QByteArray& left, const QByteArray& right)
{
    if (left == right)
        return true;
    const auto one = parseStoredJson(viewOf(left));
    const auto other = parseStoredJson(viewOf(right));
    return one && other && *one == *other;
}

} // namespace

QByteArray WatchOutcome::json() const
{
    switch (kind) {
    case Kind::False:
        return QByteArrayLiteral("false");
    case Kind::True:
        return QByteArrayLiteral("true");
    case Kind::Other:
        return text;
    default:
        return {};
    }
}

bool isWatchPoint(const WatchOutcome& before, const WatchOutcome& now)
{
    switch (now.kind) {
    case Kind::True:
        return before.kind != Kind::True;
    case Kind::Absent:
        return before.kind == Kind::Other;
    case Kind::Other:
        return before.kind != Kind::Other || !areEqual(before.text, now.text);
    default:
        return false;
    }
}

void WatchFailures::add(const WatchFailures& other)
{
    failed += other.failed;
    missing += other.missing;
    if (other.firstMissing
        && (!firstMissing || other.firstMissing->position < firstMissing->position))
        firstMissing = other.firstMissing;
    const auto middle = static_cast<std::ptrdiff_t>(listed.size());
    listed.insert(listed.end(), other.listed.begin(), other.listed.end());
    std::inplace_merge(listed.begin(), listed.begin() + middle, listed.end(),
        [](const WatchFailure& left, const WatchFailure& right) {
            return left.position < right.position;
        });
    if (listed.size() > mostListed)
        listed.resize(mostListed);
}

} // namespace eventloupe
