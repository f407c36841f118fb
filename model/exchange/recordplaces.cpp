#include "exchange/recordplaces.h"

#include "domain/nearname.h"
#include "exchange/exchangetext.h"
#include "exchange/mapping.h"
#include "value/jsonpointer.h"

#include <algorithm>

namespace eventloupe {

namespace {

constexpr qsizetype mostNames = 10;
constexpr std::size_t mostParts = 100;
constexpr std::size_t mostCompared = 1'000; ///< Members that a wrong name is compared with.

struct Place {
    QString pointer;
    std::size_t size = 0;
};

QString pointerTo(QList<QByteArray> tokens, const RawMember& member)
{
    tokens.append(unescapedJson(member.name));
    return QString::fromUtf8(JsonPointer(std::move(tokens)).toText());
}

void addPlaces(std::string_view object, const QList<QByteArray>& tokens, QList<Place>& places)
{
    std::vector<RawMember> members;
    splitRawObject(object, members);
    for (const RawMember& member : members) {
        if (isArrayOfObjects(member.value) || isKeyedObject(member.value))
            places.append({ pointerTo(tokens, member), member.value.size() });
        else if (tokens.isEmpty() && !member.value.empty() && member.value.front() == '{')
            addPlaces(member.value, { unescapedJson(member.name) }, places);
    }
}

/// ", did you mean '/ocel:events'?" by the members of the last object on the pointer's way.
QString nearestPlace(std::string_view document, const QString& pointer, QList<QByteArray> tokens)
{
    std::optional<std::string_view> object;
    while (!object && !tokens.isEmpty()) {
        tokens.removeLast();
        object = resolveRaw(document, tokens);
    }
    std::vector<RawMember> members;
    if (!object || !splitRawObject(*object, members))
        return {};
    QStringList names;
    for (std::size_t i = 0; i < std::min(members.size(), mostCompared); ++i)
        names.append(pointerTo(tokens, members[i]));
    return didYouMean(pointer, names);
}

QString kindOf(std::string_view value)
{
    switch (value.empty() ? '\0' : value.front()) {
    case '"':
        return ExchangeText::tr("a text");
    case 't':
    case 'f':
        return ExchangeText::tr("true or false");
    case 'n':
        return ExchangeText::tr("null");
    default:
        return ExchangeText::tr("a number");
    }
}

} // namespace

bool isArrayOfObjects(std::string_view value)
{
    if (value.empty() || value.front() != '[')
        return false;
    const std::string_view inside = trimmedJson(value.substr(1));
    return !inside.empty() && inside.front() == '{';
}

bool isKeyedObject(std::string_view value)
{
    std::vector<RawMember> members;
    if (!splitRawObject(value, members) || members.empty())
        return false;
    const auto isObject = [](const RawMember& member) {
        return !member.value.empty() && member.value.front() == '{';
    };
    if (!std::all_of(members.cbegin(), members.cend(), isObject))
        return false;
    // No event has so many parts.
    if (members.size() > mostParts)
        return true;
    QStringList names;
    for (const RawMember& member : members)
        names.append(QString::fromUtf8(unescapedJson(member.name)));
    return Mapping::propose(names).fields.isEmpty();
}

QStringList recordPlaces(std::string_view document)
{
    QList<Place> places;
    addPlaces(trimmedJson(document), {}, places);
    std::stable_sort(places.begin(), places.end(),
        [](const Place& left, const Place& right) { return left.size > right.size; });
    QStringList pointers;
    for (const Place& place : std::as_const(places))
        pointers.append(place.pointer);
    return pointers;
}

QString noRecordsAt(
    std::string_view document, const QString& pointer, const QList<QByteArray>& tokens)
{
    const auto value = resolveRaw(document, tokens);
    const QString what = value
        ? ExchangeText::tr("%1 is %2, and records must be an array of objects, or an object of "
                           "them by their keys")
              .arg(pointer, kindOf(*value))
        : ExchangeText::tr("there is no %1 in the document%2")
              .arg(pointer, nearestPlace(document, pointer, tokens));
    const QStringList places = recordPlaces(document);
    const bool isRoot = isArrayOfObjects(trimmedJson(document));
    if (places.isEmpty() && !isRoot)
        return what;
    const QString end = what.endsWith(u'?') ? QString() : QStringLiteral(".");
    if (isRoot)
        return what + end
            + ExchangeText::tr(" The document itself is an array of them: name no \"records\"");
    return what + end + ExchangeText::tr(" Records could be: %1").arg(someOf(places));
}

QString someOf(const QStringList& names)
{
    const QString shown = names.mid(0, mostNames).join(QStringLiteral(", "));
    if (names.size() <= mostNames)
        return shown;
    return ExchangeText::tr("%1 and %L2 more").arg(shown).arg(names.size() - mostNames);
}

} // namespace eventloupe
