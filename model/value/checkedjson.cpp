#include "value/checkedjson.h"

#include <functional>

namespace eventloupe {

std::optional<JsonFault> CheckedJson::check(std::string_view text, std::vector<JsonMember>* members)
{
    auto fault = findJsonFault(text, members);
    if (!fault)
        m_text = text;
    return fault;
}

bool CheckedJson::contains(std::string_view part) const
{
    // Pointers into different arrays are ordered by std::less alone.
    const std::less_equal<> isNotBehind;
    return isNotBehind(m_text.data(), part.data())
        && isNotBehind(part.data() + part.size(), m_text.data() + m_text.size());
}

CheckedJson CheckedJson::value(std::string_view part) const
{
    Q_ASSERT(!part.empty() && contains(part));
    CheckedJson inside;
    inside.m_text = part;
    return inside;
}

} // namespace eventloupe
