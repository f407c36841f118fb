#include "ui/time/markspanel.h"

#include "time/marks.h"
#include "time/marksmodel.h"
#include "time/timecursor.h"
#include "ui/base/figures.h"
#include "ui/base/filedialog.h"
#include "ui/base/icons.h"
#include "ui/base/plaindelegate.h"
#include "ui/base/plaintext.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMenu>
#include <QToolButton>
#include <QTreeView>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace eventloupe {

namespace {

/// Leaves a note alone that is being typed, whatever becomes of the marks meanwhile: another window
/// on the same store may change them. One that is ended is taken at once: Qt's own delegate does so
/// some time after the key, when the marks may be another store's.
class NoteDelegate final : public PlainDelegate {
public:
    using PlainDelegate::PlainDelegate;

    bool eventFilter(QObject* object, QEvent* event) override
    {
        auto* editor = qobject_cast<QWidget*>(object);
        if (!editor || event->type() != QEvent::KeyPress)
            return PlainDelegate::eventFilter(object, event);
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key != Qt::Key_Return && key != Qt::Key_Enter)
            return PlainDelegate::eventFilter(object, event);
        emit commitData(editor);
        emit closeEditor(editor, SubmitModelCache);
        return true;
    }

    void setEditorData(QWidget* editor, const QModelIndex& index) const override
    {
        const auto* line = qobject_cast<QLineEdit*>(editor);
        if (!line || !line->isModified())
            PlainDelegate::setEditorData(editor, index);
    }
};

} // namespace

MarksPanel::MarksPanel(Marks& marks, TimeCursor& cursor, QWidget* parent)
    : QWidget(parent)
    , m_marks(marks)
    , m_cursor(cursor)
    , m_model(new MarksModel(marks, this))
    , m_view(new QTreeView(this))
    , m_nothing(new PlainLabel(
          tr("No marks yet. Ctrl+M marks the event at the cursor; Ctrl+Shift+M, with a note."),
          this))
{
    setObjectName(QStringLiteral("marksPanel"));
    m_nothing->setWordWrap(true);
    m_nothing->setMargin(12);
    makeFaint(*m_nothing);
    setUpView();
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(makeButtons());
    layout->addWidget(m_nothing);
    layout->addWidget(m_view, 1);
    connect(&marks, &Marks::changed, this, &MarksPanel::update);
    connect(&cursor, &TimeCursor::positionChanged, this, &MarksPanel::update);
    connect(m_view->selectionModel(), &QItemSelectionModel::currentChanged, this,
        &MarksPanel::update);
    update();
}

QToolButton* MarksPanel::addButton(
    QWidget& bar, const char* objectName, int symbol, const QString& name)
{
    auto* button = new QToolButton(&bar);
    button->setObjectName(QLatin1String(objectName));
    button->setIcon(icon(static_cast<Symbol>(symbol)));
    button->setAutoRaise(true);
    button->setAccessibleName(name);
    button->setToolTip(plainToolTip(name));
    bar.layout()->addWidget(button);
    return button;
}

QWidget* MarksPanel::makeButtons()
{
    auto* bar = new QWidget(this);
    auto* layout = new QHBoxLayout(bar);
    layout->setContentsMargins(6, 4, 6, 2);
    layout->setSpacing(2);
    m_add = addButton(*bar, "markAdd", int(Symbol::Mark), tr("Mark the event at the cursor"));
    m_remove = addButton(*bar, "markRemove", int(Symbol::Clear), tr("Remove the mark"));
    layout->addStretch(1);
    auto* load = addButton(*bar, "markImport", int(Symbol::Import), tr("Import marks from a file"));
    m_export = addButton(*bar, "markExport", int(Symbol::Export), tr("Export the marks to a file"));
    connect(m_add, &QToolButton::clicked, this, [this] { editNote(m_cursor.position()); });
    connect(m_remove, &QToolButton::clicked, this, &MarksPanel::removeCurrent);
    connect(load, &QToolButton::clicked, this, &MarksPanel::importMarks);
    connect(m_export, &QToolButton::clicked, this, &MarksPanel::exportMarks);
    return bar;
}

void MarksPanel::setUpView()
{
    m_view->setObjectName(QStringLiteral("marksView"));
    m_view->setAccessibleName(tr("Marks"));
    m_view->setModel(m_model);
    m_view->setItemDelegate(new NoteDelegate(m_view));
    m_view->setRootIsDecorated(false);
    m_view->setUniformRowHeights(true);
    m_view->setAllColumnsShowFocus(true);
    m_view->setAlternatingRowColors(true);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setEditTriggers(
        QAbstractItemView::EditKeyPressed | QAbstractItemView::SelectedClicked);
    m_view->setContextMenuPolicy(Qt::CustomContextMenu);
    m_view->setColumnWidth(int(MarkColumn::Place), fontMetrics().averageCharWidth() * 13);
    connect(m_view, &QTreeView::clicked, this,
        [this](const QModelIndex& index) { m_cursor.moveTo(m_model->positionOf(index.row())); });
    connect(m_view, &QTreeView::activated, this,
        [this](const QModelIndex& index) { m_cursor.moveTo(m_model->positionOf(index.row())); });
    connect(m_view, &QTreeView::customContextMenuRequested, this, &MarksPanel::showMenu);
    // Marks that come or go close the editor, and what was typed there goes on in a new one.
    connect(m_model, &QAbstractItemModel::modelAboutToBeReset, this,
        [this] { m_interrupted = noteDraft(); });
    connect(m_model, &QAbstractItemModel::modelReset, this, [this] {
        const auto draft = std::exchange(m_interrupted, std::nullopt);
        if (!draft || m_model->rowOf(draft->first) < 0)
            return;
        editNote(draft->first);
        typeNote(draft->second);
    });
}

void MarksPanel::editNote(Position position)
{
    if (!m_marks.all().contains(position))
        m_marks.set(position, {});
    const int row = m_model->rowOf(position);
    if (row < 0)
        return;
    const auto index = m_model->index(row, int(MarkColumn::Note));
    if (m_view->isPersistentEditorOpen(index))
        return; // It is being written already, as after a double click on the button.
    m_view->setCurrentIndex(index);
    m_view->scrollTo(index);
    m_view->setFocus();
    m_view->edit(index);
}

std::optional<std::pair<Position, QString>> MarksPanel::noteDraft() const
{
    const auto* line = editor();
    if (!line || current() < 0)
        return std::nullopt;
    return std::pair(current(), line->text());
}

void MarksPanel::typeNote(const QString& text)
{
    if (auto* line = editor()) {
        line->setText(text);
        line->setModified(true);
    }
}

QLineEdit* MarksPanel::editor() const
{
    // One that was closed is gone a little later.
    const auto lines = m_view->viewport()->findChildren<QLineEdit*>();
    const auto open = std::find_if(
        lines.begin(), lines.end(), [](const QLineEdit* line) { return !line->isHidden(); });
    return open == lines.end() ? nullptr : *open;
}

Position MarksPanel::current() const
{
    const auto index = m_view->currentIndex();
    return index.isValid() ? m_model->positionOf(index.row()) : -1;
}

void MarksPanel::removeCurrent()
{
    const int row = m_view->currentIndex().row();
    if (row < 0)
        return;
    m_marks.remove(m_model->positionOf(row));
    // The next one, so that several can go one after the other.
    m_view->setCurrentIndex(m_model->index(std::min(row, m_model->rowCount() - 1), 0));
}

void MarksPanel::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Delete && m_view->hasFocus())
        removeCurrent();
    else
        QWidget::keyPressEvent(event);
}

void MarksPanel::showMenu(const QPoint& place)
{
    const auto index = m_view->indexAt(place);
    if (!index.isValid())
        return;
    const auto position = m_model->positionOf(index.row());
    QMenu menu(this);
    menu.addAction(icon(Symbol::GoTo), tr("Go Here (%1)").arg(positionText(position)), this,
        [this, position] { m_cursor.moveTo(position); });
    menu.addAction(tr("Edit Note"), this, [this, position] { editNote(position); });
    menu.addAction(icon(Symbol::Clear), tr("Remove Mark"), this,
        [this, position] { m_marks.remove(position); });
    menu.exec(m_view->viewport()->mapToGlobal(place));
}

void MarksPanel::importMarks()
{
    const auto file = askOpenFileName(
        this, tr("Import Marks"), {}, tr("Marks (*.json);;All files (*)"));
    if (!file.isEmpty())
        m_marks.importFile(file);
}

void MarksPanel::exportMarks()
{
    const auto file = askSaveFileName(
        this, tr("Export Marks"), QStringLiteral("marks.json"), tr("Marks (*.json)"));
    if (!file.isEmpty())
        m_marks.exportFile(file);
}

void MarksPanel::update()
{
    const bool isAny = !m_marks.all().empty();
    m_nothing->setVisible(!isAny);
    m_view->setVisible(isAny);
    m_add->setEnabled(m_marks.isOpen());
    m_remove->setEnabled(current() >= 0);
    m_export->setEnabled(isAny);
}

} // namespace eventloupe
