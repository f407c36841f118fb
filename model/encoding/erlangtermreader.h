#pragma once

#include "encoding/bytecursor.h"

#include <string>

namespace eventloupe {

/// Reads terms of Erlang's external term format.
class ErlangTermReader final {
public:
    explicit ErlangTermReader(std::string_view bytes)
        : m_cursor(bytes)
    {
    }
    /// Inside of a compressed term there is no version byte.
    Result<void> read(JsonSink& sink, bool hasVersion);

private:
    /// The tags of erlang.org/doc/apps/erts/erl_ext_dist.
    enum Tag : quint8 {
        NewFloat = 70,
        BitBinary = 77,
        Compressed = 80,
        NewPid = 88,
        NewPort = 89,
        NewerReference = 90,
        SmallInteger = 97,
        Integer = 98,
        Float = 99,
        Atom = 100,
        Reference = 101,
        Port = 102,
        Pid = 103,
        SmallTuple = 104,
        LargeTuple = 105,
        Nil = 106,
        String = 107,
        List = 108,
        Binary = 109,
        SmallBig = 110,
        LargeBig = 111,
        NewFun = 112,
        Export = 113,
        NewReference = 114,
        SmallAtom = 115,
        Map = 116,
        AtomUtf8 = 118,
        SmallAtomUtf8 = 119,
        V4Port = 120,
        Version = 131,
    };
    enum class Shape : quint8 { Tuple, List, Map, Tail };
    struct Level {
        quint64 left; ///< Elements or members; of a list its tail is one more.
        Shape shape;
    };
    using Levels = std::vector<Level>;

    Result<void> inflated(JsonSink& sink);
    bool value(JsonSink& sink, int nestedKeys);
    void tail(JsonSink& sink, Levels& levels);
    static void endLevels(JsonSink& sink, Levels& levels);
    bool key(JsonSink& sink, int nestedKeys);
    static bool isAtom(quint8 tag);
    bool takeAtom(quint8 tag, std::string& text);
    bool item(JsonSink& sink, Levels& levels);
    static bool begin(JsonSink& sink, Levels& levels, Shape shape, quint64 size);
    bool string(JsonSink& sink);
    bool binary(JsonSink& sink, quint8 tag);
    bool atom(JsonSink& sink, quint8 tag);
    bool number(JsonSink& sink, quint8 tag);
    bool big(JsonSink& sink, quint64 size);
    bool oldFloat(JsonSink& sink);
    bool opaque(JsonSink& sink, quint8 tag, std::size_t start);
    bool skipOpaque(quint8 tag, quint64 behindNode);
    bool takeAnyAtom(std::string& name);

    ByteCursor m_cursor;
};

} // namespace eventloupe
