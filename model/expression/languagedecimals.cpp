#include "expression/languageindex.h"

#include <QtGlobal>

#include <array>

namespace eventloupe {

namespace {

using Kind = LanguageEntry::Kind;

/// Decimals with all their digits, an extension to CEL.
constexpr std::array<LanguageEntry, 7> entries { {
    { Kind::Namespace, "decimal", "", "decimal.", "",
        QT_TRANSLATE_NOOP("Language",
            "Exact decimals, of up to 1,000 digits before and behind the point; they take texts "
            "and numbers, and give texts"),
        "decimal.add('0.1', '0.2')", "\"0.3\"" },
    { Kind::Function, "decimal.add", "", "decimal.add(a, b)", "string",
        QT_TRANSLATE_NOOP("Language", "The sum, with the decimals of the longer one"),
        "decimal.add('90071992547409931.07', 0.1)", "\"90071992547409931.17\"" },
    { Kind::Function, "decimal.subtract", "", "decimal.subtract(a, b)", "string",
        QT_TRANSLATE_NOOP("Language", "The difference, with the decimals of the longer one"),
        "decimal.subtract('10.00', 3)", "\"7.00\"" },
    { Kind::Function, "decimal.multiply", "", "decimal.multiply(a, b)", "string",
        QT_TRANSLATE_NOOP("Language", "The product, with the decimals of both"),
        "decimal.multiply('19.90', '0.19')", "\"3.7810\"" },
    { Kind::Function, "decimal.round", "", "decimal.round(a, places)", "string",
        QT_TRANSLATE_NOOP("Language", "With so many decimals, halves away from 0"),
        "decimal.round('3.7850', 2)", "\"3.79\"" },
    { Kind::Function, "decimal.compare", "", "decimal.compare(a, b)", "int",
        QT_TRANSLATE_NOOP("Language", "-1, 0 or 1: less, the same number, or more"),
        "decimal.compare('1.50', 1.5)", "0" },
    { Kind::Function, "decimal.sum", "", "decimal.sum(list)", "string",
        QT_TRANSLATE_NOOP("Language", "The sum of a list, with the decimals of the longest"),
        "decimal.sum(['1.10', 2, '0.005'])", "\"3.105\"" },
} };

} // namespace

std::span<const LanguageEntry> languageDecimals()
{
    return entries;
}

} // namespace eventloupe
