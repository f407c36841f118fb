#pragma once

#include "value/event.h"

#include <QWidget>

#include <optional>
#include <utility>

class QLineEdit;
class QToolButton;
class QTreeView;

namespace eventloupe {

class Marks;
class MarksModel;
class PlainLabel;
class TimeCursor;

/// The marks of the open log, with their notes: picking one moves the cursor there. GUI thread.
class MarksPanel final : public QWidget {
    Q_OBJECT

public:
    MarksPanel(Marks& marks, TimeCursor& cursor, QWidget* parent = nullptr);

    /// Sets a mark where there is none, and begins to write its note.
    void editNote(Position position);
    /// The note that is being written and its mark; nothing while none is.
    [[nodiscard]] std::optional<std::pair<Position, QString>> noteDraft() const;
    /// Into the note that is being written.
    void typeNote(const QString& text);
    [[nodiscard]] QTreeView& view() const { return *m_view; }

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    QWidget* makeButtons();
    static QToolButton* addButton(
        QWidget& bar, const char* objectName, int symbol, const QString& name);
    void setUpView();
    void removeCurrent();
    void showMenu(const QPoint& place);
    void importMarks();
    void exportMarks();
    void update();
    [[nodiscard]] Position current() const;
    /// In which a note is written; nullptr while none is.
    [[nodiscard]] QLineEdit* editor() const;

    Marks& m_marks;
    TimeCursor& m_cursor;
    MarksModel* m_model;
    QTreeView* m_view;
    PlainLabel* m_nothing;
    QToolButton* m_add = nullptr;
    QToolButton* m_remove = nullptr;
    QToolButton* m_export = nullptr;
    std::optional<std::pair<Position, QString>> m_interrupted; ///< A note, while rows come or go.
};

} // namespace eventloupe
