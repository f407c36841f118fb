#pragma once

#include <string_view>
#include <vector>

namespace eventloupe {

/// Finds one text in others in linear time, whatever they hold (Knuth, Morris, Pratt): a search
/// that compares at each place anew takes seconds over texts of a megabyte that nearly match.
class TextSearch {
public:
    /// The text must outlive this.
    explicit TextSearch(std::string_view wanted);

    /// The first place at `from` or behind it, in bytes, or npos.
    [[nodiscard]] std::size_t find(std::string_view text, std::size_t from = 0) const;

private:
    std::string_view m_wanted;
    std::vector<std::size_t> m_fallback; ///< Empty where comparing is quick.
};

} // namespace eventloupe
