#pragma once

#include "monkey/chooser.h"
#include "monkey/performer.h"
#include "monkey/scratch.h"
#include "monkey/witness.h"
#include "support/windowbench.h"

#include <QElapsedTimer>
#include <QMap>
#include <QObject>
#include <QPointer>

#include <functional>
#include <optional>
#include <vector>

namespace eventloupe {

/// Uses the program's window without a plan until its time is over. Now and then it rests: leaves
/// every dialog, closes the store, and looks how much memory is in use with nothing open. GUI
/// thread.
class MonkeyWalk final : public QObject {
    Q_OBJECT

public:
    struct Rest {
        qint64 at = 0; ///< Milliseconds since the start.
        qint64 resident = 0; ///< Bytes, as the next.
        qint64 heap = 0;
        qint64 objects = 0; ///< Of the window, and windows beside it.
    };

    MonkeyWalk(Scratch& scratch, Witness& witness, quint32 seed);
    ~MonkeyWalk() override;

    /// So many milliseconds, with about so many rests.
    void run(qint64 milliseconds, int rests);
    /// These steps instead of chosen ones.
    void replay(std::vector<Step> steps);

    [[nodiscard]] const QMap<QString, int>& done() const { return m_done; }
    [[nodiscard]] const std::vector<Rest>& rests() const { return m_rests; }

private:
    void schedule(int milliseconds);
    void turn(int chain);
    void begin();
    [[nodiscard]] bool isBusy();
    [[nodiscard]] std::optional<Step> nextStep();
    [[nodiscard]] bool isStuck();
    void noteOversize();
    void act(const Step& step);
    void restart();
    void rest();
    void leaveAll();
    void close();
    bool waitFor(const std::function<bool()>& isDone, qint64 milliseconds);

    Scratch& m_scratch;
    Witness& m_witness;
    WindowBench m_bench;
    Chooser m_chooser;
    Performer m_performer;
    QElapsedTimer m_clock;
    QMap<QString, int> m_done;
    std::vector<Rest> m_rests;
    std::vector<Step> m_replayed;
    std::size_t m_replayedTo = 0;
    bool m_isReplay = false;
    enum class Mode {
        Walking,
        Leaving, ///< Nothing but leaving what is on top.
    };
    Mode m_mode = Mode::Walking;
    bool m_isRestartDue = false;
    int m_chain = 0; ///< Of turns; those of an earlier one do nothing.
    int m_depth = 0; ///< Steps that run a dialog or menu.
    int m_waited = 0; ///< Milliseconds for the program before this step.
    QPointer<QWidget> m_top; ///< The dialog on top...
    int m_stepsInTop = 0; ///< ...and how many steps it was there.
};

} // namespace eventloupe
