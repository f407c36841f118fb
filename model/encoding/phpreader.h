#pragma once

#include "encoding/bytecursor.h"

#include <string>

namespace eventloupe {

/// Reads what PHP's serialize() wrote. It goes over the bytes twice: first to see which arrays are
/// lists (keys 0, 1, 2 ... in order), then to write.
class PhpReader final {
public:
    explicit PhpReader(std::string_view bytes);
    Result<void> read(JsonSink& sink);

private:
    enum class Shape : quint8 { List, Map, Object };
    /// An array or object that is being read.
    struct Level {
        quint64 left = 0; ///< Elements that are still to come.
        Shape shape = Shape::Map;
        std::size_t number = 0; ///< Of the arrays, in the order of their beginnings.
        quint64 next = 0; ///< The key of a list's next element.
        std::size_t slot = 0;
        int outerDeepest = 0;
    };
    /// A value that references may mean, by its number.
    struct Slot {
        qsizetype from = 0;
        qsizetype to = -1; ///< -1 while it is being written.
        int levels = 0;
    };

    bool value(JsonSink& sink);
    bool endLevels(JsonSink& sink);
    bool key(JsonSink& sink);
    bool item(JsonSink& sink);
    bool scalar(JsonSink& sink, char type);
    bool number(JsonSink& sink, char type);
    bool beginArray(JsonSink& sink);
    bool beginObject(JsonSink& sink);
    bool customObject(JsonSink& sink);
    bool enumCase(JsonSink& sink);
    bool reference(JsonSink& sink, char type);

    bool expect(char c);
    bool takeCount(quint64& count);
    bool takeUntil(char end, std::string_view& text);
    bool takeString(std::string_view& text); ///< 5:"abcde", without what ends it.
    bool takeEscapedString(std::string& text); ///< The same of the type S.

    void openSlot(JsonSink& sink);
    void closeSlot(JsonSink& sink, std::size_t slot, int levels);

    ByteCursor m_cursor;
    std::string_view m_bytes;
    bool m_isSurvey = true;
    bool m_hasReferences = false;
    std::vector<bool> m_isList; ///< By Level::number.
    std::size_t m_arrays = 0;
    std::size_t m_values = 0; ///< That have a number.
    std::vector<Slot> m_slots; ///< Of the first of them.
    std::vector<Level> m_levels;
};

} // namespace eventloupe
