#include "ui/branch/branchrows.h"

#include "ui/base/figures.h"
#include "ui/base/icons.h"
#include "ui/base/plaintext.h"
#include "ui/branch/branchtexts.h"

#include <QCoreApplication>
#include <QTreeWidget>

namespace eventloupe {

namespace {

constexpr int rowsOfASection = 1000;
constexpr int rowRole = Qt::UserRole;

QString tr(const char* text)
{
    return QCoreApplication::translate("BranchRows", text);
}

/// A heading with its rows, of which a long list shows the first.
class Section {
public:
    Section(QTreeWidget& list, const QString& title, qsizetype rows)
        : m_item(new QTreeWidgetItem(&list, { tr("%1 (%2)").arg(title, countText(rows)) }))
        , m_rows(rows)
    {
        m_item->setFirstColumnSpanned(true);
        m_item->setFlags(Qt::ItemIsEnabled);
        QFont bold = list.font();
        bold.setBold(true);
        m_item->setFont(0, bold);
        m_item->setExpanded(true);
    }

    /// False where no more are shown.
    bool add(const QStringList& texts, const BranchRow& row, Symbol symbol)
    {
        if (m_item->childCount() == rowsOfASection) {
            new QTreeWidgetItem(
                m_item, { tr("and %1 more").arg(countText(m_rows - rowsOfASection)) });
            return false;
        }
        auto* item = new QTreeWidgetItem(m_item, texts);
        item->setIcon(0, icon(symbol));
        for (int column = 0; column < texts.size(); ++column)
            item->setToolTip(column, plainToolTip(texts.at(column)));
        item->setData(0, rowRole, QVariant::fromValue(row));
        return true;
    }

private:
    QTreeWidgetItem* m_item;
    qsizetype m_rows;
};

void addChanges(QTreeWidget& list, const BranchOverlay& overlay)
{
    const auto& inserted = overlay.inserted();
    const auto& skipped = overlay.skipped();
    Section section(list, tr("Changes"), static_cast<qsizetype>(inserted.size()) + skipped.size());
    for (const Event& each : skipped) {
        const BranchRow row { 0, { each.position, 0 }, true, false, {} };
        const QString text
            = tr("skipped %1 %2").arg(positionText(each.position), visibleText(each.type));
        if (!section.add({ text, visibleText(each.stream) }, row, Symbol::Clear))
            return;
    }
    for (std::size_t i = 0; i < inserted.size(); ++i) {
        const auto& each = inserted[i];
        const Position position = overlay.positions().rankOfInsertion(i);
        const bool isNew = each.place.isInserted();
        const BranchRow row { position, each.place, false, !isNew, {} };
        const QString text = isNew ? tr("added %1 %2") : tr("changed %1 %2");
        if (!section.add({ text.arg(positionText(position),
                               visibleText(QString::fromUtf8(each.type))),
                             visibleText(QString::fromUtf8(each.streamName)) },
                row, isNew ? Symbol::New : Symbol::Branch))
            return;
    }
}

void addConsequences(QTreeWidget& list, const BranchConsequences& consequences)
{
    Section section(list, tr("Ruled out by them"), consequences.found.size());
    for (const BranchConsequence& each : consequences.found) {
        const BranchRow row { each.position, {}, false, false, {} };
        const QString reason = each.kind == BranchConsequence::Kind::Rejected
            ? tr("would be rejected: %1")
            : tr("could not be folded: %1");
        if (!section.add({ QStringLiteral("%1 %2").arg(
                               positionText(each.position), visibleText(each.type)),
                             visibleText(reason.arg(each.reason)) },
                row, Symbol::Warning))
            return;
    }
}

void addDifferences(QTreeWidget& list, const BranchComparison& comparison)
{
    Section section(list, tr("Streams that differ"), comparison.streams.size());
    for (const StreamDifference& each : comparison.streams) {
        const BranchRow row { each.branchPosition, {}, false, false, each.stream };
        if (!section.add({ visibleText(each.stream), differenceText(each) }, row, Symbol::Streams))
            return;
    }
}

} // namespace

std::optional<BranchRow> branchRowOf(const QTreeWidgetItem* item)
{
    const QVariant row = item ? item->data(0, rowRole) : QVariant();
    return row.isValid() ? std::optional(row.value<BranchRow>()) : std::nullopt;
}

void fillBranchRows(
    QTreeWidget& list, const BranchSession& session, const BranchFindings* findings)
{
    const auto before = branchRowOf(list.currentItem());
    list.clear();
    if (const auto overlay = session.overlay())
        addChanges(list, *overlay);
    if (findings) {
        addConsequences(list, findings->consequences);
        addDifferences(list, findings->comparison);
    }
    list.expandAll();
    for (QTreeWidgetItemIterator item(&list); before && *item; ++item) {
        const auto row = branchRowOf(*item);
        if (row && row->stream == before->stream && row->place == before->place
            && row->position == before->position) {
            list.setCurrentItem(*item);
            break;
        }
    }
}

} // namespace eventloupe
