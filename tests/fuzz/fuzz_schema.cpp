#include "fuzz/fuzztarget.h"

#include "schema/schema.h"
#include "value/event.h"
#include "value/json.h"

// A JSON Schema and, behind a NUL, a value: compiling and validating end, and say what is wrong.

using namespace eventloupe;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto input = viewOfInput(data, size);
    const auto end = input.find('\0');
    const auto document = parseJson(input.substr(0, end));
    if (!document)
        return 0;
    SchemaViolation fault;
    const auto schema = Schema::compile(*document, &fault);
    if (!schema) {
        require(!schema.error().message.isEmpty(), "a failure says nothing");
        require(!fault.message.isEmpty(), "a fault says nothing");
        return 0;
    }
    const auto check = [&schema](const JsonValue& value) {
        for (const auto& violation : schema->validate(value))
            require(!violation.message.isEmpty(), "a violation says nothing");
        static_cast<void>(schema->withDefaults(value).toJson());
    };
    check(*document);
    if (end == std::string_view::npos)
        return 0;
    if (const auto value = parseJson(input.substr(end + 1)))
        check(*value);
    return 0;
}

QByteArrayList eventloupe::fuzzSeeds()
{
    QByteArrayList seeds { "{\"$ref\":\"#\"}", "{\"$defs\":{\"a\":{\"$ref\":\"#/$defs/b\"},\"b\":{"
                                               "\"$ref\":\"#/$defs/a\"}},\"$ref\":\"#/$defs/a\"}" };
    const auto files
        = sharedFiles(QStringLiteral("suites/JSON-Schema-Test-Suite/tests/draft2020-12"),
            QStringLiteral("*.json"));
    for (const QByteArray& file : files) {
        const auto groups = parseJson(viewOf(file));
        if (!groups)
            continue;
        for (const JsonValue& group : groups->elements()) {
            const auto* schema = group.find("schema");
            const auto* tests = group.find("tests");
            if (!schema || !tests || tests->size() == 0)
                continue;
            const auto* value = tests->elements().front().find("data");
            seeds.append(schema->toJson() + '\0' + (value ? value->toJson() : QByteArray("null")));
        }
    }
    return seeds;
}
