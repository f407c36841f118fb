#pragma once

#include <QTimer>
#include <QWidget>

class QKeyEvent;
class QLineEdit;
class QProgressBar;

namespace eventloupe {

class FilterCompleter;
class LogFilter;
class PlainLabel;
class TimeCursor;

/// Where the log's filter is typed: the field, what is wrong with it or how many events fit, and
/// how far the search is. Applied on Enter and when typing rests.
class FilterBar final : public QWidget {
    Q_OBJECT

public:
    FilterBar(LogFilter& filter, TimeCursor& cursor, QWidget* parent = nullptr);

    /// Puts the keyboard into the field, all selected.
    void focusField();
    /// Puts an expression into the field and applies it.
    void apply(const QString& expression);
    void setTypes(const QStringList& types);
    [[nodiscard]] QString text() const;

signals:
    /// Escape, or Enter and there is an event that fits: the person is done with the field.
    void left();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void setUpField();
    void applyText();
    void showCounts();
    void showFault(const QString& message, int column);
    void markField(bool faulty);
    void leaveIfMatched();
    [[nodiscard]] bool isWindowShortcut(const QKeyEvent& event) const;

    LogFilter& m_filter;
    TimeCursor& m_cursor;
    QLineEdit* m_edit;
    PlainLabel* m_status;
    QProgressBar* m_progress;
    FilterCompleter* m_completer;
    QTimer m_rest; ///< Runs while the person types.
    bool m_faulty = false;
    bool m_isLeaving = false; ///< Enter was pressed, and no event fits yet.
};

} // namespace eventloupe
