#include "expression/patterns.h"

#include "value/event.h"

#include <QCache>

#include <algorithm>

namespace eventloupe {

namespace {

/// Patterns and texts beyond these are refused.
constexpr std::size_t longestPattern = 1'000;
constexpr std::size_t longestText = 1'000'000;

QString textOf(std::string_view utf8)
{
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

/// Tries at each place of a text: powers of ten, so that few patterns are compiled.
int triesFor(std::size_t size)
{
    constexpr std::size_t together = 20'000'000;
    int tries = 1'000'000;
    while (tries > 100 && static_cast<std::size_t>(tries) * size > together) {
        tries /= 10;
    }
    return tries;
}

const QRegularExpression& compiled(std::string_view pattern, int tries)
{
    constexpr qsizetype keptPatterns = 64;
    thread_local QCache<QByteArray, QRegularExpression> cache(keptPatterns);
    const auto key = "(*LIMIT_MATCH=" + QByteArray::number(tries) + ')' + toBytes(pattern);
    if (const auto* known = cache.object(key)) {
        return *known;
    }
    auto* expression = new QRegularExpression(
        QString::fromUtf8(key), QRegularExpression::UseUnicodePropertiesOption);
    expression->optimize();
    cache.insert(key, expression);
    return *expression;
}

} // namespace

std::optional<bool> matchesPattern(
    std::string_view text, std::string_view pattern, PatternFault& fault)
{
    fault = PatternFault::TooMuchWork;
    if (pattern.size() > longestPattern || text.size() > longestText) {
        return std::nullopt;
    }
    const auto& expression = compiled(pattern, triesFor(text.size()));
    if (!expression.isValid()) {
        fault = PatternFault::Malformed;
        return std::nullopt;
    }
    const auto match = expression.match(textOf(text));
    return match.isValid() ? std::optional(match.hasMatch()) : std::nullopt;
}

} // namespace eventloupe
