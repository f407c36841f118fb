#include "value/jsonpointer.h"

#include "value/event.h"

#include <QCoreApplication>

#include <charconv>

namespace eventloupe {

namespace {

/// An array index as RFC 6901 writes it, without leading zeros; -1 when it is none.
qsizetype indexOf(std::string_view token)
{
    qsizetype index = -1;
    const char* end = token.data() + token.size();
    const bool padded = token.size() > 1 && token.front() == '0';
    if (token.empty() || padded || token.front() < '0' || token.front() > '9') {
        return -1;
    }
    const auto [stop, code] = std::from_chars(token.data(), end, index);
    return code == std::errc() && stop == end ? index : -1;
}

const JsonValue* childOf(const JsonValue& parent, std::string_view token)
{
    if (!parent.isArray()) {
        return parent.find(token);
    }
    const auto index = indexOf(token);
    return index >= 0 && index < parent.size() ? &parent.elements()[static_cast<std::size_t>(index)]
                                               : nullptr;
}

/// Whether a child of that name exists or can be put there.
bool takes(const JsonValue& parent, std::string_view token)
{
    if (parent.isArray()) {
        const auto index = token == "-" ? parent.size() : indexOf(token);
        return index >= 0 && index <= parent.size();
    }
    return parent.isObject() || parent.isNull();
}

/// The child for change in place; a missing one is put there as null.
JsonValue* ensureChild(JsonValue& parent, const QByteArray& token)
{
    if (parent.isNull()) {
        parent = JsonValue::emptyObject();
    }
    if (childOf(parent, viewOf(token)) == nullptr) {
        if (parent.isArray()) {
            parent.append({});
            return parent.atMutable(parent.size() - 1);
        }
        parent.insert(token, {});
    }
    return parent.isArray() ? parent.atMutable(indexOf(viewOf(token)))
                            : parent.findMutable(viewOf(token));
}

Error refused(const char* reason, const QByteArray& pointer)
{
    return { ErrorCode::InvalidInput,
        QCoreApplication::translate("JsonPointer", reason).arg(QString::fromUtf8(pointer)) };
}

Result<QByteArray> unescape(std::string_view token, std::string_view whole)
{
    QByteArray text;
    for (std::size_t i = 0; i < token.size(); ++i) {
        if (token[i] != '~') {
            text.append(token[i]);
            continue;
        }
        ++i;
        if (i == token.size() || (token[i] != '0' && token[i] != '1')) {
            return refused(QT_TRANSLATE_NOOP("JsonPointer",
                               "the pointer '%1' has a '~' that neither 0 nor 1 follows"),
                toBytes(whole));
        }
        text.append(token[i] == '0' ? '~' : '/');
    }
    return text;
}

} // namespace

JsonPointer::JsonPointer(QList<QByteArray> tokens)
    : m_tokens(std::move(tokens))
{
}

Result<JsonPointer> JsonPointer::parse(std::string_view text)
{
    if (!text.empty() && text.front() != '/') {
        return refused(
            QT_TRANSLATE_NOOP("JsonPointer", "the pointer '%1' must be empty or start with '/'"),
            toBytes(text));
    }
    QList<QByteArray> tokens;
    for (std::size_t start = 1; start <= text.size();) {
        const auto end = std::min(text.find('/', start), text.size());
        auto token = unescape(text.substr(start, end - start), text);
        if (!token) {
            return token.error();
        }
        tokens.append(*std::move(token));
        start = end + 1;
    }
    return JsonPointer(std::move(tokens));
}

QByteArray JsonPointer::toText() const
{
    QByteArray text;
    for (QByteArray token : m_tokens) {
        text.append('/');
        text.append(token.replace('~', "~0").replace('/', "~1"));
    }
    return text;
}

const JsonValue* JsonPointer::resolve(const JsonValue& root) const
{
    const JsonValue* value = &root;
    for (const QByteArray& token : m_tokens) {
        value = childOf(*value, viewOf(token));
        if (value == nullptr) {
            return nullptr;
        }
    }
    return value;
}

Result<void> JsonPointer::set(JsonValue& root, JsonValue value) const
{
    const JsonValue* present = &root;
    for (const QByteArray& token : m_tokens) {
        if (!takes(*present, viewOf(token))) {
            return refused(QT_TRANSLATE_NOOP("JsonPointer",
                               "nothing can be set at '%1': a value without members, or an array "
                               "without that index, stands on the way"),
                toText());
        }
        present = childOf(*present, viewOf(token));
        if (present == nullptr) {
            break;
        }
    }
    JsonValue* target = &root;
    for (const QByteArray& token : m_tokens) {
        target = ensureChild(*target, token);
    }
    *target = std::move(value);
    return {};
}

bool JsonPointer::remove(JsonValue& root) const
{
    if (m_tokens.isEmpty()) {
        root = {};
        return true;
    }
    if (resolve(root) == nullptr) {
        return false;
    }
    JsonValue* parent = &root;
    for (qsizetype i = 0; i + 1 < m_tokens.size(); ++i) {
        parent = ensureChild(*parent, m_tokens[i]);
    }
    if (parent->isArray()) {
        parent->removeAt(indexOf(viewOf(m_tokens.last())));
        return true;
    }
    return parent->remove(viewOf(m_tokens.last()));
}

} // namespace eventloupe
