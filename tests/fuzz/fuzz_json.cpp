#include "fuzz/fuzztarget.h"

#include "exchange/rawjson.h"
#include "value/event.h"
#include "value/json.h"
#include "value/jsonpointer.h"
#include "value/mergepatch.h"
#include "value/rawjsonpath.h"

#include <array>
#include <vector>

// The validator, the tree and what reads JSON in place: they agree on what is JSON, and what is
// read is what was written.

using namespace eventloupe;

namespace {

/// Members without a tree are those of the tree.
void compareInPlace(std::string_view text, const JsonValue& value)
{
    for (const auto& [key, member] : value.members()) {
        const std::array path { key };
        const auto found = findRawJson(text, path);
        require(found.outcome == RawJsonFinding::Outcome::Found, "a member is not found in place");
        const auto again = parseJson(found.text);
        require(again.ok() && *again == member, "a member differs in place");
        const auto raw = resolveRaw(text, { key });
        require(raw.has_value() && *raw == found.text, "two ways lead to two members");
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto text = viewOfInput(data, size);
    std::vector<JsonMember> members;
    const auto fault = findJsonFault(text, &members);
    const auto value = parseJson(text);
    require(fault.has_value() != value.ok(), "the validator and the parser disagree");
    const auto stored = parseStoredJson(text);
    if (fault) {
        require(fault->offset >= 0 && fault->offset <= static_cast<qsizetype>(size),
            "a fault's offset is outside of the text");
        require(!fault->reason.isEmpty(), "a fault has no reason");
        const std::array path { QByteArray("a"), QByteArray("b") };
        static_cast<void>(findRawJson(text, path));
        return 0;
    }
    require(stored.ok() && *stored == *value, "a stored text is read differently");
    const QByteArray written = value->toJson();
    const auto again = parseJson(viewOf(written));
    require(again.ok() && *again == *value, "what is written is not what was read");
    require(again->toJson() == written, "writing is not stable");
    require(parseJson(viewOf(value->toIndentedJson())).ok(), "indented text is not JSON");
    compareInPlace(text, *value);
    JsonValue patched = *value;
    applyMergePatch(patched, *value);
    static_cast<void>(patched.toJson());
    return 0;
}

QByteArrayList eventloupe::fuzzSeeds()
{
    return QByteArrayList { "{}", "[1,2.50,-0,1e5,\"\\u00e9\\ud83d\\ude00\",null,true]",
               "{\"a\":{\"b\":[{}]},\"a\":18446744073709551615}" }
        + sharedFiles(QStringLiteral("suites/JSONTestSuite"), QStringLiteral("*.json"))
        + sharedFiles(QStringLiteral("suites/json-canonicalization"), QStringLiteral("*.json"))
        + sharedFiles(QStringLiteral("suites/cloudevents-spec/examples"), QStringLiteral("*.json"));
}
