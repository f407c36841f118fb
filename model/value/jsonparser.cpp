#include "value/event.h"
#include "value/json.h"
#include "value/jsonnumber.h"
#include "value/keycache.h"

#include <QCoreApplication>

#include <simdjson.h>

#include <cstring>

namespace eventloupe {

namespace {

namespace ondemand = simdjson::ondemand;
using simdjson::error_code;

Error damaged(error_code code)
{
    return { ErrorCode::InvalidInput,
        QCoreApplication::translate("Json", "the text is not JSON: %1")
            .arg(QString::fromUtf8(simdjson::error_message(code))) };
}

/// A container that is being read. Its children so far lie on the builder's shelves.
struct Frame {
    ondemand::array_iterator element;
    ondemand::array_iterator elementEnd;
    ondemand::object_iterator member;
    ondemand::object_iterator memberEnd;
    std::size_t shelfStart = 0;
    bool isObject = false;
};

/// Builds our tree from simdjson's cursor with a stack of its own. One a thread: parser, text
/// copy and shelves keep their memory from one payload to the next.
class TreeBuilder {
public:
    Result<JsonValue> build(std::string_view text)
    {
        m_text.resize(text.size() + simdjson::SIMDJSON_PADDING);
        std::memcpy(m_text.data(), text.data(), text.size());
        std::memset(m_text.data() + text.size(), ' ', simdjson::SIMDJSON_PADDING);
        JsonValue root;
        const error_code code = read(text.size(), root);
        reset();
        if (code != simdjson::SUCCESS) {
            return damaged(code);
        }
        return root;
    }

private:
    error_code read(std::size_t length, JsonValue& root)
    {
        const simdjson::padded_string_view padded(m_text.data(), length, m_text.size());
        if (m_parser.capacity() < length) {
            if (const auto code = m_parser.allocate(length, maximumJsonDepth + 8)) {
                return code;
            }
        }
        ondemand::document document;
        if (const auto code = m_parser.iterate(padded).get(document)) {
            return code;
        }
        if (const auto code = begin(document, root)) {
            return code;
        }
        while (!m_frames.empty()) {
            if (const auto code = step(root)) {
                return code;
            }
        }
        const bool atEnd = document.current_location().error() == simdjson::OUT_OF_BOUNDS;
        return atEnd ? simdjson::SUCCESS : simdjson::TRAILING_CONTENT;
    }

    /// A scalar goes into `target`; a container becomes the top frame.
    template <class Source> error_code begin(Source& source, JsonValue& target)
    {
        ondemand::json_type type {};
        if (const auto code = source.type().get(type)) {
            return code;
        }
        switch (type) {
        case ondemand::json_type::object:
            return beginObject(source);
        case ondemand::json_type::array:
            return beginArray(source);
        case ondemand::json_type::string: {
            std::string_view text;
            const auto code = source.get_string().get(text);
            target = JsonValue::fromString(toBytes(text));
            return code;
        }
        case ondemand::json_type::number:
            return readNumber(source, target);
        case ondemand::json_type::boolean: {
            bool value = false;
            const auto code = source.get_bool().get(value);
            target = JsonValue::fromBool(value);
            return code;
        }
        case ondemand::json_type::null:
            return readNull(source);
        }
        return simdjson::INCORRECT_TYPE;
    }

    template <class Source> static error_code readNull(Source& source)
    {
        bool null = false;
        const auto code = simdjson::simdjson_result<bool>(source.is_null()).get(null);
        return code != simdjson::SUCCESS ? code : null ? simdjson::SUCCESS : simdjson::N_ATOM_ERROR;
    }

    template <class Source> static error_code readNumber(Source& source, JsonValue& target)
    {
        std::string_view token;
        if (const auto code
            = simdjson::simdjson_result<std::string_view>(source.raw_json_token()).get(token)) {
            return code;
        }
        const auto end = token.find_last_not_of(" \t\r\n");
        auto number = parseJsonNumber(token.substr(0, end + 1));
        if (!number) {
            return simdjson::NUMBER_ERROR;
        }
        target = *std::move(number);
        return simdjson::SUCCESS;
    }

    error_code beginObject(auto& source)
    {
        ondemand::object object;
        if (const auto code = source.get_object().get(object)) {
            return code;
        }
        Frame frame;
        frame.isObject = true;
        frame.shelfStart = m_members.size();
        if (const auto code = object.begin().get(frame.member)) {
            return code;
        }
        return push(frame, object.end().get(frame.memberEnd));
    }

    error_code beginArray(auto& source)
    {
        ondemand::array array;
        if (const auto code = source.get_array().get(array)) {
            return code;
        }
        Frame frame;
        frame.shelfStart = m_elements.size();
        if (const auto code = array.begin().get(frame.element)) {
            return code;
        }
        return push(frame, array.end().get(frame.elementEnd));
    }

    error_code push(const Frame& frame, error_code code)
    {
        if (m_frames.size() == maximumJsonDepth) {
            return simdjson::DEPTH_ERROR;
        }
        m_frames.push_back(frame);
        return code;
    }

    error_code step(JsonValue& root)
    {
        return m_frames.back().isObject ? stepObject(root) : stepArray(root);
    }

    error_code stepObject(JsonValue& root)
    {
        Frame& frame = m_frames.back();
        if (!(frame.member != frame.memberEnd)) {
            const auto start = m_members.begin() + static_cast<std::ptrdiff_t>(frame.shelfStart);
            std::vector<JsonValue::Member> members(
                std::make_move_iterator(start), std::make_move_iterator(m_members.end()));
            m_members.erase(start, m_members.end());
            return finish(JsonValue::fromMembers(std::move(members)), root);
        }
        ondemand::field field;
        if (const auto code = (*frame.member).get(field)) {
            return code;
        }
        std::string_view key;
        if (const auto code = field.unescaped_key().get(key)) {
            return code;
        }
        m_members.push_back({ m_keys(key), {} });
        ondemand::value value = field.value();
        return beginChild(value, m_members.back().value);
    }

    error_code stepArray(JsonValue& root)
    {
        Frame& frame = m_frames.back();
        if (!(frame.element != frame.elementEnd)) {
            const auto start = m_elements.begin() + static_cast<std::ptrdiff_t>(frame.shelfStart);
            std::vector<JsonValue> elements(
                std::make_move_iterator(start), std::make_move_iterator(m_elements.end()));
            m_elements.erase(start, m_elements.end());
            return finish(JsonValue::fromElements(std::move(elements)), root);
        }
        ondemand::value value;
        if (const auto code = (*frame.element).get(value)) {
            return code;
        }
        m_elements.emplace_back();
        return beginChild(value, m_elements.back());
    }

    /// A scalar is complete at once; a container moves its parent on when it is finished.
    error_code beginChild(ondemand::value& value, JsonValue& target)
    {
        const std::size_t depth = m_frames.size();
        const auto code = begin(value, target);
        if (m_frames.size() == depth) {
            advance();
        }
        return code;
    }

    error_code finish(JsonValue container, JsonValue& root)
    {
        m_frames.pop_back();
        if (m_frames.empty()) {
            root = std::move(container);
            return simdjson::SUCCESS;
        }
        (m_frames.back().isObject ? m_members.back().value : m_elements.back())
            = std::move(container);
        advance();
        return simdjson::SUCCESS;
    }

    void advance()
    {
        Frame& frame = m_frames.back();
        if (frame.isObject) {
            ++frame.member;
        } else {
            ++frame.element;
        }
    }

    /// Drops what a failure left on the shelves, and the memory that a large text took.
    void reset()
    {
        constexpr std::size_t keptBytes = 1 << 20;
        m_frames.clear();
        m_members.clear();
        m_elements.clear();
        if (m_text.size() > keptBytes) {
            m_text = {};
            m_parser = ondemand::parser();
            m_members.shrink_to_fit();
            m_elements.shrink_to_fit();
        }
    }

    ondemand::parser m_parser;
    std::vector<char> m_text;
    std::vector<Frame> m_frames;
    std::vector<JsonValue::Member> m_members;
    std::vector<JsonValue> m_elements;
    KeyCache m_keys;
};

/// A text whose only value is a scalar: simdjson's cursor is for containers.
Result<JsonValue> parseScalar(std::string_view text)
{
    if (const auto valid = validateJson(text); !valid) {
        return valid.error();
    }
    constexpr std::string_view space = " \t\r\n";
    const auto first = text.find_first_not_of(space);
    const auto token = text.substr(first, text.find_last_not_of(space) - first + 1);
    switch (token.front()) {
    case 't':
    case 'f':
        return JsonValue::fromBool(token.front() == 't');
    case 'n':
        return JsonValue();
    default:
        return *parseJsonNumber(token);
    }
}

} // namespace

Result<JsonValue> parseJson(std::string_view text)
{
    if (const auto valid = validateJson(text); !valid) {
        return valid.error();
    }
    return parseStoredJson(text);
}

Result<JsonValue> parseStoredJson(std::string_view text)
{
    thread_local TreeBuilder builder;
    const auto first = text.find_first_not_of(" \t\r\n");
    const char start = first == std::string_view::npos ? ' ' : text[first];
    if (start == '{' || start == '[' || start == '"') {
        return builder.build(text);
    }
    return parseScalar(text);
}

} // namespace eventloupe
