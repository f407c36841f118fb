#pragma once

#include "value/json.h"

namespace eventloupe {

/// A view of JSON text in which findJsonFault() found nothing: to have one is the proof, so that
/// what was checked as part of a line is not checked again as a payload. The text is not kept.
class CheckedJson final {
public:
    /// `{}`, what stands for a payload that is not given.
    CheckedJson() = default;

    /// Takes a text; where it has a fault, that is returned and this stays as it was. `members` as
    /// of findJsonFault().
    [[nodiscard]] std::optional<JsonFault> check(
        std::string_view text, std::vector<JsonMember>* members = nullptr);

    [[nodiscard]] std::string_view text() const { return m_text; }
    /// Whether `part` lies inside of the text.
    [[nodiscard]] bool contains(std::string_view part) const;
    /// A value that stands in the text, as the functions of rawjson.h cut it out.
    [[nodiscard]] CheckedJson value(std::string_view part) const;

private:
    std::string_view m_text = "{}";
};

} // namespace eventloupe
