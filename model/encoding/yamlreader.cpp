#include "encoding/yamlreader.h"

#include "encoding/bytecursor.h"
#include "encoding/encodingtext.h"
#include "encoding/json5text.h"
#include "encoding/readers.h"
#include "encoding/yamlscalar.h"

#include <yaml.h>

namespace eventloupe {

namespace {

constexpr std::size_t mostAnchors = 100'000;

std::string_view viewOf(const yaml_char_t* text)
{
    return text == nullptr ? std::string_view()
                           : std::string_view(reinterpret_cast<const char*>(text));
}

/// A tag as Psych writes it today; of YAML's own the bare name.
std::string nameOf(std::string_view tag)
{
    constexpr std::string_view core = "tag:yaml.org,2002:";
    constexpr std::string_view ruby = "tag:ruby.yaml.org,2002:";
    if (tag.starts_with(core))
        return std::string(tag.substr(core.size()));
    if (tag.starts_with(ruby))
        return "!ruby/" + std::string(tag.substr(ruby.size()));
    return std::string(tag);
}

/// "Acme::Order" of "!ruby/object:Acme::Order", "range" of "!ruby/range".
std::string_view classOf(std::string_view name)
{
    constexpr std::string_view ruby = "!ruby/";
    if (name.starts_with(ruby)) {
        const auto colon = name.find(':');
        return name.substr(colon == std::string_view::npos ? ruby.size() : colon + 1);
    }
    return name.substr(name.starts_with('!') ? 1 : 0);
}

/// Whether a mapping is no more than one, whatever class of Ruby's it was.
bool isPlainMap(std::string_view name)
{
    return name.empty() || name == "!" || name == "map" || name == "omap" || name == "set"
        || name == "!ruby/hash" || name.starts_with("!ruby/hash:") || name == "!ruby/object:Hash"
        || name == "!map" || name == "!ruby/object:ActiveSupport::HashWithIndifferentAccess"
        || name == "!map:ActiveSupport::HashWithIndifferentAccess"
        || name == "!ruby/object:ActiveSupport::OrderedHash";
}

bool isTextTag(std::string_view name)
{
    return name == "!" || name == "str" || name == "!str" || name == "!ruby/sym"
        || name == "!ruby/symbol" || name == "!ruby/class" || name == "!ruby/module"
        || name == "!ruby/string" || name.starts_with("!ruby/string:") || name.starts_with("!str:");
}

bool isResolvedTag(std::string_view name)
{
    return name == "int" || name == "float" || name == "bool" || name == "null"
        || name == "timestamp" || name == "!float" || name == "!ruby/object:DateTime"
        || name == "!ruby/object:Date" || name == "!ruby/object:Time";
}

} // namespace

bool YamlReader::fail(const char* reason)
{
    m_problem = reason;
    return false;
}

bool YamlReader::take(const yaml_event_s& event)
{
    // libyaml looks at each level of [ and { for each token: a long text that is nested deeply
    // would take minutes.
    constexpr std::size_t mostSteps = 50'000'000;
    m_steps += m_levels.size();
    if (m_steps > mostSteps)
        return fail(QT_TRANSLATE_NOOP("Encoding", "it is nested too deep for its length"));
    bool isTaken = true;
    switch (event.type) {
    case YAML_DOCUMENT_START_EVENT:
        if (++m_documents > 1)
            return fail(QT_TRANSLATE_NOOP("Encoding", "a second document follows"));
        break;
    case YAML_SCALAR_EVENT:
        isTaken = scalar(event);
        break;
    case YAML_SEQUENCE_START_EVENT:
        isTaken = begin(
            viewOf(event.data.sequence_start.anchor), viewOf(event.data.sequence_start.tag), false);
        break;
    case YAML_MAPPING_START_EVENT:
        isTaken = begin(
            viewOf(event.data.mapping_start.anchor), viewOf(event.data.mapping_start.tag), true);
        break;
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
        isTaken = end();
        break;
    case YAML_ALIAS_EVENT:
        isTaken = alias(viewOf(event.data.alias.anchor));
        break;
    default:
        break;
    }
    return isTaken && m_sink->good();
}

/// A value or a key is complete.
void YamlReader::valueWritten()
{
    if (!m_levels.empty() && m_levels.back().isMap)
        m_levels.back().isKeyNext = !m_levels.back().isKeyNext;
}

bool YamlReader::scalar(const yaml_event_s& event)
{
    const auto& scalar = event.data.scalar;
    const std::string_view text(reinterpret_cast<const char*>(scalar.value), scalar.length);
    const bool isPlain = scalar.style == YAML_PLAIN_SCALAR_STYLE && scalar.plain_implicit != 0;
    const auto name = nameOf(viewOf(scalar.tag));
    const auto from = m_sink->mark();
    const bool isKey = isKeyNext();
    if (isKey)
        scalarKey(text, isPlain || (!name.empty() && isResolvedTag(name)));
    else
        scalarValue(text, name, isPlain);
    // A key is a text, and a colon behind it.
    remember(viewOf(scalar.anchor), { from, m_sink->position() - (isKey ? 1 : 0), 1 });
    valueWritten();
    return true;
}

void YamlReader::scalarKey(std::string_view text, bool isPlain)
{
    if (!isPlain)
        return m_sink->key(text);
    const auto resolved = resolveYamlScalar(text);
    if (resolved.type == YamlScalar::Type::Text || resolved.type == YamlScalar::Type::Symbol)
        return m_sink->key(resolved.text);
    m_sink->lose(QT_TRANSLATE_NOOP("Encoding", "keys that are not texts are shown as texts"));
    m_sink->key(text);
}

void YamlReader::scalarValue(std::string_view text, std::string_view name, bool isPlain)
{
    if (isPlain || isResolvedTag(name))
        return writeYamlScalar(*m_sink, resolveYamlScalar(text));
    if (name.empty() || isTextTag(name))
        return m_sink->text(
            name.starts_with("!ruby/sym") && text.starts_with(':') ? text.substr(1) : text);
    if (name == "!ruby/object:BigDecimal")
        return writeBigDecimal(*m_sink, text);
    if (name == "binary" || name == "!binary") {
        const auto bytes = QByteArray::fromBase64(
            QByteArray::fromRawData(text.data(), static_cast<qsizetype>(text.size())));
        return m_sink->bytes({ bytes.constData(), static_cast<std::size_t>(bytes.size()) });
    }
    m_sink->beginObject();
    m_sink->key("__class");
    m_sink->text(classOf(name));
    m_sink->key("value");
    m_sink->text(text);
    m_sink->endObject();
}

bool YamlReader::begin(std::string_view anchor, std::string_view tag, bool isMap)
{
    Level level;
    level.isMap = isMap;
    level.isKeyNext = isMap;
    level.isKey = isKeyNext();
    level.anchor = anchor;
    if (level.isKey) {
        if (m_keys.size() == mostNestedKeys)
            return fail(QT_TRANSLATE_NOOP("Encoding", "keys of keys are nested too deep"));
        m_keys.emplace_back(std::make_unique<JsonSink>(m_sink->limits()), m_sink);
        m_sink = m_keys.back().first.get();
    }
    level.from = m_sink->mark();
    remember(anchor, { level.from, -1, 0 });
    level.outerDeepest = m_sink->deepest();
    m_sink->setDeepest(m_sink->depth());
    isMap ? m_sink->beginObject() : m_sink->beginArray();
    const auto name = nameOf(tag);
    if (isMap && !isPlainMap(name)) {
        m_sink->key("__class");
        m_sink->text(classOf(name));
    } else if (!isMap && name.size() > 1 && name != "seq" && !name.starts_with("!ruby/array")) {
        m_sink->lose(QT_TRANSLATE_NOOP("Encoding", "the tag of a sequence is not shown"));
    }
    m_levels.push_back(std::move(level));
    return true;
}

bool YamlReader::end()
{
    const Level level = std::move(m_levels.back());
    m_levels.pop_back();
    level.isMap ? m_sink->endObject() : m_sink->endArray();
    if (const auto found = m_anchors.find(level.anchor);
        found != m_anchors.end() && found->second.to < 0 && found->second.from == level.from) {
        found->second.to = m_sink->position();
        found->second.levels = m_sink->deepest() - m_sink->depth();
    }
    m_sink->setDeepest(std::max(m_sink->deepest(), level.outerDeepest));
    if (level.isKey) {
        m_keys.back().second->keyFrom(*m_keys.back().first);
        m_sink = m_keys.back().second;
        m_keys.pop_back();
    }
    valueWritten();
    return true;
}

bool YamlReader::alias(std::string_view name)
{
    const auto found = m_anchors.find(std::string(name));
    const bool isKey = isKeyNext();
    // What is in a key's own sink is out of reach.
    const bool isKnown = found != m_anchors.end() && found->second.to >= 0 && m_keys.empty();
    if (!isKnown) {
        m_sink->lose(
            QT_TRANSLATE_NOOP("Encoding", "a reference to what holds it is shown as its name"));
        if (isKey) {
            m_sink->key("$ref " + std::string(name));
        } else {
            m_sink->beginObject();
            m_sink->key("$ref");
            m_sink->text(name);
            m_sink->endObject();
        }
    } else if (!isKey) {
        m_sink->repeat(found->second.from, found->second.to, found->second.levels);
    } else {
        const std::string json(
            m_sink->written(found->second.from)
                .substr(0, static_cast<std::size_t>(found->second.to - found->second.from)));
        std::string text;
        const bool isText = json.starts_with('"')
            && plainTextOf(std::string_view(json).substr(1, json.size() - 2), text);
        m_sink->key(isText ? text : json);
    }
    valueWritten();
    return true;
}

void YamlReader::remember(std::string_view anchor, const Anchor& place)
{
    if (!anchor.empty() && m_keys.empty() && m_anchors.size() < mostAnchors)
        m_anchors.insert_or_assign(std::string(anchor), place);
}

namespace {

/// libyaml's parser, deleted whatever happens.
class Parser {
public:
    explicit Parser(std::string_view bytes)
    {
        m_ready = yaml_parser_initialize(&m_parser) != 0;
        if (m_ready)
            yaml_parser_set_input_string(
                &m_parser, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
    }
    ~Parser()
    {
        if (m_ready)
            yaml_parser_delete(&m_parser);
    }
    Q_DISABLE_COPY_MOVE(Parser)

    /// Gives each event to `take` until it gives false; false where the text is not YAML.
    template <class Take> bool run(Take take)
    {
        bool goesOn = m_ready;
        while (goesOn) {
            yaml_event_t event;
            if (yaml_parser_parse(&m_parser, &event) == 0)
                return false;
            goesOn = event.type != YAML_STREAM_END_EVENT && take(event);
            yaml_event_delete(&event);
        }
        return m_ready;
    }
    [[nodiscard]] Error fault(const QString& reason = {}) const
    {
        const auto& mark = reason.isEmpty() ? m_parser.problem_mark : m_parser.mark;
        return { ErrorCode::InvalidInput,
            EncodingText::tr("line %1, column %2: %3")
                .arg(QString::number(mark.line + 1), QString::number(mark.column + 1),
                    reason.isEmpty() ? QString::fromUtf8(m_parser.problem) : reason) };
    }

private:
    yaml_parser_t m_parser {};
    bool m_ready = false;
};

} // namespace

Result<void> readYaml(std::string_view bytes, JsonSink& sink)
{
    Parser parser(bytes);
    YamlReader reader(sink);
    if (!parser.run([&](const yaml_event_t& event) { return reader.take(event); }))
        return parser.fault();
    if (reader.problem() != nullptr)
        return parser.fault(EncodingText::tr(reader.problem()));
    if (!sink.good())
        return sink.problem();
    if (!reader.isComplete())
        return parser.fault(EncodingText::tr("there is no document"));
    return {};
}

} // namespace eventloupe
