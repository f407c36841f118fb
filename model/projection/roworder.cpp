#include "projection/roworder.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <utility>

namespace eventloupe {

namespace {

/// So few are sorted at once, and scrolling costs nothing then.
constexpr qint64 quicklySorted = 20'000;
constexpr std::size_t sortedBetweenLooks = 64 * 1024; ///< At the token, of all to be sorted.
constexpr std::size_t sampled = 16 * 1024; ///< Rows by which the ends of a page are guessed.
constexpr double deviations = 4; ///< That a guess may be off.
constexpr std::size_t prefixSample = 64; ///< Texts by which a prefix is guessed.
constexpr std::size_t ahead = 16; ///< Rows whose texts are fetched meanwhile.
constexpr quint8 highestRank = 3; ///< Of a value.

} // namespace

/// What comes first: by rank and key, by the cells where those are the same, and then as the rows
/// came.
class RowOrder::Before {
public:
    Before(const RowOrder& order, const ProjectionTable& table)
        : m_order(order)
        , m_table(table)
        , m_cell(static_cast<std::size_t>(order.m_sortedBy))
    {
    }

    bool operator()(RowNumber left, RowNumber right) const
    {
        const int step = compareKeys(left, right);
        return step != 0 ? step < 0 : isAlikeBefore(left, right);
    }
    [[nodiscard]] int compareKeys(RowNumber left, RowNumber right) const
    {
        const quint8 ours = m_order.m_ranks[left];
        const quint8 theirs = m_order.m_ranks[right];
        if (ours != theirs)
            return ours < theirs ? -1 : 1;
        const quint64 key = m_order.m_keys[left];
        const quint64 other = m_order.m_keys[right];
        return key == other ? 0 : (key < other ? -1 : 1);
    }
    /// Of rows whose keys are the same. A key may be of a cell that is no longer there.
    [[nodiscard]] bool isAlikeBefore(RowNumber left, RowNumber right) const
    {
        if (m_order.m_ranks[left] == last)
            return left < right;
        const Cell ours = m_table.cell(left, m_cell);
        const Cell theirs = m_table.cell(right, m_cell);
        if (ours.kind() != theirs.kind())
            return ours.kind() < theirs.kind();
        const int step = compareAlike(ours, theirs);
        return step != 0 ? (step < 0) != m_order.m_isDescending : left < right;
    }
    void prefetch(RowNumber row) const { m_table.cell(row, m_cell).prefetch(); }

private:
    const RowOrder& m_order;
    const ProjectionTable& m_table;
    std::size_t m_cell;
};

void RowOrder::restart(int sortedBy, bool isDescending)
{
    m_sortedBy = sortedBy;
    m_isDescending = isDescending;
    m_knowsPrefix = false;
    m_prefix.clear();
    m_ranks.clear();
    m_keys.clear();
    m_sorted.clear();
    m_count = 0;
    m_failures = 0;
}

void RowOrder::resize(std::size_t rows)
{
    for (std::size_t row = rows; row < m_ranks.size(); ++row)
        place(static_cast<RowNumber>(row), hidden, 0);
    m_ranks.resize(rows, hidden);
    if (m_sortedBy >= 0)
        m_keys.resize(rows);
}

void RowOrder::place(RowNumber row, quint8 rank, quint64 key)
{
    const quint8 before = std::exchange(m_ranks[row], rank);
    m_count += static_cast<int>(rank < hidden) - static_cast<int>(before < hidden);
    m_failures += static_cast<int>(rank == failed) - static_cast<int>(before == failed);
    bool isSame = before == rank;
    if (m_sortedBy >= 0)
        isSame = std::exchange(m_keys[row], key) == key && isSame && rank >= hidden;
    if (!isSame)
        m_sorted.clear();
}

void RowOrder::show(const ProjectionTable& table, RowNumber row)
{
    if (m_sortedBy < 0) {
        place(row, 0, 0);
        return;
    }
    if (!m_knowsPrefix)
        learnPrefix(table);
    const auto order = orderOf(table.cell(row, static_cast<std::size_t>(m_sortedBy)), m_prefix);
    if (order.rank > highestRank)
        place(row, last, 0);
    else if (m_isDescending)
        place(row, highestRank - order.rank, ~order.key);
    else
        place(row, order.rank, order.key);
}

/// Of texts that begin alike, as the names of streams do, the keys would all be the same.
void RowOrder::learnPrefix(const ProjectionTable& table)
{
    m_knowsPrefix = true;
    bool isFirst = true;
    std::string buffer;
    const std::size_t step = std::max<std::size_t>(table.rows() / prefixSample, 1);
    for (std::size_t row = 0; row < table.rows(); row += step) {
        const Cell cell
            = table.cell(static_cast<RowNumber>(row), static_cast<std::size_t>(m_sortedBy));
        if (cell.kind() != Cell::Kind::Text)
            continue;
        const std::string text = foldedText(cell.toText(buffer));
        if (std::exchange(isFirst, false))
            m_prefix = text;
        const auto [end, other]
            = std::mismatch(m_prefix.begin(), m_prefix.end(), text.begin(), text.end());
        m_prefix.erase(end, m_prefix.end());
    }
}

std::optional<RowNumber> RowOrder::firstFailure() const
{
    const void* found
        = m_failures > 0 ? std::memchr(m_ranks.data(), failed, m_ranks.size()) : nullptr;
    if (found == nullptr)
        return std::nullopt;
    return static_cast<RowNumber>(static_cast<const quint8*>(found) - m_ranks.data());
}

std::vector<RowNumber> RowOrder::shown() const
{
    std::vector<RowNumber> all;
    all.reserve(static_cast<std::size_t>(m_count));
    for (std::size_t row = 0; row < m_ranks.size(); ++row) {
        if (m_ranks[row] < hidden)
            all.push_back(static_cast<RowNumber>(row));
    }
    return all;
}

std::vector<RowNumber> RowOrder::unsortedRows(std::size_t first, std::size_t limit) const
{
    std::vector<RowNumber> page;
    for (std::size_t row = 0; row < m_ranks.size() && page.size() < limit; ++row) {
        if (m_ranks[row] >= hidden)
            continue;
        if (first > 0)
            --first;
        else
            page.push_back(static_cast<RowNumber>(row));
    }
    return page;
}

std::vector<RowNumber> RowOrder::rows(
    const ProjectionTable& table, std::size_t first, std::size_t limit)
{
    const auto count = static_cast<std::size_t>(m_count);
    first = std::min(first, count);
    const std::size_t end = first + std::min(limit, count - first);
    if (first == end)
        return {};
    if (m_sortedBy < 0)
        return unsortedRows(first, end - first);
    if (m_sorted.empty() && (m_count <= quicklySorted || end - first == count)) {
        m_sorted = shown();
        std::sort(m_sorted.begin(), m_sorted.end(), Before(*this, table));
    }
    if (m_sorted.empty())
        return selected(table, first, end);
    const auto begin = m_sorted.begin();
    return { begin + static_cast<std::ptrdiff_t>(first), begin + static_cast<std::ptrdiff_t>(end) };
}

/// Rows that are shown, evenly over all rows.
std::vector<RowNumber> RowOrder::sample() const
{
    std::vector<RowNumber> some;
    const std::size_t step = std::max<std::size_t>(static_cast<std::size_t>(m_count) / sampled, 1);
    for (std::size_t row = 0; row < m_ranks.size(); row += step) {
        if (m_ranks[row] < hidden)
            some.push_back(static_cast<RowNumber>(row));
    }
    return some;
}

/// The ends of the page are guessed by a sample, with room on both sides; only what is between them
/// is sorted. Where the guess was wrong, all of it is.
std::vector<RowNumber> RowOrder::selected(
    const ProjectionTable& table, std::size_t first, std::size_t end) const
{
    const Before isBefore(*this, table);
    auto guide = sample();
    std::sort(guide.begin(), guide.end(), isBefore);
    const double share = static_cast<double>(guide.size()) / static_cast<double>(m_count);
    const double room = deviations * std::sqrt(static_cast<double>(guide.size())) / 2 + 1;
    const double low = static_cast<double>(first) * share - room;
    const double high = static_cast<double>(end) * share + room;
    const RowNumber none = ProjectionTable::Change::noRow;
    const bool isHighInside = high < static_cast<double>(guide.size());
    std::vector<RowNumber> found;
    std::size_t before = between(isBefore, low < 0 ? none : guide[static_cast<std::size_t>(low)],
        isHighInside ? guide[static_cast<std::size_t>(high)] : none, found);
    if (before > first || before + found.size() < end) {
        before = 0;
        found = shown();
    }
    const auto at = [&](std::size_t place) {
        return found.begin() + static_cast<std::ptrdiff_t>(place - before);
    };
    if (first > before)
        std::nth_element(found.begin(), at(first), found.end(), isBefore);
    if (end < before + found.size())
        std::nth_element(at(first), at(end), found.end(), isBefore);
    std::sort(at(first), at(end), isBefore);
    return { at(first), at(end) };
}

std::size_t RowOrder::between(
    const Before& isBefore, RowNumber low, RowNumber high, std::vector<RowNumber>& found) const
{
    const RowNumber none = ProjectionTable::Change::noRow;
    std::size_t before = 0;
    std::vector<RowNumber> alike; // Their texts lie elsewhere.
    for (std::size_t i = 0; i < m_ranks.size(); ++i) {
        if (m_ranks[i] >= hidden)
            continue;
        const auto row = static_cast<RowNumber>(i);
        const int toLow = low == none ? 1 : isBefore.compareKeys(row, low);
        const int toHigh = high == none ? -1 : isBefore.compareKeys(row, high);
        if (toLow < 0)
            ++before;
        else if (toLow == 0 || toHigh == 0)
            alike.push_back(row);
        else if (toHigh < 0)
            found.push_back(row);
    }
    for (std::size_t i = 0; i < alike.size(); ++i) {
        if (i + ahead < alike.size())
            isBefore.prefetch(alike[i + ahead]);
        if (low != none && isBefore(alike[i], low))
            ++before;
        else if (high == none || isBefore(alike[i], high))
            found.push_back(alike[i]);
    }
    return before;
}

/// Halves what is long, so that between two pieces it can end.
bool RowOrder::sortAll(const ProjectionTable& table, const std::function<bool()>& isCancelled)
{
    if (m_sortedBy < 0)
        return !isCancelled();
    const Before isBefore(*this, table);
    auto all = shown();
    const auto at
        = [&](std::size_t place) { return all.begin() + static_cast<std::ptrdiff_t>(place); };
    std::vector<std::pair<std::size_t, std::size_t>> pieces { { 0, all.size() } };
    while (!pieces.empty()) {
        if (isCancelled())
            return false;
        const auto [first, end] = pieces.back();
        pieces.pop_back();
        if (end - first <= sortedBetweenLooks) {
            std::sort(at(first), at(end), isBefore);
            continue;
        }
        const std::size_t middle = first + (end - first) / 2;
        std::nth_element(at(first), at(middle), at(end), isBefore);
        pieces.emplace_back(first, middle);
        pieces.emplace_back(middle, end);
    }
    m_sorted = std::move(all);
    return true;
}

qint64 RowOrder::bytes() const
{
    return static_cast<qint64>(m_ranks.capacity() * sizeof(quint8)
        + m_keys.capacity() * sizeof(quint64) + m_sorted.capacity() * sizeof(RowNumber));
}

} // namespace eventloupe
