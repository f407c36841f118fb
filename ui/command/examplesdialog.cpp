#include "ui/command/examplesdialog.h"

#include "ui/base/paddeddelegate.h"
#include "ui/base/plaintext.h"
#include "ui/base/theme.h"

#include <QDialogButtonBox>
#include <QEvent>
#include <QFontDatabase>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSplitter>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace eventloupe {

namespace {

/// What an item of the list stands for: an index into the parts of the check.
enum ItemRole { KindRole = Qt::UserRole, IndexRole, FileRole, LineRole, ColumnRole };
enum ItemKind { ProblemItem, ExampleItem, NotRunItem, NoteItem };

QTreeWidget* makeTree(const QString& name, const QStringList& captions, QWidget* parent)
{
    auto* tree = new QTreeWidget(parent);
    tree->setObjectName(name);
    tree->setHeaderLabels(captions);
    tree->setItemDelegate(new PaddedDelegate(tree));
    tree->setRootIsDecorated(false);
    tree->setUniformRowHeights(true);
    tree->setAlternatingRowColors(true);
    tree->setAllColumnsShowFocus(true);
    return tree;
}

QString orNothing(const QString& text)
{
    return text.isEmpty() ? ExamplesDialog::tr("nothing") : visibleText(text);
}

/// What a check gave in one line, but for the first words.
QStringList summaryOf(const WorkspaceCheck& check)
{
    const auto tr = [](const char* text) { return ExamplesDialog::tr(text); };
    const auto faults = check.faults();
    const auto failures = check.failures() - faults;
    const auto notRun = check.notRun.size();
    const auto count = check.examples.size() + notRun;
    QStringList parts;
    if (count == 0)
        parts.append(tr("The workspace has no examples; they are files examples/NAME.json."));
    else if (failures + faults + notRun == 0)
        parts.append(tr("✓ All %1 examples hold.").arg(count));
    if (failures > 0)
        parts.append(tr("✗ %1 of %2 examples do not hold.").arg(failures).arg(count));
    if (faults > 0)
        parts.append(tr("⚠ Not compared, for the fault of a definition: %1.").arg(faults));
    if (notRun > 0)
        parts.append(tr("– Not run: %1.").arg(notRun));
    if (!check.problems.isEmpty())
        parts.append(tr("⚠ Problems in the workspace's files: %1.").arg(check.problems.size()));
    if (!check.untried.isEmpty() && count > 0)
        parts.append(tr("No example is about %1.").arg(check.untried.join(QStringLiteral(", "))));
    return parts;
}

} // namespace

struct ExamplesDialog::Row {
    ItemKind kind = ProblemItem;
    qsizetype index = 0;
    QString sign;
    QString title;
    QString command;
    QString file; ///< Where it is, as far as that is known.
    int line = 0;
    int column = 0;
};

ExamplesDialog::ExamplesDialog(WorkspaceChecker& checker, QWidget* parent)
    : QDialog(parent)
    , m_checker(checker)
    , m_summary(new PlainLabel(this))
    , m_run(new QPushButton(tr("&Run Again"), this))
    , m_list(makeTree(QStringLiteral("examplesList"), { tr("Example"), tr("Command") }, this))
    , m_title(new PlainLabel(this))
    , m_verdict(new PlainLabel(this))
    , m_differences(makeTree(
          QStringLiteral("differencesList"), { tr("Where"), tr("Expected"), tr("Came") }, this))
    , m_text(new QPlainTextEdit(this))
    , m_open(new QPushButton(tr("&Open File"), this))
{
    setObjectName(QStringLiteral("examplesDialog"));
    setWindowTitle(tr("Examples"));
    setAttribute(Qt::WA_DeleteOnClose);
    auto* splitter = new QSplitter(Qt::Horizontal, this);
    splitter->setChildrenCollapsible(false);
    m_list->setAccessibleName(tr("Examples and problems"));
    m_list->header()->setStretchLastSection(false);
    m_list->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_list->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    splitter->addWidget(m_list);
    splitter->addWidget(makeDetail());
    splitter->setSizes({ 460, 440 });
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    buttons->addButton(m_open, QDialogButtonBox::ActionRole);
    // Return in the list opens what is chosen; no button takes it as well.
    buttons->button(QDialogButtonBox::Close)->setAutoDefault(false);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(makeTop());
    layout->addWidget(splitter, 1);
    layout->addWidget(buttons);
    resize(920, 560);

    connect(m_list, &QTreeWidget::currentItemChanged, this, &ExamplesDialog::showSelected);
    connect(m_list, &QTreeWidget::itemActivated, this, &ExamplesDialog::openSelected);
    connect(m_open, &QPushButton::clicked, this, &ExamplesDialog::openSelected);
    connectChecker();
    reset();
    if (m_checker.isRunning())
        showRunning();
}

void ExamplesDialog::connectChecker()
{
    connect(m_run, &QPushButton::clicked, &m_checker,
        [this] { m_checker.isRunning() ? m_checker.cancel() : m_checker.check(); });
    connect(&m_checker, &WorkspaceChecker::folderChanged, this, &ExamplesDialog::reset);
    connect(&m_checker, &WorkspaceChecker::started, this, &ExamplesDialog::showRunning);
    connect(&m_checker, &WorkspaceChecker::finished, this, &ExamplesDialog::showCheck);
    connect(&m_checker, &WorkspaceChecker::failed, this, &ExamplesDialog::showFailure);
}

QWidget* ExamplesDialog::makeTop()
{
    auto* top = new QWidget(this);
    auto* row = new QHBoxLayout(top);
    row->setContentsMargins({});
    m_summary->setObjectName(QStringLiteral("examplesSummary"));
    m_summary->setWordWrap(true);
    m_run->setObjectName(QStringLiteral("runExamplesButton"));
    m_run->setAutoDefault(false);
    m_open->setObjectName(QStringLiteral("openFileButton"));
    m_open->setAutoDefault(false);
    row->addWidget(m_summary, 1);
    row->addWidget(m_run);
    return top;
}

QWidget* ExamplesDialog::makeDetail()
{
    auto* detail = new QWidget(this);
    auto* column = new QVBoxLayout(detail);
    column->setContentsMargins({});
    makeHeading(*m_title);
    m_title->setWordWrap(true);
    m_verdict->setObjectName(QStringLiteral("exampleVerdict"));
    m_verdict->setWordWrap(true);
    m_differences->setAccessibleName(tr("Where the example does not hold"));
    m_differences->setSelectionMode(QAbstractItemView::NoSelection);
    m_text->setObjectName(QStringLiteral("exampleText"));
    m_text->setAccessibleName(tr("The example"));
    m_text->setReadOnly(true);
    m_text->setTabChangesFocus(true);
    m_text->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    column->addWidget(m_title);
    column->addWidget(m_verdict);
    column->addWidget(m_differences, 1);
    column->addWidget(m_text, 2);
    return detail;
}

void ExamplesDialog::reset()
{
    m_check.reset();
    fillList();
    const bool isOpen = !m_checker.folder().isEmpty();
    m_summary->setText(
        isOpen ? QString() : tr("No workspace is open: examples belong to a workspace's folder."));
    m_run->setText(tr("&Run Again"));
    m_run->setEnabled(isOpen);
}

void ExamplesDialog::showRunning()
{
    // What was found before stays in view.
    if (!m_check)
        m_summary->setText(tr("Running…"));
    m_run->setText(tr("&Cancel"));
}

void ExamplesDialog::showCheck(const std::shared_ptr<const WorkspaceCheck>& check)
{
    m_check = check;
    m_run->setText(tr("&Run Again"));
    m_summary->setText(visibleText(summaryOf(*check).join(u' ')));
    fillList();
}

void ExamplesDialog::showFailure(const Error& error)
{
    m_run->setText(tr("&Run Again"));
    m_summary->setText(visibleText(firstLine(error.message)));
    if (error.code == ErrorCode::Cancelled)
        return;
    m_check.reset();
    fillList();
}

// What needs a person stands first.
QList<ExamplesDialog::Row> ExamplesDialog::rows() const
{
    QList<Row> rows;
    const auto addProblems = [&](ItemKind kind, const QString& sign,
                                 const QList<WorkspaceProblem>& problems) {
        for (qsizetype i = 0; i < problems.size(); ++i) {
            const auto& problem = problems.at(i);
            rows.append(
                { kind, i, sign, problem.file, {}, problem.file, problem.line, problem.column });
        }
    };
    const auto addExample = [&](ItemKind kind, qsizetype index, const QString& sign,
                                const Example& example, const ExampleDifference* fault = nullptr) {
        Row row { kind, index, sign, example.title, example.command, example.file };
        if (fault && !fault->file.isEmpty()) {
            row.file = fault->file;
            row.line = fault->line;
            row.column = fault->column;
        }
        rows.append(row);
    };
    const auto addExamples = [&](const QString& sign, const auto& isMeant) {
        for (qsizetype i = 0; i < m_check->examples.size(); ++i) {
            if (const auto& item = m_check->examples.at(i); isMeant(item))
                addExample(ExampleItem, i, sign, item.example, item.fault());
        }
    };
    addProblems(ProblemItem, QStringLiteral("⚠ "), m_check->problems);
    addExamples(QStringLiteral("⚠ "), [](const auto& item) { return item.fault() != nullptr; });
    addExamples(QStringLiteral("✗ "),
        [](const auto& item) { return !item.differences.isEmpty() && !item.fault(); });
    for (qsizetype i = 0; i < m_check->notRun.size(); ++i)
        addExample(NotRunItem, i, QStringLiteral("– "), m_check->notRun.at(i).example);
    addProblems(NoteItem, QStringLiteral("ℹ "), m_check->notes);
    addExamples(QStringLiteral("✓ "), [](const auto& item) { return item.differences.isEmpty(); });
    return rows;
}

void ExamplesDialog::fillList()
{
    const QSignalBlocker quiet(m_list);
    m_list->clear();
    QTreeWidgetItem* chosen = nullptr;
    for (const Row& row : m_check ? rows() : QList<Row>()) {
        auto* item = new QTreeWidgetItem(
            m_list, { row.sign + visibleText(row.title), visibleText(row.command) });
        item->setToolTip(0, plainToolTip(visibleText(row.file)));
        item->setData(0, KindRole, row.kind);
        item->setData(0, IndexRole, row.index);
        item->setData(0, FileRole, row.file);
        item->setData(0, LineRole, row.line);
        item->setData(0, ColumnRole, row.column);
        if (!chosen && visibleText(row.title) == m_chosen)
            chosen = item;
    }
    m_list->setCurrentItem(chosen ? chosen : m_list->topLevelItem(0));
    showSelected();
}

void ExamplesDialog::showSelected()
{
    const auto* item = m_list->currentItem();
    m_open->setEnabled(item != nullptr);
    m_differences->hide();
    if (item == nullptr || !m_check) {
        m_title->clear();
        m_verdict->clear();
        m_text->clear();
        return;
    }
    m_chosen = item->text(0).mid(2);
    const auto index = item->data(0, IndexRole).toLongLong();
    switch (item->data(0, KindRole).toInt()) {
    case ProblemItem:
        showProblem(m_check->problems.at(index), tr("Line %1, column %2"));
        break;
    case NoteItem:
        showProblem(m_check->notes.at(index),
            tr("Line %1, column %2. Nothing is wrong with it; something may be missing."));
        break;
    case NotRunItem:
        showNotRun(m_check->notRun.at(index));
        break;
    default:
        showExample(m_check->examples.at(index));
    }
}

void ExamplesDialog::showProblem(const WorkspaceProblem& problem, const QString& verdict)
{
    m_title->setText(visibleText(problem.file));
    m_verdict->setText(verdict.arg(problem.line).arg(problem.column));
    m_text->setPlainText(problem.message);
}

void ExamplesDialog::showNotRun(const WorkspaceCheck::NotRun& item)
{
    m_title->setText(visibleText(item.example.title));
    m_verdict->setText(tr("– It was not run: %1 has a mistake.").arg(visibleText(item.file)));
    m_text->setPlainText(exampleText(item.example));
}

void ExamplesDialog::showExample(const WorkspaceCheck::Item& item)
{
    m_title->setText(visibleText(item.example.title));
    if (const auto* fault = item.fault())
        m_verdict->setText(tr("⚠ Nothing was compared, for the fault of a definition: %1")
                               .arg(visibleText(fault->came)));
    else if (item.differences.isEmpty())
        m_verdict->setText(tr("✓ It holds."));
    else
        m_verdict->setText(tr("✗ It does not hold:"));
    fillDifferences(item.differences);
    m_text->setPlainText(exampleText(item.example));
}

void ExamplesDialog::fillDifferences(const QList<ExampleDifference>& differences)
{
    m_differences->clear();
    const auto colours = coloursOf(palette());
    for (const auto& difference : differences) {
        if (difference.isFault)
            continue;
        auto* row = new QTreeWidgetItem(m_differences,
            { visibleText(difference.place), orNothing(difference.expected),
                orNothing(difference.came) });
        row->setForeground(2, colours.error);
        for (int column = 0; column < 3; ++column)
            row->setToolTip(column, plainToolTip(row->text(column)));
    }
    m_differences->setVisible(m_differences->topLevelItemCount() > 0);
    for (int column = 0; column < 2; ++column)
        m_differences->resizeColumnToContents(column);
}

void ExamplesDialog::openSelected()
{
    if (const auto* item = m_list->currentItem())
        emit placeAsked(item->data(0, FileRole).toString(), item->data(0, LineRole).toInt(),
            item->data(0, ColumnRole).toInt());
}

void ExamplesDialog::changeEvent(QEvent* event)
{
    QDialog::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        showSelected();
}

} // namespace eventloupe
