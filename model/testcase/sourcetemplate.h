#pragma once

#include "testcase/sourcetext.h"
#include "value/result.h"

#include <vector>

namespace eventloupe {

/// A template for source text, a small part of Mustache (mustache.github.io) in which nothing
/// reaches the text without a filter that makes it safe there:
///
///     {{name|filter}}     a value: string, value, type, member, comment, file; number for numbers
///     {{#name}}...{{/name}}   once for each element of an array, or once where it is not empty
///     {{^name}}...{{/name}}   where it is false, empty or missing
///     {{! a remark }}
///
/// Names lead into objects by dots and are looked up from the inside out. Elements of an array that
/// are objects have `first`, `last`, `number` (from 1) and `index` (from 0) as well. A tag of a
/// section that is alone on its line leaves no line. Immutable, thread-safe.
class SourceTemplate {
public:
    /// Fails with InvalidInput and "line N: ..." where a tag is wrong.
    static Result<SourceTemplate> parse(SourceLanguage language, const QString& text);
    /// Fails where a value does not fit its filter.
    [[nodiscard]] Result<QString> render(const JsonValue& root) const;

private:
    enum class Kind { Text, Value, Section, Inverted, End };
    struct Part {
        Kind kind = Kind::Text;
        QString text; ///< The text, or the name.
        QString filter;
        std::size_t end = 0; ///< Of a section: its End.
        int line = 1;
    };
    class Parser;
    class Renderer;

    SourceLanguage m_language = SourceLanguage::TypeScript;
    std::vector<Part> m_parts;
};

} // namespace eventloupe
