#include "exchange/importer.h"

#include "exchange/importplan.h"
#include "exchange/recordmapper.h"

#include <algorithm>

namespace eventloupe {

Result<ImportPreview> previewImport(
    const ImportRequest& request, int limit, const CancelToken& cancel)
{
    Result<ImportPlan> plan = planImport(request, cancel, std::max(limit, 200));
    if (!plan)
        return plan.error();
    ImportPreview preview;
    preview.format = plan->format;
    preview.members = plan->members;
    preview.mapping = plan->mapping;
    if (const QString missing = missingFields(*plan, request.file); !missing.isEmpty()) {
        preview.problems.append(missing);
        return preview;
    }
    RecordMapper mapper(plan->mapping, *plan->reader, request.file, Timestamp::now());
    for (const Record& record : plan->sample) {
        Result<ImportedEvent> imported = mapper.map(record);
        if (!imported) {
            preview.problems.append(imported.error().message);
            break;
        }
        if (preview.events.size() >= limit)
            continue;
        Event event;
        event.position = preview.events.size() + 1;
        event.stream = imported->stream;
        event.version = imported->version;
        event.type = imported->event.type;
        event.time = imported->event.time;
        event.id = imported->event.id;
        event.data = imported->event.data;
        event.metadata = imported->event.metadata;
        preview.events.append(event);
    }
    if (plan->sampleFault)
        preview.problems.append(plan->sampleFault->message);
    return preview;
}

} // namespace eventloupe
