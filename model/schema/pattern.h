#pragma once

#include "value/result.h"

#include <QByteArray>
#include <QRegularExpression>

namespace eventloupe {

/// A regular expression as JSON Schema has it (ECMA-262), searched anywhere in a text with a bound
/// on its steps, so that no pattern hangs or overflows the stack. Thread-safe.
class Pattern {
public:
    enum class Outcome {
        Match,
        NoMatch,
        TooCostly, ///< Given up at the bound.
    };

    static Result<Pattern> compile(const QByteArray& source);
    [[nodiscard]] Outcome search(const QString& text) const;
    [[nodiscard]] const QByteArray& source() const { return m_source; }

private:
    QByteArray m_source;
    QRegularExpression m_expression;
};

} // namespace eventloupe
