#include "expression/languageindex.h"

#include <QtGlobal>

#include <array>

namespace eventloupe {

namespace {

using Kind = LanguageEntry::Kind;

/// Literals, operators and the names of types.
constexpr std::array<LanguageEntry, 45> entries { {
    { Kind::Literal, "1", "", "1, -1, 0x1F", "int",
        QT_TRANSLATE_NOOP("Language", "A whole number of 64 bits"), "0x1F + 1", "32" },
    { Kind::Literal, "1u", "", "1u, 0xFFu", "uint",
        QT_TRANSLATE_NOOP("Language", "A whole number without a sign"), "18446744073709551615u",
        "18446744073709551615" },
    { Kind::Literal, "1.0", "", "1.5, 1e3", "double",
        QT_TRANSLATE_NOOP("Language", "A number with a fraction"), "1e3 + 0.5", "1000.5" },
    { Kind::Literal, "'...'", "", "'text', \"text\"", "string",
        QT_TRANSLATE_NOOP(
            "Language", "A text; \\n, \\t, \\\\, \\' and \\u00e9 stand for what cannot be typed"),
        "'it\\'s'", "\"it's\"" },
    { Kind::Literal, "r'...'", "", "r'text'", "string",
        QT_TRANSLATE_NOOP("Language", "A text in which a backslash is a backslash, for patterns"),
        R"(r'\d+')", R"("\\d+")" },
    { Kind::Literal, "'''...'''", "", "'''text'''", "string",
        QT_TRANSLATE_NOOP("Language", "A text over several lines"), R"('''say "yes"''')",
        R"("say \"yes\"")" },
    { Kind::Literal, "b'...'", "", "b'text', b'\\xff'", "bytes",
        QT_TRANSLATE_NOOP("Language", "Bytes; as JSON they are base64"), "b'abc'", "\"YWJj\"" },
    { Kind::Literal, "true", "", "true, false", "bool",
        QT_TRANSLATE_NOOP("Language", "True and false"), "true || false", "true" },
    { Kind::Literal, "null", "", "null", "null_type",
        QT_TRANSLATE_NOOP("Language", "The null of JSON"), "null == null", "true" },
    { Kind::Literal, "[...]", "", "[a, b, ?optional]", "list",
        QT_TRANSLATE_NOOP(
            "Language", "A list; an element behind ? is left out where it is missing"),
        "[1, ?optional.none(), 3]", "[1,3]" },
    { Kind::Literal, "{...}", "", "{key: value, ?key: optional}", "map",
        QT_TRANSLATE_NOOP(
            "Language", "A map; an entry behind ? is left out where its value is missing"),
        "{'a': 1, ?'b': optional.none()}", "{\"a\":1}" },
    { Kind::Literal, "//", "", "// comment", "",
        QT_TRANSLATE_NOOP("Language", "A comment, to the end of the line"), "1 + 2 // three", "3" },
    { Kind::Operator, ".", "", "map.name", "",
        QT_TRANSLATE_NOOP("Language", "A field; it fails where the field is missing"),
        "{'a': {'b': 1}}.a.b", "1" },
    { Kind::Operator, ".?", "", "map.?name", "optional_type",
        QT_TRANSLATE_NOOP("Language", "A field that may be missing"), "{'a': 1}.?b.orValue(0)",
        "0" },
    { Kind::Operator, "[]", "", "list[index], map[key]", "",
        QT_TRANSLATE_NOOP(
            "Language", "An element by its number from 0, or a map's value by its key"),
        "['a', 'b'][1]", "\"b\"" },
    { Kind::Operator, "[?]", "", "list[?index], map[?key]", "optional_type",
        QT_TRANSLATE_NOOP("Language", "An element or a value that may be missing"),
        "['a'][?5].orValue('none')", "\"none\"" },
    { Kind::Operator, "!", "", "!condition", "bool", QT_TRANSLATE_NOOP("Language", "Not"),
        "!(1 > 2)", "true" },
    { Kind::Operator, "-", "", "-number, a - b", "",
        QT_TRANSLATE_NOOP("Language", "The negative, a difference; of times as well"), "7 - 10",
        "-3" },
    { Kind::Operator, "*", "", "a * b", "", QT_TRANSLATE_NOOP("Language", "A product"), "2 * 1.5",
        "3.0" },
    { Kind::Operator, "/", "", "a / b", "",
        QT_TRANSLATE_NOOP("Language", "A quotient; of two ints the whole part"), "7 / 2", "3" },
    { Kind::Operator, "%", "", "a % b", "", QT_TRANSLATE_NOOP("Language", "The rest of a division"),
        "7 % 2", "1" },
    { Kind::Operator, "+", "", "a + b", "",
        QT_TRANSLATE_NOOP("Language", "A sum; texts, bytes and lists are joined"), "'a' + 'b'",
        "\"ab\"" },
    { Kind::Operator, "==", "", "a == b", "bool",
        QT_TRANSLATE_NOOP("Language", "Equal; numbers of any type by their value"), "1 == 1.0",
        "true" },
    { Kind::Operator, "!=", "", "a != b", "bool", QT_TRANSLATE_NOOP("Language", "Not equal"),
        "'a' != 'b'", "true" },
    { Kind::Operator, "<", "", "a < b", "bool",
        QT_TRANSLATE_NOOP("Language", "Less; texts by their characters, times by what is earlier"),
        "'a' < 'b'", "true" },
    { Kind::Operator, "<=", "", "a <= b", "bool", QT_TRANSLATE_NOOP("Language", "Less or equal"),
        "2 <= 2", "true" },
    { Kind::Operator, ">", "", "a > b", "bool", QT_TRANSLATE_NOOP("Language", "Greater"), "2 > 1.5",
        "true" },
    { Kind::Operator, ">=", "", "a >= b", "bool", QT_TRANSLATE_NOOP("Language", "Greater or equal"),
        "2 >= 3", "false" },
    { Kind::Operator, "in", "", "value in list, key in map", "bool",
        QT_TRANSLATE_NOOP("Language", "Whether a list holds the value, or a map the key"),
        "'EUR' in ['EUR', 'USD']", "true" },
    { Kind::Operator, "&&", "", "a && b", "bool",
        QT_TRANSLATE_NOOP("Language", "And; a false on one side hides a failure on the other"),
        "false && 1 / 0 > 1", "false" },
    { Kind::Operator, "||", "", "a || b", "bool",
        QT_TRANSLATE_NOOP("Language", "Or; a true on one side hides a failure on the other"),
        "1 / 0 > 1 || true", "true" },
    { Kind::Operator, "?:", "", "condition ? yes : no", "",
        QT_TRANSLATE_NOOP("Language", "One of two values"), "3 > 2 ? 'more' : 'less'", "\"more\"" },
    { Kind::Type, "null_type", "", "null_type", "type",
        QT_TRANSLATE_NOOP("Language", "The type of null"), "type(null) == null_type", "true" },
    { Kind::Type, "bool", "", "bool", "type",
        QT_TRANSLATE_NOOP("Language", "The type of true and false"), "type(true) == bool", "true" },
    { Kind::Type, "int", "", "int", "type",
        QT_TRANSLATE_NOOP("Language", "The type of whole numbers"), "type(1) == int", "true" },
    { Kind::Type, "uint", "", "uint", "type",
        QT_TRANSLATE_NOOP("Language", "The type of whole numbers without a sign"),
        "type(1u) == uint", "true" },
    { Kind::Type, "double", "", "double", "type",
        QT_TRANSLATE_NOOP("Language", "The type of numbers with a fraction"), "type(1.5) == double",
        "true" },
    { Kind::Type, "string", "", "string", "type",
        QT_TRANSLATE_NOOP("Language", "The type of texts"), "type('a') == string", "true" },
    { Kind::Type, "bytes", "", "bytes", "type", QT_TRANSLATE_NOOP("Language", "The type of bytes"),
        "type(b'a') == bytes", "true" },
    { Kind::Type, "list", "", "list", "type", QT_TRANSLATE_NOOP("Language", "The type of lists"),
        "type([]) == list", "true" },
    { Kind::Type, "map", "", "map", "type",
        QT_TRANSLATE_NOOP("Language", "The type of maps, the objects of JSON"), "type({}) == map",
        "true" },
    { Kind::Type, "google.protobuf.Timestamp", "", "google.protobuf.Timestamp", "type",
        QT_TRANSLATE_NOOP("Language", "The type of timestamps"),
        "type(timestamp(0)) == google.protobuf.Timestamp", "true" },
    { Kind::Type, "google.protobuf.Duration", "", "google.protobuf.Duration", "type",
        QT_TRANSLATE_NOOP("Language", "The type of durations"),
        "type(duration('1s')) == google.protobuf.Duration", "true" },
    { Kind::Type, "optional_type", "", "optional_type", "type",
        QT_TRANSLATE_NOOP("Language", "The type of values that may be missing"),
        "type(optional.none()) == optional_type", "true" },
    { Kind::Type, "type", "", "type", "type", QT_TRANSLATE_NOOP("Language", "The type of types"),
        "type(int) == type", "true" },
} };

} // namespace

std::span<const LanguageEntry> languageSyntax()
{
    return entries;
}

} // namespace eventloupe
