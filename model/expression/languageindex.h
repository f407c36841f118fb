#pragma once

#include <QString>

#include <span>
#include <string_view>
#include <vector>

namespace eventloupe {

/// One construct of the expression language, as completion and the reference show it.
struct LanguageEntry {
    enum class Kind : quint8 {
        Literal, ///< name: what it is written like, "b'...'"
        Operator, ///< name: its sign, "&&"
        Macro, ///< Takes an expression apart; written behind a receiver or, as has(), without.
        Function,
        Method, ///< Written behind a value: receiver.name(...)
        Namespace, ///< name: what stands before the dot, "math"
        Type, ///< A name of a type: type(1) == int
    };
    Kind kind = Kind::Function;
    std::string_view name; ///< With its namespace: "math.greatest".
    std::string_view receiver; ///< Types that a method or a macro is written behind: "list, map".
    std::string_view signature; ///< "text.replace(old, new[, limit])"; [...] may be left out.
    std::string_view gives; ///< The type of the result; "" where there is none.
    const char* description = ""; ///< One line; its source text, see descriptionOf().
    std::string_view example; ///< Needs no variables.
    std::string_view result; ///< Of the example, as JSON.
};

/// All that the language has, by topic. Of static storage; thread-safe.
[[nodiscard]] std::span<const LanguageEntry> languageIndex();
/// The entry's description in the language of the user.
[[nodiscard]] QString descriptionOf(const LanguageEntry& entry);
/// The first of that name and kind, or nullptr.
[[nodiscard]] const LanguageEntry* languageEntry(std::string_view name, LanguageEntry::Kind kind);
/// The first function, method or macro of that name, or nullptr.
[[nodiscard]] const LanguageEntry* callableEntry(std::string_view name);

/// The parts that languageIndex() joins.
[[nodiscard]] std::span<const LanguageEntry> languageSyntax();
[[nodiscard]] std::span<const LanguageEntry> languageCollections();
[[nodiscard]] std::span<const LanguageEntry> languageTexts();
[[nodiscard]] std::span<const LanguageEntry> languageNumbers();
[[nodiscard]] std::span<const LanguageEntry> languageDecimals();
[[nodiscard]] std::span<const LanguageEntry> languageTimes();

} // namespace eventloupe
