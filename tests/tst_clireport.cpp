#include "support/program.h"

#include <QFileInfo>
#include <QJsonArray>
#include <QTest>

using namespace eventloupe;

/// eventloupe report: what can be sent with a bug report.
class TestCliReport : public QObject {
    Q_OBJECT

private:
    static constexpr auto marker = "Kx7secret";
    std::unique_ptr<Program> m_program;

private slots:
    void init() { m_program = std::make_unique<Program>(); }

    void theProgramAlone()
    {
        const auto result = m_program->run(u"report"_qs);
        QCOMPARE(result.code, 0);
        const auto report = QJsonDocument::fromJson(result.out).object();
        QCOMPARE(report.value(u"eventloupe_report").toInt(), 1);
        QVERIFY(!report.value(u"program").toObject().value(u"qt").toString().isEmpty());
        QVERIFY(!report.contains(u"store"));
    }

    void countsAndNothingOfWhatIsStored()
    {
        m_program->write(u"Kx7secretFile.ndjson"_qs,
            json("{'stream':'Kx7secretStream-1','type':'Kx7secretType','data':{'Kx7secretKey':"
                 "'Kx7secretValue'},'metadata':{'actor':'Kx7secretActor'}}\n"));
        const QString store = u"Kx7secretStore.eventlog"_qs;
        QCOMPARE(m_program->run({ u"import"_qs, store, u"Kx7secretFile.ndjson"_qs }).code, 0);
        const auto result = m_program->run({ u"report"_qs, store });
        QCOMPARE(result.code, 0);
        QVERIFY2(!result.out.contains(marker), result.out);
        const auto report = QJsonDocument::fromJson(result.out).object();
        const auto counts = report.value(u"store").toObject().value(u"counts").toObject();
        QCOMPARE(counts.value(u"events").toInt(), 1);
        QCOMPARE(counts.value(u"streams").toInt(), 1);
        QCOMPARE(counts.value(u"types").toInt(), 1);
    }

    void whatFailedIsToldWithPlaceholders()
    {
        const auto missing = m_program->run(u"report Kx7secret/Kx7secret.eventlog"_qs);
        QCOMPARE(missing.code, 0);
        QVERIFY2(!missing.out.contains(marker), missing.out);
        const auto error = QJsonDocument::fromJson(missing.out)
                               .object()
                               .value(u"errors")
                               .toArray()
                               .at(0)
                               .toObject();
        QCOMPARE(error.value(u"code").toString(), u"NotFound"_qs);
        QVERIFY(error.value(u"message").toString().contains(u"%1"));
        // Nobody listens there; the password would be in the URI.
        const auto server = m_program->run(
            u"report postgresql://Kx7secret:Kx7secretPassword@127.0.0.1:1/Kx7secret"_qs);
        QCOMPARE(server.code, 0);
        QVERIFY2(!server.out.contains(marker), server.out);
        QVERIFY2(server.out.contains("\"is\": \"server\""), server.out);
    }

    void aBrokenWorkspaceIsToldByItsKindsOfProblems()
    {
        QCOMPARE(m_program->run(u"init Kx7secretShop --template users"_qs).code, 0);
        m_program->write(u"Kx7secretShop/events/Kx7secret.json"_qs,
            json("{'evolve':{'/Kx7secret':'Kx7secret +'}}"));
        const auto result = m_program->run(u"report Kx7secretShop"_qs);
        QCOMPARE(result.code, 0);
        QVERIFY2(!result.out.contains(marker), result.out);
        const auto report = QJsonDocument::fromJson(result.out).object();
        const auto workspace = report.value(u"workspace").toObject();
        QVERIFY(workspace.value(u"commands").toInt() > 0);
        QVERIFY(!workspace.value(u"problems").toArray().isEmpty());
    }

    void damageIsTold()
    {
        m_program->makeStore(9500);
        const auto damagedOf = [](const QByteArray& text) {
            return QJsonDocument::fromJson(text).object().value(u"store").toObject().value(
                u"damaged");
        };
        const auto sound = m_program->run(u"report s.eventlog"_qs);
        QCOMPARE(damagedOf(sound.out), QJsonValue(false));
        QCOMPARE(sound.err, QByteArray());
        auto bytes = m_program->read(u"s.eventlog"_qs);
        const auto page = bytes.indexOf(json("{'n':4242}")) / 8192 * 8192;
        QVERIFY(page > 0);
        bytes.replace(page, 8192, QByteArray(8192, '\xff'));
        m_program->write(u"s.eventlog"_qs, bytes);
        const auto damaged = m_program->run(u"report s.eventlog"_qs);
        QCOMPARE(damaged.code, 0);
        QCOMPARE(damagedOf(damaged.out), QJsonValue(true));
        QVERIFY2(damaged.err.endsWith(": eventloupe verify s.eventlog\n"), damaged.err);
        // As a shell takes it for one word.
        m_program->write(u"Bob's store.eventlog"_qs, bytes);
        const auto named = m_program->run({ u"report"_qs, u"Bob's store.eventlog"_qs });
        QVERIFY2(named.err.endsWith(": eventloupe verify 'Bob'\\''s store.eventlog'\n"), named.err);
    }

    void theFileIsForItsOwnerAlone()
    {
        m_program->makeStore(3);
        const auto result = m_program->run(u"report s.eventlog -o report.json"_qs);
        QCOMPARE(result.code, 0);
        QCOMPARE(result.out, QByteArray());
        QVERIFY(QJsonDocument::fromJson(m_program->read(u"report.json"_qs)).isObject());
        const auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther
            | QFile::WriteOther;
        QVERIFY(!(QFileInfo(m_program->path(u"report.json"_qs)).permissions() & others));
        // Not over a store.
        QCOMPARE(m_program->run(u"report s.eventlog -o s.eventlog"_qs).code, 1);
    }
};

QTEST_GUILESS_MAIN(TestCliReport)
#include "tst_clireport.moc"
