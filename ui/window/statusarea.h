#pragma once

#include <QObject>

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

    /// Stays until the next one.
    void say(const QString& message);
    /// Shows what runs; a total of 0 is unknown.
    void showProgress(const QString& what, qint64 done, qint64 total);
    void hideProgress();

    void showStore(const QString& location, const QString& readOnlyReason);
    void showNoStore();
    /// What keeps the store from answering; empty when it answers again.
    void showTrouble(const QString& trouble, const QString& readOnlyReason);
    void showCounts(qint64 events, qint64 streams);

signals:
    void cancelAsked();

private:
    PlainLabel* m_message;
    PlainLabel* m_task;
    QProgressBar* m_progress;
    QToolButton* m_cancel;
    PlainLabel* m_counts;
    PlainLabel* m_mode;
    PlainLabel* m_store;
};

} // namespace eventloupe
