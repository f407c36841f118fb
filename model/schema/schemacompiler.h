#pragma once

#include "schema/pattern.h"
#include "schema/schemagraph.h"

#include <deque>
#include <optional>
#include <unordered_map>
#include <unordered_set>

namespace eventloupe {

/// Turns a schema document, and those that it refers to, into nodes. The first fault ends the work
/// and is kept.
class SchemaCompiler {
public:
    /// What a keyword's factory is given: its value, and the schema object it stands in, for
    /// keywords that look at their neighbours (additionalProperties at properties).
    struct Source {
        const JsonValue& value;
        const JsonValue& schema;
        const char* name;
    };

    /// The whole document, or the error; `fault`, when given, receives its place and reason.
    static Result<std::shared_ptr<const SchemaGraph>> compile(
        const JsonValue& document, const SchemaOptions& options, SchemaViolation* fault = nullptr);

    /// A subschema below the present keyword; `path` are the tokens that lead from the keyword's
    /// value to it. It stands in the document itself, not in a copy. Never null; check
    /// failed() afterwards.
    const SchemaNode* subschema(const JsonValue& schema, const QList<QByteArray>& path);
    /// What the present keyword refers to, compiled later; null on a fault. `anchor`, when given,
    /// receives the name of the `$dynamicAnchor` that it leads to.
    const SchemaNode* reference(const QByteArray& text, QByteArray* anchor = nullptr);
    /// Notes that the present keyword needs to know what its neighbours evaluated.
    void trackEvaluated() { m_graph->tracksEvaluated = true; }
    [[nodiscard]] bool assertsFormats() const { return m_options.assertFormats; }
    /// Notes a fault at the keyword; `path` leads from the keyword's value to the culprit.
    void fail(const QString& message, const QList<QByteArray>& path = {});
    [[nodiscard]] bool failed() const { return m_fault.has_value(); }

    /// Checks of a keyword's value. Each notes a fault and returns nothing when it is another type.
    std::optional<qsizetype> count(const JsonValue& value);
    std::optional<QByteArray> text(const JsonValue& value);
    /// A pattern; `path` leads from the keyword's value to it. All of a schema's patterns together
    /// may take a second to read: a counted repeat of counted repeats takes long, and may stand
    /// there thousands of times.
    std::optional<Pattern> pattern(const QByteArray& source, const QList<QByteArray>& path = {});
    bool expectObject(const JsonValue& value);
    bool expectArray(const JsonValue& value);
    bool expectNumber(const JsonValue& value);
    /// An array of strings.
    std::optional<QList<QByteArray>> names(
        const JsonValue& value, const QList<QByteArray>& path = {});

private:
    /// A schema that waits: nobody around it compiles it.
    struct Waiting {
        SchemaNode* node;
        QList<QByteArray> from; ///< The reference in the first document that leads there.
    };

    /// What a resource's `$schema` says.
    struct Dialect {
        bool validates = true; ///< It has the vocabulary of `type`, `minimum` and their like.
        bool isOld = false; ///< An older draft, which is read as 2020-12.
    };

    explicit SchemaCompiler(const SchemaOptions& options);
    void run(const JsonValue& document);
    SchemaNode& nodeOf(const JsonValue& schema);
    void compileWaiting();
    void compileDynamicAnchors();
    void compileInto(SchemaNode& node);
    void compileKeywords(SchemaNode& node);
    void checkAnnotations(const JsonValue& schema);
    void refuseOldKeywords(const JsonValue& schema);
    Dialect dialectOf(int resource);
    Dialect readDialect(int resource);
    void findEndlessReference();
    void failEndless(const SchemaNode& node);

    const SchemaOptions& m_options;
    std::shared_ptr<SchemaGraph> m_graph;
    std::unordered_map<const JsonValue*, SchemaNode*> m_nodes;
    std::unordered_set<const SchemaNode*> m_compiled;
    std::deque<Waiting> m_waiting;
    QHash<int, Dialect> m_dialects; ///< By resource.
    bool m_usesDynamicAnchors = false;
    int m_seenResources = 0; ///< Whose dynamic anchors are nodes.
    /// Which schemas a schema puts to the same value.
    std::unordered_map<const SchemaNode*, std::vector<const SchemaNode*>> m_inPlace;

    SchemaNode* m_node = nullptr; ///< The schema that is compiled.
    QByteArray m_keyword; ///< Empty between keywords.
    QList<QByteArray> m_place; ///< In its document.
    QList<QByteArray> m_from; ///< The reference that led to another document.
    std::chrono::nanoseconds m_patternTime {}; ///< That reading patterns took.
    std::optional<SchemaViolation> m_fault;
};

} // namespace eventloupe
