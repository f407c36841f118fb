#pragma once

#include "value/result.h"

#include <QByteArray>
#include <QRegularExpression>

#include <chrono>

namespace eventloupe {

/// A regular expression as JSON Schema has it (ECMA-262), searched anywhere in a text with bounds
/// on its steps and its time, so that no pattern hangs or overflows the stack. Thread-safe.
class Pattern {
public:
    enum class Outcome {
        Match,
        NoMatch,
        TooCostly, ///< Given up at the bound.
    };

    static Result<Pattern> compile(const QByteArray& source);
    /// Gives up at PCRE2's bound of steps, or when the time is over.
    [[nodiscard]] Outcome search(const QString& text, std::chrono::nanoseconds time) const;
    [[nodiscard]] const QByteArray& source() const { return m_source; }

private:
    QByteArray m_source;
    QRegularExpression m_expression;
    bool m_isAnchored = false; ///< It matches at the start of a text or not at all.
};

} // namespace eventloupe
