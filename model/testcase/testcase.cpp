#include "testcase/testcase.h"

#include "testcase/testcasetext.h"
#include "value/json.h"

namespace eventloupe {

namespace {

Example::Fact factOf(const Event& event, bool keepsAll)
{
    const auto data = parseStoredJson(viewOf(event.data));
    Example::Fact fact;
    fact.type = event.type;
    fact.data = data ? *data : JsonValue();
    if (!keepsAll)
        return fact;
    fact.time = event.time;
    if (const auto metadata = parseStoredJson(viewOf(event.metadata)); metadata)
        fact.metadata = *metadata;
    return fact;
}

} // namespace

Example exampleOf(const TestCase& testCase)
{
    Example example;
    example.title = testCase.title;
    for (const Event& event : testCase.given)
        example.given.append(factOf(event, testCase.keepsAll));
    if (!testCase.hasCommand()) {
        example.stream = testCase.stream;
        for (const Event& event : testCase.when)
            example.given.append(factOf(event, testCase.keepsAll));
        example.state = testCase.state;
        example.exists = testCase.exists;
        return example;
    }
    example.command = testCase.command;
    example.data = testCase.data;
    example.now = testCase.now;
    example.actor = testCase.actor;
    if (testCase.rejection) {
        example.rejection = testCase.rejection;
        example.isRejectedBySchema = testCase.isRejectedBySchema;
    } else {
        example.events = testCase.events;
    }
    return example;
}

QString exampleObstacle(const TestCase& testCase)
{
    const auto given = testCase.given.size() + std::size_t(testCase.when.size());
    if (given <= mostGivenEvents)
        return {};
    return TestCaseText::tr("An example file holds at most %1 given events, and these are %2: "
                            "shorten the history.")
        .arg(mostGivenEvents)
        .arg(given);
}

void prove(const std::shared_ptr<const Workspace>& workspace, TestCase& testCase)
{
    testCase.keepsAll = false;
    testCase.failure.clear();
    auto differences = runExample(workspace, exampleOf(testCase));
    if (!differences.isEmpty()) {
        testCase.keepsAll = true; // A rule may read times or metadata.
        auto others = runExample(workspace, exampleOf(testCase));
        testCase.keepsAll = others.isEmpty();
        if (others.isEmpty())
            differences.clear();
    }
    testCase.isProven = differences.isEmpty();
    if (testCase.isProven)
        return;
    const auto& first = differences.first();
    testCase.failure = first.isFault
            ? TestCaseText::tr("It does not hold by this workspace's definitions: %1: %2")
                  .arg(first.place, first.came)
            : TestCaseText::tr("It does not hold by this workspace's definitions: %1: expected %2, "
                               "came %3")
                  .arg(first.place, first.expected.isEmpty() ? TestCaseText::tr("nothing")
                                                             : first.expected.left(200),
                      first.came.isEmpty() ? TestCaseText::tr("nothing") : first.came.left(200));
}

} // namespace eventloupe
