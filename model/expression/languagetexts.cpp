#include "expression/languageindex.h"

#include <QtGlobal>

#include <array>

namespace eventloupe {

namespace {

using Kind = LanguageEntry::Kind;

constexpr std::array<LanguageEntry, 22> entries { {
    { Kind::Method, "contains", "string", "text.contains(part)", "bool",
        QT_TRANSLATE_NOOP("Language", "Whether the part is in it"), "'hello'.contains('ell')",
        "true" },
    { Kind::Method, "startsWith", "string", "text.startsWith(prefix)", "bool",
        QT_TRANSLATE_NOOP("Language", "Whether it starts with the prefix"),
        "'hello'.startsWith('he')", "true" },
    { Kind::Method, "endsWith", "string", "text.endsWith(suffix)", "bool",
        QT_TRANSLATE_NOOP("Language", "Whether it ends with the suffix"), "'hello'.endsWith('lo')",
        "true" },
    { Kind::Method, "matches", "string", "text.matches(pattern)", "bool",
        QT_TRANSLATE_NOOP("Language", "Whether a regular expression fits somewhere in it"),
        "'A-17'.matches('^[A-Z]-[0-9]+$')", "true" },
    { Kind::Function, "matches", "", "matches(text, pattern)", "bool",
        QT_TRANSLATE_NOOP("Language", "The same, as a function"), "matches('A-17', '[0-9]')",
        "true" },
    { Kind::Method, "charAt", "string", "text.charAt(index)", "string",
        QT_TRANSLATE_NOOP("Language", "The character of that number, from 0"), "'hello'.charAt(1)",
        "\"e\"" },
    { Kind::Method, "indexOf", "string", "text.indexOf(part[, start])", "int",
        QT_TRANSLATE_NOOP("Language", "The number of the first character of the part, or -1"),
        "'hello'.indexOf('l')", "2" },
    { Kind::Method, "lastIndexOf", "string", "text.lastIndexOf(part[, start])", "int",
        QT_TRANSLATE_NOOP("Language", "The same, searched from behind"), "'hello'.lastIndexOf('l')",
        "3" },
    { Kind::Method, "substring", "string", "text.substring(start[, end])", "string",
        QT_TRANSLATE_NOOP("Language", "The characters from a number to before another"),
        "'hello'.substring(1, 3)", "\"el\"" },
    { Kind::Method, "replace", "string", "text.replace(old, new[, limit])", "string",
        QT_TRANSLATE_NOOP("Language", "With one part replaced by another, at most so often"),
        "'a-b-c'.replace('-', '+')", "\"a+b+c\"" },
    { Kind::Method, "split", "string", "text.split(separator[, limit])", "list",
        QT_TRANSLATE_NOOP("Language", "The parts between the separators"), "'a,b'.split(',')",
        R"(["a","b"])" },
    { Kind::Method, "join", "list", "list.join([separator])", "string",
        QT_TRANSLATE_NOOP("Language", "The texts of a list, joined"), "['a', 'b'].join('-')",
        "\"a-b\"" },
    { Kind::Method, "lowerAscii", "string", "text.lowerAscii()", "string",
        QT_TRANSLATE_NOOP("Language", "A to Z as small letters"), "'TacoCat'.lowerAscii()",
        "\"tacocat\"" },
    { Kind::Method, "upperAscii", "string", "text.upperAscii()", "string",
        QT_TRANSLATE_NOOP("Language", "a to z as capital letters"), "'eur'.upperAscii()",
        "\"EUR\"" },
    { Kind::Method, "trim", "string", "text.trim()", "string",
        QT_TRANSLATE_NOOP("Language", "Without white space at its ends"), "'  a '.trim()",
        "\"a\"" },
    { Kind::Method, "reverse", "string", "text.reverse()", "string",
        QT_TRANSLATE_NOOP("Language", "From the end to the start"), "'abc'.reverse()", "\"cba\"" },
    { Kind::Method, "format", "string", "text.format(list)", "string",
        QT_TRANSLATE_NOOP(
            "Language", "With %s (any), %d, %.2f, %e, %b, %o, %x and %X replaced by the values"),
        "'%s owes %.2f'.format(['Ada', 3])", "\"Ada owes 3.00\"" },
    { Kind::Namespace, "strings", "", "strings.", "",
        QT_TRANSLATE_NOOP("Language", "Functions over texts"), "strings.quote('a')",
        R"("\"a\"")" },
    { Kind::Function, "strings.quote", "", "strings.quote(text)", "string",
        QT_TRANSLATE_NOOP("Language", "In quotes, with escapes, safe to print"),
        R"(strings.quote('a\nb'))", R"("\"a\\nb\"")" },
    { Kind::Namespace, "base64", "", "base64.", "",
        QT_TRANSLATE_NOOP("Language", "Bytes as text and back"), "base64.encode(b'hello')",
        "\"aGVsbG8=\"" },
    { Kind::Function, "base64.encode", "", "base64.encode(bytes)", "string",
        QT_TRANSLATE_NOOP("Language", "Bytes as base64"), "base64.encode(b'hello')",
        "\"aGVsbG8=\"" },
    { Kind::Function, "base64.decode", "", "base64.decode(text)", "bytes",
        QT_TRANSLATE_NOOP("Language", "Bytes from base64"), "string(base64.decode('aGVsbG8'))",
        "\"hello\"" },
} };

} // namespace

std::span<const LanguageEntry> languageTexts()
{
    return entries;
}

} // namespace eventloupe
