#include "expression/languageindex.h"

#include <QCoreApplication>

#include <algorithm>

namespace eventloupe {

namespace {

std::vector<LanguageEntry> joinedParts()
{
    std::vector<LanguageEntry> entries;
    for (const auto part : { languageSyntax(), languageCollections(), languageTexts(),
             languageNumbers(), languageDecimals(), languageTimes() }) {
        entries.insert(entries.end(), part.begin(), part.end());
    }
    return entries;
}

} // namespace

std::span<const LanguageEntry> languageIndex()
{
    static const std::vector<LanguageEntry> entries = joinedParts();
    return entries;
}

QString descriptionOf(const LanguageEntry& entry)
{
    return QCoreApplication::translate("Language", entry.description);
}

const LanguageEntry* languageEntry(std::string_view name, LanguageEntry::Kind kind)
{
    const auto index = languageIndex();
    const auto found = std::find_if(index.begin(), index.end(),
        [&](const LanguageEntry& entry) { return entry.kind == kind && entry.name == name; });
    return found == index.end() ? nullptr : &*found;
}

const LanguageEntry* callableEntry(std::string_view name)
{
    using Kind = LanguageEntry::Kind;
    for (const Kind kind : { Kind::Function, Kind::Method, Kind::Macro }) {
        if (const auto* entry = languageEntry(name, kind)) {
            return entry;
        }
    }
    return nullptr;
}

} // namespace eventloupe
