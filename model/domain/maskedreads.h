#pragma once

#include "expression/expression.h"
#include "expression/texttemplate.h"
#include "mask/maskpatterns.h"

#include <QString>

#include <optional>
#include <span>

namespace eventloupe {

/// What is masked of the variables that an expression may read.
struct MaskedValues {
    MaskPatterns state;
    MaskPatterns data;
    MaskPatterns metadata;
};

/// What a variable of an expression holds, for what is masked of it.
enum class MaskedRole { Other, State, Data, Metadata, Event };

/// The first masked place that an expression reads, as it names it ("data.email"); nothing where it
/// reads none. Where it cannot be told what it reads of a variable, it is all of it. `names` and
/// `roles` are of its variables, in their order. Whether something is there (has()) is no value.
[[nodiscard]] std::optional<QString> maskedRead(const Expression& expression,
    std::span<const std::string_view> names, std::span<const MaskedRole> roles,
    const MaskedValues& masked);
/// Whether there is one.
[[nodiscard]] bool readsMasked(const Expression& expression, std::span<const MaskedRole> roles,
    const MaskedValues& masked);
[[nodiscard]] bool readsMasked(
    const TextTemplate& text, std::span<const MaskedRole> roles, const MaskedValues& masked);

} // namespace eventloupe
