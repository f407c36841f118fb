// minLength, maxLength, pattern (Validation, section 6.3) and format (section 7).
#include "schema/formats.h"
#include "schema/keywords.h"
#include "schema/pattern.h"
#include "value/event.h"

#include <algorithm>
#include <array>

namespace eventloupe {

namespace {

/// Unicode characters: the bytes of UTF-8 that do not continue one.
qsizetype characterCount(const QByteArray& utf8)
{
    return std::count_if(utf8.begin(), utf8.end(),
        [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; });
}

class LengthKeyword final : public Keyword {
public:
    LengthKeyword(bool isMinimum, qsizetype bound)
        : m_isMinimum(isMinimum)
        , m_bound(bound)
    {
    }
    void validate(const JsonValue& value, Validation& validation) const override
    {
        if (!value.isString())
            return;
        const qsizetype length = characterCount(value.toUtf8());
        if (m_isMinimum && length < m_bound)
            validation.report("minLength", tooShort(length));
        if (!m_isMinimum && length > m_bound)
            validation.report("maxLength", tooLong(length));
    }

private:
    [[nodiscard]] QString tooShort(qsizetype length) const
    {
        if (m_bound == 1)
            return SchemaText::tr("must not be empty");
        return SchemaText::tr("must have at least %1 characters, has %2").arg(m_bound).arg(length);
    }
    [[nodiscard]] QString tooLong(qsizetype length) const
    {
        if (m_bound == 1)
            return SchemaText::tr("must have at most one character, has %1").arg(length);
        return SchemaText::tr("must have at most %1 characters, has %2").arg(m_bound).arg(length);
    }

    bool m_isMinimum;
    qsizetype m_bound;
};

template <bool isMinimum>
std::unique_ptr<Keyword> compileLength(
    const SchemaCompiler::Source& source, SchemaCompiler& compiler)
{
    const auto bound = compiler.count(source.value);
    if (!bound)
        return {};
    return std::make_unique<LengthKeyword>(isMinimum, *bound);
}

class PatternKeyword final : public Keyword {
public:
    explicit PatternKeyword(Pattern pattern)
        : m_pattern(std::move(pattern))
    {
    }
    void validate(const JsonValue& value, Validation& validation) const override
    {
        if (!value.isString())
            return;
        if (validation.matches(m_pattern, value.toString(), "pattern") || validation.isOver())
            return;
        const QString source = QString::fromUtf8(m_pattern.source());
        // The usual way to require more than spaces.
        validation.report("pattern",
            source == QLatin1String("\\S")
                ? SchemaText::tr("must not be blank")
                : SchemaText::tr("must match the pattern %1").arg(source));
    }

private:
    Pattern m_pattern;
};

std::unique_ptr<Keyword> compilePattern(
    const SchemaCompiler::Source& source, SchemaCompiler& compiler)
{
    const auto text = compiler.text(source.value);
    if (!text)
        return {};
    auto pattern = compiler.pattern(*text);
    if (!pattern)
        return {};
    return std::make_unique<PatternKeyword>(std::move(pattern).value());
}

class FormatKeyword final : public Keyword {
public:
    explicit FormatKeyword(const Format& format)
        : m_format(format)
    {
    }
    void validate(const JsonValue& value, Validation& validation) const override
    {
        if (!value.isString())
            return;
        const bool fits = m_format.name == "regex"
            ? validation.readsAsPattern(m_format.fits, value.toView())
            : m_format.fits(value.toView());
        if (!fits && !validation.isOver())
            validation.report("format", SchemaText::tr(m_format.message));
    }

private:
    const Format& m_format;
};

std::unique_ptr<Keyword> compileFormat(
    const SchemaCompiler::Source& source, SchemaCompiler& compiler)
{
    const auto name = compiler.text(source.value);
    const Format* format = name && compiler.assertsFormats() ? findFormat(viewOf(*name)) : nullptr;
    if (!format)
        return {};
    return std::make_unique<FormatKeyword>(*format);
}

constexpr std::array<KeywordFactory, 4> factories { {
    { "minLength", compileLength<true>, true },
    { "maxLength", compileLength<false>, true },
    { "pattern", compilePattern, true },
    { "format", compileFormat },
} };

} // namespace

std::span<const KeywordFactory> stringKeywords()
{
    return factories;
}

} // namespace eventloupe
