#include "ui/branch/appenddialog.h"

#include "ui/base/figures.h"
#include "ui/base/infobar.h"
#include "ui/base/plaintext.h"

#include <QDialogButtonBox>
#include <QFileInfo>
#include <QHash>
#include <QHeaderView>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace eventloupe {

AppendDialog::AppendDialog(
    const BranchAppend& append, const QString& location, QWidget* parent)
    : QDialog(parent)
{
    setWindowTitle(tr("Append the Branch at the Head"));
    auto* layout = new QVBoxLayout(this);
    auto* what = new PlainLabel(
        tr("To be appended to %1, whole or not at all: %2 for %3.")
            .arg(visibleText(QFileInfo(location).fileName()),
                eventsText(append.request.events.size()), streamsText(append.streams.size())),
        this);
    what->setWordWrap(true);
    layout->addWidget(what);
    auto* moved = new InfoBar(this);
    layout->addWidget(moved);
    auto* list = new QTreeWidget(this);
    list->setObjectName(QStringLiteral("appendList"));
    list->setAccessibleName(tr("Events to append"));
    fill(*list, append);
    layout->addWidget(list, 1);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    if (append.moved.isEmpty()) {
        buttons->addButton(tr("Append %1").arg(eventsText(append.request.events.size())),
            QDialogButtonBox::AcceptRole);
    } else {
        QStringList streams;
        for (const VersionConflict& each : append.moved)
            streams.append(visibleText(each.toText()));
        constexpr qsizetype namesShown = 10;
        if (streams.size() > namesShown) {
            const auto more = streams.size() - namesShown;
            streams.resize(namesShown);
            streams.append(tr("and %1 more").arg(more));
        }
        moved->show(InfoBar::Kind::Warning,
            tr("The log has moved on: %1 Go on from its new head, look at what became of the "
               "branch there, and append that.")
                .arg(streams.join(u' ')));
        connect(buttons->addButton(tr("Branch on the New Head"), QDialogButtonBox::AcceptRole),
            &QPushButton::clicked, this, [this] { m_isRebase = true; });
    }
    resize(640, 420);
}

void AppendDialog::fill(QTreeWidget& list, const BranchAppend& append)
{
    list.setRootIsDecorated(false);
    list.setUniformRowHeights(true);
    list.setHeaderLabels({ tr("Stream"), tr("Version"), tr("Type"), tr("Data") });
    QHash<QString, StreamVersion> versions;
    for (const StreamEvent& each : append.request.events) {
        const auto expected = append.request.expected.constFind(each.stream);
        if (!versions.contains(each.stream))
            versions.insert(each.stream, expected->version());
        const StreamVersion version = ++versions[each.stream];
        if (list.topLevelItemCount() == rowsShown) {
            new QTreeWidgetItem(&list,
                { tr("and %1 more").arg(append.request.events.size() - rowsShown) });
            break;
        }
        constexpr qsizetype charactersShown = 200;
        new QTreeWidgetItem(&list,
            { visibleText(each.stream), countText(version), visibleText(each.event.type),
                visibleText(QString::fromUtf8(each.event.data.left(charactersShown))) });
    }
    for (int column = 0; column < 3; ++column)
        list.resizeColumnToContents(column);
}

} // namespace eventloupe
