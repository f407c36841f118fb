// The JSON Schema Test Suite, draft 2020-12 (github.com/json-schema-org/JSON-Schema-Test-Suite):
// every required case.
#include "schema/schema.h"
#include "value/json.h"

#include <QDir>
#include <QtTest>

using namespace eventloupe;

namespace {

const QString suite = QStringLiteral(EVENTLOUPE_SHARED "/suites/JSON-Schema-Test-Suite/");

JsonValue readJson(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QByteArray bytes = file.readAll();
    auto value = parseJson({ bytes.constData(), static_cast<std::size_t>(bytes.size()) });
    return value ? *value : JsonValue();
}

/// What the suite expects at http://localhost:1234/, from its files.
class RemoteFiles final : public SchemaResolver {
public:
    Result<SchemaDocument> load(const QUrl& uri, const SchemaReference&) override
    {
        const JsonValue document = readJson(suite + QStringLiteral("remotes") + uri.path());
        if (uri.host() != QStringLiteral("localhost") || document.isNull())
            return Error { ErrorCode::NotFound, QStringLiteral("is not among the remotes") };
        return SchemaDocument { document, {} };
    }
};

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
    const QFileInfoList files
        = QDir(suite + QStringLiteral("tests/draft2020-12"))
              .entryInfoList({ QStringLiteral("*.json") }, QDir::Files, QDir::Name);
    for (const QFileInfo& info : files)
        QTest::newRow(qPrintable(info.completeBaseName())) << info.filePath();
    if (files.isEmpty())
        QTest::newRow("shared data") << QString();
}

void tst_SchemaSuite::file()
{
    QFETCH(QString, path);
    if (path.isEmpty())
        QSKIP("shared data is absent: ../shared/suites");
    const JsonValue document = readJson(path);
    QVERIFY(document.size() > 0);
    RemoteFiles remotes;
    SchemaOptions options;
    options.resolver = &remotes;
    // The suite takes formats for annotations there.
    options.assertFormats = !path.endsWith(QStringLiteral("/format.json"));
    for (const JsonValue& group : document.elements()) {
        const auto schema = Schema::compile(*group.find("schema"), options);
        QVERIFY2(schema,
            qPrintable(group.find("description")->toString() + QStringLiteral(": ")
                + (schema ? QString() : schema.error().message)));
        QCOMPARE(differences(group, *schema), QStringList());
    }
}

QTEST_APPLESS_MAIN(tst_SchemaSuite)
#include "tst_schemasuite.moc"
