#pragma once

#include "state/comparison.h"

#include <QList>
#include <QWidget>

class QComboBox;
class QMenu;
class QStackedWidget;
class QToolButton;
class QTreeView;

namespace eventloupe {

class DiffLoader;
class JsonView;
class PlainLabel;
class StateModel;
class TimeCursor;
struct DiffView;

/// Two states compared: a choice of with what, the fields that differ as a tree, whose unchanged
/// parts are folded away, or the same as a JSON Patch, and copies of it. Loads only while visible.
class DiffPage final : public QWidget {
    Q_OBJECT

public:
    enum class Format { Patch, Json, Markdown };

    DiffPage(DiffLoader& loader, TimeCursor& cursor, QWidget* parent = nullptr);

    /// Compares with this, which is a choice from now on; in place of one with the same title.
    void compareWith(const ComparisonSourcePointer& source);
    /// The same, unseen: it was compared with before the store was opened anew.
    void restoreChoice(const ComparisonSourcePointer& source);
    /// Compares with the cursor's present position from now on.
    void pinHere();
    /// What is shown, for the clipboard.
    [[nodiscard]] QString textAs(Format format) const;

signals:
    /// The page should be seen, since somebody chose what it compares with elsewhere.
    void attentionAsked();
    /// The person wants to choose another stream to compare with.
    void streamAsked();

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    void setUpControls();
    void layOut();
    void setUpTree();
    static QString textOf(const DiffView& view, Format format);
    void fillCopyMenu(QMenu& menu);
    void choose(int row);
    void showChoices();
    void show();
    void expandChanges();
    void showPatch();
    void setCaption(const QString& text);
    void tellMaskedFields(bool isSame);
    void sayWhyEmpty(const QString& reason);
    void showMenu(const QPoint& place);

    DiffLoader& m_loader;
    TimeCursor& m_cursor;
    StateModel* m_model;
    QComboBox* m_choice;
    QToolButton* m_pin;
    QToolButton* m_asPatch;
    QToolButton* m_copy;
    PlainLabel* m_caption;
    PlainLabel* m_nothing;
    QStackedWidget* m_pages;
    QTreeView* m_tree;
    JsonView* m_patch;
    QList<ComparisonSourcePointer> m_sources;
    quint64 m_patchNumber = 0; ///< Of the patch that was asked for last; older ones are stale.
};

} // namespace eventloupe
