#include "support/program.h"

#include <QTest>

using namespace eventloupe;

class TestCliDecode : public QObject {
    Q_OBJECT

private:
    Program m_program;

private slots:
    void decodes_data()
    {
        QTest::addColumn<QString>("options");
        QTest::addColumn<QByteArray>("input");
        QTest::addColumn<QByteArray>("out");
        QTest::addColumn<QByteArray>("err");
        const auto row = [](const char* name, const char* options, const QByteArray& input,
                             const char* out, const char* err) {
            QTest::newRow(name) << QString::fromLatin1(options) << input << QByteArray(out)
                                << QByteArray(err);
        };
        row("bytes", "", QByteArray::fromHex("82a2696401a26f6bc3"), "{\"id\":1,\"ok\":true}\n",
            "eventloupe: MessagePack\n");
        row("psql's hex", " --hex", "\\x82a2696401a26f6bc3\n", "{\"id\":1,\"ok\":true}\n",
            "eventloupe: MessagePack\n");
        row("Base64", " --base64", "eyJhIjoxLjUwfQ==\n", "{\"a\":1.50}\n", "eventloupe: JSON\n");
        row("named", " --encoding php", "a:1:{i:0;d:1.50;}", "[1.50]\n",
            "eventloupe: PHP serialize()\n");
        row("a chain", " --hex --encoding zlib,json", "789cab564a54b232ac0500082a0209",
            "{\"a\":1}\n", "eventloupe: zlib, JSON\n");
        row("a loss", " --encoding msgpack --hex", "91cb7ff8000000000000", "[\"NaN\"]\n",
            "eventloupe: MessagePack\neventloupe: NaN and infinities are shown as texts\n");
    }
    void decodes()
    {
        QFETCH(QString, options);
        QFETCH(QByteArray, input);
        const auto run = m_program.run(u"decode -"_qs + options, input);
        QCOMPARE(run.code, 0);
        QTEST(run.out, "out");
        QTEST(run.err, "err");
    }

    void showsWhatNobodyReads()
    {
        const auto file = m_program.write(u"java.bin"_qs, QByteArray::fromHex("aced00057372"));
        const auto run = m_program.run(QStringList { u"decode"_qs, file });
        QCOMPARE(run.code, 1);
        QCOMPARE(
            run.out, QByteArray("{\"$bytes\":\"rO0ABXNy\",\"kind\":\"Java serialisation\"}\n"));
        QCOMPARE(run.err,
            QByteArray("eventloupe: Java serialisation\n"
                       "eventloupe: it is in no encoding that is known\n"));
    }

    void saysWhatItLooksLike()
    {
        const auto run = m_program.run(u"decode - --hex --encoding json"_qs, "82a2696401a26f6bc3");
        QCOMPARE(run.code, 1);
        QVERIFY2(run.err.contains("; it looks like MessagePack"), run.err.constData());
    }

    void refusesWrongWords()
    {
        const auto spec = m_program.run(u"decode - --encoding jsonn"_qs, "{}");
        QCOMPARE(spec.code, 2);
        QVERIFY2(spec.err.contains("there is no 'jsonn'"), spec.err.constData());
        QCOMPARE(m_program.run(u"decode - --hex --base64"_qs, "").code, 2);
        const auto hex = m_program.run(u"decode - --hex"_qs, "xyz");
        QCOMPARE(hex.code, 1);
        QVERIFY2(hex.err.startsWith("eventloupe: this is not hexadecimal"), hex.err.constData());
        QCOMPARE(m_program.run(u"decode missing.bin"_qs, "").code, 1);
    }
};

QTEST_GUILESS_MAIN(TestCliDecode)
#include "tst_clidecode.moc"
