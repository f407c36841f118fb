#pragma once

#include "domain/workspace.h"
#include "store/storeclient.h"
#include "watch/watchpoint.h"

#include <QObject>
#include <QTimer>

#include <memory>
#include <vector>

namespace eventloupe {

class WatchFollower;

/// A watch as a person has it: the expression and whose events.
struct WatchSetting {
    QString name; ///< Empty for one that is not kept.
    QString expression;
    WatchScope scope;

    friend bool operator==(const WatchSetting&, const WatchSetting&) = default;
};

/// Runs one watch over the open store, on its scan lane, and then on what is appended: its points
/// so far, in order, how far it is, and what failed. GUI thread.
class WatchRunner final : public QObject {
    Q_OBJECT

public:
    enum class State {
        Idle, ///< Not begun, or nothing is open.
        Running, ///< Over what the log holds.
        Following, ///< All was looked at; what is appended is, too.
        Cancelled, ///< By cancel(); what was found stays.
        Failed, ///< error() says why.
    };
    /// Points with all that is shown of them; of further ones the position alone is kept.
    static constexpr std::size_t mostDetailed = 100'000;
    /// And of further ones nothing: they are counted.
    static constexpr std::size_t mostPositions = 4'000'000;

    explicit WatchRunner(StoreClient& client, QObject* parent = nullptr);
    ~WatchRunner() override;

    /// Forgets what was found, and looks at the log by these rules. One that does not compile is
    /// an Error, and then nothing changes.
    Result<void> start(
        const WatchSetting& setting, const std::shared_ptr<const Workspace>& workspace);
    /// The same in two: begin() starts what was prepared, where a store is open.
    Result<void> prepare(
        const WatchSetting& setting, const std::shared_ptr<const Workspace>& workspace);
    void begin();
    /// Ends the run; what was found stays.
    void cancel();
    /// Forgets all, as when the store is closed.
    void reset();

    [[nodiscard]] const WatchSetting& setting() const { return m_setting; }
    /// Names the watch; an empty name makes it one that is not kept.
    void setName(const QString& name) { m_setting.name = name; }
    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] const QString& error() const { return m_error; }
    /// All points that were found.
    [[nodiscard]] qint64 count() const { return m_count; }
    [[nodiscard]] const std::vector<WatchPoint>& points() const { return m_points; }
    /// In order.
    [[nodiscard]] const std::vector<Position>& positions() const { return m_positions; }
    [[nodiscard]] const WatchFailures& failures() const { return m_failures; }
    /// All up to here was looked at.
    [[nodiscard]] Position doneTo() const { return m_doneTo; }
    [[nodiscard]] qint64 events() const { return m_events; }
    /// The first point behind a position, and the last before one; 0 where there is none.
    [[nodiscard]] Position next(Position position) const;
    [[nodiscard]] Position previous(Position position) const;

signals:
    /// What was found was forgotten.
    void restarted();
    /// Points from this index on are new.
    void pointsAdded(std::size_t first);
    /// state(), progress, failures or counts are others.
    void changed();

private:
    struct Feed;
    void run();
    void drain();
    void finish(const Result<WatchSummary>& summary);
    void followOn();
    void add(std::vector<WatchPoint>&& points, const std::vector<Position>& positions);
    void setState(State state);

    StoreClient& m_client;
    WatchSetting m_setting;
    WatchRequest m_request;
    std::shared_ptr<const Workspace> m_workspace;
    std::shared_ptr<Feed> m_feed; ///< What the worker found and was not taken yet.
    std::shared_ptr<WatchFollower> m_follower; ///< Used by jobs alone, one at a time.
    CancelToken m_token;
    QTimer m_drain;
    bool m_isFollowing = false; ///< A job is under way.
    State m_state = State::Idle;
    QString m_error;
    std::vector<WatchPoint> m_points;
    std::vector<Position> m_positions;
    qint64 m_count = 0;
    qint64 m_events = 0;
    Position m_doneTo = 0;
    WatchFailures m_failures;
};

} // namespace eventloupe
