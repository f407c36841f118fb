#include "projection/projectioncontent.h"

namespace eventloupe {

namespace {

constexpr std::size_t longestCell = 500; ///< Bytes that are shown.

QString shownText(std::string_view utf8)
{
    const bool isLong = utf8.size() > longestCell;
    const auto size = static_cast<qsizetype>(std::min(utf8.size(), longestCell));
    const QString text = QString::fromUtf8(utf8.data(), size);
    return isLong ? text + u'…' : text;
}

} // namespace

ProjectionContent readContent(ProjectionView& view, const ProjectionQuery& query, qint64 first,
    qint64 limit, std::chrono::milliseconds time, const CancelToken& cancel)
{
    ProjectionContent content;
    content.isComplete = view.ask(query, time, cancel);
    const ProjectionTable& table = view.table();
    content.position = view.position();
    content.count = view.count();
    content.existing = table.existing;
    content.failures = table.failures;
    if (table.failures > 0)
        content.firstFailure = view.history().firstFailure();
    content.filterFailures = view.filterFailures();
    content.filterReason = view.filterReason();
    content.first = std::clamp<qint64>(first, 0, content.count);
    std::string text;
    for (const RowNumber row : view.rows(content.first, limit)) {
        ProjectionLine& line = content.lines.emplace_back();
        for (std::size_t i = 0; i + 1 < table.stride; ++i) {
            const Cell cell = table.cell(row, i);
            text.clear();
            cell.appendPlain(text);
            line.cells.append(shownText(text));
            line.kinds.append(cell.kind());
        }
        line.position = table.positionOf(row);
        line.hasFailed = table.hasFailed(row);
        if (line.hasFailed)
            line.failure = view.history().failureOf(row);
    }
    return content;
}

} // namespace eventloupe
