#include "mask/masked.h"
#include "mask/maskpatterns.h"

#include "value/event.h"
#include "value/json.h"
#include "value/jsonscan.h"

#include <QVarLengthArray>

#include <algorithm>

namespace eventloupe {

namespace {

/// Goes through a JSON text and puts the sign where a pattern ends; as deep as the patterns are.
class TextMasker {
public:
    using Patterns = QVarLengthArray<const JsonPointer*, 16>;

    TextMasker(std::string_view json, QByteArray& out)
        : m_json(json)
        , m_walk(json)
        , m_copied(json.data())
        , m_out(out)
    {
    }

    /// False where the text is no JSON, or more than one value.
    bool run(const Patterns& patterns)
    {
        m_walk.skipSpace();
        if (!value(patterns, 0))
            return false;
        m_walk.skipSpace();
        return m_walk.at() == m_json.data() + m_json.size();
    }

    bool finish()
    {
        if (m_copied == m_json.data())
            return false;
        copyTo(m_json.data() + m_json.size());
        return true;
    }

private:
    bool value(const Patterns& patterns, qsizetype depth)
    {
        const bool isMasked = std::any_of(patterns.begin(), patterns.end(),
            [depth](const JsonPointer* pattern) { return pattern->tokens().size() == depth; });
        if (isMasked)
            return replace();
        if (m_walk.isNext('"'))
            return text();
        if (m_walk.isNext('{'))
            return object(patterns, depth);
        return m_walk.isNext('[') ? array(patterns, depth) : m_walk.skipValue();
    }

    bool replace()
    {
        const char* start = m_walk.at();
        if (!m_walk.skipValue())
            return false;
        putSign(start);
        return true;
    }

    /// In place of what was walked over from there on.
    void putSign(const char* start)
    {
        copyTo(start);
        m_out.append('"').append(maskSign.data(), static_cast<qsizetype>(maskSign.size()));
        m_out.append('"');
        m_copied = m_walk.at();
    }

    /// A string that a pattern leads into: JSON in it, into which none leads, is masked whole.
    bool text()
    {
        const char* start = m_walk.at();
        bool isEscaped = false;
        if (!m_walk.skipString(isEscaped))
            return false;
        const std::string_view quoted(start, static_cast<std::size_t>(m_walk.at() - start));
        if (isEscaped ? looksLikeJson(nameOf(quoted, true)) : looksLikeJson(quoted.substr(1)))
            putSign(start);
        return true;
    }

    bool object(const Patterns& patterns, qsizetype depth)
    {
        m_walk.take('{');
        m_walk.skipSpace();
        if (m_walk.take('}'))
            return true;
        for (;;) {
            m_walk.skipSpace();
            const char* start = m_walk.at();
            bool isEscaped = false;
            if (!m_walk.skipString(isEscaped))
                return false;
            const std::string_view quoted(start, static_cast<std::size_t>(m_walk.at() - start));
            m_walk.skipSpace();
            if (!m_walk.take(':'))
                return false;
            m_walk.skipSpace();
            if (!child(patterns, depth, nameOf(quoted, isEscaped)))
                return false;
            m_walk.skipSpace();
            if (m_walk.take('}'))
                return true;
            if (!m_walk.take(','))
                return false;
        }
    }

    bool array(const Patterns& patterns, qsizetype depth)
    {
        m_walk.take('[');
        m_walk.skipSpace();
        if (m_walk.take(']'))
            return true;
        for (qsizetype i = 0;; ++i) {
            m_walk.skipSpace();
            if (!child(patterns, depth, viewOf(m_number.setNum(i))))
                return false;
            m_walk.skipSpace();
            if (m_walk.take(']'))
                return true;
            if (!m_walk.take(','))
                return false;
        }
    }

    bool child(const Patterns& patterns, qsizetype depth, std::string_view name)
    {
        Patterns inner;
        for (const JsonPointer* pattern : patterns) {
            const std::string_view wanted = viewOf(pattern->tokens().at(depth));
            if (wanted == name || wanted == "-")
                inner.append(pattern);
        }
        return inner.isEmpty() ? m_walk.skipValue() : value(inner, depth + 1);
    }

    /// A member's name or a string, from the text with its quotes.
    std::string_view nameOf(std::string_view quoted, bool isEscaped)
    {
        if (!isEscaped)
            return quoted.substr(1, quoted.size() - 2);
        const auto name = parseJson(quoted);
        m_name = name ? name->toUtf8() : QByteArray();
        return viewOf(m_name);
    }

    void copyTo(const char* end) { m_out.append(m_copied, end - m_copied); }

    std::string_view m_json;
    RawWalk m_walk;
    const char* m_copied; ///< Up to here the text is in `m_out`.
    QByteArray& m_out;
    QByteArray m_name;
    QByteArray m_number;
};

} // namespace

bool MaskPatterns::mask(std::string_view json, QByteArray& out) const
{
    if (m_pointers.isEmpty() || json.empty())
        return false;
    TextMasker::Patterns all;
    for (const JsonPointer& pattern : m_pointers)
        all.append(&pattern);
    QByteArray text;
    TextMasker masker(json, text);
    if (!masker.run(all)) {
        out = '"' + QByteArray(maskSign.data(), static_cast<qsizetype>(maskSign.size())) + '"';
        return true;
    }
    if (!masker.finish())
        return false;
    out = std::move(text);
    return true;
}

} // namespace eventloupe
