#include "ui/window/problemsdialog.h"

#include "ui/base/plaintext.h"

#include <QDialogButtonBox>
#include <QHeaderView>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace eventloupe {

ProblemsDialog::ProblemsDialog(const Workspace& workspace, QWidget* parent)
    : QDialog(parent)
{
    setObjectName(QStringLiteral("problemsDialog"));
    setWindowTitle(tr("Problems of the Workspace"));
    auto* list = new QTreeWidget(this);
    list->setObjectName(QStringLiteral("problemsList"));
    list->setAccessibleName(windowTitle());
    list->setHeaderLabels({ tr("File"), tr("Line"), tr("What is wrong") });
    list->setRootIsDecorated(false);
    list->setWordWrap(true);
    for (const auto& problem : workspace.problems()) {
        const auto message = visibleText(firstLine(problem.message));
        auto* item = new QTreeWidgetItem(
            list, { visibleText(problem.file), QString::number(problem.line), message });
        item->setToolTip(2, plainToolTip(message));
        item->setData(0, Qt::UserRole, problem.file);
        item->setData(1, Qt::UserRole, problem.line);
        item->setData(2, Qt::UserRole, problem.column);
    }
    list->resizeColumnToContents(0);
    list->resizeColumnToContents(1);
    connect(list, &QTreeWidget::itemActivated, this, [this](const QTreeWidgetItem* item) {
        accept();
        emit placeAsked(item->data(0, Qt::UserRole).toString(), item->data(1, Qt::UserRole).toInt(),
            item->data(2, Qt::UserRole).toInt());
    });
    auto* hint = new PlainLabel(tr("These definitions are disabled, or their last good text is in "
                                   "use; all else works. A mended file is read again as soon as "
                                   "it is saved."),
        this);
    hint->setWordWrap(true);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(hint);
    layout->addWidget(list, 1);
    layout->addWidget(buttons);
    resize(720, 320);
}

QString problemText(const WorkspaceProblem& problem)
{
    // At once: a file's name may have a "%2" of its own.
    return QStringLiteral("%1:%2:%3: %4")
        .arg(problem.file, QString::number(problem.line), QString::number(problem.column),
            problem.message);
}

} // namespace eventloupe
