#pragma once

#include "value/jsonvalue.h"

#include <QString>

#include <optional>

namespace eventloupe {

/// A programming language that test source is written in.
enum class SourceLanguage { TypeScript, CSharp, Java, Python };

[[nodiscard]] std::optional<SourceLanguage> sourceLanguageFromName(const QString& name);

/// A string literal of the language, in double quotes, that stands for exactly this text, whatever
/// is in it. What turns the direction of writing and other marks that are not seen are escaped
/// where the language can (CVE-2021-42574, "Trojan Source").
[[nodiscard]] QString stringLiteral(SourceLanguage language, const QString& text);

/// An expression of the language for a JSON value: a literal in TypeScript and Python (where very
/// deep ones are read from a text). In C# and Java, which have none, the JSON text as a string
/// literal.
[[nodiscard]] QString valueExpression(SourceLanguage language, const JsonValue& value);

/// The text as a part of a line comment: nothing in it ends the comment or is taken for an escape.
[[nodiscard]] QString commentText(const QString& text);

/// A name for a type, a member (camel case, a name with lines below between in Python), by the last
/// part of what names it: "ITEM_ADDED", "shop.item-added" and "Acme\Shop\ItemAdded" are ItemAdded.
/// Only letters and digits of ASCII; no reserved word.
[[nodiscard]] QString typeName(const QString& text);
[[nodiscard]] QString memberName(SourceLanguage language, const QString& text);

} // namespace eventloupe
