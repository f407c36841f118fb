#include "support/shoplog.h"

#include "domain/workspacetemplate.h"

#include <QRandomGenerator>
#include <QTemporaryDir>

namespace eventloupe {

namespace {

NewEvent cartEvent(QRandomGenerator& random, bool isFirst)
{
    NewEvent event;
    const QByteArray sku = "\"SKU-" + QByteArray::number(random.bounded(6)) + '"';
    const QByteArray qty = QByteArray::number(1 + random.bounded(5));
    const int roll = random.bounded(10);
    if (isFirst) {
        event.type = QStringLiteral("CART_OPENED");
        event.data = random.bounded(2) == 0 ? R"({"currency":"EUR","gift":false})"
                                            : R"({"currency":"USD","gift":true})";
    } else if (roll < 5) {
        event.type = QStringLiteral("ITEM_ADDED");
        event.data = "{\"sku\":" + sku + ",\"title\":\"Th\\u00eeng\",\"qty\":" + qty
            + ",\"unitPrice\":" + QByteArray::number(random.bounded(1000)) + ".50}";
    } else if (roll < 8) {
        event.type = QStringLiteral("QUANTITY_CHANGED");
        // Now and then without what the rule reads, so that the event cannot be folded.
        event.data = "{\"sku\":" + sku + (random.bounded(20) == 0 ? "" : ",\"qty\":" + qty) + '}';
    } else if (roll < 9) {
        event.type = QStringLiteral("ITEM_REMOVED");
        event.data = "{\"sku\":" + sku + '}';
    } else {
        event.type = QStringLiteral("CART_CHECKED_OUT");
        event.data = "{\"orderId\":\"order-" + QByteArray::number(random.bounded(1000)) + "\"}";
    }
    return event;
}

NewEvent orderEvent(QRandomGenerator& random, bool isFirst)
{
    NewEvent event;
    const QByteArray amount = QByteArray::number(random.bounded(500)) + ".00";
    const int roll = random.bounded(3);
    if (isFirst) {
        event.type = QStringLiteral("ORDER_PLACED");
        event.data = "{\"customer\":{\"name\":\"Ada\"},\"currency\":\"EUR\",\"items\":[1,2],"
                     "\"total\":"
            + amount + (random.bounded(3) == 0 ? "" : ",\"express\":true") + '}';
    } else if (roll == 0) {
        event.type = QStringLiteral("ORDER_PAID");
        event.data = "{\"amount\":" + amount + ",\"method\":\"card\"}";
    } else if (roll == 1) {
        event.type = QStringLiteral("ORDER_SHIPPED");
        event.data = R"({"carrier":"DHL","parcels":)" + QByteArray::number(random.bounded(3)) + '}';
    } else {
        event.type = QStringLiteral("ORDER_CANCELLED");
        event.data = R"({"reason":"late"})";
    }
    return event;
}

} // namespace

std::shared_ptr<const Workspace> shopWorkspace()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("shop"));
    if (!writeWorkspace(QStringLiteral("shop"), path))
        qFatal("the sample shop cannot be written");
    const auto workspace = Workspace::load(path);
    if (!workspace)
        qFatal("%s", qPrintable(workspace.error().message));
    return *workspace;
}

void loadShop(EventStore& store, int events, quint32 seed)
{
    QRandomGenerator random(seed);
    QHash<int, int> versions;
    const auto bulk = store.beginBulk();
    for (int i = 0; i < events; ++i) {
        const int stream = random.bounded(20) == 0 ? 1 : random.bounded(events / 10 + 2);
        const bool isCart = stream % 2 == 1;
        const bool isFirst = versions[stream]++ == 0;
        NewEvent event = isCart ? cartEvent(random, isFirst) : orderEvent(random, isFirst);
        event.metadata = random.bounded(3) == 0 ? "" : "{\"actor\":\"Ada\"}";
        event.time = Timestamp { 1'772'373'802'000'000 + 1'000LL * i };
        const QString name = QStringLiteral("%1-%2")
                                 .arg(isCart ? QStringLiteral("cart") : QStringLiteral("order"))
                                 .arg(stream);
        if (const auto added = (*bulk)->add(name, event); !added)
            qFatal("%s", qPrintable(added.error().message));
    }
    if (const auto done = (*bulk)->commit({}); !done)
        qFatal("%s", qPrintable(done.error().message));
}

} // namespace eventloupe
