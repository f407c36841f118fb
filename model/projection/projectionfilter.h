#pragma once

#include "domain/projection.h"
#include "expression/expression.h"
#include "projection/projectiontable.h"
#include "store/streamsearch.h"

#include <optional>

namespace eventloupe {

/// Which rows of a table are shown: those for which an expression over `key` and the columns'
/// names holds (total > 100 && status == "paid"), or, where the text has no operator, quote or
/// parenthesis in it, those that have the text in a cell. For one thread at a time.
class ProjectionFilter {
public:
    /// InvalidInput where the expression is wrong.
    static Result<std::shared_ptr<ProjectionFilter>> compile(
        const ProjectionDefinition& definition, const QString& text);

    /// Whether the row is shown. A cell that is missing fits no comparison; where the expression
    /// fails otherwise, the row is not shown and counts as failed.
    [[nodiscard]] bool matches(const ProjectionTable& table, RowNumber row);
    /// Rows at which it failed, and why at the first, since forgetFailures().
    [[nodiscard]] qint64 failures() const { return m_failures; }
    [[nodiscard]] const QString& firstReason() const { return m_firstReason; }
    void forgetFailures();

private:
    class Row;
    ProjectionFilter() = default;
    [[nodiscard]] bool finds(const ProjectionTable& table, RowNumber row);

    std::optional<Expression> m_expression;
    std::optional<StreamSearch> m_search; ///< Instead.
    std::vector<std::size_t> m_used; ///< Cells that the expression reads.
    std::string m_text;
    qint64 m_failures = 0;
    QString m_firstReason;
};

} // namespace eventloupe
