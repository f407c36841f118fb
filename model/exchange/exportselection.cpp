#include "exchange/exportselection.h"

namespace eventloupe {

Result<ExportSelection> ExportSelection::of(const ExportRequest& request)
{
    ExportSelection selection(request);
    if (request.where) {
        Result<EventFilter> compiled = EventFilter::compile(request.where->toStdString());
        if (!compiled)
            return compiled.error();
        selection.m_filter = std::move(*compiled);
    }
    return selection;
}

} // namespace eventloupe
