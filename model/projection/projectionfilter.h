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

    ~ProjectionFilter();
    Q_DISABLE_COPY_MOVE(ProjectionFilter)

    enum class Answer { Fits, FitsNot, Failed };
    /// Whether the row is shown. A cell that is missing fits no comparison; where the expression
    /// fails otherwise, the row is not shown and counts as failed.
    [[nodiscard]] Answer judge(const ProjectionTable& table, RowNumber row);
    /// Why it failed at a row.
    [[nodiscard]] QString reasonAt(const ProjectionTable& table, RowNumber row);

private:
    class Row;
    ProjectionFilter();
    [[nodiscard]] bool finds(const ProjectionTable& table, RowNumber row);

    std::optional<Expression> m_expression;
    std::optional<StreamSearch> m_search; ///< Instead.
    std::vector<std::size_t> m_used; ///< Cells that the expression reads.
    std::unique_ptr<Row> m_row; ///< That is judged.
    std::string m_text;
};

} // namespace eventloupe
