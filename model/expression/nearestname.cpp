#include "expression/nearestname.h"

#include <QCoreApplication>

#include <algorithm>
#include <numeric>
#include <vector>

namespace eventloupe {

namespace {

/// Damerau-Levenshtein distance of adjacent keys: insert, delete, replace, swap. Letter case costs
/// nothing.
std::size_t distance(std::string_view left, std::string_view right)
{
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
    std::vector<std::size_t> before(right.size() + 1);
    std::vector<std::size_t> last(right.size() + 1);
    std::vector<std::size_t> row(right.size() + 1);
    std::iota(last.begin(), last.end(), 0U);
    for (std::size_t i = 1; i <= left.size(); ++i) {
        row[0] = i;
        for (std::size_t j = 1; j <= right.size(); ++j) {
            const char a = lower(left[i - 1]);
            const char b = lower(right[j - 1]);
            row[j] = std::min({ last[j] + 1, row[j - 1] + 1, last[j - 1] + (a == b ? 0U : 1U) });
            if (i > 1 && j > 1 && a == lower(right[j - 2]) && b == lower(left[i - 2])) {
                row[j] = std::min(row[j], before[j - 2] + 1);
            }
        }
        before.swap(last);
        last.swap(row);
    }
    return last.back();
}

} // namespace

std::string_view nearestName(std::string_view name, std::span<const std::string_view> known)
{
    constexpr std::size_t longestName = 100;
    std::string_view nearest;
    std::size_t least = name.size() < 4 ? 2 : 3;
    if (name.size() > longestName) {
        return {};
    }
    for (const auto candidate : known) {
        // Names are at least as far apart as they differ in length.
        const auto longer = std::max(name.size(), candidate.size());
        if (longer > longestName || longer - std::min(name.size(), candidate.size()) >= least) {
            continue;
        }
        const auto apart = distance(name, candidate);
        if (apart < least) {
            least = apart;
            nearest = candidate;
        }
    }
    return nearest;
}

QString nearestNameHint(std::string_view name, std::span<const std::string_view> known)
{
    const std::string_view nearest = nearestName(name, known);
    if (nearest.empty()) {
        return {};
    }
    return QCoreApplication::translate("Expression", ", did you mean '%1'?")
        .arg(QString::fromUtf8(nearest.data(), static_cast<qsizetype>(nearest.size())));
}

} // namespace eventloupe
