#include "exchange/exportselection.h"

namespace eventloupe {

ExportSelection::ExportSelection(const ExportRequest& request)
    : m_from(request.from)
    , m_type(request.type.toStdString())
{
    if (!request.type.isEmpty())
        m_selection.types = QStringList { request.type };
}

Result<ExportSelection> ExportSelection::of(const ExportRequest& request)
{
    ExportSelection selection(request);
    if (request.where) {
        Result<EventFilter> compiled = EventFilter::compile(request.where->toStdString());
        if (!compiled)
            return compiled.error();
        const auto type = selection.m_selection.types;
        selection.m_filter = std::move(*compiled);
        selection.m_selection = selection.m_filter->selection();
        if (type)
            selection.m_selection.types = type; // What the filter says of it is asked all the same.
    }
    return selection;
}

} // namespace eventloupe
