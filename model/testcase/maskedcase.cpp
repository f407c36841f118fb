#include "testcase/maskedcase.h"

#include "mask/masked.h"
#include "mask/masks.h"
#include "testcase/testcasetext.h"

#include <algorithm>

namespace eventloupe {

namespace {

bool maskEvent(Event& event, const Masks& masks)
{
    return masks.ofEvent(event.type, categoryOf(event.stream)).mask(event.data, event.metadata);
}

/// Masks a value; tells whether that changed it.
bool maskValue(JsonValue& value, const MaskPatterns& patterns)
{
    JsonValue shown = patterns.shown(value);
    const bool isChanged = !(shown == value);
    value = std::move(shown);
    return isChanged;
}

/// The fields of a state; a place inside of what is masked becomes that, whose names are masked.
bool maskFields(QList<Example::Field>& fields, const MaskPatterns& patterns)
{
    bool isMasked = false;
    QList<Example::Field> shown;
    for (Example::Field& field : fields) {
        const JsonPointer place(patterns.visiblePart(field.place.tokens()));
        isMasked = maskValue(field.value, patterns.below(place.tokens())) || isMasked;
        const bool isThere = std::any_of(shown.cbegin(), shown.cend(),
            [&place](const Example::Field& other) { return other.place == place; });
        if (!isThere)
            shown.append({ place, field.value });
    }
    fields = shown;
    return isMasked;
}

} // namespace

TestCase shownCase(TestCase testCase, const Workspace& workspace)
{
    const Masks& masks = *workspace.masks();
    if (masks.isEmpty())
        return testCase;
    const QString category = categoryOf(testCase.stream);
    bool isMasked = false;
    // Whoever it was stands in the metadata, by one of many names.
    const auto isMetadata = [&](const QString& type) {
        return !masks.ofEvent(type, category).metadata.isEmpty();
    };
    for (const Example::Fact& fact : testCase.events)
        isMasked = isMetadata(fact.type) || isMasked;
    for (const Event& event : testCase.when)
        isMasked = isMetadata(event.type) || isMasked;
    if (isMasked && !testCase.actor.isEmpty())
        testCase.actor = maskSignText();
    for (Event& event : testCase.given)
        isMasked = maskEvent(event, masks) || isMasked;
    for (Event& event : testCase.when)
        isMasked = maskEvent(event, masks) || isMasked;
    isMasked = maskValue(testCase.data, masks.ofCommand(testCase.command)) || isMasked;
    for (Example::Fact& fact : testCase.events) {
        const EventMask mask = masks.ofEvent(fact.type, category);
        // Members of the same names may be guessed from the event.
        isMasked = maskValue(testCase.data, mask.data) || isMasked;
        isMasked = maskValue(fact.data, mask.data) || isMasked;
        isMasked = maskValue(fact.metadata, mask.metadata) || isMasked;
    }
    isMasked = maskFields(testCase.state, masks.ofState(category)) || isMasked;
    if (testCase.rejection && masks.hidesMessagesOf(testCase.command)) {
        testCase.rejection = maskSignText();
        isMasked = true;
    }
    if (testCase.isCommandMasked && testCase.hasCommand()) {
        testCase.command = maskSignText();
        isMasked = true;
    }
    // What a replay that failed says quotes values.
    const bool mayQuote = isMasked || masks.hidesFailuresOf(category);
    if (mayQuote && !testCase.failure.isEmpty())
        testCase.failure
            = TestCaseText::tr("It does not hold by this workspace's definitions: %1")
                  .arg(Masks::hiddenReason());
    if (isMasked)
        testCase.notes.append(
            TestCaseText::tr("Values that the workspace masks have \"%1\" in their place.")
                .arg(maskSignText()));
    return testCase;
}

} // namespace eventloupe
