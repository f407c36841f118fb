// The JSON Schema Test Suite, draft 2020-12 (github.com/json-schema-org/JSON-Schema-Test-Suite).
#include "schema/schema.h"
#include "value/json.h"

#include <QDir>
#include <QtTest>

using namespace eventloupe;

namespace {

const QString suiteFolder = QStringLiteral(EVENTLOUPE_SHARED "/suites/JSON-Schema-Test-Suite/"
                                                             "tests/draft2020-12");

// Every group of these files compiles, and every case of it has the suite's verdict.
const QStringList wholeFiles { QStringLiteral("additionalProperties"), QStringLiteral("allOf"),
    QStringLiteral("anyOf"), QStringLiteral("boolean_schema"), QStringLiteral("const"),
    QStringLiteral("contains"), QStringLiteral("content"), QStringLiteral("default"),
    QStringLiteral("dependentRequired"), QStringLiteral("dependentSchemas"), QStringLiteral("enum"),
    QStringLiteral("exclusiveMaximum"), QStringLiteral("exclusiveMinimum"),
    QStringLiteral("if-then-else"), QStringLiteral("maxContains"), QStringLiteral("maximum"),
    QStringLiteral("maxItems"), QStringLiteral("maxLength"), QStringLiteral("maxProperties"),
    QStringLiteral("minContains"), QStringLiteral("minimum"), QStringLiteral("minItems"),
    QStringLiteral("minLength"), QStringLiteral("minProperties"), QStringLiteral("multipleOf"),
    QStringLiteral("oneOf"), QStringLiteral("pattern"), QStringLiteral("patternProperties"),
    QStringLiteral("prefixItems"), QStringLiteral("properties"), QStringLiteral("propertyNames"),
    QStringLiteral("required"), QStringLiteral("type"), QStringLiteral("uniqueItems") };

// format.json takes formats for annotations, which we assert; vocabulary.json needs metaschemas.
const QStringList leftOut { QStringLiteral("format"), QStringLiteral("vocabulary") };

JsonValue readJson(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QByteArray bytes = file.readAll();
    auto value = parseJson({ bytes.constData(), static_cast<std::size_t>(bytes.size()) });
    return value ? *value : JsonValue();
}

/// The verdicts that differ from the suite's.
QStringList differences(const JsonValue& group, const Schema& schema)
{
    QStringList found;
    for (const JsonValue& test : group.find("tests")->elements()) {
        const bool valid = schema.validate(*test.find("data")).isEmpty();
        if (valid != test.find("valid")->toBool()) {
            found.append(group.find("description")->toString() + QStringLiteral(": ")
                + test.find("description")->toString());
        }
    }
    return found;
}

} // namespace

class tst_SchemaSuite : public QObject {
    Q_OBJECT

private slots:
    void file_data();
    void file();
};

void tst_SchemaSuite::file_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<bool>("whole");
    const QFileInfoList files
        = QDir(suiteFolder).entryInfoList({ QStringLiteral("*.json") }, QDir::Files, QDir::Name);
    for (const QFileInfo& info : files) {
        const QString name = info.completeBaseName();
        if (!leftOut.contains(name))
            QTest::newRow(qPrintable(name)) << info.filePath() << wholeFiles.contains(name);
    }
    if (files.isEmpty())
        QTest::newRow("shared data") << QString() << false;
}

void tst_SchemaSuite::file()
{
    QFETCH(QString, path);
    QFETCH(bool, whole);
    if (path.isEmpty())
        QSKIP("shared data is absent: ../shared/suites");
    const JsonValue document = readJson(path);
    QVERIFY(document.size() > 0);
    for (const JsonValue& group : document.elements()) {
        const auto schema = Schema::compile(*group.find("schema"));
        if (schema) {
            QCOMPARE(differences(group, *schema), QStringList());
            continue;
        }
        const QString reason = schema.error().message;
        QVERIFY2(!whole, qPrintable(group.find("description")->toString() + u' ' + reason));
        // Refused only for a keyword that it names as not evaluated.
        QVERIFY2(reason.contains(QStringLiteral("does not evaluate")), qPrintable(reason));
    }
}

QTEST_APPLESS_MAIN(tst_SchemaSuite)
#include "tst_schemasuite.moc"
