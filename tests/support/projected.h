#pragma once

#include "projection/projectionfold.h"
#include "projection/projectionview.h"
#include "support/workspacefolder.h"

#include <QStringList>

namespace eventloupe {

/// JSON in which ' stands for ".
QByteArray json(const char* text);

/// A row as a line: its key and cells as JSON.
using Lines = QStringList;
Lines linesOf(ProjectionView& view, const ProjectionQuery& query);
Lines linesAt(ProjectionView& view, Position position);

/// A definition, and what it gives of a store.
struct Projected {
    Projected(EventStore& events, const QByteArray& text, qint64 checkpointBytes = 1 << 20,
        qint64 scratchBytes = ScratchFile::maximumBytes,
        qint64 memoryBytes = ProjectionHistory::maximumBytes);

    void foldTo(Position to) const;
    /// Folds until it is over; gives why.
    [[nodiscard]] Error failureTo(Position to) const;
    /// What a fold over whole values, without a history, gives.
    [[nodiscard]] Lines plainLinesAt(Position position) const;

    EventStore& store;
    WorkspaceFolder folder;
    std::shared_ptr<const ProjectionDefinition> definition;
    std::shared_ptr<ProjectionHistory> history;
    std::unique_ptr<ProjectionFold> fold;
    std::unique_ptr<ProjectionView> view;
};

void append(EventStore& store, const QString& stream, const QString& type, const QByteArray& data);
/// Streams s-0, s-1, ... of one event SET each, whose data has a number v below 5000.
void fillWithNumbers(EventStore& store, int count, unsigned seed);
/// Events of accounts that pay each other, close, and come again; some are odd.
void fillWithPayments(EventStore& store, int count);
/// A projection of those events: several keys, conditions, deletes.
extern const char* const payments;

} // namespace eventloupe
