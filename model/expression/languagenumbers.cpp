#include "expression/languageindex.h"

#include <QtGlobal>

#include <array>

namespace eventloupe {

namespace {

using Kind = LanguageEntry::Kind;

/// Conversions and arithmetic.
constexpr std::array<LanguageEntry, 27> entries { {
    { Kind::Function, "int", "", "int(value)", "int",
        QT_TRANSLATE_NOOP("Language",
            "A whole number from a number, a text or a timestamp (its seconds); fractions are cut"),
        "int('42') + int(3.9)", "45" },
    { Kind::Function, "uint", "", "uint(value)", "uint",
        QT_TRANSLATE_NOOP("Language", "A whole number without a sign"), "uint(7)", "7" },
    { Kind::Function, "double", "", "double(value)", "double",
        QT_TRANSLATE_NOOP("Language", "A double from a number or a text"), "double('1.5')", "1.5" },
    { Kind::Function, "string", "", "string(value)", "string",
        QT_TRANSLATE_NOOP(
            "Language", "A text from a number, a boolean, bytes, a timestamp or a duration"),
        "string(42)", "\"42\"" },
    { Kind::Function, "bytes", "", "bytes(text)", "bytes",
        QT_TRANSLATE_NOOP("Language", "The UTF-8 of a text"), "size(bytes('é'))", "2" },
    { Kind::Function, "bool", "", "bool(text)", "bool",
        QT_TRANSLATE_NOOP("Language", "From 'true', 't', '1' and the like"), "bool('true')",
        "true" },
    { Kind::Function, "type", "", "type(value)", "type",
        QT_TRANSLATE_NOOP("Language", "The type of a value"), "type(1.5) == double", "true" },
    { Kind::Function, "dyn", "", "dyn(value)", "",
        QT_TRANSLATE_NOOP("Language", "The value itself"), "dyn(1) == 1.0", "true" },
    { Kind::Namespace, "math", "", "math.", "",
        QT_TRANSLATE_NOOP("Language", "Functions over numbers"), "math.abs(-1)", "1" },
    { Kind::Function, "math.greatest", "", "math.greatest(a, ...), math.greatest(list)", "",
        QT_TRANSLATE_NOOP("Language", "The greatest number"), "math.greatest(1, 2.5, 2)", "2.5" },
    { Kind::Function, "math.least", "", "math.least(a, ...), math.least(list)", "",
        QT_TRANSLATE_NOOP("Language", "The least number"), "math.least([3, 1, 2])", "1" },
    { Kind::Function, "math.abs", "", "math.abs(number)", "",
        QT_TRANSLATE_NOOP("Language", "Without its sign"), "math.abs(-3)", "3" },
    { Kind::Function, "math.sign", "", "math.sign(number)", "",
        QT_TRANSLATE_NOOP("Language", "-1, 0 or 1"), "math.sign(-3)", "-1" },
    { Kind::Function, "math.ceil", "", "math.ceil(double)", "double",
        QT_TRANSLATE_NOOP("Language", "The next whole number upwards"), "math.ceil(1.2)", "2.0" },
    { Kind::Function, "math.floor", "", "math.floor(double)", "double",
        QT_TRANSLATE_NOOP("Language", "The next whole number downwards"), "math.floor(-1.2)",
        "-2.0" },
    { Kind::Function, "math.round", "", "math.round(double)", "double",
        QT_TRANSLATE_NOOP("Language", "The nearest whole number, halves away from 0"),
        "math.round(1.5)", "2.0" },
    { Kind::Function, "math.trunc", "", "math.trunc(double)", "double",
        QT_TRANSLATE_NOOP("Language", "Without its fraction"), "math.trunc(-1.7)", "-1.0" },
    { Kind::Function, "math.sqrt", "", "math.sqrt(number)", "double",
        QT_TRANSLATE_NOOP("Language", "The square root"), "math.sqrt(16)", "4.0" },
    { Kind::Function, "math.isNaN", "", "math.isNaN(double)", "bool",
        QT_TRANSLATE_NOOP("Language", "Whether it is not a number"), "math.isNaN(0.0 / 0.0)",
        "true" },
    { Kind::Function, "math.isInf", "", "math.isInf(double)", "bool",
        QT_TRANSLATE_NOOP("Language", "Whether it is infinite"), "math.isInf(1.0 / 0.0)", "true" },
    { Kind::Function, "math.isFinite", "", "math.isFinite(double)", "bool",
        QT_TRANSLATE_NOOP("Language", "Whether it is neither"), "math.isFinite(1.5)", "true" },
    { Kind::Function, "math.bitAnd", "", "math.bitAnd(a, b)", "",
        QT_TRANSLATE_NOOP("Language", "The bits that are set in both"), "math.bitAnd(6, 3)", "2" },
    { Kind::Function, "math.bitOr", "", "math.bitOr(a, b)", "",
        QT_TRANSLATE_NOOP("Language", "The bits that are set in one"), "math.bitOr(6, 3)", "7" },
    { Kind::Function, "math.bitXor", "", "math.bitXor(a, b)", "",
        QT_TRANSLATE_NOOP("Language", "The bits that are set in just one"), "math.bitXor(6, 3)",
        "5" },
    { Kind::Function, "math.bitNot", "", "math.bitNot(a)", "",
        QT_TRANSLATE_NOOP("Language", "Each bit turned over"), "math.bitNot(1)", "-2" },
    { Kind::Function, "math.bitShiftLeft", "", "math.bitShiftLeft(a, places)", "",
        QT_TRANSLATE_NOOP("Language", "The bits moved to the left"), "math.bitShiftLeft(1, 4)",
        "16" },
    { Kind::Function, "math.bitShiftRight", "", "math.bitShiftRight(a, places)", "",
        QT_TRANSLATE_NOOP("Language", "The bits moved to the right; zeros come in"),
        "math.bitShiftRight(16, 4)", "1" },
} };

} // namespace

std::span<const LanguageEntry> languageNumbers()
{
    return entries;
}

} // namespace eventloupe
