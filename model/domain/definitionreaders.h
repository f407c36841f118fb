#pragma once

#include "domain/definitionfile.h"
#include "domain/projection.h"

namespace eventloupe {

/// Each reads one definition file. What is wrong is noted in the file; the definition is good for
/// use only when file.isGood() afterwards.
[[nodiscard]] AggregateDefinition readAggregate(DefinitionFile& file);
[[nodiscard]] EventDefinition readEvent(DefinitionFile& file);
[[nodiscard]] CommandDefinition readCommand(DefinitionFile& file);
/// The `upcasts` of an event.
[[nodiscard]] QList<Upcast> readUpcasts(const DefinitionNode& node);
/// The `masks` of workspace.json, without what is derived from them: null where one has a mistake.
[[nodiscard]] std::shared_ptr<Masks> readMasks(const DefinitionNode& root);
[[nodiscard]] ProjectionDefinition readProjection(DefinitionFile& file);

/// Reads an evolve rule from the member that gives a pointer its expression.
[[nodiscard]] EvolveRule readEvolveRule(const DefinitionNode& member, const ExpressionNames& names);

} // namespace eventloupe
