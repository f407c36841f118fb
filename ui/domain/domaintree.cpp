#include "ui/domain/domaintree.h"

#include "domain/definitiontexts.h"
#include "ui/base/icons.h"
#include "ui/base/plaintext.h"

#include <QFileInfo>

namespace eventloupe {

namespace {

QString captionOf(const QString& folder)
{
    static const QHash<QString, const char*> captions {
        { QStringLiteral("aggregates"), QT_TRANSLATE_NOOP("eventloupe::DomainTree", "Aggregates") },
        { QStringLiteral("events"), QT_TRANSLATE_NOOP("eventloupe::DomainTree", "Events") },
        { QStringLiteral("commands"), QT_TRANSLATE_NOOP("eventloupe::DomainTree", "Commands") },
        { QStringLiteral("projections"),
            QT_TRANSLATE_NOOP("eventloupe::DomainTree", "Projections") },
        { QStringLiteral("examples"), QT_TRANSLATE_NOOP("eventloupe::DomainTree", "Examples") },
    };
    return DomainTree::tr(captions.value(folder, ""));
}

} // namespace

DomainTree::DomainTree(QWidget* parent)
    : QTreeWidget(parent)
{
    setObjectName(QStringLiteral("domainTree"));
    setAccessibleName(tr("Definitions"));
    setHeaderHidden(true);
    setUniformRowHeights(true);
    const auto ask = [this](const QTreeWidgetItem* item) {
        if (const auto path = item->data(0, Qt::UserRole).toString(); !path.isEmpty())
            emit fileAsked(path);
    };
    connect(this, &QTreeWidget::itemActivated, this, ask);
    connect(this, &QTreeWidget::itemClicked, this, ask);
}

void DomainTree::setFiles(const QStringList& files)
{
    if (files == m_files && !m_items.isEmpty())
        return;
    m_files = files;
    const auto selected
        = currentItem() ? currentItem()->data(0, Qt::UserRole).toString() : QString();
    QSet<QString> closed;
    for (int i = 0; i < topLevelItemCount(); ++i) {
        if (topLevelItem(i)->childCount() > 0 && !topLevelItem(i)->isExpanded())
            closed.insert(topLevelItem(i)->data(0, Qt::UserRole + 1).toString());
    }
    clear();
    m_items.clear();
    const auto add = [this](QTreeWidgetItem* item, const QString& path) {
        item->setData(0, Qt::UserRole, path);
        m_items.insert(path, item);
    };
    if (files.contains(workspaceFileName()))
        add(new QTreeWidgetItem(this), workspaceFileName());
    for (const QString& folder : definitionFolders()) {
        auto* group = new QTreeWidgetItem(this, { captionOf(folder) });
        group->setData(0, Qt::UserRole + 1, folder);
        for (const QString& path : files) {
            if (path.startsWith(folder + u'/'))
                add(new QTreeWidgetItem(group), path);
        }
        group->setExpanded(!closed.contains(folder));
    }
    showMarks();
    select(selected);
}

void DomainTree::setMarks(const QSet<QString>& broken, const QSet<QString>& unsaved)
{
    m_broken = broken;
    m_unsaved = unsaved;
    showMarks();
}

void DomainTree::showMarks()
{
    for (auto entry = m_items.cbegin(); entry != m_items.cend(); ++entry) {
        const auto& path = entry.key();
        auto* item = entry.value();
        const auto name = path == workspaceFileName() ? path : QFileInfo(path).completeBaseName();
        item->setText(
            0, visibleText(name) + (m_unsaved.contains(path) ? QStringLiteral(" •") : QString()));
        item->setIcon(0, m_broken.contains(path) ? icon(Symbol::Failure) : QIcon());
        item->setToolTip(0,
            plainToolTip(m_broken.contains(path)
                    ? tr("%1: disabled, or its last good text is in use").arg(path)
                    : m_unsaved.contains(path) ? tr("%1: not saved").arg(path)
                                               : path));
    }
}

void DomainTree::select(const QString& path)
{
    if (auto* item = m_items.value(path))
        setCurrentItem(item);
}

QString DomainTree::currentFolder() const
{
    const auto* item = currentItem();
    if (!item)
        return {};
    const auto path = item->data(0, Qt::UserRole).toString();
    return path.isEmpty() ? item->data(0, Qt::UserRole + 1).toString() : path.section(u'/', 0, -2);
}

} // namespace eventloupe
