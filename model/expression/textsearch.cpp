#include "expression/textsearch.h"

namespace eventloupe {

TextSearch::TextSearch(std::string_view wanted)
    : m_wanted(wanted)
{
    constexpr std::size_t quickest = 16;
    if (wanted.size() <= quickest) {
        return;
    }
    m_fallback.resize(wanted.size());
    std::size_t matched = 0;
    for (std::size_t i = 1; i < wanted.size(); ++i) {
        while (matched > 0 && wanted[i] != wanted[matched]) {
            matched = m_fallback[matched - 1];
        }
        matched += wanted[i] == wanted[matched] ? 1 : 0;
        m_fallback[i] = matched;
    }
}

std::size_t TextSearch::find(std::string_view text, std::size_t from) const
{
    if (m_fallback.empty()) {
        return text.find(m_wanted, from);
    }
    std::size_t matched = 0;
    for (std::size_t i = from; i < text.size(); ++i) {
        while (matched > 0 && text[i] != m_wanted[matched]) {
            matched = m_fallback[matched - 1];
        }
        matched += text[i] == m_wanted[matched] ? 1 : 0;
        if (matched == m_wanted.size()) {
            return i + 1 - matched;
        }
    }
    return std::string_view::npos;
}

} // namespace eventloupe
