#include "report/workspacereport.h"

#include "report/messagetemplates.h"

#include <QMap>

namespace eventloupe {

namespace {

JsonValue problemFigures(const QList<WorkspaceProblem>& problems)
{
    QMap<QString, qint64> byTemplate;
    for (const WorkspaceProblem& problem : problems)
        ++byTemplate[MessageTemplates::instance().placeholdersFor(problem.message)];
    auto list = JsonValue::emptyArray();
    for (auto each = byTemplate.cbegin(); each != byTemplate.cend(); ++each) {
        auto line = JsonValue::emptyObject();
        line.insert("message", JsonValue::fromString(each.key()));
        line.insert("count", JsonValue::fromInt(each.value()));
        list.append(std::move(line));
    }
    return list;
}

} // namespace

JsonValue workspaceFigures(const Workspace& workspace)
{
    auto figures = JsonValue::emptyObject();
    const auto insert = [&](const char* name, qsizetype count) {
        figures.insert(name, JsonValue::fromInt(count));
    };
    insert("aggregates", workspace.aggregates().size());
    insert("commands", workspace.commands().size());
    insert("events", workspace.events().size());
    insert("projections", workspace.projections().size());
    qsizetype upcast = 0;
    for (const EventDefinition& event : workspace.events())
        upcast += event.upcasts.isEmpty() && event.was.isEmpty() ? 0 : 1;
    insert("events_of_several_versions", upcast);
    figures.insert("problems", problemFigures(workspace.problems()));
    return figures;
}

} // namespace eventloupe
