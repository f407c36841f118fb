#include "diff/listalignment.h"

#include "value/event.h"

#include <QHash>

#include <algorithm>
#include <cstdint>
#include <deque>
#include <string_view>
#include <unordered_map>

namespace eventloupe {

namespace {

using List = std::span<const JsonValue>;

constexpr int hashedLevels = 4;
/// Pairs of elements between two that stay, up to which the best pairing is looked for.
constexpr std::size_t mostLikenedPairs = 1024;

std::size_t hashOf(const JsonValue& value, int levels)
{
    const auto type
        = static_cast<std::size_t>(value.isNumber() ? JsonValue::Type::Int : value.type());
    if (value.isNumber())
        return qHash(value.toDouble() + 0.0, type); // 0.0: minus zero equals zero.
    if (value.isString())
        return qHash(QByteArrayView(value.toView()), type);
    std::size_t hash = qHash(value.size() + (value.toBool() ? 1 : 0), type);
    if (levels == 0)
        return hash;
    for (const JsonValue& element : value.elements())
        hash = hash * 31 + hashOf(element, levels - 1);
    for (const JsonValue::Member& member : value.members()) // In any order.
        hash += qHash(member.key, 17) * 31 ^ hashOf(member.value, levels - 1);
    return hash;
}

std::vector<std::size_t> hashesOf(List list)
{
    std::vector<std::size_t> hashes;
    hashes.reserve(list.size());
    for (const JsonValue& element : list)
        hashes.push_back(jsonHash(element));
    return hashes;
}

/// What two elements have in common, from 0 to 100, where one may have become the other.
int likeness(const JsonValue& old, const JsonValue& now)
{
    if (old.type() != now.type())
        return old.isNumber() && now.isNumber() ? 2 : 0;
    if (!old.isObject())
        return 2;
    qsizetype common = 0;
    for (const JsonValue::Member& member : old.members()) {
        const JsonValue* other = now.find(viewOf(member.key));
        common += other && *other == member.value ? 2 : 0;
    }
    const auto all = std::max<qsizetype>(old.size() + now.size(), 1);
    return static_cast<int>(2 + 98 * common / all);
}

/// For each two places the best sum of weights of pairs from there on that keep their order.
template <class Weight>
std::vector<std::uint32_t> bestSums(std::size_t rows, std::size_t columns, const Weight& weight)
{
    std::vector<std::uint32_t> best((rows + 1) * (columns + 1), 0);
    const auto at = [&](std::size_t i, std::size_t j) -> std::uint32_t& {
        return best[i * (columns + 1) + j];
    };
    for (std::size_t i = rows; i-- > 0;)
        for (std::size_t j = columns; j-- > 0;) {
            const std::uint32_t own = weight(i, j);
            const std::uint32_t paired = own == 0 ? 0 : own + at(i + 1, j + 1);
            at(i, j) = std::max({ paired, at(i + 1, j), at(i, j + 1) });
        }
    return best;
}

/// The pairs that make up the best sum.
template <class Weight>
std::vector<std::pair<std::size_t, std::size_t>> bestPairs(
    std::size_t rows, std::size_t columns, const Weight& weight)
{
    const auto best = bestSums(rows, columns, weight);
    const auto at
        = [&](std::size_t i, std::size_t j) { return best[i * (columns + 1) + j]; };
    std::vector<std::pair<std::size_t, std::size_t>> pairs;
    std::size_t i = 0;
    std::size_t j = 0;
    while (i < rows && j < columns) {
        const std::uint32_t own = weight(i, j);
        if (own != 0 && at(i, j) == own + at(i + 1, j + 1))
            pairs.emplace_back(i++, j++);
        else if (at(i + 1, j) >= at(i, j + 1))
            ++i;
        else
            ++j;
    }
    return pairs;
}

/// Equal elements of long lists, in an order that both have: each new one takes the first old one
/// that is left, and the longest increasing run of those stays.
std::vector<std::pair<std::size_t, std::size_t>> increasingPairs(
    const std::vector<std::size_t>& old, const std::vector<std::size_t>& now)
{
    std::unordered_map<std::size_t, std::deque<std::size_t>> places;
    for (std::size_t i = 0; i < old.size(); ++i)
        places[old[i]].push_back(i);
    std::vector<std::pair<std::size_t, std::size_t>> found;
    std::vector<std::size_t> ends; // By length, the run that ends lowest.
    std::vector<std::size_t> before; // In found; its own number where it begins a run.
    for (std::size_t j = 0; j < now.size(); ++j) {
        const auto place = places.find(now[j]);
        if (place == places.end() || place->second.empty())
            continue;
        const std::size_t i = place->second.front();
        place->second.pop_front();
        const auto end = std::lower_bound(ends.begin(), ends.end(), i,
            [&](std::size_t number, std::size_t value) { return found[number].first < value; });
        before.push_back(end == ends.begin() ? found.size() : *std::prev(end));
        if (end == ends.end())
            ends.push_back(found.size());
        else
            *end = found.size();
        found.emplace_back(i, j);
    }
    std::vector<std::pair<std::size_t, std::size_t>> pairs;
    for (std::size_t number = ends.empty() ? found.size() : ends.back(); number < found.size();) {
        pairs.push_back(found[number]);
        number = before[number] == number ? found.size() : before[number];
    }
    std::reverse(pairs.begin(), pairs.end());
    return pairs;
}

/// The elements that stay between those at the front and at the back.
std::vector<std::pair<std::size_t, std::size_t>> samePairs(List old, List now, SameValue same)
{
    if (same != isEqualJson) { // Such as compares with a pattern, which has no hash.
        if (old.size() * now.size() > mostLikenedPairs * 16)
            return {};
        return bestPairs(old.size(), now.size(),
            [&](std::size_t i, std::size_t j) { return same(old[i], now[j]) ? 1U : 0U; });
    }
    const auto oldHashes = hashesOf(old);
    const auto nowHashes = hashesOf(now);
    auto pairs = old.size() * now.size() > mostAlignedPairs
        ? increasingPairs(oldHashes, nowHashes)
        : bestPairs(old.size(), now.size(), [&](std::size_t i, std::size_t j) {
              return oldHashes[i] == nowHashes[j] ? 1U : 0U;
          });
    std::erase_if(pairs, [&](const auto& pair) { return old[pair.first] != now[pair.second]; });
    return pairs;
}

/// Puts down what stands between two elements that stay.
class Gaps {
public:
    Gaps(List old, List now)
        : m_old(old)
        , m_now(now)
    {
    }

    /// Everything before these places, from where the last call ended.
    void fillTo(std::size_t oldEnd, std::size_t nowEnd)
    {
        const std::size_t rows = oldEnd - m_nextOld;
        const std::size_t columns = nowEnd - m_nextNow;
        std::vector<std::pair<std::size_t, std::size_t>> pairs;
        if (rows == columns || rows * columns > mostLikenedPairs)
            for (std::size_t i = 0; i < std::min(rows, columns); ++i)
                pairs.emplace_back(i, i);
        else
            pairs = bestPairs(rows, columns, [&](std::size_t i, std::size_t j) {
                return static_cast<std::uint32_t>(
                    likeness(m_old[m_nextOld + i], m_now[m_nextNow + j]));
            });
        const std::size_t oldStart = m_nextOld;
        const std::size_t nowStart = m_nextNow;
        for (const auto& [i, j] : pairs) {
            fillPlain(oldStart + i, nowStart + j);
            pair(false);
        }
        fillPlain(oldEnd, nowEnd);
    }

    void pair(bool isSame)
    {
        m_elements.push_back({ static_cast<qsizetype>(m_nextOld++),
            static_cast<qsizetype>(m_nextNow++), isSame });
    }

    [[nodiscard]] std::vector<AlignedElement> take() { return std::move(m_elements); }

private:
    void fillPlain(std::size_t oldEnd, std::size_t nowEnd)
    {
        while (m_nextOld < oldEnd)
            m_elements.push_back({ static_cast<qsizetype>(m_nextOld++), -1, false });
        while (m_nextNow < nowEnd)
            m_elements.push_back({ -1, static_cast<qsizetype>(m_nextNow++), false });
    }

    List m_old;
    List m_now;
    std::size_t m_nextOld = 0;
    std::size_t m_nextNow = 0;
    std::vector<AlignedElement> m_elements;
};

} // namespace

bool isEqualJson(const JsonValue& old, const JsonValue& now)
{
    return old.sharesStorageWith(now) || old == now;
}

std::size_t jsonHash(const JsonValue& value)
{
    return hashOf(value, hashedLevels);
}

std::vector<AlignedElement> alignLists(List old, List now, SameValue same)
{
    const std::size_t common = std::min(old.size(), now.size());
    std::size_t front = 0;
    while (front < common && same(old[front], now[front]))
        ++front;
    std::size_t back = 0;
    while (back < common - front
        && same(old[old.size() - 1 - back], now[now.size() - 1 - back]))
        ++back;
    Gaps gaps(old, now);
    for (std::size_t i = 0; i < front; ++i)
        gaps.pair(true);
    const List oldMiddle = old.subspan(front, old.size() - front - back);
    const List nowMiddle = now.subspan(front, now.size() - front - back);
    for (const auto& [i, j] : samePairs(oldMiddle, nowMiddle, same)) {
        gaps.fillTo(front + i, front + j);
        gaps.pair(true);
    }
    gaps.fillTo(old.size() - back, now.size() - back);
    for (std::size_t i = 0; i < back; ++i)
        gaps.pair(true);
    return gaps.take();
}

std::vector<qsizetype> carriedElements(List old, List now)
{
    std::vector<qsizetype> carried(now.size(), -1);
    std::unordered_multimap<std::size_t, qsizetype> left; // Old ones without a place, by hash.
    const auto elements = alignLists(old, now);
    for (const AlignedElement& element : elements) {
        if (element.isSame)
            carried[static_cast<std::size_t>(element.now)] = element.old;
        else if (element.old >= 0)
            left.emplace(jsonHash(old[static_cast<std::size_t>(element.old)]), element.old);
    }
    if (left.empty())
        return carried;
    for (const AlignedElement& element : elements) {
        if (element.isSame || element.now < 0)
            continue;
        const JsonValue& value = now[static_cast<std::size_t>(element.now)];
        auto [place, end] = left.equal_range(jsonHash(value));
        while (place != end && !isEqualJson(old[static_cast<std::size_t>(place->second)], value))
            ++place;
        if (place == end)
            continue;
        carried[static_cast<std::size_t>(element.now)] = place->second;
        left.erase(place);
    }
    return carried;
}

} // namespace eventloupe
