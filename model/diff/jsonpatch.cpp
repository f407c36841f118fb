#include "diff/jsonpatch.h"

#include "diff/fieldpairs.h"
#include "diff/jsondifference.h"
#include "value/event.h"
#include "value/jsonpointer.h"

#include <QCoreApplication>

#include <optional>

namespace eventloupe {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("JsonPatch", text);
}

/// Collects operations on the way through two values.
class PatchMaker {
public:
    void visit(const JsonValue& old, const JsonValue& now)
    {
        if (isEqualJson(old, now))
            return;
        if (!comparesInside(old, now, m_tokens.size())) {
            add("replace", &now);
            return;
        }
        const auto pairs = pairFields(&now, &old);
        // From the back, so that the indices of those in front stay what they were.
        for (auto pair = pairs.rbegin(); pair != pairs.rend(); ++pair)
            if (!pair->now)
                at(pair->key(), [&] { add("remove", nullptr); });
        for (const FieldPair& pair : pairs) {
            if (!pair.now)
                continue;
            at(pair.key(), [&] {
                if (pair.old)
                    visit(*pair.old, *pair.now);
                else
                    add("add", pair.now);
            });
        }
    }

    [[nodiscard]] JsonValue take() { return JsonValue::fromElements(std::move(m_operations)); }

private:
    template <class Act> void at(const QByteArray& token, const Act& act)
    {
        m_tokens.append(token);
        act();
        m_tokens.removeLast();
    }

    void add(const char* operation, const JsonValue* value)
    {
        auto object = JsonValue::emptyObject();
        object.insert("op", JsonValue::fromString(QByteArray(operation)));
        object.insert("path", JsonValue::fromString(JsonPointer(m_tokens).toText()));
        if (value)
            object.insert("value", *value);
        m_operations.push_back(std::move(object));
    }

    QList<QByteArray> m_tokens;
    std::vector<JsonValue> m_operations;
};

Error refused(const QString& reason)
{
    return { ErrorCode::InvalidInput, reason };
}

Result<JsonPointer> pointerIn(const JsonValue& operation, const char* member)
{
    const JsonValue* text = operation.find(member);
    if (!text || !text->isString())
        return refused(tr("\"%1\" must be a JSON Pointer").arg(QLatin1String(member)));
    return JsonPointer::parse(text->toView());
}

Error nothingAt(const JsonPointer& place)
{
    return refused(tr("there is nothing at '%1'").arg(QString::fromUtf8(place.toText())));
}

/// RFC 6902, section 4.1: into an array it is put in front of what has the index.
Result<void> addAt(JsonValue& root, const JsonPointer& place, const JsonValue& value)
{
    if (place.isRoot()) {
        root = JsonValue(value);
        return {};
    }
    auto tokens = place.tokens();
    const QByteArray last = tokens.takeLast();
    const JsonPointer above(tokens);
    const JsonValue* parent = above.resolve(root);
    if (!parent || (!parent->isObject() && !parent->isArray()))
        return nothingAt(above);
    if (parent->isObject())
        return place.set(root, value);
    JsonValue list = *parent;
    // What can be set there is an index, or "-".
    if (const auto fits = JsonPointer({ last }).set(list, value); !fits)
        return fits;
    list = *parent;
    list.insertAt(last == "-" ? list.size() : last.toLongLong(), value);
    return above.set(root, std::move(list));
}

Result<void> removeAt(JsonValue& root, const JsonPointer& place)
{
    if (!place.remove(root))
        return nothingAt(place);
    return {};
}

Result<void> transfer(
    JsonValue& root, const JsonPointer& from, const JsonPointer& place, bool isMove)
{
    const JsonValue* found = from.resolve(root);
    if (!found)
        return nothingAt(from);
    const JsonValue value = *found;
    const bool isInside = isMove && place.tokens().size() > from.tokens().size()
        && place.tokens().first(from.tokens().size()) == from.tokens();
    if (isInside)
        return refused(tr("a value cannot be moved into itself"));
    if (isMove)
        if (const auto removed = removeAt(root, from); !removed)
            return removed;
    return addAt(root, place, value);
}

/// "add", "replace" and "test", which take a value.
Result<void> applyValue(JsonValue& root, std::string_view name, const JsonPointer& place,
    const JsonValue& operation)
{
    const JsonValue* value = operation.find("value");
    if (!value)
        return refused(tr("\"value\" is missing"));
    if (name == "add")
        return addAt(root, place, *value);
    const JsonValue* found = place.resolve(root);
    if (!found)
        return nothingAt(place);
    if (name == "replace")
        return place.set(root, *value);
    if (!(*found == *value))
        return refused(
            tr("the value at '%1' is another one").arg(QString::fromUtf8(place.toText())));
    return {};
}

Result<void> apply(JsonValue& root, const JsonValue& operation)
{
    const JsonValue* name = operation.find("op");
    const std::string_view kind = name ? name->toView() : std::string_view();
    const auto place = pointerIn(operation, "path");
    if (!place)
        return place.error();
    if (kind == "remove")
        return removeAt(root, *place);
    if (kind == "add" || kind == "replace" || kind == "test")
        return applyValue(root, kind, *place, operation);
    if (kind != "move" && kind != "copy")
        return refused(tr("\"op\" must be add, remove, replace, move, copy or test"));
    const auto from = pointerIn(operation, "from");
    if (!from)
        return from.error();
    return transfer(root, *from, *place, kind == "move");
}

} // namespace

JsonValue makeJsonPatch(const JsonValue& old, const JsonValue& now)
{
    PatchMaker maker;
    maker.visit(old, now);
    return maker.take();
}

Result<void> applyJsonPatch(JsonValue& target, const JsonValue& patch)
{
    if (!patch.isArray())
        return refused(tr("a JSON Patch is an array of operations"));
    JsonValue result = target;
    for (qsizetype i = 0; i < patch.size(); ++i) {
        const auto done = apply(result, patch.elements()[static_cast<std::size_t>(i)]);
        if (!done)
            return Error { done.error().code,
                tr("operation %1: %2").arg(i + 1).arg(done.error().message) };
    }
    target = std::move(result);
    return {};
}

} // namespace eventloupe
