#include "plot/streamcolumns.h"

#include "mask/masks.h"
#include "store/maskedeventstore.h"
#include "time/replayer.h"
#include "value/jsonpointer.h"
#include "value/rawjsonpath.h"

#include <bit>
#include <charconv>
#include <unordered_map>

namespace eventloupe {

using Entry = FieldColumn::Entry;
using Kind = FieldColumn::Kind;

/// A member that a state had, by its path.
struct StreamColumns::Node {
    std::string key; ///< As it stands between its quotes.
    QByteArray pointer;
    FieldColumn* column = nullptr; ///< Of its scalar values; made at the first.
    std::vector<std::unique_ptr<Node>> children;
    std::unordered_map<std::string_view, std::size_t> places; ///< Of children, by their keys.
    std::size_t hint = 0; ///< Of the child that probably comes next.
    quint32 seen = 0; ///< The walk that passed it last.
    bool isInner = false; ///< It was an object with members, or lies too deep.

    Node& child(std::string_view name)
    {
        const std::size_t next = children.empty() ? 0 : hint % children.size();
        if (!children.empty() && children[next]->key == name) {
            hint = next + 1;
            return *children[next];
        }
        // There may be a million of them.
        if (const auto place = places.find(name); place != places.end()) {
            hint = place->second + 1;
            return *children[place->second];
        }
        auto node = std::make_unique<Node>();
        node->key = name;
        const std::string literal = '"' + std::string(name) + '"'; // What comes is a view of it.
        std::string buffer;
        const auto plain = rawJsonString(literal, buffer);
        const JsonPointer last({ plain ? toBytes(*plain) : toBytes(name) });
        node->pointer = pointer + last.toText();
        places.emplace(node->key, children.size());
        hint = children.size() + 1;
        return *children.emplace_back(std::move(node));
    }
};

/// Walks through the JSON of a state, as JsonValue::toJson() writes it, without a blank.
class StreamColumns::Walk {
public:
    Walk(StreamColumns& columns, quint32 version)
        : m_columns(columns)
        , m_at(columns.m_json.data())
        , m_end(m_at + columns.m_json.size())
        , m_version(version)
    {
    }

    void run()
    {
        Node& root = *m_columns.m_root;
        root.hint = 0;
        if (m_at < m_end && *m_at == '{')
            object(root, 0);
        root.seen = m_columns.m_epoch;
        forget(root);
    }

private:
    void object(Node& node, int depth)
    {
        node.seen = m_columns.m_epoch;
        ++m_at;
        while (m_at < m_end && *m_at != '}') {
            const char* begin = m_at + 1;
            skipString();
            Node& member = node.child({ begin, static_cast<std::size_t>(m_at - begin - 1) });
            ++m_at; // The colon.
            value(member, depth + 1);
            if (m_at < m_end && *m_at == ',')
                ++m_at;
        }
        ++m_at;
    }

    void value(Node& node, int depth)
    {
        const bool hasMembers = *m_at == '{' && m_at + 1 < m_end && m_at[1] != '}';
        if (hasMembers && depth < deepest) {
            node.isInner = true;
            node.hint = 0;
            set(node, Kind::Missing, 0);
            object(node, depth);
            return;
        }
        node.seen = m_columns.m_epoch;
        node.isInner = node.isInner || hasMembers;
        const char* begin = m_at;
        skipValue();
        scalar(node, { begin, static_cast<std::size_t>(m_at - begin) });
    }

    void scalar(Node& node, std::string_view text)
    {
        switch (text.front()) {
        case '"':
            return set(node, Kind::Text, m_columns.numberOfText(text));
        case 't':
            return set(node, Kind::True, 0);
        case 'f':
            return set(node, Kind::False, 0);
        case 'n':
            return set(node, Kind::Null, 0);
        case '{':
        case '[':
            return set(node, Kind::Opaque, 0);
        default:
            number(node, text);
        }
    }

    void number(Node& node, std::string_view text)
    {
        const char* end = text.data() + text.size();
        qint64 integer = 0;
        const auto whole = std::from_chars(text.data(), end, integer);
        if (whole.ec == std::errc() && whole.ptr == end)
            return set(node, Kind::Integer, static_cast<quint64>(integer));
        double number = 0;
        const auto real = std::from_chars(text.data(), end, number);
        const bool isLarge = text.find_first_of(".eE") == std::string_view::npos;
        if (real.ec == std::errc() && real.ptr == end && !isLarge)
            return set(node, Kind::Double, std::bit_cast<quint64>(number));
        set(node, Kind::Opaque, 0);
    }

    void set(Node& node, Kind kind, quint64 payload)
    {
        if (node.column == nullptr) {
            if (kind == Kind::Missing)
                return;
            node.column = &m_columns.m_columns.emplace_back();
            node.column->pointer = node.pointer;
        }
        std::vector<Entry>& entries = node.column->entries;
        const Entry entry { m_version, kind, payload };
        const Entry last = entries.empty() ? Entry() : entries.back();
        if (entry.isSameAs(last) || (kind == Kind::Opaque && last.kind == Kind::Opaque))
            return;
        entries.push_back(entry);
        node.column->hasNumbers = node.column->hasNumbers || entry.isNumber();
        m_columns.m_bytes += sizeof(Entry);
    }

    /// What was not passed is not there.
    void forget(Node& node)
    {
        for (const auto& child : node.children) {
            if (child->seen != m_columns.m_epoch)
                set(*child, Kind::Missing, 0);
            if (!child->children.empty())
                forget(*child);
        }
    }

    void skipString()
    {
        for (++m_at; m_at < m_end && *m_at != '"'; ++m_at)
            m_at += *m_at == '\\' ? 1 : 0;
        ++m_at;
    }

    void skipValue()
    {
        int depth = 0;
        do {
            if (*m_at == '"') {
                skipString();
                continue;
            }
            depth += *m_at == '{' || *m_at == '[' ? 1 : 0;
            depth -= *m_at == '}' || *m_at == ']' ? 1 : 0;
            ++m_at;
            if (depth == 0 && (m_at >= m_end || *m_at == ',' || *m_at == '}' || *m_at == ']'))
                return;
        } while (m_at < m_end && (depth > 0 || (*m_at != ',' && *m_at != '}' && *m_at != ']')));
    }

    StreamColumns& m_columns;
    const char* m_at;
    const char* m_end;
    const quint32 m_version;
};

StreamColumns::StreamColumns(std::shared_ptr<const Evolver> evolver, const StreamInfo& stream)
    : m_rules(std::move(evolver))
    , m_stream(stream)
    , m_evolver(*m_rules)
    , m_category(&m_evolver.category(stream.category.toStdString()))
    , m_root(std::make_unique<Node>())
{
    m_evolver.begin(m_state, *m_category);
}

StreamColumns::~StreamColumns() = default;

Result<bool> StreamColumns::advance(EventStore& store, qint64 events, const CancelToken& cancel)
{
    const QByteArray name = m_stream.name.toUtf8();
    const StreamVersion start = version();
    const StreamVersion target = start + events;
    const auto scanned
        = trueStore(store).scanStream(m_stream.id, start, std::numeric_limits<Position>::max(),
            foldColumns(*m_rules) | ScanColumn::Time, [&](EventView event) {
                event.stream = viewOf(name);
                take(event);
                return version() < target && !cancel.isCancelled();
            });
    if (!scanned)
        return scanned.error();
    return version() >= target || cancel.isCancelled();
}

void StreamColumns::take(const EventView& event)
{
    (void)m_evolver.evolve(m_state, m_evolver.type(event.type), *m_category, event);
    m_events.push_back({ event.position, event.time, numberOfType(event.type) });
    m_bytes += sizeof(EventAt);
    if (m_isTooLarge)
        return;
    m_json.clear();
    if (m_state.exists)
        m_evolver.appendJson(m_json, m_state);
    else
        m_hasEnded = true;
    const MaskPatterns& masked = m_rules->workspace()->masks()->ofState(m_stream.category);
    if (QByteArray shown; masked.mask(m_json, shown))
        m_json.assign(shown.constData(), static_cast<std::size_t>(shown.size()));
    if (m_json == m_lastJson)
        return;
    ++m_epoch;
    Walk(*this, static_cast<quint32>(event.version)).run();
    m_json.swap(m_lastJson);
    if (m_bytes > maximumBytes || m_columns.size() > mostColumns)
        giveUp();
}

bool StreamColumns::isMasked(const QByteArray& pointer) const
{
    const auto field = JsonPointer::parse(viewOf(pointer));
    return field
        && m_rules->workspace()->masks()->ofState(m_stream.category).touches(field->tokens());
}

void StreamColumns::giveUp()
{
    m_isTooLarge = true;
    m_columns.clear();
    m_root = std::make_unique<Node>();
    m_texts.clear();
    m_textValues.clear();
    m_bytes = m_events.size() * sizeof(EventAt);
}

quint32 StreamColumns::numberOfType(std::string_view type)
{
    for (std::size_t i = 0; i < m_types.size(); ++i) {
        if (viewOf(m_types[i]) == type)
            return static_cast<quint32>(i);
    }
    m_types.push_back(toBytes(type));
    return static_cast<quint32>(m_types.size() - 1);
}

quint64 StreamColumns::numberOfText(std::string_view literal)
{
    const auto [at, isNew] = m_texts.try_emplace(std::string(literal), m_textValues.size());
    if (isNew) {
        std::string buffer;
        const auto text = rawJsonString(literal, buffer);
        m_textValues.push_back(text ? toBytes(*text) : QByteArray());
        constexpr std::size_t bytesOfAnEntry = 128;
        m_bytes += 2 * literal.size() + bytesOfAnEntry;
    }
    return at->second;
}

const FieldColumn* StreamColumns::column(const QByteArray& pointer) const
{
    for (const FieldColumn& column : m_columns) {
        if (column.pointer == pointer)
            return &column;
    }
    return nullptr;
}

bool StreamColumns::isInner(const QByteArray& pointer) const
{
    const Node* node = m_root.get();
    while (node->pointer != pointer) {
        const Node* next = nullptr;
        for (const auto& child : node->children) {
            if (pointer == child->pointer || pointer.startsWith(child->pointer + '/'))
                next = child.get();
        }
        if (next == nullptr)
            return false;
        node = next;
    }
    return node->isInner;
}

Value StreamColumns::valueOf(const Entry& entry) const
{
    switch (entry.kind) {
    case Kind::False:
    case Kind::True:
        return Value::fromBool(entry.kind == Kind::True);
    case Kind::Integer:
        return Value::fromInt(static_cast<qint64>(entry.payload));
    case Kind::Double:
        return Value::fromDouble(std::bit_cast<double>(entry.payload));
    case Kind::Text:
        return Value::fromString(m_textValues[entry.payload]);
    default:
        return Value();
    }
}

} // namespace eventloupe
