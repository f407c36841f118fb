#include "fuzz/fuzztarget.h"
#include "fuzz/storefile.h"

#include "store/sqlitebtreepage.h"

#include <algorithm>

// A page of a damaged store, as a repair looks at each: what is taken for one of a tree is in
// order, and what is written is read back as the same.

using namespace eventloupe;

namespace {

constexpr int pageSize = 512;

void checkLeaf(const TableLeaf& leaf)
{
    require(leaf.cells > 0, "a leaf has no cells");
    require(leaf.first <= leaf.last, "a leaf's rows are not in order");
    require(leaf.cells == 1 || leaf.first < leaf.last, "two rows of a leaf are one");
    require(leaf.cells < pageSize / 4, "a leaf has more cells than bytes for them");
}

void checkChildren(const std::vector<TableChild>& children, int usable)
{
    require(children.size() >= 2, "an inner page leads to one page");
    for (const TableChild& child : children)
        require(child.page >= 2, "an inner page leads to the header");
    require(std::ranges::is_sorted(children, {}, &TableChild::last), "children are not in order");
    const auto some
        = std::span(children).last(std::min(children.size(), mostTableChildren(usable)));
    const auto again = readTableInterior(makeTableInterior(some, pageSize, usable), usable);
    require(std::ranges::equal(again, some,
                [](const TableChild& one, const TableChild& other) {
                    return one.page == other.page && one.last == other.last;
                }),
        "what is written is not what was read");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    // A copy of this length, so that a read behind its end is found.
    const auto length = std::min<std::size_t>(size, pageSize);
    const QByteArray page(reinterpret_cast<const char*>(data), static_cast<qsizetype>(length));
    for (const int usable : { pageSize, 480 }) {
        const auto leaf = readTableLeaf(page, usable);
        if (leaf)
            checkLeaf(*leaf);
        const auto children = readTableInterior(page, usable);
        require(!leaf || children.empty(), "a page is of two kinds");
        if (!children.empty())
            checkChildren(children, usable);
    }
    return 0;
}

QByteArrayList eventloupe::fuzzSeeds()
{
    const QByteArray store = smallStore(60);
    QByteArrayList pages { makeEmptyTable(pageSize, pageSize) };
    for (qsizetype at = pageSize; at < store.size(); at += pageSize)
        pages.append(store.mid(at, pageSize));
    return pages;
}
