#pragma once

#include "value/blockarena.h"
#include "value/flatmember.h"
#include "value/jsonvalue.h"
#include "value/keynumbers.h"

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace eventloupe {

/// A JSON object as one run of bytes, for states that are kept by the million.
///
/// A member is a header of four bytes (key, whether it is an object, size) and behind it the JSON
/// text of its value, or the members of its object. A change is made in place; it costs what the
/// object is long, not what a tree would allocate. Text is as JsonValue::toJson() writes it. Keys
/// are numbers of a KeyNumbers, and the bytes lie in a BlockArena; both are the caller's, the same
/// ones for each call. Moved, never copied; what is not released goes with the arena.
class FlatObject {
public:
    /// What does not fit is for a tree, as are objects that got too wide to be looked through.
    static constexpr std::size_t mostBytes = 96 * 1024;
    static constexpr std::size_t mostMembers = 256;

    /// A member's value: the text of a scalar or array, or the bytes of an object's members.
    struct Value {
        std::string_view bytes;
        bool isObject = false;
    };

    FlatObject() = default;
    FlatObject(FlatObject&& other) noexcept;
    FlatObject& operator=(FlatObject&& other) noexcept;
    FlatObject(const FlatObject&) = delete;
    FlatObject& operator=(const FlatObject&) = delete;
    ~FlatObject() = default;

    [[nodiscard]] std::size_t size() const { return m_size; } ///< In bytes; 0 is {}.
    [[nodiscard]] std::string_view bytes() const { return { m_bytes, m_size }; }
    /// For the processor, before the object is used.
    void prefetch() const;
    /// Becomes a copy of another object's bytes().
    void assign(std::string_view bytes, BlockArena& arena);
    /// Becomes {} and gives its bytes back.
    void release(BlockArena& arena);

    /// Applies a JSON Merge Patch (RFC 7396). False where the object might get too large for this
    /// form; then it is as it was.
    [[nodiscard]] bool merge(std::span<const FlatMember> patch, BlockArena& arena);
    /// Whether an object in it got so many members that to look through them costs too much.
    [[nodiscard]] bool isWide() const { return m_isWide; }

    /// What is at a path of keys; nothing where no member is there. The bytes are valid until the
    /// next change.
    [[nodiscard]] std::optional<Value> find(std::span<const quint16> path) const;
    /// Sets what is at a path, making objects on the way. False, and nothing changed, where a value
    /// that is no object stands on the way, or it would get too large. The bytes may not be ours.
    [[nodiscard]] bool set(std::span<const quint16> path, Value value, BlockArena& arena);
    /// Removes what is at a path. False, and nothing changed, where a value that is no object
    /// stands on the way.
    [[nodiscard]] bool remove(std::span<const quint16> path, BlockArena& arena);

    /// Writes what stands in a list from first to end, null too, as the bytes of an object.
    static void write(
        std::string& out, std::span<const FlatMember> list, std::size_t first, std::size_t end);
    /// Writes the JSON text of an object's bytes.
    static void appendJson(std::string& out, std::string_view bytes, const KeyNumbers& keys);
    /// The tree of an object's bytes.
    [[nodiscard]] static JsonValue toTree(std::string_view bytes, const KeyNumbers& keys);

private:
    /// An object on the way from the outermost to a change; offsets are in m_bytes.
    struct Open {
        quint32 header; ///< Of its member; the outermost has none.
        quint32 begin;
        quint32 end;
        quint32 hint; ///< Where the next key probably is.
        quint32 patchEnd;
    };
    class Way;

    bool seek(Open& object, quint16 key);
    bool seekFrom(Open& object, quint32 from, quint32 to, quint16 key);
    void resize(Way& way, quint32 at, quint32 before, quint32 after);
    void grow(std::size_t size, BlockArena& arena);
    void put(Way& way, bool isFound, quint32 keyAndKind, const char* bytes, quint32 size);
    [[nodiscard]] quint32 headerAt(quint32 offset) const;
    void setHeader(quint32 offset, quint32 header);

    char* m_bytes = nullptr;
    quint32 m_size = 0;
    quint32 m_capacity : 31 = 0;
    quint32 m_isWide : 1 = 0;
};

} // namespace eventloupe
