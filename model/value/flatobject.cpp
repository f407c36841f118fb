#include "value/flatobject.h"

#include "value/flatreader.h"
#include "value/json.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

namespace eventloupe {

namespace {

constexpr quint32 headerSize = 4;
constexpr quint32 sizeBits = 17;
constexpr quint32 objectBit = 1U << sizeBits;
constexpr quint32 sizeMask = objectBit - 1;
constexpr quint32 keyShift = sizeBits + 1;
static_assert(FlatObject::mostBytes <= sizeMask);
static_assert(FlatObject::mostBytes + FlatObject::mostBytes / 16 <= BlockArena::largest);
static_assert((KeyNumbers::limit << keyShift) == (1ULL << 32U));

constexpr quint32 makeHeader(quint16 key, bool isObject, std::size_t size)
{
    return static_cast<quint32>(key) << keyShift | (isObject ? objectBit : 0U)
        | static_cast<quint32>(size);
}

quint32 load(const char* at)
{
    quint32 header = 0;
    std::memcpy(&header, at, sizeof header);
    return header;
}

void store(char* at, quint32 header)
{
    std::memcpy(at, &header, sizeof header);
}

/// memcpy() for texts that are mostly short, where a call costs more than the work.
void copyFew(char* to, const char* from, std::size_t size)
{
    const auto copy = [&]<class Word>(Word, std::size_t at) {
        Word word;
        std::memcpy(&word, from + at, sizeof word);
        std::memcpy(to + at, &word, sizeof word);
    };
    if (size > 32) {
        std::memcpy(to, from, size);
    } else if (size >= 8) {
        for (std::size_t at = 0; at + 8 < size; at += 8)
            copy(quint64(), at);
        copy(quint64(), size - 8);
    } else if (size >= 4) {
        copy(quint32(), 0);
        copy(quint32(), size - 4);
    } else if (size > 0) {
        to[0] = from[0];
        to[size / 2] = from[size / 2];
        to[size - 1] = from[size - 1];
    }
}

} // namespace

/// The objects from the outermost to the one that is being changed.
class FlatObject::Way {
public:
    Way(BlockArena& arena, quint32 size, quint32 patchEnd = 0)
        : m_arena(arena)
    {
        m_objects[0] = { 0, 0, size, 0, patchEnd };
    }

    [[nodiscard]] BlockArena& arena() const { return m_arena; }
    [[nodiscard]] Open& last() { return m_objects[m_size - 1]; }
    [[nodiscard]] bool isFull() const { return m_size == m_objects.size(); }
    void leave() { --m_size; }
    /// Enters the object whose header is at an offset, and is `size` bytes long.
    void enter(quint32 header, quint32 size, quint32 patchEnd = 0)
    {
        const quint32 begin = header + headerSize;
        m_objects[m_size++] = { header, begin, begin + size, begin, patchEnd };
    }
    /// What is in the last object got longer.
    void grow(char* bytes, quint32 by)
    {
        for (std::size_t i = 0; i < m_size; ++i) {
            m_objects[i].end += by;
            if (i > 0)
                store(bytes + m_objects[i].header, load(bytes + m_objects[i].header) + by);
        }
    }
    /// Those around the last one go on behind it.
    void hintAt(quint32 offset) { last().hint = offset; }

private:
    BlockArena& m_arena;
    std::array<Open, 3 * FlatReader::deepest> m_objects;
    std::size_t m_size = 1;
};

FlatObject::FlatObject(FlatObject&& other) noexcept
    : m_bytes(std::exchange(other.m_bytes, nullptr))
    , m_size(std::exchange(other.m_size, 0))
    , m_capacity(other.m_capacity)
    , m_isWide(other.m_isWide)
{
    other.m_capacity = 0;
    other.m_isWide = 0;
}

FlatObject& FlatObject::operator=(FlatObject&& other) noexcept
{
    if (this != &other) {
        m_bytes = std::exchange(other.m_bytes, nullptr);
        m_size = std::exchange(other.m_size, 0);
        m_capacity = other.m_capacity;
        m_isWide = other.m_isWide;
        other.m_capacity = 0;
        other.m_isWide = 0;
    }
    return *this;
}

void FlatObject::prefetch() const
{
    for (quint32 at = 0; at < m_size; at += 64)
        __builtin_prefetch(m_bytes + at, 1);
}

void FlatObject::assign(std::string_view bytes, BlockArena& arena)
{
    grow(bytes.size(), arena);
    if (!bytes.empty())
        std::memcpy(m_bytes, bytes.data(), bytes.size());
    m_size = static_cast<quint32>(bytes.size());
    m_isWide = 0;
}

void FlatObject::release(BlockArena& arena)
{
    if (m_bytes != nullptr)
        arena.release(m_bytes, m_capacity);
    *this = FlatObject();
}

inline quint32 FlatObject::headerAt(quint32 offset) const
{
    return load(m_bytes + offset);
}

inline void FlatObject::setHeader(quint32 offset, quint32 header)
{
    store(m_bytes + offset, header);
}

void FlatObject::grow(std::size_t size, BlockArena& arena)
{
    if (size <= m_capacity)
        return;
    // A few changes are waited for; a state that stays small takes no more than it needs.
    const std::size_t capacity = BlockArena::blockSize(size + size / 16);
    char* bytes = arena.allocate(capacity);
    if (m_bytes != nullptr) {
        std::memcpy(bytes, m_bytes, m_size);
        arena.release(m_bytes, m_capacity);
    }
    m_bytes = bytes;
    m_capacity = static_cast<quint32>(capacity) & 0x7fff'ffffU;
}

/// Whether the object has the key: the hint is then at its member.
inline bool FlatObject::seek(Open& object, quint16 key)
{
    if (object.hint < object.end && headerAt(object.hint) >> keyShift == key)
        return true;
    return seekFrom(object, object.hint, object.end, key)
        || seekFrom(object, object.begin, object.hint, key);
}

bool FlatObject::seekFrom(Open& object, quint32 from, quint32 to, quint16 key)
{
    std::size_t members = 0;
    while (from < to) {
        const quint32 header = headerAt(from);
        if (header >> keyShift == key) {
            object.hint = from;
            return true;
        }
        from += headerSize + (header & sizeMask);
        ++members;
    }
    if (members > mostMembers)
        m_isWide = 1;
    return false;
}

/// Makes `after` bytes of `before` at an offset in the last object of the way.
inline void FlatObject::resize(Way& way, quint32 at, quint32 before, quint32 after)
{
    if (before == after)
        return;
    const quint32 by = after - before; // Unsigned: what is less wraps around, and back.
    grow(m_size + by, way.arena());
    std::memmove(m_bytes + at + after, m_bytes + at + before, m_size - at - before);
    m_size += by;
    way.grow(m_bytes, by);
}

/// Writes a member where the hint of the way's last object is, or, if it is new, at its end.
inline void FlatObject::put(
    Way& way, bool isFound, quint32 keyAndKind, const char* bytes, quint32 size)
{
    quint32 at = way.last().hint;
    if (isFound) {
        resize(way, at + headerSize, headerAt(at) & sizeMask, size);
    } else {
        at = way.last().end;
        resize(way, at, 0, headerSize + size);
    }
    setHeader(at, keyAndKind | size);
    copyFew(m_bytes + at + headerSize, bytes, size);
    way.hintAt(at + headerSize + size);
}

bool FlatObject::merge(std::span<const FlatMember> patch, BlockArena& arena)
{
    std::size_t most = m_size;
    for (const FlatMember& member : patch)
        most += headerSize + member.size;
    if (most > mostBytes)
        return false;
    if (m_size == 0)
        grow(most, arena);
    Way way(arena, m_size, static_cast<quint32>(patch.size()));
    for (quint32 i = 0; i < patch.size(); ++i) {
        while (way.last().patchEnd == i) {
            const quint32 behind = way.last().end;
            way.leave();
            way.hintAt(behind);
        }
        const FlatMember& member = patch[i];
        const bool isFound = seek(way.last(), member.key);
        if (member.kind == FlatMember::Kind::Text) {
            put(way, isFound, makeHeader(member.key, false, 0), member.text, member.size);
        } else if (member.kind == FlatMember::Kind::Object) {
            quint32 at = isFound ? way.last().hint : way.last().end;
            if (!isFound || (headerAt(at) & objectBit) == 0)
                put(way, isFound, makeHeader(member.key, true, 0), nullptr, 0);
            way.enter(at, headerAt(at) & sizeMask, member.end);
        } else if (isFound) {
            const quint32 at = way.last().hint;
            resize(way, at, headerSize + (headerAt(at) & sizeMask), 0);
        }
    }
    return true;
}

std::optional<FlatObject::Value> FlatObject::find(std::span<const quint16> path) const
{
    Value value { bytes(), true };
    for (const quint16 key : path) {
        if (!value.isObject)
            return std::nullopt;
        std::string_view rest = value.bytes;
        while (!rest.empty() && load(rest.data()) >> keyShift != key)
            rest.remove_prefix(headerSize + (load(rest.data()) & sizeMask));
        if (rest.empty())
            return std::nullopt;
        const quint32 header = load(rest.data());
        value = { rest.substr(headerSize, header & sizeMask), (header & objectBit) != 0 };
    }
    return value;
}

bool FlatObject::set(std::span<const quint16> path, Value value, BlockArena& arena)
{
    if (m_size + value.bytes.size() + headerSize * path.size() > mostBytes)
        return false;
    Way way(arena, m_size);
    for (std::size_t i = 0; i < path.size(); ++i) {
        const bool isFound = seek(way.last(), path[i]);
        if (i + 1 == path.size()) {
            put(way, isFound, makeHeader(path[i], value.isObject, 0), value.bytes.data(),
                static_cast<quint32>(value.bytes.size()));
            return true;
        }
        const quint32 at = isFound ? way.last().hint : way.last().end;
        if (way.isFull() || (isFound && (headerAt(at) & objectBit) == 0))
            return false; // Nothing was made yet: what is below a new object is new.
        if (!isFound)
            put(way, false, makeHeader(path[i], true, 0), nullptr, 0);
        way.enter(at, headerAt(at) & sizeMask);
    }
    return false;
}

bool FlatObject::remove(std::span<const quint16> path, BlockArena& arena)
{
    Way way(arena, m_size);
    for (std::size_t i = 0; i < path.size(); ++i) {
        if (!seek(way.last(), path[i]))
            return true;
        const quint32 at = way.last().hint;
        const quint32 header = headerAt(at);
        if (i + 1 == path.size()) {
            resize(way, at, headerSize + (header & sizeMask), 0);
            return true;
        }
        if (way.isFull() || (header & objectBit) == 0)
            return false;
        way.enter(at, header & sizeMask);
    }
    return false;
}

void FlatObject::write(
    std::string& out, std::span<const FlatMember> list, std::size_t first, std::size_t end)
{
    struct Unfinished {
        std::size_t header = 0;
        std::size_t end = 0;
        quint16 key = 0;
    };
    std::array<Unfinished, FlatReader::deepest> open;
    std::size_t depth = 0;
    for (std::size_t i = first; i <= end; ++i) {
        while (depth > 0 && open[depth - 1].end == i) {
            const Unfinished& object = open[--depth];
            store(out.data() + object.header,
                makeHeader(object.key, true, out.size() - object.header - headerSize));
        }
        if (i == end)
            break;
        const FlatMember& member = list[i];
        const bool isObject = member.kind == FlatMember::Kind::Object;
        if (isObject)
            open[depth++] = { out.size(), member.end, member.key };
        const quint32 header = makeHeader(member.key, isObject, isObject ? 0 : member.size);
        out.append(reinterpret_cast<const char*>(&header), headerSize);
        if (!isObject)
            out.append(member.text, member.size);
    }
}

void FlatObject::appendJson(std::string& out, std::string_view bytes, const KeyNumbers& keys)
{
    std::array<const char*, 3 * FlatReader::deepest + 1> ends {};
    std::size_t depth = 0;
    const char* at = bytes.data();
    ends[0] = at + bytes.size();
    out.push_back('{');
    for (;;) {
        while (at == ends[depth]) {
            out.push_back('}');
            if (depth-- == 0)
                return;
        }
        if (out.back() != '{')
            out.push_back(',');
        const quint32 header = load(at);
        at += headerSize;
        out.append(keys.text(static_cast<quint16>(header >> keyShift)));
        out.push_back(':');
        const quint32 size = header & sizeMask;
        if ((header & objectBit) != 0) {
            out.push_back('{');
            ends[++depth] = at + size;
        } else {
            out.append(at, size);
            at += size;
        }
    }
}

JsonValue FlatObject::toTree(std::string_view bytes, const KeyNumbers& keys)
{
    std::string json;
    appendJson(json, bytes, keys);
    // What lies here was read as JSON, and is not as deep as may be parsed.
    auto tree = parseStoredJson(json);
    Q_ASSERT(tree);
    return tree ? *std::move(tree) : JsonValue::emptyObject();
}

} // namespace eventloupe
