#pragma once

#include "domain/workspace.h"

#include <QTemporaryDir>

namespace eventloupe {

/// A workspace folder that goes with it, from file names and their JSON.
class SampleWorkspace {
public:
    /// "events/ADDED.json" and its text; workspace.json is written in any case.
    explicit SampleWorkspace(const QList<std::pair<QString, QByteArray>>& files);

    /// Loads it; a definition with a problem ends the test program, naming the problem.
    [[nodiscard]] std::shared_ptr<const Workspace> load() const;

    /// A counter: ADDED {by} adds to /n (and fails without a number), NOTED merges, CLOSED
    /// deletes. The initial state is {"n": 0}, the headline /n. Commands ADD {id, by}, which
    /// refuses by 0, and CLOSE {id}, which refuses what does not exist.
    [[nodiscard]] static std::shared_ptr<const Workspace> counter();

private:
    QTemporaryDir m_folder;
};

} // namespace eventloupe
