#include "support/program.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QTest>

#include <algorithm>

// eventloupe eval, and all vectors of the specification through eval -.

using namespace eventloupe;

namespace {

QString folder()
{
    return QStringLiteral(EVENTLOUPE_SHARED "/cel");
}

QByteArray lineOf(const QJsonObject& object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

/// A typed value with its doubles spelled alike and the entries of its maps in order.
QJsonObject normal(const QJsonObject& typed)
{
    const auto kind = typed.keys().value(0);
    const auto content = typed.value(kind);
    if (kind == u"double")
        return { { kind, QString::number(content.toString().toDouble(), 'g', 17) } };
    QJsonArray values;
    if (kind == u"list") {
        for (const auto& item : content.toArray())
            values.append(normal(item.toObject()));
        return { { kind, values } };
    }
    if (kind != u"map")
        return typed;
    QList<QJsonArray> entries;
    for (const auto& entry : content.toArray()) {
        entries.append(QJsonArray {
            normal(entry.toArray().at(0).toObject()), normal(entry.toArray().at(1).toObject()) });
    }
    std::sort(entries.begin(), entries.end(), [](const auto& left, const auto& right) {
        return lineOf(left.at(0).toObject()) < lineOf(right.at(0).toObject());
    });
    for (const auto& entry : entries)
        values.append(entry);
    return { { kind, values } };
}

} // namespace

class TestCliEval : public QObject {
    Q_OBJECT

private:
    Program m_program;

private slots:
    void vectorsThroughTheProgram()
    {
        const auto files = QDir(folder()).entryInfoList({ QStringLiteral("*.json") });
        if (files.isEmpty())
            QSKIP("the shared data with the CEL vectors is absent");
        QByteArray input;
        QList<QJsonObject> vectors;
        for (const auto& info : files) {
            QFile file(info.filePath());
            QVERIFY(file.open(QIODevice::ReadOnly));
            for (const auto& vector : QJsonDocument::fromJson(file.readAll()).array()) {
                vectors.append(vector.toObject());
                input += lineOf(vector.toObject()) + '\n';
            }
        }
        const auto answers = m_program.run(u"eval -"_qs, input);
        QCOMPARE(answers.code, 0);
        const auto lines = answers.lines();
        QCOMPARE(lines.size(), vectors.size());
        for (qsizetype i = 0; i < vectors.size(); ++i) {
            const auto answer = QJsonDocument::fromJson(lines.at(i)).object();
            const auto expected = vectors.at(i).value(u"value");
            const auto words = lineOf(vectors.at(i)) + " gives " + lines.at(i);
            QVERIFY2(answer.contains(u"error") == expected.isUndefined(), words.constData());
            if (!expected.isUndefined())
                QVERIFY2(normal(answer) == normal(expected.toObject()), words.constData());
        }
    }

    void valuesBesideTheVectors()
    {
        const auto answers = m_program.run(u"eval -"_qs,
            json("{'expr':'optional.of(1)'}\n"
                 "{'expr':'optional.none()'}\n"
                 "{'expr':'x.or(y)','bindings':{'x':{'optional':null},"
                 "'y':{'optional':{'list':[{'int':'2'}]}}}}\n"
                 "{'expr':'x + y','bindings':{'x':{'timestamp':'2026-03-01T00:00:00Z'},"
                 "'y':{'duration':'90s'}}}\n"
                 "{'expr':'1','bindings':[1]}\n"
                 "{'expr':'lists.range(2000).map(i, lists.range(2000).map(j, i))'}\n"
                 "{'expr':'1'}\n"));
        QCOMPARE(answers.code, 0);
        const auto lines = answers.lines();
        QCOMPARE(lines.value(0), json("{'optional':{'int':'1'}}"));
        QCOMPARE(lines.value(1), json("{'optional':null}"));
        QCOMPARE(lines.value(2), json("{'optional':{'list':[{'int':'2'}]}}"));
        QCOMPARE(lines.value(3), json("{'timestamp':'2026-03-01T00:01:30Z'}"));
        QVERIFY(answers.object(4).value(u"error").toString().contains(u"bindings"));
        QVERIFY(answers.object(5).value(u"error").toString().contains(u"too much time or memory"));
        QCOMPARE(lines.value(6), json("{'int':'1'}"));
    }

    void failuresShowTheirPlace()
    {
        const auto failed = m_program.run(QStringList { u"eval"_qs, u"1 +\n 2 / 0"_qs });
        QCOMPARE(failed.code, 1);
        QVERIFY2(failed.err.contains("2:4: division by zero\n 2 / 0\n   ^"), failed.err);
        const auto unknown = m_program.run(QStringList {
            u"eval"_qs, u"amuont"_qs, u"--with"_qs, QString::fromUtf8(json("{'amount':1}")) });
        QCOMPARE(unknown.code, 1);
        QVERIFY2(
            unknown.err.contains("unknown name 'amuont', did you mean 'amount'?"), unknown.err);
        const auto optional = m_program.run(QStringList { u"eval"_qs, u"{'a': 1}.?a"_qs });
        QCOMPARE(optional.code, 1);
        QVERIFY2(optional.err.contains("orValue"), optional.err);
    }
};

QTEST_GUILESS_MAIN(TestCliEval)
#include "tst_clieval.moc"
