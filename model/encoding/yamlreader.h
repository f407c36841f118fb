#pragma once

#include "encoding/jsonsink.h"

#include <memory>
#include <string>
#include <unordered_map>

struct yaml_event_s;

namespace eventloupe {

/// Writes the events of libyaml's parser, one document of them.
class YamlReader final {
public:
    explicit YamlReader(JsonSink& sink)
        : m_sink(&sink)
    {
    }
    /// False where reading is to stop: problem() or the sink tells why.
    bool take(const yaml_event_s& event);
    [[nodiscard]] const char* problem() const { return m_problem; }
    [[nodiscard]] bool isComplete() const { return m_documents == 1 && m_levels.empty(); }

private:
    /// A sequence or mapping that is being read.
    struct Level {
        bool isMap = false;
        bool isKeyNext = false;
        bool isKey = false; ///< It is a key itself, written into a sink of its own.
        int outerDeepest = 0;
        std::string anchor;
        qsizetype from = 0;
    };
    /// An anchored value as it was written.
    struct Anchor {
        qsizetype from = 0;
        qsizetype to = -1; ///< -1 while it is being written.
        int levels = 0;
    };

    bool fail(const char* reason);
    bool isKeyNext() const { return !m_levels.empty() && m_levels.back().isKeyNext; }
    void valueWritten();
    bool scalar(const yaml_event_s& event);
    void scalarKey(std::string_view text, bool isPlain);
    void scalarValue(std::string_view text, std::string_view name, bool isPlain);
    bool begin(std::string_view anchor, std::string_view tag, bool isMap);
    bool end();
    bool alias(std::string_view name);
    void remember(std::string_view anchor, const Anchor& place);

    JsonSink* m_sink; ///< The innermost of m_keys, or the one of the document.
    std::vector<std::pair<std::unique_ptr<JsonSink>, JsonSink*>> m_keys; ///< With what is outside.
    std::vector<Level> m_levels;
    std::unordered_map<std::string, Anchor> m_anchors;
    int m_documents = 0;
    std::size_t m_steps = 0; ///< The levels that each event stood in, summed up.
    const char* m_problem = nullptr;
};

} // namespace eventloupe
