#include "domain/evolver.h"
#include "foreign/foreignstores.h"
#include "server/serverstores.h"
#include "support/scratchdatabase.h"
#include "support/workspacefolder.h"
#include "time/replayer.h"

#include <QTest>

using namespace eventloupe;

namespace {

/// Rules of the made-up applications: an event's type, and its evolve.
using Rules = QList<std::pair<const char*, QByteArray>>;

std::shared_ptr<const Workspace> workspaceOf(
    WorkspaceFolder& folder, const Rules& rules, const char* cartCategory = nullptr)
{
    int number = 0;
    for (const auto& [type, evolve] : rules)
        folder.write(QStringLiteral("events/e%1.json").arg(++number),
            "{\"type\":" + JsonValue::fromString(QString::fromUtf8(type)).toJson()
                + ",\"evolve\":" + evolve + "}");
    if (cartCategory != nullptr)
        folder.write(QStringLiteral("aggregates/cart.json"),
            QByteArray("{\"category\":\"") + cartCategory
                + "\",\"initialState\":{\"lines\":0,\"quantity\":{},\"discounts\":[]}}");
    return folder.load();
}

/// Those of the shop that emmett, message-db and castore wrote, with the types in their spelling.
Rules shopRules(const std::function<const char*(const char*)>& spelt)
{
    const QByteArray quantity = "\"/quantity/{data.productItem.productId}\":"
                                "\"(data.productItem.productId in state.quantity ? "
                                "state.quantity[data.productItem.productId] : 0) ";
    Rules rules {
        { "ShoppingCartOpened",
            "{\"/kind\":\"'cart'\",\"/clientId\":\"data.clientId\",\"/clientName\":"
            "\"data.clientName\",\"/status\":\"'open'\"}" },
        { "ProductItemAdded",
            "{\"/lines\":\"state.lines + 1\"," + quantity + "+ data.productItem.quantity\"}" },
        { "ProductItemRemoved", "{" + quantity + "- data.productItem.quantity\"}" },
        { "DiscountApplied", "{\"/discounts\":\"state.discounts + [data.couponId]\"}" },
        { "ShoppingCartConfirmed", "{\"/status\":\"'confirmed'\",\"/closedAt\":\"data.at\"}" },
        { "AccountOpened",
            "{\"/kind\":\"'account'\",\"/owner\":\"data.owner\",\"/iban\":\"data.iban\","
            "\"/currency\":\"data.currency\",\"/minor\":\"'0'\",\"/operations\":\"0\","
            "\"/status\":\"'open'\"}" },
        { "MoneyDeposited",
            "{\"/minor\":\"string(int(state.minor) + int(data.amountMinor))\","
            "\"/operations\":\"state.operations + 1\"}" },
        { "MoneyWithdrawn",
            "{\"/minor\":\"string(int(state.minor) - int(data.amountMinor))\","
            "\"/operations\":\"state.operations + 1\"}" },
        { "OrderPlaced",
            "{\"/kind\":\"'order'\",\"/customer\":\"data.customer.name\",\"/lineCount\":"
            "\"size(data.lines)\",\"/status\":\"'placed'\",\"/total\":\"data.total\"}" },
        { "OrderLineAdded", "{\"/lineCount\":\"state.lineCount + 1\"}" },
        { "OrderPriced", "{\"/priced\":\"has(state.priced) ? state.priced + 1 : 1\"}" },
        { "OrderPaid", "{\"/status\":\"'paid'\",\"/paidAt\":\"data.paidAt\"}" },
        { "OrderInvoiced", "{\"/invoice\":\"string(int(data.number))\"}" },
        { "OrderShipmentMoved", "{\"/at\":\"data.to\"}" },
        { "OrderDelivered", "{\"/status\":\"'delivered'\"}" },
    };
    for (auto& rule : rules)
        rule.first = spelt(rule.first);
    return rules;
}

const char* asItIs(const char* type)
{
    return type;
}

/// ShoppingCartOpened as SHOPPING_CART_OPENED.
const char* shouted(const char* type)
{
    static QList<QByteArray> kept;
    QByteArray text;
    for (const char c : QByteArray(type)) {
        if (c >= 'A' && c <= 'Z' && !text.isEmpty())
            text += '_';
        text += c;
    }
    kept.append(text.toUpper());
    return kept.constLast().constData();
}

JsonValue stateOf(EventStore& store, const std::shared_ptr<const Workspace>& workspace,
    const QString& stream, StreamVersion version)
{
    const auto info = store.findStream(stream);
    if (!info || !*info)
        return JsonValue::fromString(QStringLiteral("no stream ") + stream);
    Replayer replayer(std::make_shared<const Evolver>(workspace));
    const auto folded = replayer.stateAtVersion(store, **info, version);
    if (!folded)
        return JsonValue::fromString(folded.error().message);
    return folded->failure.isEmpty() ? folded->value : JsonValue::fromString(folded->failure);
}

void compareState(const JsonValue& state, const JsonValue& wanted)
{
    QVERIFY2(state == wanted, (state.toJson() + " is not " + wanted.toJson()).constData());
}

void compareVersions(EventStore& store, const JsonValue& versions,
    const std::function<QString(const QString&)>& nameOf, qint64 offset)
{
    for (const JsonValue::Member& member : versions.members()) {
        const QString name = nameOf(QString::fromUtf8(member.key));
        const auto stream = store.findStream(name);
        QVERIFY2(stream && *stream, qPrintable(name));
        QCOMPARE((*stream)->headVersion, member.value.toInt() + offset);
    }
}

} // namespace

/// The databases that the libraries wrote themselves (../shared/stores), recognised without help,
/// with the numbers and states that they computed.
class tst_PostgresFolds final : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QVERIFY2(m_server.failure().isEmpty(), qPrintable(m_server.failure()));
        addServerStores();
    }
    void messageDb();
    void emmett();
    void commanded();
    void castore();
    void prooph();

private:
    std::unique_ptr<EventStore> open(const QString& name);

    PostgresServer m_server;
    JsonValue m_expected;
};

std::unique_ptr<EventStore> tst_PostgresFolds::open(const QString& name)
{
    const QString path = QStringLiteral(EVENTLOUPE_SHARED "/stores/") + name;
    if (!QFile::exists(path + QStringLiteral(".sql")))
        return nullptr;
    const ScratchDatabase scratch(m_server);
    const QString failure = scratch.load(path + QStringLiteral(".sql"));
    if (!failure.isEmpty())
        qFatal("%s", qPrintable(failure));
    QFile file(path + QStringLiteral(".expected.json"));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("%s", qPrintable(file.errorString()));
    m_expected = jsonOf(file.readAll());
    return openCounted(scratch.location());
}

#define OPEN_SHARED(NAME)                                                                          \
    const auto store = open(QStringLiteral(NAME));                                                 \
    if (!store)                                                                                    \
    QSKIP("the databases of ../shared/stores are not here")

void tst_PostgresFolds::messageDb()
{
    OPEN_SHARED("message-db");
    QCOMPARE(store->library(), QStringLiteral("Message DB"));
    QCOMPARE(*store->head(), m_expected.find("events")->toInt());
    QCOMPARE(*store->streamCountAt(*store->head()), m_expected.find("streams")->toInt());
    const auto categories = *store->categoriesAt(*store->head(), 1, 100);
    QCOMPARE(categories.size(), m_expected.find("categories")->size());
    for (const JsonValue& category : m_expected.find("categories")->elements()) {
        const auto found
            = std::ranges::find(categories, category.find("c")->toString(), &CategoryAt::name);
        QVERIFY(found != categories.end());
        QCOMPARE(found->streams, category.find("s")->toInt());
    }
    // The last of the numbers that have gaps.
    QVERIFY(store->readLog(*store->head(), 1)
                ->value(0)
                .origin.startsWith("{\"position\":"
                    + m_expected.find("globalPosition")->find("max")->toString().toUtf8() + ','));
    // Positions in a stream begin at 0.
    compareVersions(
        *store, *m_expected.find("streamVersions"), [](const QString& name) { return name; }, 1);
    WorkspaceFolder folder;
    const auto workspace = workspaceOf(folder, shopRules(asItIs), "shoppingCart");
    QCOMPARE(folder.problems(), QStringList());
    for (const JsonValue& fold : m_expected.find("folds")->elements())
        compareState(stateOf(*store, workspace, fold.find("stream")->toString(),
                         fold.find("position")->toInt() + 1),
            *fold.find("state"));
}

void tst_PostgresFolds::emmett()
{
    OPEN_SHARED("emmett-postgresql");
    QCOMPARE(store->library(), QStringLiteral("Emmett (PostgreSQL)"));
    QCOMPARE(*store->head(), m_expected.find("events")->toInt());
    QCOMPARE(*store->streamCountAt(*store->head()), m_expected.find("streams")->toInt());
    compareVersions(
        *store, *m_expected.find("streamVersions"), [](const QString& name) { return name; }, 0);
    WorkspaceFolder folder;
    const auto workspace = workspaceOf(folder, shopRules(asItIs), "shopping_cart");
    for (const JsonValue& fold : m_expected.find("folds")->elements())
        compareState(stateOf(*store, workspace, fold.find("stream")->toString(),
                         fold.find("version")->toInt()),
            *fold.find("state"));
}

void tst_PostgresFolds::commanded()
{
    OPEN_SHARED("commanded-eventstore-jsonb");
    QCOMPARE(store->library(), QStringLiteral("Commanded EventStore"));
    QCOMPARE(*store->head(), m_expected.find("eventsReadFromAll")->toInt());
    // The one that was deleted for good is gone, the one that was deleted softly is marked.
    const QString gone = m_expected.find("hardDeletedStream")->toString();
    QVERIFY(!*store->findStream(gone));
    JsonValue versions = *m_expected.find("streamVersions");
    versions.remove(gone.toStdString());
    QCOMPARE(*store->streamCountAt(*store->head()), versions.size());
    compareVersions(
        *store, versions, [](const QString& name) { return name; }, 0);
    const auto soft = *store->findStream(m_expected.find("softDeletedStream")->toString());
    QVERIFY(soft);
    QVERIFY(store->readStream(soft->id, 0, *store->head(), 1)
                ->value(0)
                .origin.contains("\"deleted\":true"));
    // A name without a dash has its category before the last colon.
    const auto list = *store->findStream(QStringLiteral("todo:list:4"));
    QVERIFY(list);
    QCOMPARE(list->name, QStringLiteral("todo:list-4"));
    QCOMPARE(list->category, QStringLiteral("todo:list"));
    const JsonValue& firstEvent = m_expected.find("firstEvents")->elements().front();
    QCOMPARE(store->readLog(1, 1)->value(0).time.toRfc3339(),
        firstEvent.find("created_at")->toString().toUtf8());
    WorkspaceFolder folder;
    const auto workspace = workspaceOf(folder,
        { { "Elixir.Bank.AccountOpened",
              "{\"/owner\":\"data.owner\",\"/minor\":\"0\",\"/ops\":\"0\"}" },
            { "Elixir.Bank.MoneyDeposited",
                "{\"/minor\":\"state.minor + data.minor\",\"/ops\":\"state.ops + 1\"}" },
            { "Elixir.Bank.MoneyWithdrawn",
                "{\"/minor\":\"state.minor - data.minor\",\"/ops\":\"state.ops + 1\"}" },
            { "Elixir.Shop.OrderPlaced",
                "{\"/customer\":\"data.customer\",\"/lines\":\"size(data.lines)\","
                "\"/shipments\":\"0\",\"/status\":\"'placed'\"}" },
            { "Elixir.Shop.OrderShipped",
                "{\"/shipments\":\"state.shipments + 1\",\"/status\":\"'shipped'\"}" },
            { "Elixir.Todo.ItemAdded",
                "{\"/items\":\"state.?items.orValue([]) + [data.title]\"}" },
            { "Elixir.Todo.ItemDone",
                "{\"/done\":\"state.?done.orValue([]) + [data.title]\"}" } });
    for (const JsonValue& fold : m_expected.find("folds")->elements())
        compareState(stateOf(*store, workspace, fold.find("stream")->toString(),
                         fold.find("version")->toInt()),
            *fold.find("state"));
}

void tst_PostgresFolds::castore()
{
    OPEN_SHARED("castore-postgres");
    QCOMPARE(store->library(), QStringLiteral("Castore"));
    QCOMPARE(*store->head(), m_expected.find("events")->toInt());
    QCOMPARE(*store->streamCountAt(*store->head()), m_expected.find("streams")->toInt());
    compareVersions(
        *store, *m_expected.find("streamVersions"),
        [](QString name) { return name.replace(name.indexOf(u'|'), 1, u'-'); }, 0);
    WorkspaceFolder folder;
    // Castore's aggregates know who they are.
    Rules rules = shopRules(shouted);
    for (auto& [type, evolve] : rules)
        evolve.insert(1,
            "\"/version\":\"event.version\","
            "\"/aggregateId\":\"event.stream.substring(event.stream.indexOf('-') + 1)\",");
    const auto workspace = workspaceOf(folder, rules, "SHOPPING_CARTS");
    for (const JsonValue& fold : m_expected.find("folds")->elements())
        compareState(
            stateOf(*store, workspace,
                fold.find("eventStoreId")->toString() + u'-' + fold.find("aggregateId")->toString(),
                fold.find("maxVersion")->toInt()),
            *fold.find("state"));
}

void tst_PostgresFolds::prooph()
{
    OPEN_SHARED("prooph-postgres");
    QCOMPARE(store->library(), QStringLiteral("Prooph PDO event store"));
    QCOMPARE(*store->head(), m_expected.find("events")->toInt());
    QCOMPARE(*store->streamCountAt(*store->head()), m_expected.find("aggregates")->toInt());
    const auto nameOf = [](QString name) { return name.replace(name.indexOf(u'|'), 1, u'-'); };
    compareVersions(*store, *m_expected.find("aggregateVersions"), nameOf, 0);
    const JsonValue& firstEvent = m_expected.find("firstEvents")->elements().front();
    QCOMPARE(store->readLog(1, 1)->value(0).time.toRfc3339().left(26),
        firstEvent.find("created_at")->toString().toUtf8().left(26));
    WorkspaceFolder folder;
    const auto workspace = workspaceOf(folder,
        { { "Acme\\Order\\OrderPlaced",
              "{\"/customer\":\"data.customer\",\"/qty\":\"0\",\"/status\":\"'placed'\"}" },
            { "Acme\\Order\\LineAdded", "{\"/qty\":\"state.qty + data.qty\"}" },
            { "Acme\\Order\\OrderPaid", "{\"/status\":\"'paid'\"}" },
            { "Acme\\User\\UserRegistered", "{\"/name\":\"data.name\",\"/email\":\"data.email\"}" },
            { "Acme\\User\\EmailChanged", "{\"/email\":\"data.email\"}" },
            { "Acme\\Bank\\AccountOpened",
                "{\"/owner\":\"data.owner\",\"/currency\":\"data.currency\",\"/minor\":\"0\","
                "\"/ops\":\"0\"}" },
            { "Acme\\Bank\\Deposited",
                "{\"/minor\":\"state.minor + data.minor\",\"/ops\":\"state.ops + 1\"}" },
            { "Acme\\Bank\\Withdrawn",
                "{\"/minor\":\"state.minor - data.minor\",\"/ops\":\"state.ops + 1\"}" } });
    for (const JsonValue& fold : m_expected.find("folds")->elements()) {
        const JsonValue* const type = fold.find("aggregate_type");
        QVERIFY(type != nullptr);
        compareState(stateOf(*store, workspace,
                         type->toString() + u'-' + fold.find("aggregate_id")->toString(),
                         fold.find("version")->toInt()),
            *fold.find("state"));
    }
}

QTEST_GUILESS_MAIN(tst_PostgresFolds)
#include "tst_postgresfolds.moc"
