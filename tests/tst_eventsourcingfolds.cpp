#include "support/foreignfolds.h"

using namespace eventloupe;

namespace {

/// A rule, with what every aggregate of the library knows of itself.
FoldRule evolving(const char* type, const QByteArray& members)
{
    return { QString::fromLatin1(type),
        "{\"/_version\":\"event.version\","
        "\"/_modified_on\":\"data.timestamp._data_.replace('T', ' ')\""
            + members + '}' };
}

FoldRule creating(const char* type, const QByteArray& members)
{
    return evolving(type,
        ",\"/_id\":\"event.stream.substring(event.stream.indexOf('-') + 1)\","
        "\"/_created_on\":\"data.timestamp._data_.replace('T', ' ')\""
            + members);
}

QList<FoldRule> dogsAndOrders()
{
    return {
        creating("__main__:Dog.Registered", ",\"/name\":\"data.name\",\"/tricks\":\"[]\""),
        evolving("__main__:Dog.TrickAdded", ",\"/tricks\":\"state.tricks + [data.trick]\""),
        creating("__main__:Order.Placed",
            ",\"/customer\":\"data.customer\",\"/total\":\"data.total._data_\","
            "\"/lines\":\"data.lines.map(l, {'sku': l.sku, 'qty': l.qty, 'price': l.price._data_,"
            " 'opts': l.opts})\","
            "\"/external_no\":\"data.external_no\",\"/status\":\"'placed'\",\"/notes\":\"[]\""),
        evolving("__main__:Order.Repriced", ",\"/total\":\"data.total._data_\""),
        evolving("__main__:Order.Noted", ",\"/notes\":\"state.notes + [data.text]\""),
        evolving("__main__:Order.Shipped", ",\"/status\":\"'shipped'\""),
    };
}

/// Python's decimals keep the digits of the longer one, as ours do.
QList<FoldRule> bankAccounts()
{
#define ACCOUNT "eventsourcing.examples.bankaccounts.domainmodel:BankAccount."
    return {
        creating(ACCOUNT "Opened",
            ",\"/full_name\":\"data.full_name\",\"/email_address\":\"data.email_address\","
            "\"/balance\":\"'0.00'\",\"/overdraft_limit\":\"'0.00'\",\"/is_closed\":\"false\""),
        evolving(ACCOUNT "Credited",
            ",\"/balance\":\"decimal.add(state.balance, data.amount._data_)\""),
        evolving(ACCOUNT "Debited",
            ",\"/balance\":\"decimal.subtract(state.balance, data.amount._data_)\""),
        evolving(ACCOUNT "OverdraftLimitSet",
            ",\"/overdraft_limit\":\"data.overdraft_limit._data_\""),
        evolving(ACCOUNT "Closed", ",\"/is_closed\":\"true\""),
    };
#undef ACCOUNT
}

/// Handling events, by what was done: a value for each, else what was there.
QByteArray byActivity(const char* member, const QList<std::pair<const char*, const char*>>& values)
{
    QByteArray expression;
    for (const auto& [activity, value] : values)
        expression += QByteArray("data.handling_activity._data_ == '") + activity + "' ? " + value
            + " : ";
    return QByteArray(",\"/") + member + "\":\"" + expression + "state." + member + '"';
}

QList<FoldRule> cargos()
{
#define CARGO "eventsourcing.examples.cargoshipping.domainmodel:Cargo."
    const char* const here = "data.location._data_";
    // Where it was unloaded: at its destination, at the end of a leg, or where it should not be.
    const char* const next
        = "(data.location._data_ == state._destination ? ['CLAIM', data.location._data_] : "
          "state._route.legs.exists(l, l.destination == data.location._data_) ? ['LOAD', "
          "data.location._data_, state._route.legs.transformList(i, l, l.voyage_number == "
          "data.voyage_number, state._route.legs[i + 1].voyage_number)[0]] : null)";
    const char* const astray
        = "(data.location._data_ != state._destination && !state._route.legs.exists(l, "
          "l.destination == data.location._data_) ? true : state._is_misdirected)";
    return {
        creating(CARGO "BookingStarted",
            ",\"/_origin\":\"data.origin._data_\",\"/_destination\":\"data.destination._data_\","
            "\"/_arrival_deadline\":\"data.arrival_deadline._data_.replace('T', ' ')\","
            "\"/_transport_status\":\"'NOT_RECEIVED'\",\"/_routing_status\":\"'NOT_ROUTED'\","
            "\"/_is_misdirected\":\"false\",\"/_next_expected_activity\":\"null\","
            "\"/_route\":\"null\",\"/_last_known_location\":\"null\","
            "\"/_current_voyage_number\":\"null\""),
        evolving(CARGO "DestinationChanged", ",\"/_destination\":\"data.destination._data_\""),
        evolving(CARGO "RouteAssigned",
            ",\"/_route\":\"{'origin': data.route._data_.origin, 'destination': "
            "data.route._data_.destination, 'legs': data.route._data_.legs.map(l, l._data_)}\","
            "\"/_routing_status\":\"'ROUTED'\",\"/_is_misdirected\":\"false\","
            "\"/_next_expected_activity\":\"['RECEIVE', state._origin]\""),
        evolving(CARGO "HandlingEventRegistered",
            byActivity("_transport_status",
                { { "RECEIVE", "'IN_PORT'" }, { "LOAD", "'ONBOARD_CARRIER'" },
                    { "UNLOAD", "'IN_PORT'" }, { "CLAIM", "'CLAIMED'" } })
                + byActivity("_last_known_location", { { "RECEIVE", here }, { "UNLOAD", here } })
                + byActivity("_current_voyage_number",
                    { { "LOAD", "data.voyage_number" }, { "UNLOAD", "null" } })
                + byActivity("_is_misdirected", { { "UNLOAD", astray } })
                + byActivity("_next_expected_activity",
                    { { "RECEIVE",
                          "['LOAD', data.location._data_, state._route.legs[0].voyage_number]" },
                        { "LOAD",
                            "['UNLOAD', state._route.legs.filter(l, l.origin == "
                            "data.location._data_ && l.voyage_number == "
                            "data.voyage_number)[0].destination, data.voyage_number]" },
                        { "UNLOAD", next }, { "CLAIM", "null" } })),
    };
#undef CARGO
}

} // namespace

/// The database that eventsourcing for Python wrote, and the states that it computed.
class tst_EventsourcingFolds final : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { addForeignStores(); }
    void isRecognisedWhole();
    void states();
};

void tst_EventsourcingFolds::isRecognisedWhole()
{
    OPEN_SHARED("pyeventsourcing-sqlite");
    QCOMPARE(*store->streamCountAt(*store->head()), expected.find("streams")->toInt());
    const auto categories = *store->categoriesAt(*store->head(), 1, 10);
    const JsonValue& byCategory = *expected.find("streamsByCategory");
    QCOMPARE(categories.size(), byCategory.size());
    for (const CategoryAt& category : categories) {
        const JsonValue* const streams = byCategory.find(category.name.toStdString());
        QVERIFY2(streams != nullptr, qPrintable(category.name));
        QCOMPARE(category.streams, streams->toInt());
    }
    const auto first = store->readLog(1, 1)->value(0);
    QCOMPARE(first.time.toRfc3339(), QByteArray("2026-02-02T06:00:01.853377Z"));
}

void tst_EventsourcingFolds::states()
{
    OPEN_SHARED("pyeventsourcing-sqlite");
    WorkspaceFolder folder;
    const auto workspace = workspaceOf(folder, dogsAndOrders() + bankAccounts() + cargos(), {});
    QCOMPARE(folder.problems(), QStringList());
    for (const JsonValue& fold : expected.find("folds")->elements()) {
        const QString stream
            = fold.find("category")->toString() + u'-' + fold.find("originator_id")->toString();
        QVERIFY2(*store->findStream(stream), qPrintable(stream));
        JsonValue state;
        QCOMPARE(
            stateOf(*store, workspace, stream, fold.find("version")->toInt(), state), QString());
        JsonValue wanted = *fold.find("state");
        // The library takes it from the clock of the machine that folds.
        wanted.remove("_estimated_time_of_arrival");
        QVERIFY2(state == wanted, (state.toJson() + " is not " + wanted.toJson()).constData());
    }
}

QTEST_GUILESS_MAIN(tst_EventsourcingFolds)
#include "tst_eventsourcingfolds.moc"
