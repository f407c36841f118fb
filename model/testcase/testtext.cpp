// What a template sees of a test case.

#include "testcase/exampletext.h"
#include "testcase/testcasetext.h"
#include "testcase/testtemplates.h"
#include "value/json.h"

namespace eventloupe {

namespace {

JsonValue text(const QString& string)
{
    return JsonValue::fromString(string);
}

JsonValue eventValue(
    const QString& type, const JsonValue& data, qint64 version, const QString& time)
{
    auto value = JsonValue::emptyObject();
    value.insert("type", text(type));
    value.insert("data", data.isNull() ? JsonValue::emptyObject() : data);
    value.insert("version", JsonValue::fromInt(version));
    value.insert("time", text(time));
    return value;
}

/// In order, numbered from `version` on: what is left of a cut history is dense.
template <class Events> JsonValue eventsValue(const Events& events, qint64 version)
{
    auto array = JsonValue::emptyArray();
    for (const Event& event : events) {
        const auto data = parseStoredJson(viewOf(event.data));
        array.append(eventValue(event.type, data ? *data : JsonValue(), version++,
            QString::fromUtf8(event.time.toRfc3339())));
    }
    return array;
}

JsonValue factsValue(const TestCase& testCase)
{
    auto array = JsonValue::emptyArray();
    auto version = qint64(testCase.given.size());
    for (const Example::Fact& fact : testCase.events)
        array.append(eventValue(
            fact.type, fact.data, ++version, QString::fromUtf8(testCase.now.toRfc3339())));
    return array;
}

JsonValue stateValue(const TestCase& testCase)
{
    auto array = JsonValue::emptyArray();
    for (const Example::Field& field : testCase.state) {
        auto value = JsonValue::emptyObject();
        value.insert("pointer", text(QString::fromUtf8(field.place.toText())));
        auto path = JsonValue::emptyArray();
        for (const QByteArray& token : field.place.tokens())
            path.append(JsonValue::fromString(token));
        value.insert("path", std::move(path));
        value.insert("value", field.value);
        array.append(std::move(value));
    }
    return array;
}

JsonValue commandValue(const TestCase& testCase)
{
    auto value = JsonValue::emptyObject();
    value.insert("name", text(testCase.command));
    value.insert("data", testCase.data);
    value.insert("now", text(QString::fromUtf8(testCase.now.toRfc3339())));
    value.insert("actor", text(testCase.actor));
    return value;
}

bool hasAnyValue(const TestCase& testCase)
{
    for (const Example::Fact& fact : testCase.events)
        if (fact.data.toJson().contains("\"*\""))
            return true;
    return false;
}

JsonValue rootOf(const TestCase& testCase, const QString& workspace)
{
    auto root = JsonValue::emptyObject();
    root.insert("title", text(testCase.title));
    root.insert("workspace", text(workspace));
    root.insert("stream", text(testCase.stream));
    root.insert("category", text(categoryOf(testCase.stream)));
    root.insert("position", JsonValue::fromInt(testCase.position));
    root.insert("history", JsonValue::fromInt(qint64(testCase.history)));
    root.insert("left", JsonValue::fromInt(qint64(testCase.given.size())));
    root.insert("given", eventsValue(testCase.given, 1));
    root.insert("command", testCase.hasCommand() ? commandValue(testCase) : JsonValue());
    root.insert("when", eventsValue(testCase.when, qint64(testCase.given.size()) + 1));
    root.insert("then", factsValue(testCase));
    root.insert("rejection", testCase.rejection ? text(*testCase.rejection) : JsonValue());
    root.insert("isRejected", JsonValue::fromBool(testCase.rejection.has_value()));
    root.insert("state", testCase.hasCommand() ? JsonValue::emptyArray() : stateValue(testCase));
    root.insert("exists", JsonValue::fromBool(testCase.exists));
    root.insert("anyValue", JsonValue::fromBool(hasAnyValue(testCase)));
    auto notes = JsonValue::emptyArray();
    for (const QString& note : testCase.remarks()) {
        auto value = JsonValue::emptyObject();
        value.insert("text", text(note));
        notes.append(std::move(value));
    }
    root.insert("notes", std::move(notes));
    return root;
}

} // namespace

Result<QString> testText(
    const TestFormat& format, const TestCase& testCase, const QString& workspace)
{
    if (!format.text)
        return QString::fromUtf8(exampleText(testCase));
    return format.text->render(rootOf(testCase, workspace));
}

QString testFileName(const TestFormat& format, const TestCase& testCase)
{
    return slugOf(testCase.title) + u'.' + format.suffix;
}

} // namespace eventloupe
