#include "domain/definitioncompletion.h"

#include "domain/domaintext.h"
#include "domain/jsontracker.h"
#include "expression/languageindex.h"
#include "value/event.h"
#include "value/json.h"

#include <QFileInfo>
#include <QRegularExpression>

#include <algorithm>

namespace eventloupe {

namespace {

/// The file that is completed.
struct Source {
    const QString& path;
    const QString& text;
    const DefinitionNames& names;
};

/// A member of the text's object, as far as the text is JSON just now.
JsonValue memberOfText(const QString& text, std::string_view name)
{
    const QByteArray utf8 = text.toUtf8();
    const auto root = parseJson(viewOf(utf8));
    const JsonValue* member = root && root->isObject() ? root->find(name) : nullptr;
    return member ? *member : JsonValue();
}

/// The fields of the variables, by what the file is about.
NameTree fieldsOf(const Source& source, const QString& scope)
{
    const auto& [path, text, names] = source;
    NameTree fields;
    const QString name = QFileInfo(path).completeBaseName();
    const auto kind = definitionKindOf(path);
    if (kind == DefinitionKind::Command) {
        const CommandDefinition* command = names.workspace().command(name);
        fields.children[QStringLiteral("state")]
            = names.state(command ? command->category : QString());
        fields.children[QStringLiteral("data")] = names.commandData(name);
    } else if (kind == DefinitionKind::Event) {
        fields.children[QStringLiteral("state")] = names.stateOfEvent(name);
        fields.children[QStringLiteral("data")] = names.eventData(name);
    } else if (kind == DefinitionKind::Aggregate) {
        fields.children[QStringLiteral("state")] = names.state(name);
    } else {
        fields.children[QStringLiteral("state")] = names.state({});
        for (const QString& type : names.events())
            fields.children[QStringLiteral("data")].add(names.eventData(type));
    }
    // The definition may be broken just where it is written.
    if (const JsonValue schema = memberOfText(text, "schema"); schema.isObject())
        fields.children[QStringLiteral("data")] = NameTree::ofSchema(schema);
    const bool isCommand = scope == u"command";
    for (const char* member :
        { "type", "stream", "category", "version", "position", "time", "id", "metadata" }) {
        if (!isCommand)
            fields.children[QStringLiteral("event")].children[QLatin1String(member)];
    }
    for (const char* member : { "name", "id", "actor" }) {
        if (isCommand)
            fields.children[QStringLiteral("command")].children[QLatin1String(member)];
    }
    return fields;
}

/// Where the cursor is.
struct Spot {
    JsonTracker before; ///< Up to the token that the cursor is in, or the cursor.
    std::optional<JsonToken> token; ///< That the cursor is in, or right behind.
    QString line;
    int lineStart = 0;
    int column = 0;
    bool hasColon = false; ///< Behind the token.
};

Spot spotAt(const QString& text, int offset)
{
    Spot spot;
    JsonTracker tracker;
    int start = 0;
    for (;;) {
        auto end = text.indexOf(u'\n', start);
        end = end < 0 ? text.size() : end;
        if (end >= offset) {
            spot.line = text.mid(start, end - start);
            break;
        }
        static_cast<void>(tracker.feed(QStringView(text).mid(start, end - start)));
        start = static_cast<int>(end) + 1;
    }
    spot.lineStart = start;
    spot.column = offset - start;
    JsonTracker whole = tracker;
    for (const JsonToken& token : whole.feed(spot.line)) {
        const bool isIn = token.start < spot.column
            && (spot.column < token.end()
                || (spot.column == token.end()
                    && (!token.isClosed || token.kind == JsonToken::Kind::Word)));
        if (!isIn || token.kind == JsonToken::Kind::Sign)
            continue;
        spot.token = token;
        spot.hasColon = QStringView(spot.line).mid(token.end()).trimmed().startsWith(u':');
    }
    spot.before = tracker;
    static_cast<void>(spot.before.feed(
        QStringView(spot.line).left(spot.token ? spot.token->start : spot.column)));
    return spot;
}

QString literalOf(const QString& text)
{
    QByteArray literal;
    appendJsonString(literal, viewOf(text.toUtf8()));
    return QString::fromUtf8(literal);
}

bool fits(const QString& name, const QString& typed)
{
    return name.contains(typed, Qt::CaseInsensitive);
}

void sortByFit(QList<Completion>& items, const QString& typed)
{
    std::stable_sort(
        items.begin(), items.end(), [&](const Completion& left, const Completion& right) {
            const auto rank = [&](const Completion& item) {
                return item.name.startsWith(typed, Qt::CaseInsensitive) ? 0 : 1;
            };
            return rank(left) < rank(right);
        });
}

void addNames(Completions& into, const QStringList& names, const QString& typed,
    const QString& detail, const std::function<QString(const QString&)>& textOf)
{
    for (const QString& name : names) {
        if (fits(name, typed))
            into.items.append({ textOf(name), name, detail });
    }
}

QStringList namesFor(const QString& scope, const DefinitionNames& names)
{
    if (scope == u"categories")
        return names.workspace().aggregates().keys();
    return scope == u"commands" ? names.commands() : names.events();
}

using EntryKind = LanguageEntry::Kind;

QList<EntryKind> byThemselves()
{
    return { EntryKind::Function, EntryKind::Macro, EntryKind::Namespace, EntryKind::Type };
}

QList<EntryKind> behindAValue()
{
    return { EntryKind::Method, EntryKind::Macro };
}

/// "greatest" of "math.greatest" behind "math".
QString nameIn(const LanguageEntry& entry, const QString& space)
{
    const QString name = QString::fromUtf8(toBytes(entry.name));
    if (space.isEmpty())
        return name.contains(u'.') ? QString() : name;
    return name.startsWith(space + u'.') ? name.mid(space.size() + 1) : QString();
}

void addEntry(const LanguageEntry& entry, const QString& name, Completions& into)
{
    const bool isCall = entry.kind != EntryKind::Namespace && entry.kind != EntryKind::Type;
    const QString shown = isCall ? name + QStringLiteral("()") : name;
    const bool isKnown = std::any_of(into.items.begin(), into.items.end(),
        [&](const Completion& item) { return item.name == shown; });
    if (isKnown)
        return;
    const QString detail
        = QString::fromUtf8(toBytes(entry.signature)) + u'\n' + descriptionOf(entry);
    const bool isNamespace = entry.kind == EntryKind::Namespace;
    into.items.append({ isCall ? name + u'(' : isNamespace ? name + u'.' : name, shown, detail });
}

void addCalls(const QList<EntryKind>& kinds, const QString& typed, Completions& into)
{
    for (const LanguageEntry& entry : languageIndex()) {
        const QString name = nameIn(entry, {});
        const bool isReceived = !entry.receiver.empty();
        const bool isBehind = kinds.contains(EntryKind::Method);
        const bool isMisplaced = entry.kind == EntryKind::Macro && isReceived != isBehind;
        if (kinds.contains(entry.kind) && !isMisplaced && !name.isEmpty() && fits(name, typed))
            addEntry(entry, name, into);
    }
}

void addNamespace(const QString& space, const QString& typed, Completions& into)
{
    for (const LanguageEntry& entry : languageIndex()) {
        const QString name = nameIn(entry, space);
        if (!name.isEmpty() && fits(name, typed))
            addEntry(entry, name, into);
    }
}

/// Completes the word before the cursor of an expression.
void completeExpression(
    const Source& source, const TextUse& use, const QString& before, Completions& into)
{
    static const QRegularExpression chain(
        QStringLiteral("([A-Za-z_][A-Za-z0-9_]*(?:\\s*\\??\\.\\s*[A-Za-z_][A-Za-z0-9_]*)*\\s*\\??"
                       "\\.\\s*)?([A-Za-z_][A-Za-z0-9_]*)?$"));
    const auto match = chain.match(before);
    const QString typed = match.captured(2);
    into.start -= static_cast<int>(typed.size());
    into.length = static_cast<int>(typed.size());
    QString owner = match.captured(1).remove(u' ').remove(u'?');
    const auto self = [](const QString& name) { return name; };
    if (owner.isEmpty()) {
        const bool isMember = before.left(before.size() - typed.size()).trimmed().endsWith(u'.');
        if (!isMember)
            addNames(into, variablesOf(use.scope), typed, DomainText::tr("variable"), self);
        const auto kinds = isMember ? behindAValue() : byThemselves();
        addCalls(kinds, typed, into);
        return;
    }
    owner.chop(1);
    const NameTree fields = fieldsOf(source, use.scope);
    addNames(into, fields.below(owner.split(u'.')), typed, DomainText::tr("field"), self);
    addCalls(behindAValue(), typed, into);
    addNamespace(owner, typed, into);
}

/// What is inside the braces before the cursor; nothing outside of them.
std::optional<QString> insideBraces(const QString& before)
{
    QString plain = before;
    plain.replace(QStringLiteral("{{"), QStringLiteral("  "));
    const auto open = plain.lastIndexOf(u'{');
    if (open < 0 || plain.indexOf(u'}', open) >= 0)
        return {};
    return before.mid(open + 1);
}

void completePointer(
    const Source& source, const QString& root, const QString& typed, Completions& into)
{
    QStringList tokens = typed.split(u'/');
    const QString last = tokens.takeLast();
    const QString scope = root == u"row" ? QStringLiteral("row") : QStringLiteral("evolve");
    QStringList owner = tokens.mid(1);
    owner.prepend(root);
    const QString before = typed.left(typed.size() - last.size());
    addNames(into, fieldsOf(source, scope).below(owner), last, DomainText::tr("field"),
        [&](const QString& name) {
            return (before.isEmpty() ? QStringLiteral("/") : before) + name;
        });
    into.start -= static_cast<int>(typed.size());
    into.length = static_cast<int>(typed.size());
}

/// Inside a string's quotes, where it is more than a plain text. False: complete it as a whole.
bool completeInside(const Source& source, const TextUse& use, const Spot& spot, Completions& into)
{
    const JsonToken& token = *spot.token;
    const QString before = spot.line.mid(token.start + 1, spot.column - token.start - 1);
    into.start = spot.lineStart + spot.column;
    switch (use.kind) {
    case TextUse::Kind::Expression:
        completeExpression(source, use, before, into);
        return true;
    case TextUse::Kind::Template:
        if (const auto inside = insideBraces(before))
            completeExpression(source, use, *inside, into);
        else if (token.kind == JsonToken::Kind::Key)
            completePointer(source, variablesOf(use.scope).value(0), before, into);
        return true;
    case TextUse::Kind::Pointer:
        completePointer(source, use.scope, before, into);
        return true;
    case TextUse::Kind::Name:
    case TextUse::Kind::Plain:
        return false;
    }
    return false;
}

void completeKey(const DefinitionFormat& format, const QStringList& object, const Spot& spot,
    const QString& typed, const DefinitionNames& names, Completions& into)
{
    QStringList present = spot.before.keys();
    const QString colon = spot.hasColon ? QString() : QStringLiteral(": ");
    for (const FormatMember& member : format.membersAt(object)) {
        if (present.contains(member.name) || !fits(member.name, typed))
            continue;
        present.append(member.name);
        const QString value = spot.hasColon ? QString() : member.sample;
        into.items.append(
            { literalOf(member.name) + colon + value, member.name, member.description });
    }
    if (format.keysAt(object) == u"events") {
        addNames(into, names.events(), typed, DomainText::tr("event"),
            [&](const QString& name) { return literalOf(name) + colon; });
    }
}

void completeValue(const DefinitionFormat& format, const QStringList& place, const TextUse& use,
    const QString& typed, const DefinitionNames& names, Completions& into)
{
    if (use.kind == TextUse::Kind::Name) {
        addNames(into, namesFor(use.scope, names), typed,
            use.scope == u"commands"         ? DomainText::tr("command")
                : use.scope == u"categories" ? DomainText::tr("category")
                                             : DomainText::tr("event"),
            literalOf);
    }
    QStringList seen;
    for (const QString& value : format.valuesAt(place)) {
        const QString name = value.startsWith(u'"') ? decodedJsonString(value) : value;
        if (fits(name, typed) && !seen.contains(name))
            into.items.append({ value, name, format.descriptionAt(place) });
        seen.append(name);
    }
}

} // namespace

Completions completionsAt(
    const QString& path, const QString& text, int offset, const DefinitionNames& names)
{
    Completions into;
    const auto kind = definitionKindOf(path);
    if (!kind)
        return into;
    const DefinitionFormat& format = DefinitionFormat::of(*kind);
    const Spot spot = spotAt(text, offset);
    const bool isKey
        = spot.token ? spot.token->kind == JsonToken::Kind::Key : spot.before.isAtKey();
    const QStringList place = spot.token ? spot.token->path : spot.before.path();
    const TextUse use = isKey && spot.token ? format.useOfKey(place)
        : isKey                             ? TextUse()
                                            : format.useOfValue(place);
    if (spot.token && spot.token->isText()
        && completeInside({ path, text, names }, use, spot, into))
        return into;

    QString typed;
    into.start = spot.lineStart + spot.column;
    if (spot.token) {
        typed = spot.line.mid(spot.token->start, spot.column - spot.token->start);
        typed.remove(u'"');
        into.start = spot.lineStart + spot.token->start;
        into.length = spot.token->isClosed ? spot.token->length : spot.column - spot.token->start;
    }
    if (isKey)
        completeKey(
            format, spot.token ? place.mid(0, place.size() - 1) : place, spot, typed, names, into);
    else
        completeValue(format, place, use, typed, names, into);
    sortByFit(into.items, typed);
    return into;
}

QStringList expressionNames(const QString& scope)
{
    QStringList names = variablesOf(scope);
    for (const LanguageEntry& entry : languageIndex()) {
        if (byThemselves().contains(entry.kind))
            names.append(QString::fromUtf8(toBytes(entry.name)));
    }
    names.removeDuplicates();
    return names;
}

QString fileNameOf(const QString& folder, const QString& name)
{
    return folder + u'/' + name + QStringLiteral(".json");
}

} // namespace eventloupe
