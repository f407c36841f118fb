#include "expression/nearfunction.h"

#include "expression/languageindex.h"
#include "expression/nearestname.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <vector>

namespace eventloupe {

namespace {

using Kind = LanguageEntry::Kind;

QString textOf(std::string_view utf8)
{
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

/// What may be written in such a place.
std::vector<std::string_view> callables(bool isMember)
{
    std::vector<std::string_view> names;
    for (const LanguageEntry& entry : languageIndex()) {
        const bool isBehind = !entry.receiver.empty();
        const bool isCallable = entry.kind == Kind::Function || entry.kind == Kind::Method
            || entry.kind == Kind::Macro;
        if (isCallable && isBehind == isMember) {
            names.push_back(entry.name);
        }
    }
    return names;
}

/// "math" of "math.abs", when that is a namespace.
bool isInNamespace(std::string_view qualified)
{
    const auto dot = qualified.rfind('.');
    return dot != std::string_view::npos
        && languageEntry(qualified.substr(0, dot), Kind::Namespace) != nullptr;
}

/// How other languages call what is written otherwise here.
struct Foreign {
    std::string_view name;
    std::string_view written;
};
constexpr std::array<Foreign, 22> foreignNames { {
    { "max", "math.greatest(a, b)" },
    { "min", "math.least(a, b)" },
    { "abs", "math.abs(x)" },
    { "round", "math.round(x)" },
    { "floor", "math.floor(x)" },
    { "ceil", "math.ceil(x)" },
    { "length", "size(x)" },
    { "len", "size(x)" },
    { "count", "size(x)" },
    { "toUpperCase", "text.upperAscii()" },
    { "upper", "text.upperAscii()" },
    { "toLowerCase", "text.lowerAscii()" },
    { "lower", "text.lowerAscii()" },
    { "toString", "string(x)" },
    { "str", "string(x)" },
    { "parseInt", "int(x)" },
    { "number", "double(x)" },
    { "includes", "text.contains(part), or value in list" },
    { "some", "list.exists(i, ...)" },
    { "every", "list.all(i, ...)" },
    { "not", "!x" },
    { "coalesce", "value.?name.orValue(x)" },
} };

QString foreignHint(std::string_view name)
{
    const auto* found = std::find_if(foreignNames.begin(), foreignNames.end(),
        [name](const Foreign& foreign) { return foreign.name == name; });
    return found == foreignNames.end()
        ? QString()
        : QCoreApplication::translate("Expression", "; write %1").arg(textOf(found->written));
}

QString unknown(std::string_view name, const QString& hint)
{
    return QCoreApplication::translate("Expression", "unknown function '%1'%2")
        .arg(textOf(name), hint);
}

} // namespace

QString unknownFunctionText(std::string_view name, std::string_view qualified, bool isMember,
    std::span<const std::string_view> host)
{
    if (isInNamespace(qualified)) {
        return unknown(qualified, nearestNameHint(qualified, callables(false)));
    }
    if (const auto* entry = callableEntry(name)) {
        return QCoreApplication::translate("Expression", "'%1' is written %2")
            .arg(textOf(name), textOf(entry->signature));
    }
    const auto near = qualified.empty() ? QString() : nearestNameHint(qualified, callables(false));
    if (const auto hint = foreignHint(name); !hint.isEmpty() && near.isEmpty()) {
        return unknown(name, hint);
    }
    auto names = callables(isMember);
    if (!isMember) {
        names.insert(names.end(), host.begin(), host.end());
    }
    auto hint = nearestNameHint(name, names);
    if (hint.isEmpty()) {
        hint = near;
    }
    if (hint.isEmpty()) {
        hint = nearestNameHint(name, callables(!isMember));
    }
    return unknown(name, hint);
}

QString wrongCountText(std::string_view name, std::size_t given)
{
    const auto* entry = callableEntry(name);
    return QCoreApplication::translate(
        "Expression", "'%1' does not take %2 values; it is written %3")
        .arg(textOf(name), QString::number(given),
            textOf(entry != nullptr ? entry->signature : name));
}

} // namespace eventloupe
