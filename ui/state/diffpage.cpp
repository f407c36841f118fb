#include "ui/state/diffpage.h"

#include "diff/differencetext.h"
#include "diff/jsonpatch.h"
#include "diff/maskedfields.h"
#include "state/diffloader.h"
#include "state/statecolumns.h"
#include "state/statemodel.h"
#include "time/timecursor.h"
#include "ui/base/figures.h"
#include "ui/base/icons.h"
#include "ui/base/jsonview.h"
#include "ui/base/plaintext.h"
#include "ui/base/stillframe.h"
#include "ui/state/fieldtree.h"
#include "ui/state/statedisplaymodel.h"
#include "value/aside.h"

#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QMenu>
#include <QStackedWidget>
#include <QToolButton>
#include <QTreeView>

namespace eventloupe {

namespace {

QString spanText(const DiffView& view)
{
    return DiffPage::tr("from %1 to %2").arg(visibleText(view.before), visibleText(view.after));
}

} // namespace

DiffPage::DiffPage(DiffLoader& loader, TimeCursor& cursor, QWidget* parent)
    : QWidget(parent)
    , m_loader(loader)
    , m_cursor(cursor)
    , m_model(new StateModel(StateModel::Rows::OfChanges, this))
    , m_choice(new QComboBox(this))
    , m_pin(new QToolButton(this))
    , m_asPatch(new QToolButton(this))
    , m_copy(new QToolButton(this))
    , m_caption(new PlainLabel(this))
    , m_nothing(new PlainLabel(this))
    , m_pages(new QStackedWidget(this))
    , m_tree(new QTreeView(this))
    , m_patch(new JsonView(this))
    , m_sources({ compareWithPrevious(), compareWithHead() })
{
    setUpControls();
    layOut();
    setUpTree();
    showChoices();
    connect(m_choice, &QComboBox::activated, this, &DiffPage::choose);
    connect(m_pin, &QToolButton::clicked, this, &DiffPage::pinHere);
    connect(m_asPatch, &QToolButton::toggled, this, &DiffPage::show);
    connect(&loader, &DiffLoader::diffChanged, this, &DiffPage::show);
    connect(&loader, &DiffLoader::sourceChanged, this, &DiffPage::showChoices);
}

void DiffPage::setUpControls()
{
    m_choice->setObjectName(QStringLiteral("comparisonChoice"));
    m_choice->setAccessibleName(tr("Compare with"));
    m_choice->setToolTip(tr("What the state at the cursor is compared with"));
    m_choice->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_choice->setMinimumContentsLength(12);
    m_pin->setIcon(icon(Symbol::Pin));
    m_pin->setToolTip(tr("Compares with the cursor's position from now on, wherever it moves"));
    m_pin->setAccessibleName(tr("Pin this point to compare with"));
    m_asPatch->setText(tr("Patch"));
    m_asPatch->setCheckable(true);
    m_asPatch->setToolTip(tr("Shows the difference as a JSON Patch (RFC 6902)"));
    m_asPatch->setAccessibleName(tr("As JSON Patch"));
    m_copy->setIcon(icon(Symbol::Copy));
    m_copy->setToolTip(tr("Copies the difference"));
    m_copy->setAccessibleName(tr("Copy difference as"));
    m_copy->setPopupMode(QToolButton::InstantPopup);
    auto* menu = new QMenu(m_copy);
    fillCopyMenu(*menu);
    m_copy->setMenu(menu);
    for (auto* button : { m_pin, m_asPatch, m_copy })
        button->setAutoRaise(true);
}

void DiffPage::layOut()
{
    m_caption->setObjectName(QStringLiteral("diffCaption"));
    m_caption->setElided(true, Qt::ElideMiddle);
    makeFaint(*m_caption);
    m_nothing->setObjectName(QStringLiteral("diffNothing"));
    m_nothing->setAlignment(Qt::AlignCenter);
    m_nothing->setWordWrap(true);
    m_nothing->setMargin(16);
    makeFaint(*m_nothing);
    m_patch->setFrameShape(QFrame::NoFrame);
    m_patch->setAccessibleName(tr("Difference as a JSON Patch"));
    m_pages->addWidget(m_nothing);
    m_pages->addWidget(m_tree);
    m_pages->addWidget(m_patch);

    auto* top = new QHBoxLayout;
    top->setContentsMargins(6, 4, 4, 2);
    top->setSpacing(2);
    top->addWidget(m_choice, 1);
    top->addWidget(m_pin);
    top->addWidget(m_asPatch);
    top->addWidget(m_copy);
    auto* second = new QHBoxLayout;
    second->setContentsMargins(8, 0, 6, 2);
    second->addWidget(new StillFrame(*m_caption, this), 1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(top);
    layout->addLayout(second);
    layout->addWidget(m_pages, 1);
}

void DiffPage::setUpTree()
{
    auto* display = new StateDisplayModel(this);
    display->setLookOf(m_tree);
    display->setSourceModel(m_model);
    m_tree->setObjectName(QStringLiteral("diffView"));
    m_tree->setAccessibleName(tr("Fields that differ"));
    m_tree->setModel(display);
    makeFieldTree(*m_tree);
    const int letter = m_tree->fontMetrics().averageCharWidth();
    m_tree->setColumnWidth(static_cast<int>(StateColumn::Field), letter * 13);
    m_tree->setColumnWidth(static_cast<int>(StateColumn::Value), letter * 12);
    m_tree->setColumnWidth(static_cast<int>(StateColumn::Change), letter * 11);
    // The last one is stretched, and never gets narrower than it was set.
    m_tree->setColumnWidth(static_cast<int>(StateColumn::SetBy), letter * 6);
    connect(m_tree, &QWidget::customContextMenuRequested, this, &DiffPage::showMenu);
    connect(m_tree, &QTreeView::activated, this, [this, display](const QModelIndex& index) {
        m_model->showMore(display->mapToSource(index));
    });
    connect(m_tree, &QTreeView::clicked, this, [this](const QModelIndex& index) {
        const auto position = index.data(SetterPositionRole);
        if (static_cast<StateColumn>(index.column()) == StateColumn::SetBy && position.isValid())
            m_cursor.moveTo(position.toLongLong());
    });
}

void DiffPage::fillCopyMenu(QMenu& menu)
{
    const auto add = [&](const QString& caption, Format format) {
        menu.addAction(caption, this, [this, format] {
            runAside(
                this, [view = m_loader.view(), format] { return textOf(*view, format); },
                [](const QString& text) { QGuiApplication::clipboard()->setText(text); });
        });
    };
    add(tr("Copy as JSON &Patch"), Format::Patch);
    add(tr("Copy as &JSON"), Format::Json);
    add(tr("Copy as &Markdown"), Format::Markdown);
}

void DiffPage::showChoices()
{
    if (m_loader.source()->isPrevious())
        m_sources.resize(2); // Another store: other points and streams.
    m_choice->clear();
    for (const auto& source : m_sources)
        m_choice->addItem(visibleText(source->title()));
    m_choice->insertSeparator(static_cast<int>(m_sources.size()));
    m_choice->addItem(tr("Another stream…"));
    for (qsizetype i = 0; i < m_sources.size(); ++i)
        if (m_sources.at(i)->title() == m_loader.source()->title())
            m_choice->setCurrentIndex(static_cast<int>(i));
    show();
}

void DiffPage::choose(int row)
{
    if (row < m_sources.size()) {
        m_loader.setSource(m_sources.at(row));
        return;
    }
    showChoices(); // Back to what it was, until a stream is chosen.
    emit streamAsked();
}

void DiffPage::compareWith(const ComparisonSourcePointer& source)
{
    restoreChoice(source);
    emit attentionAsked();
}

void DiffPage::restoreChoice(const ComparisonSourcePointer& source)
{
    const auto isSame = [&](const auto& other) { return other->title() == source->title(); };
    const auto known = std::find_if(m_sources.begin(), m_sources.end(), isSame);
    if (known != m_sources.end())
        *known = source;
    else
        m_sources.append(source);
    m_loader.setSource(source);
}

void DiffPage::pinHere()
{
    compareWith(compareWithPosition(m_cursor.position()));
}

void DiffPage::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    m_loader.setActive(true);
}

void DiffPage::hideEvent(QHideEvent* event)
{
    QWidget::hideEvent(event);
    m_loader.setActive(false);
}

void DiffPage::show()
{
    const DiffView& view = *m_loader.view();
    setCaption(view.after.isEmpty() ? QString() : spanText(view));
    m_model->setView(view.state);
    const bool isSame = m_model->rowCount() == 0
        || (m_model->rowCount() == 1 && m_model->isMoreRow(m_model->index(0, 0))
            && m_model->index(0, 0).data(FieldChangeRole).value<FieldChange>()
                == FieldChange::Unchanged);
    m_copy->setEnabled(view.problem.isEmpty() && !view.isReading);
    if (!view.problem.isEmpty())
        sayWhyEmpty(tr("The other state could not be read: %1").arg(visibleText(view.problem)));
    else if (view.isReading)
        sayWhyEmpty(tr("Folding…"));
    else if (isSame)
        sayWhyEmpty(view.after.isEmpty()
                ? tr("There is nothing to compare here.")
                : noDifferenceText(visibleText(view.before), visibleText(view.after), 0));
    else if (m_asPatch->isChecked())
        showPatch();
    else {
        m_pages->setCurrentWidget(m_tree);
        expandChanges();
    }
    tellMaskedFields(isSame && m_pages->currentWidget() == m_nothing);
}

void DiffPage::setCaption(const QString& text)
{
    m_caption->setText(text);
    m_caption->setToolTip(plainToolTip(text));
}

/// That what is masked is not compared, once it is counted. A state may be of megabytes.
void DiffPage::tellMaskedFields(bool isSame)
{
    const auto view = m_loader.view();
    if (!view->mayHide || view->isReading || !view->problem.isEmpty())
        return;
    runAside(
        this, [view] { return countMaskedFields(view->state->before, view->state->now); },
        [this, view, isSame](qsizetype masked) {
            if (view != m_loader.view() || masked == 0)
                return;
            if (isSame)
                sayWhyEmpty(noDifferenceText(
                    visibleText(view->before), visibleText(view->after), masked));
            else
                setCaption(QStringLiteral("%1; %2").arg(spanText(*view), maskedFieldsText(masked)));
        });
}

/// Opens what differs, level by level, until there are as many rows as anybody reads.
void DiffPage::expandChanges()
{
    constexpr qsizetype mostRows = 200;
    QList<QModelIndex> level { QModelIndex() };
    qsizetype rows = 0;
    while (!level.isEmpty()) {
        const QModelIndex parent = level.takeFirst();
        auto* model = m_tree->model();
        if (parent.isValid()) {
            if (!model->hasChildren(parent))
                continue;
            model->fetchMore(parent);
            m_tree->expand(parent);
        }
        for (int row = 0; row < model->rowCount(parent) && rows < mostRows; ++row, ++rows) {
            const QModelIndex index = model->index(row, 0, parent);
            level.append(index);
            if (!index.data(PointerRole).isValid()) // "... 12 unchanged"
                m_tree->setFirstColumnSpanned(row, parent, true);
        }
        if (rows >= mostRows)
            return;
    }
}

void DiffPage::sayWhyEmpty(const QString& reason)
{
    m_nothing->setText(reason);
    m_pages->setCurrentWidget(m_nothing);
}

/// A state may be of megabytes.
void DiffPage::showPatch()
{
    m_pages->setCurrentWidget(m_patch);
    const auto number = ++m_patchNumber;
    runAside(
        this,
        [old = m_loader.view()->state->before, now = m_loader.view()->state->now] {
            return makeJsonPatch(old, now).toJson();
        },
        [this, number](const QByteArray& patch) {
            if (number == m_patchNumber)
                m_patch->setJson(patch);
        });
}

QString DiffPage::textAs(Format format) const
{
    return textOf(*m_loader.view(), format);
}

/// Any thread.
QString DiffPage::textOf(const DiffView& view, Format format)
{
    const JsonValue& old = view.state->before;
    const JsonValue& now = view.state->now;
    switch (format) {
    case Format::Patch:
        return QString::fromUtf8(makeJsonPatch(old, now).toIndentedJson());
    case Format::Json:
        return QString::fromUtf8(differenceJson(findDifferences(old, now)).toIndentedJson());
    case Format::Markdown:
        break;
    }
    const auto masked = view.mayHide ? countMaskedFields(old, now) : 0;
    return QString::fromUtf8(differenceMarkdown(
        findDifferences(old, now), view.state->stream, view.before, view.after, masked));
}

void DiffPage::showMenu(const QPoint& place)
{
    QMenu menu(this);
    const auto index = m_tree->indexAt(place);
    if (index.isValid() && index.data(PointerRole).isValid()) {
        if (const auto now = index.data(ValueRole); now.isValid())
            addCopyOfValue(menu, tr("Copy New Value"), now.value<JsonValue>());
        if (const auto old = index.data(OldValueRole); old.isValid())
            addCopyOfValue(menu, tr("Copy Old Value"), old.value<JsonValue>());
        const auto path = index.data(PointerRole).toByteArray();
        menu.addAction(icon(Symbol::Copy), tr("Copy Path"), this,
            [path] { QGuiApplication::clipboard()->setText(QString::fromUtf8(path)); });
        menu.addSeparator();
    }
    fillCopyMenu(menu);
    menu.exec(m_tree->viewport()->mapToGlobal(place));
}

} // namespace eventloupe
