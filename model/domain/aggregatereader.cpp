#include "domain/definitionreaders.h"

#include "domain/domaintext.h"

namespace eventloupe {

AggregateDefinition readAggregate(DefinitionFile& file)
{
    const DefinitionNode root(file);
    root.expectMembers(
        { QStringLiteral("category"), QStringLiteral("title"), QStringLiteral("description"),
            QStringLiteral("initialState"), QStringLiteral("headline"), QStringLiteral("events") });
    AggregateDefinition aggregate;
    aggregate.category = root.text("category", file.baseName());
    const auto category = root.member("category");
    const bool isText = !category || category->value().isString();
    if (isText && (aggregate.category.isEmpty() || aggregate.category.contains(u'-'))) {
        category.value_or(root).fail(DomainText::tr(
            "a category is what stands before the first '-' of a stream's name: it must not be "
            "empty and holds no '-'"));
    }
    aggregate.title = root.text("title", aggregate.category);
    aggregate.description = root.text("description", {});
    if (const auto state = root.member("initialState")) {
        aggregate.initialState = state->value();
        if (!state->value().isObject())
            state->fail(DomainText::tr("must be an object, { ... }"));
    }
    if (const auto headline = root.member("headline")) {
        for (const DefinitionNode& field : headline->elements()) {
            if (const auto pointer = field.pointer())
                aggregate.headline.append(*pointer);
        }
    }
    if (const auto events = root.member("events"))
        aggregate.events = events->texts();
    return aggregate;
}

} // namespace eventloupe
