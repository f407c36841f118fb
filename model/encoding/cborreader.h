#pragma once

#include "encoding/bytecursor.h"

namespace eventloupe {

/// Reads CBOR. Qt's QCborStreamReader would do for the structure, but gives texts as UTF-16,
/// repaired, and cannot look back, as decimal fractions need it; the tests compare with it.
class CborReader final {
public:
    explicit CborReader(std::string_view bytes)
        : m_cursor(bytes)
    {
    }
    Result<void> read(JsonSink& sink);

private:
    /// RFC 8949, section 3.1.
    enum Major : quint8 { Natural, Negative, Bytes, Text, Array, Map, Tagged, Simple };
    enum class Shape : quint8 { Array, Map, Tag };
    /// A container that is being read.
    struct Level {
        quint64 left; ///< Elements or members; of no account when it is open.
        Shape shape;
        bool isOpen; ///< It ends at a break.
    };
    /// What an item begins with.
    struct Head {
        quint8 major = 0;
        quint8 info = 0;
        quint64 argument = 0;
        [[nodiscard]] bool isOpen() const { return info == 31; }
    };
    using Levels = std::vector<Level>;

    bool value(JsonSink& sink, int nestedKeys);
    void endLevels(JsonSink& sink, Levels& levels);
    bool key(JsonSink& sink, int nestedKeys);
    bool takeHead(Head& head);
    bool item(JsonSink& sink, Levels& levels);
    static bool begin(JsonSink& sink, Levels& levels, const Head& head);
    bool string(JsonSink& sink, const Head& head);
    bool takeString(const Head& head, QByteArray& held, std::string_view& part);
    bool simple(JsonSink& sink, const Head& head);

    /// Whether what is tagged is shown as if it was not: the tag says how to understand it, no
    /// more.
    static bool isPassedOver(quint64 tag);
    bool tag(JsonSink& sink, Levels& levels, quint64 number);
    bool taggedForm(JsonSink& sink, quint64 number);
    static bool epoch(JsonSink& sink, const Head& head);
    bool bigInteger(JsonSink& sink, const Head& head, bool negative);
    bool decimalFraction(JsonSink& sink, const Head& head);
    bool takeMantissa(bool& negative, std::string& digits);
    bool uuid(JsonSink& sink, const Head& head);

    ByteCursor m_cursor;
};

} // namespace eventloupe
