#include "projection/projectionhistory.h"

#include <algorithm>
#include <bit>
#include <limits>

namespace eventloupe {

namespace {

constexpr std::size_t segmentWords = (1U << 20U) / sizeof(quint64);
constexpr std::size_t wordsBesideCells = 2;
constexpr int changesAhead = 16;
constexpr std::size_t bytesOfAnOrder = 24; ///< That a view holds of a row: see ProjectionView.

qint64 bytesOf(const ProjectionTable& table)
{
    return static_cast<qint64>(table.words.size() * sizeof(quint64));
}

} // namespace

Result<std::shared_ptr<ProjectionHistory>> ProjectionHistory::create(
    std::size_t cellsOfARow, const Bounds& bounds)
{
    auto file = ScratchFile::create(bounds.scratch);
    if (!file)
        return file.error();
    std::shared_ptr<ProjectionHistory> history(new ProjectionHistory(cellsOfARow, bounds));
    history->m_file = std::move(*file);
    return history;
}

ProjectionHistory::ProjectionHistory(std::size_t cellsOfARow, const Bounds& bounds)
    : m_bounds(bounds)
    , m_head(cellsOfARow)
    , m_index(std::make_shared<const Index>())
{
}

bool ProjectionHistory::openSegment(Position base)
{
    char* memory = m_file->allocate(segmentWords * sizeof(quint64));
    if (memory == nullptr)
        return false;
    m_next.segments.push_back({ reinterpret_cast<quint64*>(memory), 0, base });
    return true;
}

bool ProjectionHistory::add(Position position, RowNumber row, quint64 flags, const quint64* cells)
{
    if (m_sinceCheckpoint >= m_interval && position > m_head.position)
        keepCheckpoint();
    const auto count
        = static_cast<std::size_t>(std::popcount(flags & ProjectionTable::Change::cells));
    const bool fits = !m_next.segments.empty()
        && m_next.segments.back().used + wordsBesideCells + count <= segmentWords
        && position - m_next.segments.back().base <= std::numeric_limits<quint32>::max();
    if (!fits && !openSegment(position))
        return false;
    Segment& segment = m_next.segments.back();
    quint64* at = segment.words + segment.used;
    *at++ = static_cast<quint64>(row) << 32U | static_cast<quint64>(position - segment.base);
    *at++ = flags;
    std::copy_n(cells, count, at);
    segment.used += wordsBesideCells + count;
    m_head.apply(position, row, flags, cells);
    ++m_sinceCheckpoint;
    ++m_next.changes;
    return true;
}

void ProjectionHistory::keepCheckpoint()
{
    m_sinceCheckpoint = 0;
    auto checkpoint = std::make_shared<Checkpoint>();
    checkpoint->table = m_head;
    checkpoint->cursor = { m_next.segments.size() - 1, m_next.segments.back().used };
    m_next.checkpointBytes += bytesOf(checkpoint->table);
    m_next.checkpoints.push_back(std::move(checkpoint));
    thinOut();
}

void ProjectionHistory::thinOut()
{
    const qint64 most = std::min(m_bounds.checkpoints, m_bounds.memory - m_next.rowBytes);
    auto& all = m_next.checkpoints;
    while (m_next.checkpointBytes > most && !all.empty()) {
        std::vector<std::shared_ptr<const Checkpoint>> half;
        m_next.checkpointBytes = 0;
        for (std::size_t i = 1; i < all.size(); i += 2) {
            m_next.checkpointBytes += bytesOf(all[i]->table);
            half.push_back(all[i]);
        }
        all.swap(half);
        m_interval *= 2;
    }
}

bool ProjectionHistory::setFoldBytes(qint64 bytes)
{
    // Of the head, and of the copy of it that is read.
    const auto tables = static_cast<qint64>(m_head.words.capacity() * sizeof(quint64))
        + bytesOf(m_head) + static_cast<qint64>(m_head.rows() * bytesOfAnOrder);
    m_next.rowBytes = bytes + tables;
    m_next.rows = static_cast<qint64>(m_head.rows());
    thinOut();
    return m_next.rowBytes <= m_bounds.memory;
}

void ProjectionHistory::addFailure(RowNumber row, const ProjectionFailure& failure)
{
    const std::lock_guard lock(m_mutex);
    if (m_failures.size() < mostFailures || row == ProjectionTable::Change::noRow)
        m_failures.try_emplace(row, failure);
}

void ProjectionHistory::publish(Position upTo)
{
    m_next.upTo = upTo;
    m_next.scratchBytes = m_file->size();
    auto index = std::make_shared<const Index>(m_next);
    const std::lock_guard lock(m_mutex);
    m_index.swap(index);
}

std::shared_ptr<const ProjectionHistory::Index> ProjectionHistory::index() const
{
    const std::lock_guard lock(m_mutex);
    return m_index;
}

Position ProjectionHistory::publishedTo() const
{
    return index()->upTo;
}

Position ProjectionHistory::seek(
    ProjectionTable& table, Cursor& cursor, Position position, Changed* changed) const
{
    Changed ignored { true, {} };
    Changed& noted = changed != nullptr ? *changed : ignored;
    const auto known = index();
    position = std::min(position, known->upTo);
    const auto& checkpoints = known->checkpoints;
    const auto behind = std::upper_bound(checkpoints.begin(), checkpoints.end(), position,
        [](Position at, const auto& kept) { return at < kept->table.position; });
    const Checkpoint* nearest = behind == checkpoints.begin() ? nullptr : std::prev(behind)->get();
    const bool goesOn = table.position <= position
        && (nearest == nullptr || nearest->table.position <= table.position);
    noted.isAny = noted.isAny || !goesOn;
    if (!goesOn && nearest != nullptr) {
        table = nearest->table;
        cursor = nearest->cursor;
    } else if (!goesOn) {
        table.clear();
        cursor = {};
    }
    goTo(*known, table, cursor, position, noted);
    return position;
}

namespace {

std::size_t wordsOf(const quint64* change)
{
    return wordsBesideCells
        + static_cast<std::size_t>(std::popcount(change[1] & ProjectionTable::Change::cells));
}

RowNumber rowOf(const quint64* change)
{
    return static_cast<RowNumber>(change[0] >> 32U);
}

} // namespace

void ProjectionHistory::goTo(
    const Index& index, ProjectionTable& table, Cursor& cursor, Position position, Changed& changed)
{
    for (; cursor.segment < index.segments.size(); ++cursor.segment, cursor.word = 0) {
        const Segment& segment = index.segments[cursor.segment];
        const auto last = static_cast<quint64>(
            std::clamp<Position>(position - segment.base, 0, std::numeric_limits<quint32>::max()));
        if (position < segment.base)
            return;
        // The rows of the next changes are fetched meanwhile: they lie all over the table.
        std::size_t ahead = cursor.word;
        for (int lead = 0; cursor.word < segment.used; --lead) {
            for (; lead < changesAhead && ahead < segment.used; ++lead) {
                table.prefetch(rowOf(segment.words + ahead));
                ahead += wordsOf(segment.words + ahead);
            }
            const quint64* at = segment.words + cursor.word;
            const quint64 offset = at[0] & 0xffffffffU;
            if (offset > last)
                return;
            table.apply(segment.base + static_cast<Position>(offset), rowOf(at), at[1],
                at + wordsBesideCells);
            if (!changed.isAny)
                changed.rows.push_back(rowOf(at));
            changed.isAny = changed.isAny || changed.rows.size() > Changed::mostRows;
            cursor.word += wordsOf(at);
        }
        // The last one may yet get more.
        if (cursor.segment + 1 == index.segments.size())
            return;
    }
}

ProjectionFailure ProjectionHistory::failureOf(RowNumber row) const
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_failures.find(row);
    return found == m_failures.end() ? ProjectionFailure() : found->second;
}

ProjectionHistory::Figures ProjectionHistory::figures() const
{
    const auto known = index();
    return { known->changes, known->scratchBytes, static_cast<qint64>(known->checkpoints.size()),
        known->checkpointBytes, known->rows, known->rowBytes };
}

} // namespace eventloupe
