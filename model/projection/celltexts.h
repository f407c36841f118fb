#pragma once

#include "projection/cell.h"
#include "projection/scratchfile.h"

#include <string_view>
#include <unordered_map>

namespace eventloupe {

/// Makes cells, and holds in a scratch file what does not fit into them. For one thread; the cells
/// are for any.
class CellTexts {
public:
    explicit CellTexts(ScratchFile& file)
        : m_file(file)
    {
    }

    /// The cell of a JSON text as JsonValue::toJson() writes it; the one that was there before,
    /// where that is the same text.
    [[nodiscard]] Cell cellOfJson(std::string_view json, Cell before = {});
    [[nodiscard]] Cell cellOfText(std::string_view utf8, Cell before = {});
    /// Whether there was no room for a text; its cell is Missing.
    [[nodiscard]] bool isFull() const { return m_isFull; }

private:
    static constexpr std::size_t mostKnown = 1U << 16U;
    static constexpr qint64 block = 1LL << 20;

    [[nodiscard]] Cell cellOfNumber(std::string_view json);
    [[nodiscard]] Cell far(Cell::Tag tag, std::string_view bytes, const double* number = nullptr);

    ScratchFile& m_file;
    char* m_at = nullptr;
    char* m_end = nullptr;
    bool m_isFull = false;
    /// Texts that came lately, so that what comes again and again is held once.
    std::unordered_map<std::string_view, Cell> m_known;
};

} // namespace eventloupe
