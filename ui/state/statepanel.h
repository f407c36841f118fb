#pragma once

#include <QWidget>

#include <memory>

class QMenu;
class QStackedWidget;
class QTabWidget;
class QToolButton;
class QTreeView;

namespace eventloupe {

class InfoBar;
class JsonView;
class PlainLabel;
class StateLoader;
class StateModel;
class Subject;
class TimeCursor;
struct StateView;

/// One stream's state at the cursor, as a tree of fields and as JSON, with what its last event
/// changed. Says in words where there is nothing to show.
class StatePanel final : public QWidget {
    Q_OBJECT

public:
    StatePanel(
        StateLoader& loader, Subject& subject, TimeCursor& cursor, QWidget* parent = nullptr);

    /// Column widths, for the session.
    [[nodiscard]] QByteArray saveLayout() const;
    void restoreLayout(const QByteArray& layout);
    void resetLayout();

    /// The pages beside each other: others add theirs.
    [[nodiscard]] QTabWidget& tabs() const { return *m_tabs; }
    /// The JSON Pointer of the row that is selected; empty for none.
    [[nodiscard]] QByteArray field() const;
    /// Selects a field once the state is there; empty: none.
    void selectField(const QByteArray& pointer);
    /// The field that is selected, or is to be.
    [[nodiscard]] QByteArray keptField() const;
    /// Asks for the event that set the row that is selected; false where none is, or no event did.
    bool goToSetter();

signals:
    /// The person wants to see the event that could not be folded.
    void failureAsked(qint64 position);
    /// The person wants to see the event that set a field.
    void setterAsked(qint64 position);
    /// Another row is selected.
    void fieldChanged(const QByteArray& pointer);
    /// A field's context menu is about to open: others add what they can do with it.
    void menuOpening(QMenu& menu, const QByteArray& pointer);

protected:
    void showEvent(QShowEvent* event) override;

private:
    void layOut();
    void setUpTree();
    void setUpPin();
    void show(const std::shared_ptr<const StateView>& view);
    void showTitle(const StateView& view);
    void showFailure(const StateView& view);
    void showJson();
    void selectWanted();
    void showPin();
    void sayWhyEmpty(const StateView& view);
    void sayWhyUnchanged(const StateView& view);
    void showMenu(const QPoint& place);

    Subject& m_subject;
    TimeCursor& m_cursor;
    StateModel* m_model;
    PlainLabel* m_title;
    PlainLabel* m_cause;
    QToolButton* m_pin;
    InfoBar* m_failure;
    QStackedWidget* m_pages;
    PlainLabel* m_nothing;
    PlainLabel* m_unchanged;
    QTabWidget* m_tabs;
    QTreeView* m_tree;
    JsonView* m_json;
    std::shared_ptr<const StateView> m_view;
    QByteArray m_firstLayout;
    bool m_wasSeen = false;
    bool m_isLate = false; ///< The view is not shown yet, since the panel is not.
    QByteArray m_wantedField; ///< To be selected once the state is there.
    QString m_shownStream; ///< Whose first fields were expanded.
};

} // namespace eventloupe
