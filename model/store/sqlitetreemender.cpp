#include "store/sqlitetreemender.h"

#include "store/sqliteheader.h"
#include "store/sqlitetablerows.h"

#include <QCoreApplication>
#include <QFile>
#include <QtEndian>

#include <algorithm>
#include <limits>
#include <map>
#include <utility>
#include <vector>

namespace eventloupe {

namespace {

using Header = SqliteHeader;

constexpr int smallestUsable = 480; ///< Of a page, as SQLite has it.
constexpr int deepestTree = 20; ///< As SQLite has it (BTCURSOR_MAX_DEPTH).
constexpr quint32 pagesBetweenLooks = 256;

QString tr(const char* text)
{
    return QCoreApplication::translate("SqliteTreeMender", text);
}

Error cancelled()
{
    return { ErrorCode::Cancelled, tr("cancelled") };
}

/// Works on a copy that nothing else has open.
class TreeMender final {
public:
    TreeMender(const QString& path, TableRoots roots, quint32 lastRoot, const Progress& progress,
        const CancelToken& cancel)
        : m_file(path)
        , m_roots(std::move(roots))
        , m_lastRoot(lastRoot)
        , m_progress(progress)
        , m_cancel(cancel)
    {
    }

    /// False where the trees lead to all leaves, and to nothing behind the file's end.
    Result<bool> run()
    {
        if (!m_file.open(QIODevice::ReadWrite) || !readHeader())
            return failure();
        // Above the pages that a hostile file has, and in each other's place.
        std::vector<quint32> pages;
        for (const auto& [table, root] : m_roots)
            pages.push_back(root);
        std::ranges::sort(pages);
        if (pages.front() < 2 || pages.back() > m_pages
            || std::ranges::adjacent_find(pages) != pages.end())
            return false;
        if (const auto found = findLeaves(); !found)
            return found.error();
        std::map<StoreTable, Pieces> found;
        bool isBroken = false; // Also where the last leaf was cut off: where the log ends is asked.
        for (const auto& [table, root] : m_roots) {
            m_damaged.clear();
            walk(table, root, std::numeric_limits<qint64>::min(),
                std::numeric_limits<qint64>::max(), 0);
            const Pieces& pieces = found.emplace(table, choose(table)).first->second;
            isBroken = isBroken || m_isCut || std::ranges::any_of(pieces, [](const auto& piece) {
                return piece.second.reach == Reach::Lost;
            });
        }
        if (!isBroken)
            return false;
        // All of them: an inner page of a file that was cut may lead to where new pages come.
        for (const auto& [table, root] : m_roots)
            if (!build(found[table], root))
                return failure();
        return writeHeader() ? Result(true) : failure();
    }

private:
    enum class Reach : quint8 { Reached, Lost, Damaged }; ///< Best first.
    struct Leaf {
        quint32 page = 0;
        int cells = 0;
        qint64 first = 0; ///< Of the rows that are looked for there,
        qint64 last = 0; ///< to this one.
        std::optional<StoreTable> table; ///< Nothing: no record tells.
        Reach reach = Reach::Lost;
    };
    using Pieces = std::map<qint64, Leaf>; ///< By their first rows; none overlaps another.

    [[nodiscard]] Error failure() const
    {
        return { ErrorCode::InputOutput,
            tr("%1 cannot be used: %2.").arg(m_file.fileName(), m_file.errorString()) };
    }

    bool readHeader()
    {
        m_header = m_file.read(Header::size);
        if (m_header.size() < Header::size)
            return false;
        const Header header(m_header);
        m_pageSize = header.pageSize();
        m_usable = header.usableSize();
        m_pages = m_pageSize < Header::smallestPage
            ? 0
            : static_cast<quint32>(m_file.size() / m_pageSize);
        m_isSeen.resize(std::size_t { m_pages } + 1);
        return m_pages > 0 && m_usable >= smallestUsable;
    }

    bool seek(quint32 page) { return m_file.seek((qint64 { page } - 1) * m_pageSize); }
    QByteArray read(quint32 page)
    {
        return page <= m_pages && seek(page) ? m_file.read(m_pageSize) : QByteArray();
    }
    bool write(quint32 page, const QByteArray& content)
    {
        return seek(page) && m_file.write(content) == content.size();
    }

    /// SQLite leaves out the one that it takes locks on (1.3.3).
    quint32 addPage()
    {
        constexpr qint64 lockByte = 0x40000000;
        ++m_pages;
        if (m_pages == lockByte / m_pageSize + 1)
            ++m_pages;
        return m_pages;
    }
    [[nodiscard]] bool isRoot(quint32 page) const
    {
        return std::ranges::any_of(
            m_roots, [page](const auto& root) { return root.second == page; });
    }

    Result<void> findLeaves()
    {
        for (quint32 page = 2; page <= m_pages; ++page) {
            if (page % pagesBetweenLooks == 0) {
                if (m_cancel.isCancelled())
                    return cancelled();
                m_progress.setDone(qint64 { m_pages } + page);
            }
            const QByteArray content = read(page);
            if (content.size() < m_pageSize)
                return failure();
            if (const auto leaf = readTableLeaf(content, m_usable))
                m_leaves.push_back({ page, leaf->cells, leaf->first, leaf->last, leaf->table });
        }
        return {};
    }

    /// Marks the leaves below a page, whose rows should be from..to, and notes what is none.
    void walk(StoreTable table, quint32 page, qint64 from, qint64 to, int depth)
    {
        if (page <= m_pages) {
            if (m_isSeen[page] || (depth > 0 && isRoot(page)))
                return;
            m_isSeen[page] = true;
        } else {
            m_isCut = true;
        }
        const auto leaf = std::ranges::lower_bound(m_leaves, page, {}, &Leaf::page);
        if (leaf != m_leaves.end() && leaf->page == page && leaf->table.value_or(table) == table) {
            leaf->table = table;
            leaf->reach = Reach::Reached;
            // One row id of it may be damaged, which is no reason to lose the others.
            if (std::max(leaf->first, from) <= std::min(leaf->last, to)) {
                leaf->first = std::max(leaf->first, from);
                leaf->last = std::min(leaf->last, to);
            }
            return;
        }
        const auto children = depth < deepestTree ? readTableInterior(read(page), m_usable)
                                                  : std::vector<TableChild>();
        // Behind the last row, and behind the file's end, there is nothing that could be told.
        if (children.empty() && page <= m_pages && to < std::numeric_limits<qint64>::max()
            && from <= to)
            m_damaged.push_back({ page, 0, from, to, table, Reach::Damaged });
        for (const TableChild& child : children) {
            walk(table, child.page, from, std::min(child.last, to), depth + 1);
            from = child.last < to ? child.last + 1 : to;
        }
    }

    /// What the table consists of. What a tree leads to comes first, then what has more rows; pages
    /// that are damaged stay where nothing is found in their place, so that a read tells of them.
    Pieces choose(StoreTable table)
    {
        std::vector<Leaf> found;
        for (const Leaf& leaf : m_leaves)
            if (leaf.table == table && (leaf.reach == Reach::Reached || !isRoot(leaf.page)))
                found.push_back(leaf);
        found.insert(found.end(), m_damaged.begin(), m_damaged.end());
        std::ranges::stable_sort(found, [](const Leaf& one, const Leaf& other) {
            return one.reach != other.reach ? one.reach < other.reach : one.cells > other.cells;
        });
        Pieces pieces;
        for (const Leaf& leaf : found) {
            const auto next = pieces.lower_bound(leaf.first);
            const bool isFree = (next == pieces.end() || next->first > leaf.last)
                && (next == pieces.begin() || std::prev(next)->second.last < leaf.first);
            if (isFree)
                pieces.emplace_hint(next, leaf.first, leaf);
        }
        return pieces;
    }

    /// Puts new interior pages above the pieces, at the file's end, and the last one at the root.
    bool build(const Pieces& pieces, quint32 root)
    {
        if (pieces.empty()) // Of a root that is damaged, reads tell.
            return readTableInterior(read(root), m_usable).empty()
                || write(root, makeEmptyTable(m_pageSize, m_usable));
        if (pieces.size() == 1 && pieces.begin()->second.page == root)
            return true;
        std::vector<TableChild> level;
        for (const auto& [first, leaf] : pieces) {
            level.push_back({ leaf.page, leaf.last });
            // The root was a leaf, and all there was.
            if (leaf.page == root) {
                level.back().page = addPage();
                if (!write(m_pages, read(root)))
                    return false;
            }
        }
        if (level.size() == 1)
            return write(root, read(level.front().page));
        const std::size_t most = mostTableChildren(m_usable);
        while (level.size() > most) {
            std::vector<TableChild> above;
            const std::size_t groups = (level.size() + most - 1) / most;
            for (std::size_t i = 0; i < groups; ++i) {
                const std::size_t begin = level.size() * i / groups;
                const std::size_t end = level.size() * (i + 1) / groups;
                above.push_back({ addPage(), level[end - 1].last });
                const auto below = std::span(level).subspan(begin, end - begin);
                if (!write(m_pages, makeTableInterior(below, m_pageSize, m_usable)))
                    return false;
            }
            level = std::move(above);
        }
        return write(root, makeTableInterior(level, m_pageSize, m_usable));
    }

    /// The file is as many pages as it has now, none of them free. Where one that was cut begins an
    /// index behind them, it says that it is longer, so that it is read as one that was cut: else
    /// SQLite refuses its schema. The pages are not made, since there might be any number.
    bool writeHeader()
    {
        char* const header = m_header.data();
        header[Header::versionsAt] = header[Header::versionsAt + 1] = Header::rollbackVersion;
        qToBigEndian(std::max(m_pages, m_lastRoot), header + Header::pageCountAt);
        qToBigEndian(quint64 { 0 }, header + Header::freePagesAt);
        std::copy_n(header + Header::changeCounterAt, sizeof(quint32),
            header + Header::versionValidForAt);
        return write(1, m_header) && m_file.flush();
    }

    QFile m_file;
    TableRoots m_roots;
    quint32 m_lastRoot; ///< Of the indexes as well.
    const Progress& m_progress;
    const CancelToken& m_cancel;
    QByteArray m_header;
    int m_pageSize = 0;
    int m_usable = 0; ///< Of a page.
    quint32 m_pages = 0;
    std::vector<Leaf> m_leaves; ///< By page.
    std::vector<bool> m_isSeen; ///< By page, on the way from a root.
    bool m_isCut = false; ///< A tree leads behind the file's end.
    std::vector<Leaf> m_damaged; ///< Pages of the table that is walked that are none.
};

} // namespace

Result<std::unique_ptr<SqlitePageCopy>> mendTrees(SqliteConnection& damaged, Position last,
    const QString& file, const Progress& progress, const CancelToken& cancel)
{
    std::unique_ptr<SqlitePageCopy> none;
    const auto whole = tablesAreWhole(damaged, last, cancel);
    if (!whole)
        return whole.error();
    if (*whole)
        return none;
    auto roots = tableRootsOf(damaged);
    if (!roots)
        return roots.error();
    const auto lastRoot = lastRootOf(damaged);
    if (!lastRoot)
        return lastRoot.error();
    auto copy = SqlitePageCopy::make(damaged, file, progress, cancel);
    if (!copy)
        return copy;
    const auto mended
        = TreeMender((*copy)->path(), std::move(*roots), *lastRoot, progress, cancel).run();
    if (!mended)
        return mended.error();
    return *mended ? std::move(copy) : std::move(none);
}

} // namespace eventloupe
