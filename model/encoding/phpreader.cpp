#include "encoding/phpreader.h"

#include "encoding/json5text.h"
#include "encoding/readers.h"

#include <limits>

namespace eventloupe {

namespace {

constexpr std::size_t mostSlots = 1'000'000;

/// The name of a property without PHP's marks for the private ("\0Class\0name") and the protected
/// ones ("\0*\0name").
std::string_view propertyName(std::string_view key)
{
    if (!key.starts_with('\0'))
        return key;
    const auto end = key.find('\0', 1);
    return end == std::string_view::npos ? key : key.substr(end + 1);
}

} // namespace

PhpReader::PhpReader(std::string_view bytes)
    : m_cursor(bytes)
    , m_bytes(bytes)
    , m_hasReferences(
          bytes.find("R:") != std::string_view::npos || bytes.find("r:") != std::string_view::npos)
{
}

Result<void> PhpReader::read(JsonSink& sink)
{
    JsonSink nowhere(sink.limits());
    nowhere.setSilent();
    const bool isRead = value(nowhere);
    if (!isRead || !m_cursor.isAtEnd())
        return m_cursor.outcome(nowhere);
    m_cursor = ByteCursor(m_bytes);
    m_isSurvey = false;
    m_arrays = 0;
    m_values = 0;
    value(sink);
    return m_cursor.outcome(sink);
}

bool PhpReader::value(JsonSink& sink)
{
    m_levels.clear();
    do {
        if (!m_levels.empty()) {
            --m_levels.back().left;
            if (!key(sink))
                return false;
        }
        if (!item(sink) || !sink.good() || !endLevels(sink))
            return false;
    } while (!m_levels.empty());
    return sink.good();
}

bool PhpReader::endLevels(JsonSink& sink)
{
    while (!m_levels.empty() && m_levels.back().left == 0) {
        if (!expect('}'))
            return false;
        const Level level = m_levels.back();
        m_levels.pop_back();
        level.shape == Shape::List ? sink.endArray() : sink.endObject();
        if (m_hasReferences) {
            closeSlot(sink, level.slot, sink.deepest() - sink.depth());
            sink.setDeepest(std::max(sink.deepest(), level.outerDeepest));
        }
    }
    return true;
}

bool PhpReader::key(JsonSink& sink)
{
    Level& level = m_levels.back();
    std::string_view text;
    std::string unescaped;
    bool isNext = false;
    if (m_cursor.take('i')) {
        if (!expect(':') || !takeUntil(';', text))
            return false;
        isNext = text == std::to_string(level.next++);
        if (std::string number; !json5Number(text, number))
            return m_cursor.fail(QT_TRANSLATE_NOOP("Encoding", "this is no number"));
    } else if (m_cursor.take('s')) {
        if (!expect(':') || !takeString(text) || !expect(';'))
            return false;
    } else if (m_cursor.take('S')) {
        if (!expect(':') || !takeEscapedString(unescaped) || !expect(';'))
            return false;
        text = unescaped;
    } else {
        return m_cursor.fail(QT_TRANSLATE_NOOP("Encoding", "a key is expected"));
    }
    if (m_isSurvey && !isNext && level.shape == Shape::List)
        m_isList[level.number] = false;
    if (level.shape != Shape::List)
        sink.key(level.shape == Shape::Object ? propertyName(text) : text);
    return true;
}

bool PhpReader::item(JsonSink& sink)
{
    if (m_cursor.isAtEnd())
        return m_cursor.failAtEnd();
    const char type = m_cursor.rest().front();
    const auto slot = m_values;
    if (type != 'R')
        openSlot(sink);
    m_cursor.take(type);
    if (type == 'N') {
        sink.null();
    } else if (!expect(':')) {
        return false;
    } else if (type == 'a') {
        return beginArray(sink);
    } else if (type == 'O') {
        return beginObject(sink);
    } else if (type == 'C') {
        if (!customObject(sink))
            return false;
        closeSlot(sink, slot, 1);
        return true;
    } else if (type == 'E') {
        if (!enumCase(sink))
            return false;
        closeSlot(sink, slot, 1);
    } else if (type == 'r' || type == 'R') {
        if (!reference(sink, type))
            return false;
    } else if (!scalar(sink, type)) {
        return false;
    }
    if (type != 'R' && type != 'r')
        closeSlot(sink, slot, type == 'E' ? 1 : 0);
    return expect(';');
}

bool PhpReader::scalar(JsonSink& sink, char type)
{
    std::string_view text;
    std::string unescaped;
    switch (type) {
    case 'b':
        if (!m_cursor.isNext('0') && !m_cursor.isNext('1'))
            return m_cursor.fail(QT_TRANSLATE_NOOP("Encoding", "a boolean must be 0 or 1"));
        m_cursor.take(1, text);
        sink.boolean(text == "1");
        return true;
    case 'i':
    case 'd':
        return number(sink, type);
    case 's':
        if (!takeString(text))
            return false;
        sink.text(text);
        return true;
    case 'S':
        if (!takeEscapedString(unescaped))
            return false;
        sink.text(unescaped);
        return true;
    default:
        return m_cursor.fail(QT_TRANSLATE_NOOP("Encoding", "no value of PHP begins so"));
    }
}

bool PhpReader::number(JsonSink& sink, char type)
{
    const auto start = m_cursor.at();
    const auto size = m_cursor.rest().find(';');
    std::string_view text;
    std::string number;
    if (size == std::string_view::npos)
        return m_cursor.failAtEnd();
    m_cursor.take(size, text);
    constexpr auto infinity = std::numeric_limits<double>::infinity();
    if (type == 'd' && text == "NAN") {
        sink.real(std::numeric_limits<double>::quiet_NaN());
    } else if (type == 'd' && (text == "INF" || text == "-INF")) {
        sink.real(text == "INF" ? infinity : -infinity);
    } else if (json5Number(text, number)
        && (type == 'd' || text.find_first_of(".eExX") == std::string_view::npos)) {
        sink.spelled(number);
    } else {
        m_cursor.goBackTo(start);
        return m_cursor.fail(QT_TRANSLATE_NOOP("Encoding", "this is no number"));
    }
    return true;
}

bool PhpReader::beginArray(JsonSink& sink)
{
    Level level;
    level.number = m_arrays++;
    level.slot = m_values - 1;
    if (!takeCount(level.left) || !expect(':') || !expect('{'))
        return false;
    if (m_isSurvey)
        m_isList.push_back(true);
    level.shape = m_isList[level.number] ? Shape::List : Shape::Map;
    level.outerDeepest = sink.deepest();
    if (m_hasReferences)
        sink.setDeepest(sink.depth());
    level.shape == Shape::List ? sink.beginArray() : sink.beginObject();
    m_levels.push_back(level);
    return true;
}

bool PhpReader::beginObject(JsonSink& sink)
{
    Level level;
    level.shape = Shape::Object;
    level.slot = m_values - 1;
    std::string_view name;
    if (!takeString(name) || !expect(':') || !takeCount(level.left) || !expect(':') || !expect('{'))
        return false;
    level.outerDeepest = sink.deepest();
    if (m_hasReferences)
        sink.setDeepest(sink.depth());
    sink.beginObject();
    sink.key("__class");
    sink.text(name);
    m_levels.push_back(level);
    return true;
}

/// C:8:"Acme\Box":3:{...}, what a class's own serialize() gave.
bool PhpReader::customObject(JsonSink& sink)
{
    std::string_view name;
    std::string_view data;
    quint64 size = 0;
    if (!takeString(name) || !expect(':') || !takeCount(size) || !expect(':') || !expect('{')
        || !m_cursor.take(size, data) || !expect('}'))
        return false;
    sink.beginObject();
    sink.key("__class");
    sink.text(name);
    sink.key("data");
    sink.text(data);
    sink.endObject();
    return true;
}

/// E:11:"Suit:Hearts";
bool PhpReader::enumCase(JsonSink& sink)
{
    std::string_view text;
    if (!takeString(text))
        return false;
    const auto colon = std::min(text.find(':'), text.size());
    sink.beginObject();
    sink.key("__class");
    sink.text(text.substr(0, colon));
    sink.key("name");
    sink.text(text.substr(std::min(colon + 1, text.size())));
    sink.endObject();
    return true;
}

bool PhpReader::reference(JsonSink& sink, char type)
{
    quint64 number = 0;
    if (!takeCount(number))
        return false;
    if (m_isSurvey)
        return true;
    // A reference to an object takes a number of its own, but is none to refer to.
    const auto known = m_values - (type == 'r' ? 1 : 0);
    if (number == 0 || number > known)
        return m_cursor.fail(QT_TRANSLATE_NOOP("Encoding", "there is no value of that number"));
    if (number <= m_slots.size() && m_slots[number - 1].to >= 0) {
        const Slot slot = m_slots[number - 1];
        sink.repeat(slot.from, slot.to, slot.levels);
        return true;
    }
    sink.lose(QT_TRANSLATE_NOOP("Encoding", "a reference to what holds it is shown as its number"));
    sink.beginObject();
    sink.key("$ref");
    sink.natural(number);
    sink.endObject();
    return true;
}

bool PhpReader::expect(char c)
{
    if (m_cursor.take(c))
        return true;
    if (m_cursor.isAtEnd())
        return m_cursor.failAtEnd();
    return m_cursor.fail(QT_TRANSLATE_NOOP("Encoding", "this is not as PHP writes it"));
}

bool PhpReader::takeCount(quint64& count)
{
    const auto rest = m_cursor.rest();
    const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), count);
    std::string_view digits;
    if (error != std::errc())
        return m_cursor.fail(QT_TRANSLATE_NOOP("Encoding", "a count is expected"));
    return m_cursor.take(static_cast<quint64>(end - rest.data()), digits);
}

bool PhpReader::takeUntil(char end, std::string_view& text)
{
    const auto size = m_cursor.rest().find(end);
    if (size == std::string_view::npos)
        return m_cursor.failAtEnd();
    return m_cursor.take(size, text) && expect(end);
}

bool PhpReader::takeString(std::string_view& text)
{
    quint64 size = 0;
    return takeCount(size) && expect(':') && expect('"') && m_cursor.take(size, text)
        && expect('"');
}

/// Its size counts characters; what is not ASCII is written as "\ff".
bool PhpReader::takeEscapedString(std::string& text)
{
    quint64 size = 0;
    if (!takeCount(size) || !expect(':') || !expect('"'))
        return false;
    for (std::string_view part; size > 0; --size) {
        if (m_cursor.take('\\')) {
            if (!m_cursor.take(2, part))
                return false;
            quint8 byte = 0;
            const auto [end, error] = std::from_chars(part.data(), part.data() + 2, byte, 16);
            if (error != std::errc() || end != part.data() + 2)
                return m_cursor.fail(QT_TRANSLATE_NOOP("Encoding", "this escape is none"));
            text += static_cast<char>(byte);
        } else if (m_cursor.take(1, part)) {
            text += part;
        } else {
            return false;
        }
    }
    return expect('"');
}

/// Every value but a reference by R has the next number.
void PhpReader::openSlot(JsonSink& sink)
{
    ++m_values;
    if (m_hasReferences && !m_isSurvey && m_slots.size() < mostSlots)
        m_slots.push_back({ sink.mark(), -1, 0 });
}

void PhpReader::closeSlot(JsonSink& sink, std::size_t slot, int levels)
{
    if (slot < m_slots.size()) {
        m_slots[slot].to = sink.position();
        m_slots[slot].levels = levels;
    }
}

Result<void> readPhp(std::string_view bytes, JsonSink& sink)
{
    return PhpReader(bytes).read(sink);
}

} // namespace eventloupe
