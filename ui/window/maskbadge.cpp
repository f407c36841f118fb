#include "ui/window/maskbadge.h"

#include "mask/masks.h"
#include "store/storeclient.h"
#include "ui/base/plaintext.h"

#include <QCoreApplication>
#include <QStatusBar>
#include <QStringList>

#include <algorithm>

namespace eventloupe {

namespace {

QString tr(const char* text, int n = -1)
{
    return QCoreApplication::translate("MaskBadge", text, nullptr, n);
}

QString whoseText(const MaskEntry& entry)
{
    if (!entry.type.isEmpty())
        return tr("events %1").arg(entry.type);
    return entry.category.isEmpty() ? tr("all events and states")
                                    : tr("events and states of %1").arg(entry.category);
}

QString tipText(const Masks& masks)
{
    if (masks.isEverything())
        return tr("What the workspace masks cannot be told, so all data is masked until "
                  "workspace.json and the definitions of events are mended");
    constexpr qsizetype mostLines = 20;
    QStringList lines { tr("Shown nowhere, and replaced by a sign in every export:") };
    for (const MaskEntry& entry : masks.entries()) {
        QStringList fields;
        for (const JsonPointer& pointer : entry.masks.data.pointers())
            fields.append(pointer.isRoot() ? tr("all data")
                                           : QString::fromUtf8(pointer.toText()));
        for (const JsonPointer& pointer : entry.masks.metadata.pointers())
            fields.append(tr("metadata %1").arg(QString::fromUtf8(pointer.toText())));
        lines.append(visibleText(tr("%1: %2 (workspace.json, line %3)")
                                     .arg(whoseText(entry), fields.join(QStringLiteral(", ")),
                                         QString::number(entry.line))));
        for (const QString& doubt : entry.doubts)
            lines.append(visibleText(tr("    may be a slip: %1").arg(doubt)));
    }
    if (lines.size() > mostLines)
        lines = lines.mid(0, mostLines) << QStringLiteral("…");
    lines.append(tr("What is derived from them is masked as well. Folds and commands work on the "
                    "values."));
    return lines.join(u'\n');
}

/// With a sign where one of them fits nothing.
QString badgeText(const Masks& masks)
{
    if (masks.isEverything())
        return tr("all data masked");
    const QString text
        = masks.count() == 1 ? tr("1 mask") : tr("%1 masks").arg(masks.count());
    const bool isDoubtful = std::ranges::any_of(
        masks.entries(), [](const MaskEntry& entry) { return !entry.doubts.isEmpty(); });
    return isDoubtful ? tr("%1, perhaps misspelt").arg(text) : text;
}

void show(PlainLabel& badge, const StoreClient& client)
{
    const Masks& masks = *client.masks();
    badge.setVisible(client.isOpen() && !masks.isEmpty());
    if (masks.isEmpty())
        return;
    badge.setText(badgeText(masks));
    badge.setToolTip(plainToolTip(tipText(masks)));
    badge.setAccessibleName(badge.text());
}

} // namespace

void addMaskBadge(QStatusBar& bar, StoreClient& client)
{
    auto* badge = new PlainLabel(&bar);
    badge->setObjectName(QStringLiteral("statusMasks"));
    badge->setContentsMargins(6, 0, 6, 0);
    bar.addPermanentWidget(badge);
    const auto update = [badge, &client] { show(*badge, client); };
    QObject::connect(&client, &StoreClient::masksChanged, badge, update);
    QObject::connect(&client, &StoreClient::opened, badge, update);
    QObject::connect(&client, &StoreClient::closed, badge, update);
    update();
}

} // namespace eventloupe
