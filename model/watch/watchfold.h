#pragma once

#include "domain/logevolver.h"
#include "watch/watchreach.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace eventloupe {

/// Looks at the events of streams, one after the other in order of a stream's versions, for the
/// points of a watch: folds what the expression needs of a state, and looks single fields up in
/// flat states and in the text of data, without a tree. One thread, with the tracks that it began.
class WatchFold {
public:
    WatchFold(const Evolver& evolver, const WatchRequest& request);
    ~WatchFold();
    Q_DISABLE_COPY_MOVE(WatchFold)

    /// A stream as far as it was looked at.
    struct Track {
        LogState state;
        const LogEvolver::Category* category = nullptr;
        std::string last; ///< The JSON of an outcome that is neither true nor false.
        WatchOutcome::Kind kind = WatchOutcome::Kind::Absent;
        bool isWatched = false; ///< The stream is in the scope.
        bool isBegun = false; ///< An event was looked at.
    };
    /// Before a stream's first event.
    void begin(Track& track, std::string_view stream);

    struct Type;
    /// What is known of an event type, valid as long as this.
    [[nodiscard]] const Type& type(std::string_view name);

    /// Folds and looks at an event, whose type is that; true where it is a point, which point()
    /// gives. The event has a stream's name. Failures are noted.
    [[nodiscard]] bool look(Track& track, const Type& type, const EventView& event);
    [[nodiscard]] WatchPoint point(const EventView& event) const;

    /// Events looked at.
    [[nodiscard]] qint64 events() const { return m_events; }
    [[nodiscard]] const WatchFailures& failures() const { return m_failures; }

private:
    struct Field;

    void addFields();
    void findInStates(const Track& track, bool isPrevious);
    bool findFields(const Track& track, const EventView& event);
    bool findInData(Field& field, const EventView& event) const;
    bool makeValue(std::size_t number, const EventView& event);
    WatchOutcome evaluate(const Track& track, const EventView& event);
    std::optional<WatchOutcome> evaluateFields(const EventView& event);
    std::optional<WatchOutcome> evaluateField();
    WatchOutcome evaluateWhole(const Track& track, const EventView& event);
    const Expression* variantFor(quint64 missing);
    bool isAsBefore(WatchOutcome::Kind kind);
    void note(const Track& track, const EventView& event, const WatchOutcome& outcome);
    [[nodiscard]] WatchOutcome lastOf(const Track& track) const;

    const Evolver& m_rules;
    const std::shared_ptr<const WatchExpression> m_expression;
    const WatchScope m_scope;
    const QByteArray m_scopeName;
    const WatchReach m_reach;
    LogEvolver m_evolver;
    ByBytes<std::unique_ptr<Type>> m_types;
    std::vector<Field> m_fields; ///< Empty where the expression is evaluated over whole values.
    bool m_hasFields = false;
    bool m_isField = false; ///< The expression is the one field.
    bool m_readsEvents = false; ///< Data or event.
    bool m_givesOther = false; ///< Values were neither true nor false so far.
    std::vector<std::pair<quint64, Expression>> m_variants;
    std::vector<Value> m_values; ///< state, data, event, previous, then the fields.
    std::string m_previous; ///< JSON of the state before the event at hand, where it is needed.
    QByteArray m_upcastData; ///< Of the event at hand.
    WatchOutcome m_before; ///< Of the last point.
    WatchOutcome m_now;
    qint64 m_events = 0;
    WatchFailures m_failures;
};

} // namespace eventloupe
