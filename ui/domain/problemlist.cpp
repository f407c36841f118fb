#include "ui/domain/problemlist.h"

#include "ui/base/icons.h"
#include "ui/base/plaintext.h"

#include <QHeaderView>

namespace eventloupe {

ProblemList::ProblemList(QWidget* parent)
    : QTreeWidget(parent)
{
    setObjectName(QStringLiteral("definitionProblems"));
    setAccessibleName(tr("Problems of the definition"));
    setHeaderLabels({ tr("What is wrong"), tr("Where") });
    header()->setStretchLastSection(false);
    header()->setSectionResizeMode(0, QHeaderView::Stretch);
    header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    setUniformRowHeights(true);
    connect(this, &QTreeWidget::itemActivated, this, [this](const QTreeWidgetItem* item) {
        const auto* parentItem = item->parent();
        const auto& problem = m_problems.at(
            indexOfTopLevelItem(const_cast<QTreeWidgetItem*>(parentItem ? parentItem : item)));
        if (parentItem)
            emit fixAsked(
                problem.fixes.at(parentItem->indexOfChild(const_cast<QTreeWidgetItem*>(item))));
        else
            emit placeAsked(problem);
    });
}

void ProblemList::setProblems(const QString& path, const QList<DefinitionProblem>& problems)
{
    m_problems = problems;
    clear();
    for (const DefinitionProblem& problem : problems) {
        const auto message = visibleText(firstLine(problem.message));
        const auto place = QStringLiteral("%1:%2").arg(problem.line).arg(problem.column);
        auto* item = new QTreeWidgetItem(this,
            { message, problem.file == path ? place : visibleText(problem.file) + u':' + place });
        const bool isFault = problem.level == DefinitionProblem::Level::Fault;
        item->setIcon(0, icon(isFault ? Symbol::Failure : Symbol::Information));
        item->setToolTip(0, plainToolTip(problem.message));
        for (const DefinitionFix& fix : problem.fixes) {
            auto* mend = new QTreeWidgetItem(item, { tr("Mend: %1").arg(visibleText(fix.title)) });
            mend->setToolTip(0, plainToolTip(fix.title));
        }
        item->setExpanded(true);
    }
}

} // namespace eventloupe
