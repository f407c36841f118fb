#pragma once

#include "ui/store/faultmodel.h"
#include "ui/store/verifyrun.h"

#include <QDialog>

#include <functional>

class QProgressBar;
class QPushButton;
class QTreeView;

namespace eventloupe {

class PlainLabel;

/// Verifies the open store, or a file that is too damaged to be opened, lists what was altered,
/// removed, inserted, reordered or is gone, by position, and copies what is sound into a new store.
/// Does not keep the window from being used. GUI thread.
class VerifyDialog final : public QDialog {
    Q_OBJECT

public:
    /// Why the open store is not to be verified just now, for people; empty where it is.
    using Refusal = std::function<QString()>;
    /// The client must outlive it. It begins by itself, once.
    explicit VerifyDialog(
        StoreClient& client, Refusal refusal = {}, QWidget* parent = nullptr);
    /// Of a file, whatever is open.
    explicit VerifyDialog(const QString& file, QWidget* parent = nullptr);

    /// The file that is verified; empty where it is the open store.
    [[nodiscard]] const QString& file() const { return m_file; }
    /// Without asking for the file, which must not exist.
    void repairTo(const QString& file);
    [[nodiscard]] bool isRunning() const { return m_run->isRunning(); }
    [[nodiscard]] bool isRepairing() const { return m_isRepairing && isRunning(); }
    /// Ends what runs; a new store that is not finished is not left.
    void cancel() { m_run->cancel(); }

signals:
    /// An event is to be shown.
    void positionAsked(eventloupe::Position position);
    /// The new store is to be opened.
    void openAsked(const QString& file);

private:
    VerifyDialog(
        StoreClient* client, const QString& file, Refusal refusal, QWidget* parent);
    void layOut();
    void connectRun();
    void connectButtons();
    void begin();
    void list(FaultModel::Kind kind);
    void leaveStore();
    void askFile();
    void activate(const QModelIndex& index);
    void showProgress(qint64 done, qint64 total);
    void showVerified(const VerifySummary& summary);
    void showRepaired(const QString& file, const RepairSummary& summary);
    void showFailure(const Error& error);
    void setRunning(bool isRunning);
    [[nodiscard]] QString faultsText() const;
    [[nodiscard]] QString startNote() const;

    [[nodiscard]] QString refusal() const { return m_refusal ? m_refusal() : QString(); }

    const QString m_file;
    Refusal m_refusal;
    VerifyRun* m_run;
    FaultModel* m_faults;
    bool m_isOfStore = false; ///< What is listed was found in the store that is open.
    bool m_canRepair = false;
    bool m_isVerified = false; ///< To its end, so that it is known whether it can be repaired.
    bool m_isAsking = false; ///< For the file to repair to.
    bool m_isRepairing = false;
    QString m_repaired; ///< The new store, once it is there.

    PlainLabel* m_summary;
    PlainLabel* m_note;
    QProgressBar* m_progress;
    QTreeView* m_list;
    QPushButton* m_again;
    QPushButton* m_repair;
    QPushButton* m_open;
    QPushButton* m_copy;
};

} // namespace eventloupe
