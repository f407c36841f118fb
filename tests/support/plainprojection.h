#pragma once

#include "domain/evolvelookup.h"
#include "domain/projection.h"

#include <QStringList>

#include <map>
#include <vector>

namespace eventloupe {

/// What a projection says, folded over whole values and without a history.
class PlainProjection {
public:
    explicit PlainProjection(std::shared_ptr<const ProjectionDefinition> definition);

    void fold(const EventView& event);
    /// A row a line: its key and cells as JSON.
    [[nodiscard]] QStringList lines() const;

private:
    void foldRow(const ProjectionEvent& type, const QString& name, const JsonValue& key,
        const EventView& event);

    std::shared_ptr<const ProjectionDefinition> m_definition;
    EvolveLookup m_lookup;
    std::vector<QByteArray> m_order;
    std::map<QByteArray, JsonValue> m_rows;
};

} // namespace eventloupe
