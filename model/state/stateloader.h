#pragma once

#include "domain/workspace.h"
#include "state/newestjob.h"
#include "state/stateview.h"
#include "state/subject.h"

#include <QObject>

namespace eventloupe {

class Replayer;

/// Loads the subject's state at the cursor, on the store's Interactive lane. Positions that the
/// cursor passed while a load was under way are left out. Long streams are folded in slices, so
/// that pages of the log are read in between. GUI thread.
class StateLoader final : public QObject {
    Q_OBJECT

public:
    /// The subject says at which position of the cursor.
    StateLoader(
        StoreClient& client, TimeCursor& cursor, Subject& subject, QObject* parent = nullptr);
    ~StateLoader() override;

    /// Folds by these definitions from now on, and loads again.
    void setWorkspace(const std::shared_ptr<const Workspace>& workspace);

    /// The newest that was loaded; never null.
    [[nodiscard]] const std::shared_ptr<const StateView>& view() const { return m_view; }

signals:
    void stateChanged(const std::shared_ptr<const eventloupe::StateView>& view);
    void failed(const eventloupe::Error& error);

private:
    struct Slice;
    void restart();
    void load();
    static Result<Slice> readSlice(
        EventStore& store, Replayer& replayer, const QString& stream, Position position);
    void start();
    void take(const Result<Slice>& answer);
    void show(const std::shared_ptr<const StateView>& view);

    StoreClient& m_client;
    Subject& m_subject;
    std::shared_ptr<const Workspace> m_workspace;
    std::shared_ptr<Replayer> m_replayer; ///< Used by jobs only, one at a time.
    std::shared_ptr<const StateView> m_view;
    NewestJob m_job;
    CancelToken m_token;
};

} // namespace eventloupe
