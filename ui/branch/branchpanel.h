#pragma once

#include "branch/branchfindings.h"
#include "branch/branchsession.h"

#include <QWidget>

class QTreeWidget;

namespace eventloupe {

class PlainLabel;
class StateSides;

/// What a branch is beside its log: its changes, each of which can be taken back, what they rule
/// out, the streams that differ, and a stream's states side by side. GUI thread.
class BranchPanel final : public QWidget {
    Q_OBJECT

public:
    BranchPanel(BranchSession& session, BranchWatch& watch, QWidget* parent = nullptr);

    /// Picks the first stream that differs.
    void showFirstDifference();

signals:
    void positionAsked(eventloupe::Position position);
    void streamAsked(const QString& stream);

private:
    void fill();
    void showPicked();
    void openMenu(const QPoint& place);

    BranchSession& m_session;
    BranchWatch& m_watch;
    PlainLabel* m_text;
    QTreeWidget* m_list;
    StateSides* m_sides;
    bool m_wantsFirst = false; ///< Once the findings are there.
};

} // namespace eventloupe
