#include "domain/definitionreaders.h"

#include "domain/domaintext.h"
#include "mask/masks.h"

namespace eventloupe {

namespace {

void readPatterns(const DefinitionNode& list, MaskPatterns& patterns)
{
    for (const DefinitionNode& node : list.elements()) {
        const auto pointer = node.pointer();
        if (!pointer)
            continue;
        if (pointer->tokens().size() > MaskPatterns::deepest)
            node.fail(DomainText::tr("at most %1 names deep").arg(MaskPatterns::deepest));
        patterns.add(*pointer);
    }
    if (list.value().isArray() && list.value().size() == 0)
        list.fail(DomainText::tr("names no field; name one, such as \"/email\", or \"\" for all "
                                 "of it, or remove the entry"));
}

MaskEntry readEntry(const DefinitionNode& node)
{
    if (!node.value().isObject()) {
        node.fail(DomainText::tr(
            "must be an object such as {\"type\": \"USER_CREATED\", \"pointers\": [\"/email\"]}"));
        return {};
    }
    node.expectMembers({ QStringLiteral("type"), QStringLiteral("category"),
        QStringLiteral("pointers"), QStringLiteral("metadata") });
    MaskEntry entry;
    entry.line = node.textPlace().line;
    entry.column = node.textPlace().column;
    const auto type = node.member("type");
    const auto category = node.member("category");
    if (type)
        entry.type = type->text();
    if (category)
        entry.category = category->text();
    if (type && category)
        category->fail(DomainText::tr("an entry is for a type or for a category; make it two"));
    if (type && type->value().isString() && entry.type.isEmpty())
        type->fail(DomainText::tr("is empty; name an event's type, or leave it out for all events"));
    const bool isText = category && category->value().isString();
    if (isText && (entry.category.isEmpty() || entry.category.contains(u'-')))
        category->fail(DomainText::tr(
            "a category is what stands before the first '-' of a stream's name: it must not be "
            "empty and holds no '-'"));
    const auto pointers = node.member("pointers");
    const auto metadata = node.member("metadata");
    if (pointers)
        readPatterns(*pointers, entry.masks.data);
    if (metadata)
        readPatterns(*metadata, entry.masks.metadata);
    if (!pointers && !metadata)
        node.fail(DomainText::tr("names no field; add \"pointers\" for fields of the data, or "
                                 "\"metadata\", such as [\"/email\"]"));
    return entry;
}

} // namespace

std::shared_ptr<Masks> readMasks(const DefinitionNode& root)
{
    auto masks = std::make_shared<Masks>();
    const auto list = root.member("masks");
    if (!list)
        return masks;
    if (!list->value().isArray()) {
        (void)list->elements(); // Says so.
        return nullptr;
    }
    for (const DefinitionNode& node : list->elements())
        masks->addEntry(readEntry(node));
    return masks;
}

} // namespace eventloupe
