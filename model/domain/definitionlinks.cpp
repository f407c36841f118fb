#include "domain/definitionlinks.h"

#include "domain/domaintext.h"
#include "domain/knownmembers.h"
#include "domain/maskdoubts.h"
#include "domain/nearname.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>
#include <cstdlib>

namespace eventloupe {

namespace {

/// The event whose older type this is.
const EventDefinition* presentOf(const Workspace& workspace, const QString& type)
{
    const auto& events = workspace.events();
    const auto found = std::find_if(events.begin(), events.end(),
        [&type](const EventDefinition& event) { return event.was.contains(type); });
    return found == events.end() ? nullptr : &*found;
}

/// ", did you mean 'USER_CREATED'?" for what is most likely a slip: a key more, less or other. A
/// syllable more makes another event of it, as UNLOCKED is one beside LOCKED.
template <class Definitions> QString slipHint(const QString& name, const Definitions& known)
{
    constexpr qsizetype shortest = 4;
    if (name.size() < shortest)
        return {};
    QStringList candidates;
    for (auto candidate = known.keyBegin(); candidate != known.keyEnd(); ++candidate)
        if (std::abs(candidate->size() - name.size()) <= 1)
            candidates.append(*candidate);
    candidates.sort();
    return didYouMean(name, candidates);
}

/// So many names of one file are compared with all that there are: a file with thousands of unknown
/// ones would take minutes, and names no slips.
constexpr int mostSearches = 200;

/// One whose file is broken was reported there.
bool hasFile(const Workspace& workspace, const QString& path)
{
    return QFileInfo::exists(QDir(workspace.folder()).filePath(path));
}

/// Why a type is no event to be named; empty where it is. Types without a definition are events
/// too: only one that is nearly another's name is taken for a slip.
QString eventFault(const Workspace& workspace, const QString& type, int& searchesLeft)
{
    if (type.isEmpty() || workspace.event(type) != nullptr)
        return {};
    if (const EventDefinition* present = presentOf(workspace, type)) {
        return DomainText::tr("'%1' is an older type of '%2'; name '%2'")
            .arg(type.left(100), present->type);
    }
    const QString file = QStringLiteral("events/%1.json").arg(type);
    if (searchesLeft <= 0 || hasFile(workspace, file))
        return {};
    --searchesLeft;
    const QString meant = slipHint(type, workspace.events());
    if (meant.isEmpty())
        return {};
    return DomainText::tr("there is no event '%1'%2 A new one is defined in %3")
        .arg(type.left(100), meant, file.left(120));
}

bool isClaimedByAnother(
    const Workspace& workspace, const EventDefinition& event, const QString& type)
{
    const auto& events = workspace.events();
    return std::any_of(events.begin(), events.end(), [&](const EventDefinition& other) {
        return other.type != event.type && other.was.contains(type);
    });
}

} // namespace

void checkOlderTypes(const Workspace& workspace, const EventDefinition& event, DefinitionFile& file)
{
    for (qsizetype i = 0; i < event.was.size(); ++i) {
        const QString& type = event.was.at(i);
        const JsonPointer place({ "was", QByteArray::number(i) });
        if (workspace.event(type) != nullptr) {
            file.fail(place,
                DomainText::tr("another file defines the event '%1'; remove that file, or this "
                               "name")
                    .arg(type));
        } else if (event.was.indexOf(type) < i || isClaimedByAnother(workspace, event, type)) {
            file.fail(place,
                DomainText::tr("'%1' is named as an older type twice; leave it in one place")
                    .arg(type));
        }
    }
}

void checkEventNames(
    const Workspace& workspace, const AggregateDefinition& aggregate, DefinitionFile& file)
{
    int searchesLeft = mostSearches;
    for (qsizetype i = 0; i < aggregate.events.size(); ++i) {
        const QString fault = eventFault(workspace, aggregate.events.at(i), searchesLeft);
        if (!fault.isEmpty())
            file.fail(JsonPointer({ "events", QByteArray::number(i) }), fault);
    }
}

void checkCategory(
    const Workspace& workspace, const CommandDefinition& command, DefinitionFile& file)
{
    const QString& category = command.category;
    const QString own = QStringLiteral("aggregates/%1.json").arg(category);
    if (category.isEmpty() || workspace.aggregate(category) != nullptr || hasFile(workspace, own))
        return;
    const QString meant = slipHint(category, workspace.aggregates());
    if (!meant.isEmpty()) {
        file.fail(JsonPointer({ "stream" }),
            DomainText::tr("there is no aggregate '%1'%2 A new one is defined in %3")
                .arg(category.left(100), meant, own.left(120)));
    }
}

/// What is wrong with the pointer of a mask: a slip would leave what is meant in sight.
QString maskedFieldFault(const EventDefinition* event, const JsonPointer& pointer)
{
    // Stored events may have members of older shapes.
    const bool isKnown = event && event->schema && event->upcasts.isEmpty();
    KnownMembers members = isKnown ? KnownMembers(*event->schema) : KnownMembers();
    for (const QByteArray& token : pointer.tokens()) {
        if (token == "*")
            return DomainText::tr("'*' stands for a member of that name; '-' stands for every "
                                  "element of a list, and every member of an object");
        const QString name = QString::fromUtf8(token);
        const bool isNamed = members.names().contains(name);
        const QString meant = isNamed ? QString() : didYouMean(name, members.names());
        if (!meant.isEmpty())
            return DomainText::tr("the schema of '%1' has no member '%2'%3")
                .arg(event->type.left(100), name.left(100), meant);
        members = isNamed ? members.of(name) : KnownMembers();
    }
    return {};
}

/// The same where the entry is for a category, or for all events: a name that is nearly one of those
/// that are described. There may be others: whoever means one of them describes it.
QString maskedNameFault(const QStringList& names, const JsonPointer& pointer)
{
    const QString name
        = pointer.tokens().isEmpty() ? QString() : QString::fromUtf8(pointer.tokens().first());
    const QString meant
        = name.isEmpty() || names.contains(name) ? QString() : didYouMean(name, names);
    return meant.isEmpty() ? QString()
                           : DomainText::tr("no event or state that is described has a field '%1'%2")
                                 .arg(name.left(100), meant);
}

void checkMaskedFields(const Workspace& workspace, const EventDefinition* event,
    const JsonValue& entry, const QByteArray& number, DefinitionFile& file)
{
    const JsonValue* category = entry.find("category");
    const QStringList names = entry.find("type")
        ? QStringList()
        : maskableNames(workspace, category ? category->toString() : QString());
    for (const char* list : { "pointers", "metadata" }) {
        const JsonValue* pointers = entry.find(list);
        if (!pointers || !pointers->isArray())
            continue;
        const bool isData = std::string_view(list) == "pointers";
        for (qsizetype i = 0; i < pointers->size(); ++i) {
            const auto text = pointers->elements()[static_cast<std::size_t>(i)].toString();
            const auto pointer = JsonPointer::parse(text.toStdString());
            QString fault
                = pointer ? maskedFieldFault(isData ? event : nullptr, *pointer) : QString();
            if (pointer && isData && fault.isEmpty())
                fault = maskedNameFault(names, *pointer);
            if (!fault.isEmpty())
                file.fail(JsonPointer({ "masks", number, list, QByteArray::number(i) }), fault);
        }
    }
}

void checkMaskedNames(const Workspace& workspace, DefinitionFile& file)
{
    const JsonValue* masks = file.root().find("masks");
    if (!masks || !masks->isArray())
        return;
    int searchesLeft = mostSearches;
    for (qsizetype i = 0; i < masks->size(); ++i) {
        const JsonValue& entry = masks->elements()[static_cast<std::size_t>(i)];
        const QByteArray number = QByteArray::number(i);
        if (!entry.isObject())
            continue;
        const JsonValue* type = entry.find("type");
        checkMaskedFields(
            workspace, type ? workspace.event(type->toString()) : nullptr, entry, number, file);
        if (type) {
            const QString fault = eventFault(workspace, type->toString(), searchesLeft);
            if (!fault.isEmpty())
                file.fail(JsonPointer({ "masks", number, "type" }), fault);
        }
        const JsonValue* named = entry.find("category");
        const QString category = named ? named->toString() : QString();
        if (category.isEmpty() || workspace.aggregate(category) != nullptr || --searchesLeft < 0)
            continue;
        const QString meant = slipHint(category, workspace.aggregates());
        if (!meant.isEmpty())
            file.fail(JsonPointer({ "masks", number, "category" }),
                DomainText::tr("there is no aggregate '%1'%2").arg(category.left(100), meant));
    }
}

void checkEvolvedEvents(const Workspace& workspace, DefinitionFile& file)
{
    const JsonValue* evolve = file.root().find("evolve");
    if (!evolve)
        return;
    int searchesLeft = mostSearches;
    for (const auto& [type, value] : evolve->members()) {
        const QString fault = eventFault(workspace, QString::fromUtf8(type), searchesLeft);
        if (!fault.isEmpty())
            file.fail(JsonPointer({ "evolve", type }), fault, MemberPart::Name);
    }
}

void checkEmissions(
    const Workspace& workspace, const CommandDefinition& command, DefinitionFile& file)
{
    const AggregateDefinition* aggregate = workspace.aggregate(command.category);
    int searchesLeft = mostSearches;
    for (qsizetype i = 0; i < command.emissions.size(); ++i) {
        const QString& type = command.emissions.at(i).type;
        const JsonPointer place({ "emit", QByteArray::number(i), "type" });
        const bool evolves
            = !aggregate || aggregate->events.isEmpty() || aggregate->events.contains(type);
        QString fault = eventFault(workspace, type, searchesLeft);
        if (fault.isEmpty() && !evolves) {
            const QString meant
                = --searchesLeft < 0 ? QString() : didYouMean(type, aggregate->events);
            fault = DomainText::tr("the aggregate '%1' does not evolve by '%2'")
                        .arg(aggregate->category, type)
                + (meant.isEmpty() ? DomainText::tr("; add it to the aggregate's \"events\"")
                                   : meant);
        }
        if (!fault.isEmpty())
            file.fail(place, fault);
    }
}

} // namespace eventloupe
