#include "ui/state/fieldtree.h"

#include "ui/base/icons.h"
#include "ui/base/plaintext.h"
#include "value/aside.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QMenu>
#include <QStyledItemDelegate>
#include <QTreeView>

namespace eventloupe {

namespace {

constexpr int rowPadding = 6;

/// Rows as high as the log's.
class FieldDelegate final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    [[nodiscard]] QSize sizeHint(
        const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const auto hint = QStyledItemDelegate::sizeHint(option, index);
        return { hint.width(), option.fontMetrics.height() + rowPadding };
    }
};

} // namespace

void makeFieldTree(QTreeView& tree)
{
    makeQuickToPaint(tree);
    tree.setUniformRowHeights(true);
    tree.setItemDelegate(new FieldDelegate(&tree));
    tree.setFrameShape(QFrame::NoFrame);
    tree.setAlternatingRowColors(true);
    tree.setEditTriggers(QAbstractItemView::NoEditTriggers);
    tree.setContextMenuPolicy(Qt::CustomContextMenu);
    tree.setIndentation(14);
    tree.header()->setStretchLastSection(true);
    tree.header()->setHighlightSections(false);
}

void addCopyOfValue(QMenu& menu, const QString& caption, const JsonValue& value)
{
    QObject::connect(menu.addAction(icon(Symbol::Copy), caption), &QAction::triggered, qApp,
        [value] {
            runAside(
                qApp, [value] { return QString::fromUtf8(value.toJson()); },
                [](const QString& text) { QGuiApplication::clipboard()->setText(text); });
        });
}

} // namespace eventloupe
