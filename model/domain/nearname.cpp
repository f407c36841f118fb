#include "domain/nearname.h"

#include "domain/domaintext.h"

#include <algorithm>
#include <vector>

namespace eventloupe {

namespace {

constexpr qsizetype longestName = 100;

/// Insertions, deletions, replacements and swaps of neighbours that lead from one to the other
/// (the optimal string alignment distance).
int editDistance(const QString& from, const QString& to)
{
    const auto width = static_cast<std::size_t>(to.size()) + 1;
    std::vector<int> beforeLast(width);
    std::vector<int> last(width);
    std::vector<int> row(width);
    for (std::size_t j = 0; j < width; ++j)
        row[j] = static_cast<int>(j);
    for (qsizetype i = 1; i <= from.size(); ++i) {
        beforeLast.swap(last);
        last.swap(row);
        row[0] = static_cast<int>(i);
        for (std::size_t j = 1; j < width; ++j) {
            const auto at = static_cast<qsizetype>(j);
            const int replaced = last[j - 1] + (from[i - 1] == to[at - 1] ? 0 : 1);
            row[j] = std::min({ last[j] + 1, row[j - 1] + 1, replaced });
            if (i > 1 && j > 1 && from[i - 1] == to[at - 2] && from[i - 2] == to[at - 1])
                row[j] = std::min(row[j], beforeLast[j - 2] + 1);
        }
    }
    return row.back();
}

} // namespace

QString nearestName(const QString& name, const QStringList& candidates)
{
    QString nearest;
    int smallest = std::max(1, static_cast<int>(std::min(name.size(), longestName)) / 3) + 1;
    for (const QString& candidate : candidates) {
        if (name.size() > longestName || candidate.size() > longestName)
            continue;
        const int distance = editDistance(name.toLower(), candidate.toLower());
        if (distance < smallest) {
            smallest = distance;
            nearest = candidate;
        }
    }
    return nearest;
}

QString didYouMean(const QString& name, const QStringList& candidates)
{
    const QString nearest = nearestName(name, candidates);
    return nearest.isEmpty() ? QString() : DomainText::tr(", did you mean '%1'?").arg(nearest);
}

} // namespace eventloupe
