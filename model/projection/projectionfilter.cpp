#include "projection/projectionfilter.h"

#include <algorithm>

namespace eventloupe {

namespace {

bool isExpression(const QString& text)
{
    static const QString signs = QStringLiteral("<>=!&|?()\"'+*%[]");
    return std::any_of(text.begin(), text.end(), [](QChar c) { return signs.contains(c); })
        || text.contains(QStringLiteral(" in "));
}

} // namespace

/// A row's cells as variables, each made when it is reached.
class ProjectionFilter::Row final : public VariableReader {
public:
    /// Other values are as they were: there are many, and few are read.
    void begin(const ProjectionTable& table, RowNumber row, const std::vector<std::size_t>& used)
    {
        m_table = &table;
        m_row = row;
        for (const std::size_t variable : used)
            m_values.at(variable).reset();
    }

    const Value* value(std::size_t variable) override
    {
        // An evaluation keeps what it was given, so that none may move.
        auto& value = m_values.at(variable);
        if (!value)
            value = m_table->cell(m_row, variable).toValue();
        return &*value;
    }
    [[nodiscard]] std::string_view jsonText(std::size_t) const override { return {}; }

private:
    const ProjectionTable* m_table = nullptr;
    RowNumber m_row = 0;
    std::array<std::optional<Value>, ProjectionDefinition::mostColumns + 1> m_values;
};

ProjectionFilter::ProjectionFilter()
    : m_row(std::make_unique<Row>())
{
}

ProjectionFilter::~ProjectionFilter() = default;

Result<std::shared_ptr<ProjectionFilter>> ProjectionFilter::compile(
    const ProjectionDefinition& definition, const QString& text)
{
    std::shared_ptr<ProjectionFilter> filter(new ProjectionFilter);
    if (!isExpression(text)) {
        filter->m_search.emplace(text);
        return filter;
    }
    std::vector<QByteArray> names { "key" };
    for (const ProjectionColumn& column : definition.columns)
        names.push_back(column.name.toUtf8());
    std::vector<std::string_view> views;
    for (const QByteArray& name : names)
        views.push_back(viewOf(name));
    auto expression = Expression::compile(viewOf(text.toUtf8()), views);
    if (!expression)
        return expression.error();
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (expression->uses(i))
            filter->m_used.push_back(i);
    }
    filter->m_expression = *std::move(expression);
    return filter;
}

ProjectionFilter::Answer ProjectionFilter::judge(const ProjectionTable& table, RowNumber row)
{
    if (m_search)
        return finds(table, row) ? Answer::Fits : Answer::FitsNot;
    m_row->begin(table, row, m_used);
    const Verdict verdict = m_expression->judge(*m_row);
    if (verdict != Verdict::Failed)
        return verdict == Verdict::Holds ? Answer::Fits : Answer::FitsNot;
    const bool lacksOne = std::any_of(m_used.begin(), m_used.end(), [&](std::size_t number) {
        const Cell::Kind kind = table.cell(row, number).kind();
        return kind == Cell::Kind::Missing || kind == Cell::Kind::Null;
    });
    return lacksOne ? Answer::FitsNot : Answer::Failed;
}

QString ProjectionFilter::reasonAt(const ProjectionTable& table, RowNumber row)
{
    if (!m_expression)
        return {};
    m_row->begin(table, row, m_used);
    const auto tested = m_expression->test(*m_row);
    return tested ? QString() : tested.error().message;
}

bool ProjectionFilter::finds(const ProjectionTable& table, RowNumber row)
{
    for (std::size_t i = 0; i + 1 < table.stride; ++i) {
        m_text.clear();
        table.cell(row, i).appendPlain(m_text);
        if (m_search->matches(m_text))
            return true;
    }
    return false;
}

} // namespace eventloupe
