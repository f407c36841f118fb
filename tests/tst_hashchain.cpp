#include "store/hashchain.h"

#include <QCryptographicHash>
#include <QtEndian>
#include <QTest>

#include <cstring>

using namespace eventloupe;

namespace {

const EventView ada { 2, 9, "user-1", 1, "CREATED", { -5 }, "id", R"({"a":1})", "{}" };

QByteArray bytesOf(const EventHash& hash)
{
    return { reinterpret_cast<const char*>(hash.data()), static_cast<qsizetype>(hash.size()) };
}

QByteArray word(qint64 value)
{
    const auto big = qToBigEndian(value);
    return { reinterpret_cast<const char*>(&big), sizeof(big) };
}

} // namespace

class tst_HashChain final : public QObject {
    Q_OBJECT

private slots:
    void encodingIsAsDocumented();
    void eachPartCounts();
    void bytesDoNotMoveBetweenTexts();
    void longPayloads();
};

void tst_HashChain::encodingIsAsDocumented()
{
    HashChain chain;
    QVERIFY(chain.isValid());
    EventHash previous {};
    previous.fill(7);
    QByteArray encoded(32, 7);
    encoded += word(2) + word(1) + word(-5);
    for (const char* text : { "user-1", "CREATED", "id", R"({"a":1})", "{}" })
        encoded += word(static_cast<qint64>(std::strlen(text))) + text;
    QCOMPARE(bytesOf(chain.next(previous, ada)),
        QCryptographicHash::hash(encoded, QCryptographicHash::Sha256));
}

void tst_HashChain::eachPartCounts()
{
    HashChain chain;
    EventHash other {};
    other[31] = 1;
    const EventHash hash = chain.next({}, ada);
    QVERIFY(chain.next(other, ada) != hash);
    QVERIFY(chain.next({}, ada) == hash);
    const auto changed = [&](auto change) {
        EventView view = ada;
        change(view);
        return chain.next({}, view) != hash;
    };
    QVERIFY(changed([](EventView& view) { ++view.position; }));
    QVERIFY(changed([](EventView& view) { ++view.version; }));
    QVERIFY(changed([](EventView& view) { ++view.time.microseconds; }));
    QVERIFY(changed([](EventView& view) { view.stream = "user-2"; }));
    QVERIFY(changed([](EventView& view) { view.type = "CREATEd"; }));
    QVERIFY(changed([](EventView& view) { view.id = "ie"; }));
    QVERIFY(changed([](EventView& view) { view.data = R"({"a":2})"; }));
    QVERIFY(changed([](EventView& view) { view.metadata = "{ }"; }));
    QVERIFY(!changed([](EventView& view) { ++view.streamId; }));
}

void tst_HashChain::bytesDoNotMoveBetweenTexts()
{
    HashChain chain;
    EventView left = ada;
    left.stream = "ab";
    left.type = "c";
    EventView right = ada;
    right.stream = "a";
    right.type = "bc";
    QVERIFY(chain.next({}, left) != chain.next({}, right));
}

void tst_HashChain::longPayloads()
{
    HashChain chain;
    const std::string payload(3'000'000, 'x');
    EventView view = ada;
    view.data = payload;
    const EventHash hash = chain.next({}, view);
    QVERIFY(chain.next({}, view) == hash);
    view.data.remove_suffix(1);
    QVERIFY(chain.next({}, view) != hash);
}

QTEST_GUILESS_MAIN(tst_HashChain)
#include "tst_hashchain.moc"
