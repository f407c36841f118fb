#include "store/sqlitebtreepage.h"

#include <QtEndian>

#include <algorithm>
#include <array>
#include <limits>

namespace eventloupe {

namespace {

constexpr char leafType = 0x0d;
constexpr char interiorType = 0x05;
constexpr int cellCountOffset = 3;
constexpr int contentOffset = 5;
constexpr int rightChildOffset = 8;
constexpr int leafHeaderSize = 8;
constexpr int interiorHeaderSize = 12;
constexpr int pointerSize = 2;
constexpr int childSize = 4;
constexpr int longestVarint = 9;
constexpr int smallestCell = 4;

/// Reads numbers from a part of a page; what is not there makes it fail for good.
class Cursor final {
public:
    Cursor(const QByteArray& page, int from, int end)
        : m_page(page)
        , m_at(from)
        , m_end(end)
    {
    }

    /// 1.6: seven bits a byte, high ones first, and eight in the ninth.
    quint64 varint()
    {
        quint64 number = 0;
        for (int i = 1; i <= longestVarint; ++i) {
            if (m_at >= m_end) {
                m_isGood = false;
                return 0;
            }
            const auto byte = static_cast<quint8>(m_page.at(m_at++));
            if (i == longestVarint)
                return (number << 8U) | byte;
            number = (number << 7U) | (byte & 0x7fU);
            if ((byte & 0x80U) == 0)
                break;
        }
        return number;
    }
    [[nodiscard]] int at() const { return m_at; }
    [[nodiscard]] bool isGood() const { return m_isGood; }

private:
    const QByteArray& m_page;
    int m_at;
    int m_end;
    bool m_isGood = true;
};

int shortAt(const QByteArray& page, int offset)
{
    return qFromBigEndian<quint16>(page.constData() + offset);
}

/// How many bytes of a payload stand in the leaf itself, and the number of the page where it goes
/// on (1.6, "the amount of payload that spills").
qint64 localSize(qint64 payload, int usable)
{
    const qint64 most = usable - 35;
    if (payload <= most)
        return payload;
    const qint64 least = (usable - 12) * 32 / 255 - 23;
    const qint64 part = least + (payload - least) % (usable - 4);
    return (part <= most ? part : least) + childSize;
}

// Serial types (2.1).
constexpr quint64 nullType = 0;
constexpr quint64 hashType = 12 + 2 * 32; ///< A blob of 32 bytes.

bool isInteger(quint64 type)
{
    return (type >= 1 && type <= 6) || type == 8 || type == 9;
}

bool isText(quint64 type)
{
    return type >= 13 && type % 2 == 1;
}

bool isBytes(quint64 type)
{
    return type >= 12;
}

/// By resources/sql/eventlog.sql; the first column is the row id, which a record has as null.
std::optional<StoreTable> tableOf(std::span<const quint64> types)
{
    if (types.empty() || types[0] != nullType)
        return std::nullopt;
    const auto areIntegers = [&types](std::size_t from, std::size_t to) {
        return std::all_of(types.begin() + static_cast<std::ptrdiff_t>(from),
            types.begin() + static_cast<std::ptrdiff_t>(to), isInteger);
    };
    if (types.size() == 2 && isText(types[1]))
        return StoreTable::EventType;
    if (types.size() == 3 && isText(types[1]) && isInteger(types[2]))
        return StoreTable::Category;
    if (types.size() == 7 && isText(types[1]) && areIntegers(2, 7))
        return StoreTable::Stream;
    if (types.size() == 9 && areIntegers(1, 5) && isBytes(types[5]) && types[6] == hashType
        && isText(types[7]) && isText(types[8]))
        return StoreTable::Event;
    return std::nullopt;
}

std::optional<StoreTable> tableOfRecord(const QByteArray& page, int from, int end)
{
    Cursor sizes(page, from, end);
    const quint64 size = sizes.varint();
    if (!sizes.isGood() || size > static_cast<quint64>(end - from))
        return std::nullopt;
    const int headerEnd = from + static_cast<int>(size);
    std::array<quint64, 10> types {};
    std::size_t count = 0;
    Cursor header(page, sizes.at(), headerEnd);
    while (header.at() < headerEnd && count < types.size())
        types.at(count++) = header.varint();
    return header.isGood() ? tableOf(std::span(types).first(count)) : std::nullopt;
}

/// Where the cells of a page begin; empty where one cannot.
std::vector<int> cellsOf(const QByteArray& page, int headerSize, int usable)
{
    const int count = shortAt(page, cellCountOffset);
    const int pointersEnd = headerSize + pointerSize * count;
    const int stored = shortAt(page, contentOffset);
    const int content = stored == 0 ? std::numeric_limits<quint16>::max() + 1 : stored;
    if (pointersEnd > usable || content < pointersEnd || content > usable)
        return {};
    std::vector<int> cells;
    cells.reserve(static_cast<std::size_t>(count));
    for (int at = headerSize; at < pointersEnd; at += pointerSize) {
        cells.push_back(shortAt(page, at));
        if (cells.back() < content || cells.back() > usable - smallestCell)
            return {};
    }
    return cells;
}

void appendVarint(QByteArray& bytes, quint64 number)
{
    std::array<char, longestVarint> reversed {};
    std::size_t size = 0;
    const bool isLongest = (number >> 56U) != 0;
    if (isLongest) {
        reversed.at(size++) = static_cast<char>(number & 0xffU);
        number >>= 8U;
    }
    do {
        const quint64 goesOn = size == 0 ? 0 : 0x80U;
        reversed.at(size++) = static_cast<char>((number & 0x7fU) | goesOn);
        number >>= 7U;
    } while (isLongest ? size < reversed.size() : number != 0);
    while (size > 0)
        bytes.append(reversed.at(--size));
}

} // namespace

std::optional<TableLeaf> readTableLeaf(const QByteArray& page, int usable)
{
    if (page.size() < usable || page.at(0) != leafType)
        return std::nullopt;
    TableLeaf leaf;
    for (const int cell : cellsOf(page, leafHeaderSize, usable)) {
        Cursor numbers(page, cell, usable);
        const quint64 payload = numbers.varint();
        const auto row = static_cast<qint64>(numbers.varint());
        if (!numbers.isGood() || payload > std::numeric_limits<qint32>::max()
            || (leaf.cells > 0 && row <= leaf.last))
            return std::nullopt;
        const auto size = static_cast<qint64>(payload);
        const qint64 local = localSize(size, usable);
        if (numbers.at() + local > usable)
            return std::nullopt;
        const qint64 ofRecord = local < size ? local - childSize : local;
        if (!leaf.table)
            leaf.table = tableOfRecord(
                page, numbers.at(), numbers.at() + static_cast<int>(std::min(size, ofRecord)));
        if (leaf.cells++ == 0)
            leaf.first = row;
        leaf.last = row;
    }
    return leaf.cells > 0 ? std::optional(leaf) : std::nullopt;
}

std::vector<TableChild> readTableInterior(const QByteArray& page, int usable)
{
    if (page.size() < usable || page.at(0) != interiorType)
        return {};
    std::vector<TableChild> children;
    for (const int cell : cellsOf(page, interiorHeaderSize, usable)) {
        Cursor numbers(page, cell + childSize, usable);
        const auto last = static_cast<qint64>(numbers.varint());
        const auto child = qFromBigEndian<quint32>(page.constData() + cell);
        if (!numbers.isGood() || child < 2 || (!children.empty() && last <= children.back().last))
            return {};
        children.push_back({ child, last });
    }
    const auto right = qFromBigEndian<quint32>(page.constData() + rightChildOffset);
    if (children.empty() || right < 2)
        return {};
    children.push_back({ right, std::numeric_limits<qint64>::max() });
    return children;
}

std::size_t mostTableChildren(int usable)
{
    constexpr int largestCell = childSize + longestVarint + pointerSize;
    return static_cast<std::size_t>((usable - interiorHeaderSize) / largestCell) + 1;
}

QByteArray makeTableInterior(std::span<const TableChild> children, int pageSize, int usable)
{
    QByteArray page(pageSize, '\0');
    const auto setShort = [&page](int offset, int number) {
        qToBigEndian(static_cast<quint16>(number), page.data() + offset);
    };
    page[0] = interiorType;
    int content = usable;
    int pointer = interiorHeaderSize;
    for (const TableChild& child : children.first(children.size() - 1)) {
        QByteArray cell(childSize, '\0');
        qToBigEndian(child.page, cell.data());
        appendVarint(cell, static_cast<quint64>(child.last));
        content -= static_cast<int>(cell.size());
        std::copy(cell.cbegin(), cell.cend(), page.data() + content);
        setShort(pointer, content);
        pointer += pointerSize;
    }
    setShort(cellCountOffset, static_cast<int>(children.size()) - 1);
    setShort(contentOffset, content);
    qToBigEndian(children.back().page, page.data() + rightChildOffset);
    return page;
}

QByteArray makeEmptyTable(int pageSize, int usable)
{
    QByteArray page(pageSize, '\0');
    page[0] = leafType;
    // 65536 is written as 0.
    qToBigEndian(static_cast<quint16>(usable), page.data() + contentOffset);
    return page;
}

} // namespace eventloupe
