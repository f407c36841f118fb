#include "expression/languageindex.h"

#include <QtGlobal>

#include <array>

namespace eventloupe {

namespace {

using Kind = LanguageEntry::Kind;

/// Lists, maps and optionals.
constexpr std::array<LanguageEntry, 36> entries { {
    { Kind::Macro, "has", "", "has(value.name)", "bool",
        QT_TRANSLATE_NOOP("Language", "Whether the field is there"), "has({'a': 1}.a)", "true" },
    { Kind::Macro, "all", "list, map", "list.all(x, condition), list.all(i, x, condition)", "bool",
        QT_TRANSLATE_NOOP("Language",
            "Whether the condition holds for each element or key; with two names, for index and "
            "element or key and value"),
        "[1, 2].all(x, x > 0)", "true" },
    { Kind::Macro, "exists", "list, map", "list.exists(x, condition), list.exists(i, x, condition)",
        "bool", QT_TRANSLATE_NOOP("Language", "Whether the condition holds for at least one"),
        "{'a': 1}.exists(k, v, v > 0)", "true" },
    { Kind::Macro, "exists_one", "list, map", "list.exists_one(x, condition)", "bool",
        QT_TRANSLATE_NOOP("Language", "Whether the condition holds for just one"),
        "[1, 2, 3].exists_one(x, x > 2)", "true" },
    { Kind::Macro, "existsOne", "list, map", "list.existsOne(i, x, condition)", "bool",
        QT_TRANSLATE_NOOP("Language", "The same, also with two names"),
        "[7, 8].existsOne(i, x, i == 0 && x == 7)", "true" },
    { Kind::Macro, "filter", "list, map", "list.filter(x, condition)", "list",
        QT_TRANSLATE_NOOP("Language", "Those for which the condition holds"),
        "[1, 2, 3].filter(x, x % 2 == 1)", "[1,3]" },
    { Kind::Macro, "map", "list, map", "list.map(x, value), list.map(x, condition, value)", "list",
        QT_TRANSLATE_NOOP(
            "Language", "A value for each; with a condition, for those for which it holds"),
        "[1, 2].map(x, x * 10)", "[10,20]" },
    { Kind::Macro, "transformList", "list, map", "list.transformList(i, x[, condition], value)",
        "list",
        QT_TRANSLATE_NOOP("Language", "A value for each index and element, or key and value"),
        "['a', 'b'].transformList(i, x, x + string(i))", "[\"a0\",\"b1\"]" },
    { Kind::Macro, "transformMap", "list, map", "map.transformMap(k, v[, condition], value)", "map",
        QT_TRANSLATE_NOOP("Language", "A map with the same keys and new values"),
        "{'a': 1, 'b': 2}.transformMap(k, v, v > 1, v * 10)", R"({"b":20})" },
    { Kind::Macro, "transformMapEntry", "list, map",
        "map.transformMapEntry(k, v[, condition], {key: value})", "map",
        QT_TRANSLATE_NOOP("Language", "A map of new keys and values"),
        "{'a': 'x'}.transformMapEntry(k, v, {v: k})", R"({"x":"a"})" },
    { Kind::Macro, "cel.bind", "", "cel.bind(name, value, expression)", "",
        QT_TRANSLATE_NOOP("Language", "Names a value for an expression"),
        "cel.bind(x, 2 + 3, x * x)", "25" },
    { Kind::Function, "size", "", "size(value)", "int",
        QT_TRANSLATE_NOOP(
            "Language", "Characters of a text, bytes, elements of a list, entries of a map"),
        "size('abc')", "3" },
    { Kind::Method, "size", "string, bytes, list, map", "value.size()", "int",
        QT_TRANSLATE_NOOP("Language", "The same, behind the value"), "[1, 2].size()", "2" },
    { Kind::Method, "first", "list", "list.first()", "optional_type",
        QT_TRANSLATE_NOOP("Language", "The first element, if any"), "[1, 2].first().value()", "1" },
    { Kind::Method, "last", "list", "list.last()", "optional_type",
        QT_TRANSLATE_NOOP("Language", "The last element, if any"), "[1, 2].last().value()", "2" },
    { Kind::Method, "reverse", "list, string", "list.reverse()", "",
        QT_TRANSLATE_NOOP("Language", "From the end to the start; of a text as well"),
        "[1, 2].reverse()", "[2,1]" },
    { Kind::Method, "slice", "list", "list.slice(start, end)", "list",
        QT_TRANSLATE_NOOP("Language", "The elements from a number to before another"),
        "[1, 2, 3].slice(1, 3)", "[2,3]" },
    { Kind::Method, "sort", "list", "list.sort()", "list",
        QT_TRANSLATE_NOOP("Language", "In rising order; all of one kind"), "[3, 1, 2].sort()",
        "[1,2,3]" },
    { Kind::Method, "distinct", "list", "list.distinct()", "list",
        QT_TRANSLATE_NOOP("Language", "Each value once"), "[1, 2, 1].distinct()", "[1,2]" },
    { Kind::Method, "flatten", "list", "list.flatten([depth])", "list",
        QT_TRANSLATE_NOOP("Language", "The elements of the lists in it"), "[[1], [2, 3]].flatten()",
        "[1,2,3]" },
    { Kind::Method, "sum", "list", "list.sum()", "",
        QT_TRANSLATE_NOOP("Language", "The sum of numbers or durations; 0 when there are none"),
        "[1, 2.5].sum()", "3.5" },
    { Kind::Namespace, "lists", "", "lists.", "",
        QT_TRANSLATE_NOOP("Language", "Functions that make lists"), "lists.range(2)", "[0,1]" },
    { Kind::Function, "lists.range", "", "lists.range(count)", "list",
        QT_TRANSLATE_NOOP("Language", "The numbers from 0 to before count"), "lists.range(3)",
        "[0,1,2]" },
    { Kind::Namespace, "optional", "", "optional.", "",
        QT_TRANSLATE_NOOP("Language", "Functions that make optionals"), "optional.of(1).value()",
        "1" },
    { Kind::Function, "optional.of", "", "optional.of(value)", "optional_type",
        QT_TRANSLATE_NOOP("Language", "An optional that holds the value"),
        "optional.of(1).hasValue()", "true" },
    { Kind::Function, "optional.none", "", "optional.none()", "optional_type",
        QT_TRANSLATE_NOOP("Language", "An optional without a value"), "optional.none().hasValue()",
        "false" },
    { Kind::Function, "optional.ofNonZeroValue", "", "optional.ofNonZeroValue(value)",
        "optional_type",
        QT_TRANSLATE_NOOP(
            "Language", "An optional that is empty for 0, '', false, null, [] and {}"),
        "optional.ofNonZeroValue('').orValue('none')", "\"none\"" },
    { Kind::Function, "optional.unwrap", "", "optional.unwrap(list)", "list",
        QT_TRANSLATE_NOOP("Language", "What the optionals of a list hold"),
        "optional.unwrap([optional.of(1), optional.none()])", "[1]" },
    { Kind::Method, "unwrapOpt", "list", "list.unwrapOpt()", "list",
        QT_TRANSLATE_NOOP("Language", "The same, behind the list"),
        "[optional.of(1), optional.none()].unwrapOpt()", "[1]" },
    { Kind::Method, "hasValue", "optional_type", "optional.hasValue()", "bool",
        QT_TRANSLATE_NOOP("Language", "Whether it holds a value"), "{'a': 1}.?a.hasValue()",
        "true" },
    { Kind::Method, "value", "optional_type", "optional.value()", "",
        QT_TRANSLATE_NOOP("Language", "What it holds; fails when it is empty"),
        "{'a': 1}.?a.value()", "1" },
    { Kind::Macro, "orValue", "optional_type", "optional.orValue(value)", "",
        QT_TRANSLATE_NOOP("Language", "What it holds, else the value"), "{'a': 1}.?b.orValue(2)",
        "2" },
    { Kind::Macro, "or", "optional_type", "optional.or(optional)", "optional_type",
        QT_TRANSLATE_NOOP("Language", "Itself, else the other one"),
        "{'a': 1}.?b.or(optional.of(3)).value()", "3" },
    { Kind::Macro, "optMap", "optional_type", "optional.optMap(x, value)", "optional_type",
        QT_TRANSLATE_NOOP("Language", "An optional of a value made of what it holds"),
        "optional.of(2).optMap(x, x * 10).value()", "20" },
    { Kind::Macro, "optFlatMap", "optional_type", "optional.optFlatMap(x, optional)",
        "optional_type",
        QT_TRANSLATE_NOOP("Language", "The same, with an expression that gives an optional"),
        "{'a': {'b': 1}}.?a.optFlatMap(x, x.?b).value()", "1" },
    { Kind::Namespace, "cel", "", "cel.", "",
        QT_TRANSLATE_NOOP("Language", "What belongs to the language itself"),
        "cel.bind(x, 1, x + x)", "2" },
} };

} // namespace

std::span<const LanguageEntry> languageCollections()
{
    return entries;
}

} // namespace eventloupe
