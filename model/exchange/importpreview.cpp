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
        if (auto masked = maskedFault(*imported, request.file);
            masked && preview.problems.isEmpty())
            preview.problems.append(masked->message);
        if (preview.events.size() >= limit)
            continue;
        const EventTexts& texts = imported->event;
        Event event;
        event.position = preview.events.size() + 1;
        event.stream = QString::fromUtf8(toBytes(texts.stream));
        event.version = imported->version;
        event.type = QString::fromUtf8(toBytes(texts.type));
        event.time = texts.time;
        event.id = QString::fromUtf8(toBytes(texts.id));
        event.data = toBytes(texts.data.text());
        event.metadata = toBytes(texts.metadata.text());
        preview.events.append(event);
    }
    if (plan->sampleFault)
        preview.problems.append(plan->sampleFault->message);
    return preview;
}

} // namespace eventloupe
