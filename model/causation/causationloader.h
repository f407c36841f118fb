#pragma once

#include "causation/causationscan.h"
#include "store/storeclient.h"

#include <QObject>
#include <QTimer>

#include <list>

namespace eventloupe {

struct CausationWork;

/// Finds what an event belongs to on the store's background lane, and hands over the tree as it
/// grows. The last trees are kept: asked for again, one is there at once, and only what was
/// appended since is read. GUI thread.
class CausationLoader final : public QObject {
    Q_OBJECT

public:
    static constexpr std::size_t keptTrees = 8;

    struct Status {
        QByteArray correlation; ///< Empty where the events are linked by causes alone.
        QString condition; ///< A filter for the same events; may be empty.
        bool isRunning = false;
        bool isCut = false; ///< There are more than mostCausedEvents, or it was cancelled.
        qint64 done = 0; ///< Events read, of total.
        qint64 total = 0;
    };

    explicit CausationLoader(StoreClient& client, QObject* parent = nullptr);
    ~CausationLoader() override;

    /// Shows what the event belongs to; ends what is under way.
    void showEvent(Position position);
    void showCorrelation(const QByteArray& correlation);
    /// Ends what is under way; what was found stays.
    void cancel();
    /// Nothing is shown any more.
    void clear();

    /// Never null.
    [[nodiscard]] const std::shared_ptr<const CausationTree>& tree() const { return m_tree; }
    [[nodiscard]] const Status& status() const { return m_status; }

signals:
    void treeChanged();
    void statusChanged();
    void failed(const eventloupe::Error& error);

private:
    struct Kept {
        CausationKey key;
        std::shared_ptr<const CausationTree> tree;
        Position scannedTo = 0;
        bool isCut = false;
    };
    [[nodiscard]] Kept* keptFor(Position position, const QByteArray& correlation);
    void start(Position position, const QByteArray& correlation);
    void startFrom(const Kept& kept);
    void post(const std::shared_ptr<CausationWork>& work);
    void look();
    void finish(const Result<bool>& done, const std::shared_ptr<CausationWork>& work);
    void keep(const CausationWork& work, bool isCut);
    void show(const std::shared_ptr<const CausationTree>& tree);
    void tell(bool isRunning);
    void forget();

    StoreClient& m_client;
    std::shared_ptr<const CausationTree> m_tree;
    Status m_status;
    std::shared_ptr<CausationWork> m_work; ///< While it is under way.
    CancelToken m_token;
    QTimer m_look;
    std::list<Kept> m_kept; ///< Newest first.
};

} // namespace eventloupe
