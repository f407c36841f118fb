#pragma once

#include "store/storefacts.h"

#include <QDeadlineTimer>
#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

class QProgressBar;
class QStatusBar;
class QToolButton;

namespace eventloupe {

class PlainLabel;

/// The status bar: messages, the progress of what runs with a way to cancel it, how much there is,
/// and which store it is.
class StatusArea final : public QObject {
    Q_OBJECT

public:
    explicit StatusArea(QStatusBar& bar);

    /// Stays until the person does something else, by key or mouse, and long enough to be read.
    void say(const QString& message);
    /// Of something that goes on: stays until the next message.
    void sayUntilNext(const QString& message);
    /// Shows what runs; a total of 0 is unknown.
    void showProgress(const QString& what, qint64 done, qint64 total);
    void hideProgress();

    void showStore(const QString& location, const QString& readOnlyReason, const StoreFacts& facts);
    /// What is wrong with the store, in a word, and what to do about it; until the next store, or
    /// an empty word.
    void showFault(const QString& word, const QString& tip);
    void showNoStore();
    /// With what is still to be counted, where it is.
    void showCounts(qint64 events, qint64 streams, const Counting& counting = {});
    /// Which server answers, what keeps it from that, empty where nothing does, and when it is
    /// tried again.
    void showStatus(
        const StoreStatus& status, const QString& trouble, const QDeadlineTimer& nextTry = {});

signals:
    void cancelAsked();
    /// A lost connection is to be tried again at once.
    void tryAsked();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    [[nodiscard]] QString modeText() const;
    void showMode();
    void showMessage(const QString& message);
    void showLoss();

    PlainLabel* m_message;
    PlainLabel* m_task;
    QProgressBar* m_progress;
    QToolButton* m_cancel;
    PlainLabel* m_counts;
    PlainLabel* m_mode;
    PlainLabel* m_store;
    PlainLabel* m_trouble;
    QToolButton* m_try;
    QString m_readOnlyReason;
    QString m_library;
    QString m_fault;
    QString m_faultTip;
    StoreServer m_server; ///< Who answered last.
    QString m_lost; ///< What is in its way.
    QElapsedTimer m_lostSince;
    QDeadlineTimer m_nextTry;
    QTimer m_tick; ///< While a connection is lost.
    QTimer* m_reading; ///< While a message is new; what the person does meanwhile ends it after.
    bool m_mayGo = false; ///< The message is not of something that goes on.
    bool m_isOutdated = false; ///< The person has done something since.
};

} // namespace eventloupe
