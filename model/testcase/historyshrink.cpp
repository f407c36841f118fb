#include "testcase/historyshrink.h"

#include "domain/decider.h"
#include "diff/jsondifference.h"
#include "testcase/findtestcase.h"
#include "testcase/testcasetext.h"
#include "value/json.h"

#include <algorithm>

namespace eventloupe {

namespace {

/// Whether a state leads to the outcome of a test case.
class Outcome {
public:
    Outcome(const Evolver& evolver, const TestCase& testCase)
        : m_evolver(evolver)
        , m_case(testCase)
        , m_decider(evolver.workspace())
        , m_command(evolver.workspace()->command(testCase.command))
        , m_context { testCase.now, QStringLiteral("00000000-0000-7000-8000-000000000001"),
            testCase.actor, QStringLiteral("example"), {} }
    {
    }

    [[nodiscard]] bool holds(const AggregateState& state) const
    {
        if (!state.failure.isEmpty())
            return false;
        if (!m_command)
            return holdsFolded(state);
        const auto decision = m_decider.decide(*m_command, m_case.data, state, m_context);
        if (!decision)
            return false;
        if (const auto* rejected = std::get_if<Rejected>(&*decision))
            return m_case.rejection == rejected->message;
        return !m_case.rejection && isExpected(std::get<Accepted>(*decision).events);
    }

private:
    [[nodiscard]] bool holdsFolded(AggregateState state) const
    {
        for (const Event& event : m_case.when)
            foldNext(m_evolver, event, state);
        const auto isSame = [&state](const Example::Field& field) {
            const JsonValue* found = field.place.resolve(state.value);
            return isExpectedJson(field.value, found ? *found : JsonValue());
        };
        return state.failure.isEmpty() && state.exists == m_case.exists
            && std::all_of(m_case.state.cbegin(), m_case.state.cend(), isSame);
    }

    [[nodiscard]] bool isExpected(const QList<NewEvent>& events) const
    {
        if (events.size() != m_case.events.size())
            return false;
        for (qsizetype i = 0; i < events.size(); ++i) {
            const auto data = parseStoredJson(viewOf(events.at(i).data));
            if (!data || events.at(i).type != m_case.events.at(i).type
                || !findDifferences(m_case.events.at(i).data, *data, isExpectedJson).isEmpty())
                return false;
        }
        return true;
    }

    const Evolver& m_evolver;
    const TestCase& m_case;
    Decider m_decider;
    const CommandDefinition* m_command;
    CommandContext m_context;
};

class Shrinker {
public:
    Shrinker(const Evolver& evolver, const TestCase& testCase, const CancelToken& cancel,
        qint64 mostFolds)
        : m_evolver(evolver)
        , m_outcome(evolver, testCase)
        , m_cancel(cancel)
        , m_foldsLeft(mostFolds)
        , m_kept(testCase.given)
    {
        m_states.push_back(evolver.initialState(categoryOf(testCase.stream)));
        for (const Event& event : m_kept) {
            if (cancel.isCancelled())
                return;
            m_states.push_back(m_states.back());
            foldNext(m_evolver, event, m_states.back());
        }
    }

    [[nodiscard]] bool holds() const { return m_outcome.holds(m_states.back()); }
    [[nodiscard]] bool isStopped() const { return m_cancel.isCancelled() || m_foldsLeft <= 0; }
    [[nodiscard]] std::vector<Event>& kept() { return m_kept; }

    /// Tries each piece of so many events, from the end; whether one could go.
    bool pass(std::size_t size)
    {
        bool isChanged = false;
        std::size_t end = m_kept.size();
        while (end > 0 && !isStopped()) {
            const std::size_t begin = end > size ? end - size : 0;
            isChanged = leaveOut(begin, end) || isChanged;
            end = begin;
        }
        return isChanged;
    }

    /// Whether the outcome is the same without these; then they are gone.
    bool leaveOut(std::size_t begin, std::size_t end)
    {
        std::vector<AggregateState> later { m_states[begin] };
        for (std::size_t i = end; i < m_kept.size(); ++i) {
            if (isStopped())
                return false;
            later.push_back(later.back());
            foldNext(m_evolver, m_kept[i], later.back());
            --m_foldsLeft;
        }
        --m_foldsLeft;
        if (!m_outcome.holds(later.back()))
            return false;
        const auto at = [](std::size_t place) { return static_cast<std::ptrdiff_t>(place); };
        m_kept.erase(m_kept.begin() + at(begin), m_kept.begin() + at(end));
        m_states.resize(begin);
        m_states.insert(m_states.end(), std::make_move_iterator(later.begin()),
            std::make_move_iterator(later.end()));
        return true;
    }

private:
    const Evolver& m_evolver;
    Outcome m_outcome;
    const CancelToken& m_cancel;
    qint64 m_foldsLeft;
    std::vector<Event> m_kept;
    std::vector<AggregateState> m_states; ///< After so many of the kept events.
};

} // namespace

Result<TestCase> shrinkHistory(const Evolver& evolver, const TestCase& testCase,
    const CancelToken& cancel, const Progress& progress, qint64 mostFolds)
{
    Shrinker shrinker(evolver, testCase, cancel, mostFolds);
    const Error cancelled { ErrorCode::Cancelled, TestCaseText::tr("cancelled") };
    if (cancel.isCancelled())
        return cancelled;
    if (!shrinker.holds()) {
        return Error { ErrorCode::Unsupported,
            TestCaseText::tr("the history cannot be shortened: replaying all of it does not give "
                             "what is recorded, by this workspace's definitions") };
    }
    std::size_t size = testCase.given.size();
    int rounds = 1;
    for (std::size_t rest = size; rest > 1; rest /= 2)
        ++rounds;
    progress.begin(Progress::Phase::Working, rounds);
    for (int round = 1; size > 0 && !shrinker.isStopped(); size /= 2) {
        shrinker.pass(size);
        progress.setDone(round++);
    }
    // Leaving one out may let another go.
    bool isShortest = shrinker.kept().empty();
    while (!shrinker.isStopped() && !isShortest)
        isShortest = !shrinker.pass(1);
    if (cancel.isCancelled())
        return cancelled;
    TestCase shorter = testCase;
    shorter.given = std::move(shrinker.kept());
    shorter.isShortest = isShortest && !shrinker.isStopped();
    if (!shorter.isShortest)
        shorter.notes.append(TestCaseText::tr("Shortening was ended early: more may be left out."));
    prove(evolver.workspace(), shorter);
    return shorter;
}

} // namespace eventloupe
