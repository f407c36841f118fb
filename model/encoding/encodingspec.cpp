#include "encoding/encodingspec.h"

#include "encoding/encodingtext.h"

#include <array>

namespace eventloupe {

namespace {

constexpr std::size_t mostWrappers = 4;

struct Row {
    Encoding encoding;
    const char* name;
    const char* title;
};

constexpr std::array rows {
    Row { Encoding::Gzip, "gzip", "gzip" },
    Row { Encoding::Zlib, "zlib", "zlib" },
    Row { Encoding::Deflate, "deflate", "deflate" },
    Row { Encoding::Base64, "base64", "Base64" },
    Row { Encoding::Hex, "hex", QT_TRANSLATE_NOOP("Encoding", "hexadecimal") },
    Row { Encoding::JsonString, "json-string", QT_TRANSLATE_NOOP("Encoding", "JSON string") },
    Row { Encoding::Auto, "auto", QT_TRANSLATE_NOOP("Encoding", "what it looks like") },
    Row { Encoding::Json, "json", "JSON" },
    Row { Encoding::SqliteJsonb, "sqlite-jsonb", "SQLite JSONB" },
    Row { Encoding::MessagePack, "msgpack", "MessagePack" },
    Row { Encoding::Cbor, "cbor", "CBOR" },
    Row { Encoding::Bson, "bson", "BSON" },
    Row { Encoding::Yaml, "yaml", "YAML" },
    Row { Encoding::Php, "php", "PHP serialize()" },
    Row { Encoding::ErlangTerm, "erlang-term", "Erlang term" },
    Row { Encoding::Text, "text", QT_TRANSLATE_NOOP("Encoding", "text") },
    Row { Encoding::Bytes, "bytes", QT_TRANSLATE_NOOP("Encoding", "bytes") },
};

const Row& rowOf(Encoding encoding)
{
    return *std::find_if(
        rows.begin(), rows.end(), [=](const Row& row) { return row.encoding == encoding; });
}

const Row* rowNamed(const QString& name)
{
    const auto* row = std::find_if(rows.begin(), rows.end(),
        [&](const Row& each) { return name == QLatin1String(each.name); });
    return row == rows.end() ? nullptr : row;
}

Error refusal(const QString& reason)
{
    QStringList known;
    for (const Row& row : rows)
        known.append(QLatin1String(row.name));
    return { ErrorCode::InvalidInput,
        EncodingText::tr("encoding: %1. Encodings are %2; the first six wrap another, as in "
                         "[\"gzip\", \"json\"]")
            .arg(reason, known.join(QStringLiteral(", "))) };
}

} // namespace

EncodingSpec::EncodingSpec(Encoding inside)
    : m_inside(inside)
{
    if (isWrapper(inside)) {
        m_wrappers = { inside };
        m_inside = Encoding::Auto;
    }
}

Result<EncodingSpec> EncodingSpec::fromNames(const QStringList& names)
{
    if (names.isEmpty())
        return refusal(EncodingText::tr("a name is missing"));
    EncodingSpec spec;
    for (const auto& name : names) {
        const Row* row = rowNamed(name);
        if (row == nullptr)
            return refusal(EncodingText::tr("there is no '%1'").arg(name));
        if (isWrapper(row->encoding))
            spec.m_wrappers.push_back(row->encoding);
        else if (&name == &names.last())
            spec.m_inside = row->encoding;
        else
            return refusal(
                EncodingText::tr("'%1' wraps nothing, so it must be the last").arg(name));
    }
    if (spec.m_wrappers.size() > mostWrappers)
        return refusal(EncodingText::tr("more than %1 wrappers").arg(mostWrappers));
    return spec;
}

Result<EncodingSpec> EncodingSpec::fromJson(const JsonValue& value)
{
    if (value.isString())
        return fromNames({ value.toString() });
    QStringList names;
    for (const auto& element : value.elements()) {
        if (!element.isString())
            return refusal(EncodingText::tr("a name must be a text"));
        names.append(element.toString());
    }
    return fromNames(names);
}

Result<EncodingSpec> EncodingSpec::fromText(const QString& text)
{
    QStringList names = text.split(u',');
    for (auto& name : names)
        name = name.trimmed();
    return fromNames(names);
}

JsonValue EncodingSpec::toJson() const
{
    if (m_wrappers.empty())
        return JsonValue::fromString(names().constFirst());
    JsonValue list = JsonValue::emptyArray();
    for (const auto& name : names())
        list.append(JsonValue::fromString(name));
    return list;
}

QStringList EncodingSpec::names() const
{
    QStringList names;
    for (const Encoding wrapper : m_wrappers)
        names.append(QLatin1String(rowOf(wrapper).name));
    names.append(QLatin1String(rowOf(m_inside).name));
    return names;
}

QList<EncodingChoice> encodingChoices()
{
    QList<EncodingChoice> choices;
    for (const Row& row : rows)
        choices.append({ row.encoding, QLatin1String(row.name), EncodingText::tr(row.title) });
    return choices;
}

QString encodingTitle(Encoding encoding)
{
    // Once: it is asked for with each payload, and the language stays.
    static const auto titles = [] {
        std::array<QString, rows.size()> all;
        for (const Row& row : rows)
            all[static_cast<std::size_t>(row.encoding)] = EncodingText::tr(row.title);
        return all;
    }();
    return titles[static_cast<std::size_t>(encoding)];
}

} // namespace eventloupe
