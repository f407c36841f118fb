#pragma once

#include "state/headlinefolder.h"
#include "store/storeclient.h"
#include "time/newestjob.h"

#include <QCache>
#include <QObject>
#include <QTimer>

namespace eventloupe {

/// Keeps the headlines of streams that were looked at, and has missing ones folded on the store's
/// Interactive lane, in slices. GUI thread.
class StreamHeadlines final : public QObject {
    Q_OBJECT

public:
    explicit StreamHeadlines(StoreClient& client, QObject* parent = nullptr);
    ~StreamHeadlines() override;

    /// Forgets everything; folds by these definitions from now on.
    void reset(const std::shared_ptr<const Workspace>& workspace);
    /// The streams in view, at the cursor; replaces what was wanted before.
    void want(const QList<StreamAt>& streams);
    /// Gives way until streams are wanted again: what is folded now is kept, not shown.
    void pause();
    [[nodiscard]] const CheckpointFigures& checkpoints() const { return m_folder->checkpoints(); }
    /// The headline at hand, perhaps of another version until the right one is folded; or nullptr.
    [[nodiscard]] const Headline* find(StreamId stream) const;

signals:
    /// Some headlines became known or changed.
    void changed();
    void failed(const eventloupe::Error& error);

private:
    void start();
    void take(const Result<QList<Headline>>& answer);
    [[nodiscard]] bool isMissing(const StreamAt& stream) const;

    StoreClient& m_client;
    std::shared_ptr<HeadlineFolder> m_folder; ///< Used by jobs only, one at a time.
    QList<StreamAt> m_wanted;
    QCache<StreamId, Headline> m_headlines;
    int m_slicesOfStream = 0;
    StreamId m_unfinished = 0;
    NewestJob m_job;
    CancelToken m_token;
    QTimer m_rest;
};

} // namespace eventloupe
