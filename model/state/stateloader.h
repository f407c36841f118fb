#pragma once

#include "domain/workspace.h"
#include "state/stateview.h"
#include "state/subject.h"
#include "time/replayer.h"

#include <QObject>
#include <QTimer>

namespace eventloupe {

/// Loads the subject's state at the frame's position, as a part of the frame. A long stream is
/// folded in slices that follow the frame: until they are done the view says how far they are.
/// When the cursor rests on a long stream, it is folded on to its head, so that every version of
/// it is near a checkpoint. GUI thread; folds on the store's interactive lane.
class StateLoader final : public QObject, public FramePart {
    Q_OBJECT

public:
    /// Events that are folded in one: some milliseconds, which is what a frame waits for at most.
    static constexpr qint64 eventsPerSlice = 1'000;

    StateLoader(
        StoreClient& client, CursorFrame& frame, Subject& subject, QObject* parent = nullptr);
    ~StateLoader() override;

    /// Folds by these definitions from now on, and loads again.
    void setWorkspace(const std::shared_ptr<const Workspace>& workspace);

    /// The newest that was loaded; never null.
    [[nodiscard]] const std::shared_ptr<const StateView>& view() const { return m_view; }
    /// For jobs on the interactive lane that show more of the same streams; another one from the
    /// next setWorkspace() on. Its states have blame.
    [[nodiscard]] std::shared_ptr<Replayer> replayer() const { return m_replayer; }
    /// The checkpoints that are kept for it.
    [[nodiscard]] const CheckpointFigures& checkpoints() const { return m_replayer->figures(); }

    [[nodiscard]] Read prepare(Position position) override;

signals:
    void stateChanged(const std::shared_ptr<const eventloupe::StateView>& view);
    void failed(const eventloupe::Error& error);

private:
    struct Slice;
    void restart();
    static Slice readSlice(EventStore& store, Replayer& replayer, const Evolver& evolver,
        const QString& stream, Position position);
    void take(const Slice& slice);
    void foldOn();
    void markAhead();
    void show(const std::shared_ptr<const StateView>& view);

    StoreClient& m_client;
    CursorFrame& m_frame;
    Subject& m_subject;
    std::shared_ptr<const Workspace> m_workspace;
    std::shared_ptr<const Evolver> m_evolver; ///< The replayer's.
    std::shared_ptr<Replayer> m_replayer; ///< Used by jobs only, one at a time.
    std::shared_ptr<const StateView> m_view;
    StreamInfo m_stream; ///< The view's.
    QTimer m_rest; ///< Runs out when the cursor rests.
    CancelToken m_token; ///< Of a slice that follows the frame.
};

} // namespace eventloupe
