#include "support/foreignfolds.h"

using namespace eventloupe;

/// The databases that the libraries wrote themselves, and the states that they computed.
class tst_ForeignFolds final : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { addForeignStores(); }
    void emmett();
    void broadway();
    void railsEventStore();
};

void tst_ForeignFolds::emmett()
{
    OPEN_SHARED("emmett-sqlite");
    QCOMPARE(store->library(), QStringLiteral("Emmett (SQLite)"));
    QCOMPARE(*store->streamCountAt(*store->head()), expected.find("streams")->toInt());
    compareVersions(*store, *expected.find("streamVersions"), {});
    WorkspaceFolder folder;
    const QByteArray quantity = "\"/quantity/{data.productItem.productId}\":"
                                "\"(data.productItem.productId in state.quantity ? "
                                "state.quantity[data.productItem.productId] : 0) ";
    const auto workspace = workspaceOf(folder,
        { { QStringLiteral("ShoppingCartOpened"),
              "{\"/kind\":\"'cart'\",\"/clientId\":\"data.clientId\","
              "\"/clientName\":\"data.clientName\",\"/status\":\"'open'\"}" },
            { QStringLiteral("ProductItemAdded"),
                "{\"/lines\":\"state.lines + 1\"," + quantity + "+ data.productItem.quantity\"}" },
            { QStringLiteral("ProductItemRemoved"),
                "{" + quantity + "- data.productItem.quantity\"}" },
            { QStringLiteral("DiscountApplied"),
                "{\"/discounts\":\"state.discounts + [data.couponId]\"}" },
            { QStringLiteral("ShoppingCartConfirmed"),
                "{\"/status\":\"'confirmed'\",\"/closedAt\":\"data.at\"}" },
            { QStringLiteral("AccountOpened"),
                "{\"/kind\":\"'account'\",\"/owner\":\"data.owner\",\"/iban\":\"data.iban\","
                "\"/currency\":\"data.currency\",\"/minor\":\"'0'\",\"/operations\":\"0\","
                "\"/status\":\"'open'\"}" },
            { QStringLiteral("MoneyDeposited"),
                "{\"/minor\":\"string(int(state.minor) + int(data.amountMinor))\","
                "\"/operations\":\"state.operations + 1\"}" },
            { QStringLiteral("MoneyWithdrawn"),
                "{\"/minor\":\"string(int(state.minor) - int(data.amountMinor))\","
                "\"/operations\":\"state.operations + 1\"}" },
            { QStringLiteral("OrderPlaced"),
                "{\"/kind\":\"'order'\",\"/customer\":\"data.customer.name\","
                "\"/lineCount\":\"size(data.lines)\",\"/status\":\"'placed'\","
                "\"/total\":\"data.total\"}" },
            { QStringLiteral("OrderLineAdded"), "{\"/lineCount\":\"state.lineCount + 1\"}" },
            { QStringLiteral("OrderPriced"),
                "{\"/priced\":\"has(state.priced) ? state.priced + 1 : 1\"}" },
            { QStringLiteral("OrderPaid"), "{\"/status\":\"'paid'\",\"/paidAt\":\"data.paidAt\"}" },
            { QStringLiteral("OrderInvoiced"), "{\"/invoice\":\"string(int(data.number))\"}" },
            { QStringLiteral("OrderShipmentMoved"), "{\"/at\":\"data.to\"}" },
            { QStringLiteral("OrderDelivered"), "{\"/status\":\"'delivered'\"}" } },
        { { QStringLiteral("shopping_cart"), "{\"lines\":0,\"quantity\":{},\"discounts\":[]}" } });
    QCOMPARE(folder.problems(), QStringList());
    for (const JsonValue& fold : expected.find("folds")->elements()) {
        JsonValue state;
        const QString stream = fold.find("stream")->toString();
        QCOMPARE(
            stateOf(*store, workspace, stream, fold.find("version")->toInt(), state), QString());
        QVERIFY2(state == *fold.find("state"), qPrintable(QString::fromUtf8(state.toJson())));
    }
}

void tst_ForeignFolds::broadway()
{
    OPEN_SHARED("broadway");
    QCOMPARE(*store->streamCountAt(*store->head()), expected.find("aggregates")->toInt());
    const auto nameOf = [](const QString& aggregate, const QString& id) {
        return aggregate.section(u'\\', 0, 1).replace(u'\\', u'.') + u'-' + id;
    };
    for (const JsonValue::Member& member : expected.find("lastPlayhead")->members()) {
        const QString key = QString::fromUtf8(member.key);
        const auto stream
            = *store->findStream(nameOf(key.section(u'|', 0, 0), key.section(u'|', 1)));
        QVERIFY2(stream, qPrintable(key));
        // Playheads begin at 0.
        QCOMPARE(stream->headVersion, member.value.toInt() + 1);
    }
    WorkspaceFolder folder;
    const auto workspace = workspaceOf(folder,
        { { QStringLiteral("Acme.Cart.CartOpened"),
              "{\"/who\":\"data.who\",\"/qty\":\"0\",\"/status\":\"'open'\"}" },
            { QStringLiteral("Acme.Cart.ItemAdded"), "{\"/qty\":\"state.qty + data.qty\"}" },
            { QStringLiteral("Acme.Cart.CartPaid"), "{\"/status\":\"'paid'\"}" },
            { QStringLiteral("Acme.Bank.AccountOpened"),
                "{\"/owner\":\"data.owner\",\"/minor\":\"0\"}" },
            { QStringLiteral("Acme.Bank.Deposited"), "{\"/minor\":\"state.minor + data.minor\"}" },
            { QStringLiteral("Acme.Inv.Invited"), "{\"/last\":\"'Invited'\",\"/n\":\"1\"}" },
            { QStringLiteral("Acme.Inv.Accepted"),
                "{\"/last\":\"'Accepted'\",\"/n\":\"state.n + 1\"}" },
            { QStringLiteral("Acme.Inv.Declined"),
                "{\"/last\":\"'Declined'\",\"/n\":\"state.n + 1\"}" } },
        {});
    QCOMPARE(folder.problems(), QStringList());
    for (const JsonValue& fold : expected.find("folds")->elements()) {
        JsonValue state;
        const QString stream
            = nameOf(fold.find("aggregate")->toString(), fold.find("uuid")->toString());
        QCOMPARE(stateOf(*store, workspace, stream, fold.find("playhead")->toInt() + 1, state),
            QString());
        QVERIFY2(state == *fold.find("state"), qPrintable(QString::fromUtf8(state.toJson())));
    }
}

void tst_ForeignFolds::railsEventStore()
{
    OPEN_SHARED("rails-event-store");
    QVERIFY(store->hasLinkedStreams());
    // Those of no stream are in one of ours.
    QCOMPARE(*store->streamCountAt(*store->head()), expected.find("streams")->toInt() + 1);
    QVERIFY(*store->findStream(QStringLiteral("(none)")));
    compareVersions(*store, *expected.find("streamVersions"), {});
    const auto account = *store->findStream(
        QStringLiteral("Banking::Account-9d5b2cdb-6c50-4092-ac61-e8e5099da5bd"));
    QVERIFY(account);
    QCOMPARE(account->category, QStringLiteral("Banking::Account"));
    QVERIFY(store->readLog(1, 1)->value(0).data.contains("\"order_id\""));
    WorkspaceFolder folder;
    const QByteArray qty = "\"/items/{data.sku}\":\"(data.sku in state.items ? "
                           "state.items[data.sku] : 0) ";
    const auto workspace = workspaceOf(folder,
        { { QStringLiteral("Ordering::OrderPlaced"),
              "{\"/state\":\"'placed'\",\"/number\":\"data.number\"}" },
            { QStringLiteral("Ordering::ItemAdded"), "{" + qty + "+ data.qty\"}" },
            { QStringLiteral("Ordering::ItemRemoved"), "{" + qty + "- 1\"}" },
            { QStringLiteral("Ordering::OrderSubmitted"), "{\"/state\":\"'submitted'\"}" },
            { QStringLiteral("Crm::CustomerRegistered"), "{\"/names\":\"[data.name]\"}" },
            { QStringLiteral("Crm::CustomerRenamed"),
                "{\"/names\":\"state.names + [data.name]\"}" },
            { QStringLiteral("Crm::AddressChanged"), "{\"/address\":\"data.address\"}" },
            { QStringLiteral("Banking::AccountOpened"),
                "{\"/owner\":\"data.owner\",\"/balance\":\"'0.0'\",\"/operations\":\"0\"}" },
            { QStringLiteral("Banking::MoneyDeposited"),
                "{\"/balance\":\"decimal.add(state.balance, data.amount)\","
                "\"/operations\":\"state.operations + 1\"}" },
            { QStringLiteral("Banking::MoneyWithdrawn"),
                "{\"/balance\":\"decimal.subtract(state.balance, data.amount)\","
                "\"/operations\":\"state.operations + 1\"}" } },
        { { QStringLiteral("Ordering::Order"), "{\"items\":{}}" } });
    QCOMPARE(folder.problems(), QStringList());
    for (const JsonValue& fold : expected.find("folds")->elements()) {
        JsonValue state;
        const QString stream = fold.find("stream")->toString();
        const JsonValue* const applied = fold.find("eventsApplied");
        const StreamVersion version = applied != nullptr
            ? applied->toInt()
            : fold.find("loadedByRepositoryVersion")->toInt() + 1;
        QCOMPARE(stateOf(*store, workspace, stream, version, state), QString());
        JsonValue wanted = *fold.find("state");
        // An absent address is null there.
        if (wanted.find("address") != nullptr && wanted.find("address")->isNull())
            wanted.remove("address");
        QVERIFY2(state == wanted, qPrintable(QString::fromUtf8(state.toJson())));
    }
}

QTEST_GUILESS_MAIN(tst_ForeignFolds)
#include "tst_foreignfolds.moc"
