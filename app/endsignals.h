#pragma once

#include <QObject>

class QSocketNotifier;

namespace eventloupe {

/// Turns SIGTERM, SIGINT and SIGHUP into a signal of this object, so that a window that somebody
/// ends from outside keeps what it has to. A second one of them ends the process at once. Makes
/// SIGPIPE and SIGXFSZ failures of the write that caused them. One object a process; GUI thread.
class EndSignals final : public QObject {
    Q_OBJECT

public:
    explicit EndSignals(QObject* parent = nullptr);
    ~EndSignals() override; ///< They end the process again.

signals:
    void endAsked();

private:
    QSocketNotifier* m_notifier = nullptr;
};

} // namespace eventloupe
