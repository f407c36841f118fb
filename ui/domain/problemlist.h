#pragma once

#include "domain/definitioncheck.h"

#include <QTreeWidget>

namespace eventloupe {

/// What is wrong with the text above, a line each, with its mends below it. Activating one goes
/// there, or mends.
class ProblemList final : public QTreeWidget {
    Q_OBJECT

public:
    explicit ProblemList(QWidget* parent = nullptr);

    /// `path` is the file that is shown; problems of others are named by file.
    void setProblems(const QString& path, const QList<DefinitionProblem>& problems);

signals:
    void placeAsked(const eventloupe::DefinitionProblem& problem);
    void fixAsked(const eventloupe::DefinitionFix& fix);

private:
    QList<DefinitionProblem> m_problems;
};

} // namespace eventloupe
