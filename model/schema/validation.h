#pragma once

#include "schema/pattern.h"
#include "schema/schema.h"

#include <QCoreApplication>

#include <optional>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace eventloupe {

class SchemaNode;
struct SchemaGraph;

/// The translation context of every message of this room.
struct SchemaText {
    Q_DECLARE_TR_FUNCTIONS(Schema)
};

/// One pass of a value through a schema: what was found, and where the pass is.
///
/// A pass is bounded: in depth, in steps (by the size of the value), and in the time that patterns
/// take. Over a bound it ends at once, and all that it has found is that.
class Validation {
public:
    /// A value of a hundred thousand wrong rows is told by its first ones.
    static constexpr qsizetype maximumViolations = 1000;
    /// Schemas within schemas, over all levels of the value.
    static constexpr int maximumDepth = 4000;

    Validation(const SchemaGraph& graph, const JsonValue& value);
    Q_DISABLE_COPY_MOVE(Validation)

    /// Goes into a member or element of the value, and out again when it is destroyed.
    class Step {
    public:
        Step(Validation& validation, const QByteArray& key);
        Step(Validation& validation, std::size_t index);
        ~Step();
        Q_DISABLE_COPY_MOVE(Step)

    private:
        Validation& m_validation;
        std::unordered_set<const JsonValue*>* m_outer;
    };
    class Visit;
    class Trial;

    void report(const char* keyword, const QString& message);
    /// The same for a member of the present value.
    void reportMember(const QByteArray& member, const char* keyword, const QString& message);
    /// The same with what each alternative has against the value.
    void reportAlternatives(
        const char* keyword, const QString& message, QList<QList<SchemaViolation>> alternatives);
    /// Ends the pass with this as its only finding.
    void giveUp(const char* keyword, const QString& message);
    [[nodiscard]] bool isOver() const { return m_end.has_value(); }
    /// Counts steps; false when there were too many.
    bool spend(qint64 steps);
    /// True where the pattern matches; a costly one ends the pass.
    [[nodiscard]] bool matches(const Pattern& pattern, const QString& text, const char* keyword);
    /// Whether a text of the value is a pattern itself; those that take long to read end the pass.
    [[nodiscard]] bool readsAsPattern(bool (*reads)(std::string_view), std::string_view text);

    /// Notes that a member or element of the present value is evaluated (Core, section 11).
    void markEvaluated(const JsonValue& child);
    /// Whether somebody asks.
    [[nodiscard]] bool tracksEvaluated() const { return m_evaluated != nullptr; }
    [[nodiscard]] bool isEvaluated(const JsonValue& child) const;

    /// The node that `$dynamicAnchor` of that name stands for here: the outermost, or nullptr.
    [[nodiscard]] const SchemaNode* dynamicTarget(const QByteArray& anchor) const;
    /// How many tokens lead to the present value.
    [[nodiscard]] qsizetype depth() const { return static_cast<qsizetype>(m_place.size()); }

    /// What was found.
    [[nodiscard]] QList<SchemaViolation> takeViolations();

private:
    struct Token {
        const QByteArray* key = nullptr; ///< Of a member; null for an element.
        std::size_t index = 0;
    };
    [[nodiscard]] SchemaViolation violation(const char* keyword, const QString& message) const;

    const SchemaGraph& m_graph;
    const JsonValue& m_value; ///< The whole.
    std::vector<Token> m_place;
    QList<SchemaViolation> m_violations;
    qint64 m_failures = 0; ///< Violations, those over the maximum included.
    std::optional<SchemaViolation> m_end;
    const SchemaNode* m_node = nullptr;
    std::vector<int> m_scope; ///< The resources that were entered, outermost first.
    /// What is evaluated of the present value; null where nobody asks.
    std::unordered_set<const JsonValue*>* m_evaluated = nullptr;
    int m_depth = 0;
    qint64 m_steps = 0;
    qint64 m_mostSteps;
    bool m_isCounted = false; ///< The value's size is in m_mostSteps.
    qint64 m_patternTime = 0; ///< ns
};

/// Goes into a schema at the present value, and out again when it is destroyed.
class Validation::Visit {
public:
    Visit(Validation& validation, const SchemaNode& node);
    ~Visit();
    Q_DISABLE_COPY_MOVE(Visit)

private:
    Validation& m_validation;
    const SchemaNode* m_outerNode;
    std::unordered_set<const JsonValue*>* m_outerEvaluated;
    std::unordered_set<const JsonValue*> m_evaluated;
    bool m_entersResource;
};

/// Tries a schema: what it finds is the trial's own, and what it evaluated counts when it fits.
class Validation::Trial {
public:
    explicit Trial(Validation& validation);
    ~Trial();
    Q_DISABLE_COPY_MOVE(Trial)

    [[nodiscard]] bool fits() const { return m_validation.m_failures == m_failures; }
    [[nodiscard]] const QList<SchemaViolation>& violations() const
    {
        return m_validation.m_violations;
    }

private:
    Validation& m_validation;
    QList<SchemaViolation> m_violations;
    qint64 m_failures;
    std::unordered_set<const JsonValue*>* m_outerEvaluated;
    std::unordered_set<const JsonValue*> m_evaluated;
};

} // namespace eventloupe
