#include "testcase/testtemplates.h"

#include "testcase/testcasetext.h"
#include "value/event.h"
#include "value/json.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <algorithm>

void initTestCaseResources()
{
    Q_INIT_RESOURCE(eventloupe_testcases);
}

namespace eventloupe {

namespace {

constexpr qint64 largestTemplate = 1'000'000;

Error wrong(const QString& message)
{
    return { ErrorCode::InvalidInput, message };
}

Result<QByteArray> readFile(const QString& path)
{
    const QFileInfo info(path);
    if (!info.isFile())
        return wrong(TestCaseText::tr("is no file"));
    QFile file(path);
    if (info.size() > largestTemplate)
        return wrong(TestCaseText::tr("is larger than %1 bytes").arg(largestTemplate));
    if (!file.open(QIODevice::ReadOnly))
        return Error { ErrorCode::InputOutput, file.errorString() };
    return file.read(largestTemplate);
}

void addFrom(const QString& folder, QList<TestFormat>& formats, QStringList& faults)
{
    const QDir files(folder);
    for (const QString& file : files.entryList({ QStringLiteral("*.tmpl") }, QDir::Files)) {
        const QString name = file.chopped(5);
        const bool isKnown = std::any_of(formats.cbegin(), formats.cend(),
            [&name](const TestFormat& format) { return format.name == name; });
        if (isKnown)
            continue;
        const QString path = files.filePath(file);
        const auto text = readFile(path);
        auto format = text ? readTemplate(name, *text) : Result<TestFormat>(text.error());
        if (format)
            formats.append(std::move(*format));
        else
            faults.append(QStringLiteral("%1: %2")
                              .arg(QDir::toNativeSeparators(path), format.error().message));
    }
}

} // namespace

QString exampleFormatName()
{
    return QStringLiteral("example");
}

Result<TestFormat> readTemplate(const QString& name, const QByteArray& text)
{
    const auto end = text.indexOf("\n---\n");
    if (end < 0)
        return wrong(TestCaseText::tr("has no line \"---\" between its JSON object and its text"));
    const auto head = parseJson(viewOf(text.left(end)));
    if (!head)
        return wrong(TestCaseText::tr("what stands before \"---\" is no JSON: %1")
                         .arg(head.error().message));
    const auto member = [&head](const char* key) {
        const JsonValue* value = head->find(key);
        return value ? value->toString() : QString();
    };
    const auto language = sourceLanguageFromName(member("language"));
    if (!language)
        return wrong(TestCaseText::tr(
            "\"language\" must be \"typescript\", \"csharp\", \"java\" or \"python\""));
    TestFormat format { name, member("title"), member("suffix"), member("source"), {} };
    if (format.title.isEmpty())
        format.title = name;
    const auto body = text.mid(end + 5);
    auto parsed = SourceTemplate::parse(*language, QString::fromUtf8(body));
    if (!parsed) {
        // Lines are counted in the text after the head.
        return wrong(TestCaseText::tr("in the text after \"---\", %1").arg(parsed.error().message));
    }
    format.text = std::move(*parsed);
    return format;
}

QList<TestFormat> testFormats(const QStringList& folders, QStringList& faults)
{
    initTestCaseResources();
    QList<TestFormat> formats { { exampleFormatName(),
        TestCaseText::tr("Example of the workspace (JSON)"), QStringLiteral("json"), {}, {} } };
    for (const QString& folder : folders)
        addFrom(folder, formats, faults);
    addFrom(QStringLiteral(":/testcases"), formats, faults);
    return formats;
}

QStringList templateFolders(const QString& workspaceFolder, const QString& configurationFolder)
{
    QStringList folders;
    for (const QString& folder : { workspaceFolder, configurationFolder }) {
        if (!folder.isEmpty())
            folders.append(folder + QStringLiteral("/templates"));
    }
    return folders;
}

} // namespace eventloupe
