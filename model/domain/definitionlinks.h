#pragma once

#include "domain/definitionfile.h"

namespace eventloupe {

// What one definition says of others. Each notes in the file what does not fit the workspace as it
// was read so far: for aggregates, all events; for commands and
// projections, all events and aggregates.

/// The older types of an event are its own alone.
void checkOlderTypes(
    const Workspace& workspace, const EventDefinition& event, DefinitionFile& file);
/// The events that an aggregate evolves by are no misspelt ones.
void checkEventNames(
    const Workspace& workspace, const AggregateDefinition& aggregate, DefinitionFile& file);
/// What a command emits is no misspelt event, and one that its aggregate evolves by.
void checkEmissions(
    const Workspace& workspace, const CommandDefinition& command, DefinitionFile& file);

/// The category of a command's stream is no misspelt aggregate.
void checkCategory(
    const Workspace& workspace, const CommandDefinition& command, DefinitionFile& file);
/// The events that a projection's file evolves by are no misspelt ones.
void checkEvolvedEvents(const Workspace& workspace, DefinitionFile& file);
/// The types and categories of "masks" in workspace.json are no misspelt ones.
void checkMaskedNames(const Workspace& workspace, DefinitionFile& file);

} // namespace eventloupe
