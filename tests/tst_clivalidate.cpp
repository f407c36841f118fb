#include "support/program.h"

#include <QFile>
#include <QJsonArray>
#include <QTest>

#include <sys/stat.h>

using namespace eventloupe;

/// eventloupe validate: lines against a JSON Schema.
class TestCliValidate : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<Program> m_program;

    ProgramRun run(const QString& words, const QByteArray& input = {})
    {
        return m_program->run(words, input);
    }

private slots:
    void init() { m_program = std::make_unique<Program>(); }

    void validateGivesAVerdictALine()
    {
        m_program->write(u"schema.json"_qs,
            json("{'type':'object','required':['n'],"
                 "'properties':{'n':{'type':'integer','minimum':1}}}"));
        const auto result = run(u"validate schema.json -"_qs, json("{'n':1}\n{'n':0}\nnope\n"));
        QCOMPARE(result.code, 1);
        QCOMPARE(result.lines().size(), 3);
        QCOMPARE(result.lines().at(0), json("{'line':1,'valid':true}"));
        QCOMPARE(result.object(1).value(u"valid").toBool(true), false);
        const auto violation = result.object(1).value(u"violations").toArray().at(0).toObject();
        QCOMPARE(violation.value(u"place").toString(), u"/n"_qs);
        QCOMPARE(violation.value(u"keyword").toString(), u"minimum"_qs);
        QCOMPARE(violation.value(u"schema").toString(), u"#/properties/n/minimum"_qs);
        QVERIFY(result.object(2).contains(u"error"));
        QCOMPARE(run(u"validate schema.json -"_qs, json("{'n':1}\n")).code, 0);
        QVERIFY(result.object(2).value(u"error").toString().startsWith(u"byte 2: "));
        const auto blank = run(u"validate schema.json -"_qs, json("{'n':1}\n\n \n{'n':2}\n"));
        QCOMPARE(blank.code, 0);
        QCOMPARE(blank.out, json("{'line':1,'valid':true}\n{'line':4,'valid':true}\n"));
        m_program->write(u"wrong.json"_qs, json("{'type':7}"));
        const auto wrong = run(u"validate wrong.json -"_qs);
        QCOMPARE(wrong.code, 1);
        QVERIFY(wrong.err.contains("wrong.json"));
    }

    void validateRefusesDefinitionsWithoutASchema()
    {
        run(u"init w --template bank"_qs);
        for (const auto& name : { u"aggregates/account.json"_qs, u"workspace.json"_qs }) {
            const auto refused = run(u"validate w/%1 -"_qs.arg(name), "{}\n");
            QCOMPARE(refused.code, 1);
            QCOMPARE(refused.out, QByteArray());
            QVERIFY2(refused.err.contains("this is no schema; name a file"), refused.err);
        }
        m_program->write(u"w/events/BARE.json"_qs, json("{'title':'Bare'}"));
        const auto bare = run(u"validate w/events/BARE.json -"_qs, "{}\n");
        QCOMPARE(bare.code, 1);
        QVERIFY2(bare.err.contains(json("this definition has no 'schema'")), bare.err);
    }

    void validateReadsASchemaOfAnOrdinaryFile()
    {
        QCOMPARE(::mkfifo(QFile::encodeName(m_program->path(u"pipe"_qs)).constData(), 0600), 0);
        const auto pipe = run(u"validate pipe -"_qs, "0\n");
        QCOMPARE(pipe.code, 1);
        QVERIFY2(pipe.err.contains("pipe: this is no file"), pipe.err);
        m_program->write(u"long.json"_qs, "{\"title\":\"" + QByteArray(1 << 20, 'x') + "\"}");
        const auto large = run(u"validate long.json -"_qs, "0\n");
        QCOMPARE(large.code, 1);
        QVERIFY2(large.err.contains("1 MB at most"), large.err);
    }

    void validateReadsNeighbouringFilesOnly()
    {
        m_program->write(u"count.json"_qs, json("{'$defs':{'n':{'minimum':1}}}"));
        m_program->write(u"near.json"_qs, json("{'$ref':'count.json#/$defs/n'}"));
        const auto near = run(u"validate near.json -"_qs, "0\n");
        QCOMPARE(near.code, 1);
        QVERIFY2(near.out.contains(json("'schema':'count.json#/$defs/n/minimum'")), near.out);
        m_program->write(u"far.json"_qs, json("{'$ref':'../../etc/passwd'}"));
        const auto far = run(u"validate far.json -"_qs, "0\n");
        QCOMPARE(far.code, 1);
        QVERIFY2(far.err.contains("leads out of the folder"), far.err);
    }
};

QTEST_GUILESS_MAIN(TestCliValidate)
#include "tst_clivalidate.moc"
