#pragma once

#include "projection/projectionfold.h"
#include "projection/projectionview.h"

namespace eventloupe {

/// A projection of an open store, shared by the jobs that fold it and those that read it.
struct ProjectionWork {
    std::shared_ptr<const ProjectionDefinition> definition;
    std::shared_ptr<ProjectionHistory> history;
    std::unique_ptr<ProjectionFold> fold; ///< For the job that folds; there is one at a time.
    std::unique_ptr<ProjectionView> view; ///< For the store's interactive lane.
};

} // namespace eventloupe
