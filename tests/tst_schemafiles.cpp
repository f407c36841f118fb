// What the schemas of a workspace refer to in its other files.
#include "support/workspacefolder.h"

#include <QtTest>

using namespace eventloupe;

namespace {

const QString command = QStringLiteral("commands/PAY.json");

/// A command whose data is described by one reference.
QByteArray paying(const QByteArray& reference)
{
    return "{\"stream\":\"a-{data.id}\",\"emit\":[],\n "
           "\"schema\":{\"properties\":{\"sum\":{\"$ref\":\""
        + reference + "\"}}}}";
}

const QByteArray money = "{\"$anchor\":\"all\",\"type\":\"object\",\"required\":[\"cents\"],"
                         "\"properties\":{\"cents\":{\"$ref\":\"numbers.json#/$defs/count\"}}}";
const QByteArray numbers = "{\"$defs\":{\"count\":{\"type\":\"integer\",\"minimum\":0}}}";

} // namespace

class tst_SchemaFiles : public QObject {
    Q_OBJECT

private slots:
    void refersToOtherFiles_data();
    void refersToOtherFiles();
    void saysWhereAnotherFileSaysIt();
    void keepsItsOwnRoot();
    void staysInTheFolder_data();
    void staysInTheFolder();
    void doesNotFollowLinks();
    void namesAFaultInAnotherFile();
    void fillsDefaultsFromOtherFiles();
};

void tst_SchemaFiles::refersToOtherFiles_data()
{
    QTest::addColumn<QByteArray>("reference");
    QTest::newRow("file") << QByteArray("../schemas/money.json");
    QTest::newRow("anchor") << QByteArray("../schemas/money.json#all");
    QTest::newRow("from the folder") << QByteArray("/schemas/money.json");
    QTest::newRow("round about") << QByteArray("../schemas/../schemas/./money.json");
    QTest::newRow("part of an event") << QByteArray("../events/PAID.json#/schema/properties/sum");
    QTest::newRow("escaped") << QByteArray("../schemas/m%6fney.json");
}

void tst_SchemaFiles::refersToOtherFiles()
{
    QFETCH(QByteArray, reference);
    WorkspaceFolder folder;
    folder.write(QStringLiteral("schemas/money.json"), money)
        .write(QStringLiteral("schemas/numbers.json"), numbers)
        .write(QStringLiteral("events/PAID.json"),
            "{\"schema\":{\"properties\":{\"sum\":{\"$ref\":\"#/$defs/sum\"}},"
            "\"$defs\":{\"sum\":{\"$ref\":\"../schemas/money.json\"}}}}")
        .write(command, paying(reference));
    QCOMPARE(folder.problems(), QStringList());
    const Schema schema = folder.load()->commands().first().schema;
    QCOMPARE(schema.validate(jsonOf("{\"sum\":{\"cents\":1}}")).size(), 0);
    QCOMPARE(schema.validate(jsonOf("{\"sum\":{\"cents\":-1}}")).size(), 1);
    QCOMPARE(schema.validate(jsonOf("{\"sum\":{}}")).size(), 1);
}

void tst_SchemaFiles::saysWhereAnotherFileSaysIt()
{
    WorkspaceFolder folder;
    folder.write(QStringLiteral("schemas/money.json"), money)
        .write(QStringLiteral("schemas/numbers.json"), numbers)
        .write(command, paying("../schemas/money.json"));
    const Schema schema = folder.load()->commands().first().schema;
    QCOMPARE(schema.validate(jsonOf("{\"sum\":{\"cents\":-1}}")).first().schemaPlace,
        QByteArray("schemas/numbers.json#/$defs/count/minimum"));
    // A form goes the same way.
    const auto first = schema.target("../schemas/money.json");
    QVERIFY(first);
    const JsonValue* cents = first->find("properties")->find("cents");
    const auto second = schema.target(cents->find("$ref")->toUtf8());
    QVERIFY(second);
    QCOMPARE(second->find("type")->toString(), QStringLiteral("integer"));
}

void tst_SchemaFiles::keepsItsOwnRoot()
{
    WorkspaceFolder folder;
    folder.write(command,
        "{\"stream\":\"a-{data.id}\",\"emit\":[],\"schema\":{\"$ref\":\"#/$defs/a\","
        "\"$defs\":{\"a\":{\"required\":[\"id\"]}}}}");
    QCOMPARE(folder.problems(), QStringList());
    const Schema schema = folder.load()->commands().first().schema;
    QCOMPARE(schema.validate(jsonOf("{}")).first().schemaPlace, QByteArray("#/$defs/a/required"));
}

void tst_SchemaFiles::staysInTheFolder_data()
{
    QTest::addColumn<QByteArray>("reference");
    QTest::addColumn<QString>("why");
    const QString out = QStringLiteral("leads out of the folder; refer to files inside of it only");
    const QString elsewhere = QStringLiteral("leads out of the folder, and nothing is looked up "
                                             "elsewhere; put the schema into a file here");
    QTest::newRow("above") << QByteArray("../../secret.json") << out;
    QTest::newRow("far above") << QByteArray("../../../../../../etc/passwd") << out;
    QTest::newRow("escaped") << QByteArray("%2e%2e/%2e%2e/secret.json") << out;
    QTest::newRow("down and above") << QByteArray("a/../../../secret.json") << out;
    QTest::newRow("absolute") << QByteArray("/etc/passwd")
                              << QStringLiteral("leads to etc/passwd, and there is no such file");
    QTest::newRow("file") << QByteArray("file:///etc/passwd") << elsewhere;
    QTest::newRow("network") << QByteArray("https://example.org/money.json") << elsewhere;
    QTest::newRow("host") << QByteArray("//example.org/money.json") << elsewhere;
    QTest::newRow("missing") << QByteArray("money.json")
                             << QStringLiteral("leads to commands/money.json, and there is no such "
                                               "file; a path begins at the file that refers");
    QTest::newRow("folder") << QByteArray("../commands")
                            << QStringLiteral("leads to commands, which is not an ordinary file");
    QTest::newRow("no JSON") << QByteArray("../notes.txt")
                             << QStringLiteral("leads to notes.txt, which is not JSON: byte 1");
    QTest::newRow("large") << QByteArray("../large.json")
                           << QStringLiteral("leads to large.json, which is larger than 1 MB");
    QTest::newRow("zero") << QByteArray("a%00b") << QStringLiteral("is no path");
}

void tst_SchemaFiles::staysInTheFolder()
{
    QFETCH(QByteArray, reference);
    QFETCH(QString, why);
    WorkspaceFolder folder;
    folder.write(QStringLiteral("notes.txt"), "hello")
        .write(QStringLiteral("large.json"), QByteArray(1'100'000, ' '))
        .write(command, paying(reference));
    QCOMPARE(folder.problems().size(), 1);
    const QString problem = folder.problems().first();
    const QString expected
        = QStringLiteral("commands/PAY.json:2:40: /properties/sum/$ref: the reference ")
        + QString::fromUtf8(reference) + u' ';
    QVERIFY2(problem.startsWith(expected), qPrintable(problem));
    QVERIFY2(problem.contains(why), qPrintable(problem));
}

void tst_SchemaFiles::doesNotFollowLinks()
{
    QTemporaryDir outside;
    QFile secret(outside.filePath(QStringLiteral("secret.json")));
    QVERIFY(secret.open(QIODevice::WriteOnly));
    secret.write("{}");
    secret.close();
    WorkspaceFolder folder;
    QVERIFY(QFile::link(secret.fileName(), folder.filePath(QStringLiteral("link.json"))));
    QVERIFY(QFile::link(outside.path(), folder.filePath(QStringLiteral("there"))));
    for (const char* reference : { "../link.json", "../there/secret.json" }) {
        folder.write(command, paying(reference));
        QCOMPARE(folder.problems().size(), 1);
        QVERIFY2(
            folder.problems().first().contains(QStringLiteral("by a link; put the file itself")),
            qPrintable(folder.problems().first()));
    }
}

void tst_SchemaFiles::namesAFaultInAnotherFile()
{
    WorkspaceFolder folder;
    folder.write(QStringLiteral("schemas/money.json"), money)
        .write(
            QStringLiteral("schemas/numbers.json"), "{\"$defs\":{\"count\":{\"type\":\"whole\"}}}")
        .write(command, paying("../schemas/money.json"));
    QCOMPARE(folder.problems(),
        QStringList {
            QStringLiteral("commands/PAY.json:2:40: /properties/sum/$ref: in "
                           "schemas/numbers.json#/$defs/count/type: must be string, integer, "
                           "number, boolean, object, array or null, or an array of these") });
    // Two files that refer to each other without end.
    folder.write(QStringLiteral("schemas/money.json"), "{\"$ref\":\"numbers.json\"}")
        .write(QStringLiteral("schemas/numbers.json"), "{\"$ref\":\"money.json\"}");
    QCOMPARE(folder.problems().size(), 1);
    QVERIFY(folder.problems().first().contains(QStringLiteral("which would never end")));
}

void tst_SchemaFiles::fillsDefaultsFromOtherFiles()
{
    WorkspaceFolder folder;
    folder.write(QStringLiteral("schemas/money.json"),
        "{\"properties\":{\"currency\":{\"default\":\"EUR\"}}}");
    folder.write(command, paying("../schemas/money.json"));
    const Schema schema = folder.load()->commands().first().schema;
    QCOMPARE(
        schema.withDefaults(jsonOf("{\"sum\":{}}")), jsonOf("{\"sum\":{\"currency\":\"EUR\"}}"));
}

QTEST_GUILESS_MAIN(tst_SchemaFiles)
#include "tst_schemafiles.moc"
