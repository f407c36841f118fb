#include "ui/command/examplesdialog.h"

#include "ui/base/plaintext.h"
#include "ui/base/theme.h"

#include <QDesktopServices>
#include <QDialogButtonBox>
#include <QDir>
#include <QEvent>
#include <QFontDatabase>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSplitter>
#include <QStyledItemDelegate>
#include <QTreeWidget>
#include <QUrl>
#include <QVBoxLayout>

namespace eventloupe {

namespace {

/// What an item of the list stands for: an index into the problems, or into the examples.
enum ItemRole { KindRole = Qt::UserRole, IndexRole, FileRole };
enum ItemKind { ProblemItem, ExampleItem };

/// Rows as high as the panels'.
class PaddedDelegate final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    [[nodiscard]] QSize sizeHint(
        const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        constexpr int padding = 6;
        const auto hint = QStyledItemDelegate::sizeHint(option, index);
        return { hint.width() + padding, option.fontMetrics.height() + padding };
    }
};

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

} // namespace

ExamplesDialog::ExamplesDialog(QWidget* parent)
    : QDialog(parent)
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
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(makeTop());
    layout->addWidget(splitter, 1);
    layout->addWidget(buttons);
    resize(920, 560);

    connect(m_list, &QTreeWidget::currentItemChanged, this, &ExamplesDialog::showSelected);
    connect(m_list, &QTreeWidget::itemActivated, this, &ExamplesDialog::openSelected);
    connect(m_open, &QPushButton::clicked, this, &ExamplesDialog::openSelected);
    connect(m_run, &QPushButton::clicked, &m_checker, &WorkspaceChecker::check);
    connect(&m_checker, &WorkspaceChecker::finished, this, &ExamplesDialog::showCheck);
    connect(&m_checker, &WorkspaceChecker::failed, this, [this](const Error& error) {
        m_check.reset();
        fillList();
        m_summary->setText(visibleText(firstLine(error.message)));
    });
    showSelected();
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

void ExamplesDialog::setFolder(const QString& folder)
{
    m_check.reset();
    fillList();
    m_summary->setText(folder.isEmpty()
            ? tr("No workspace is open: examples belong to a workspace's folder.")
            : tr("Running…"));
    m_run->setEnabled(!folder.isEmpty());
    m_checker.setFolder(folder);
}

void ExamplesDialog::showCheck(const std::shared_ptr<const WorkspaceCheck>& check)
{
    m_check = check;
    const auto failures = check->failures();
    const auto count = check->examples.size();
    QStringList parts;
    if (count == 0)
        parts.append(tr("The workspace has no examples; they are files examples/NAME.json."));
    else if (failures == 0)
        parts.append(tr("✓ All %1 examples hold.").arg(count));
    else
        parts.append(tr("✗ %1 of %2 examples do not hold.").arg(failures).arg(count));
    if (!check->problems.isEmpty())
        parts.append(tr("⚠ Problems in the workspace's files: %1.").arg(check->problems.size()));
    if (!check->untried.isEmpty() && count > 0)
        parts.append(tr("No example is about %1.").arg(check->untried.join(QStringLiteral(", "))));
    m_summary->setText(visibleText(parts.join(u' ')));
    fillList();
}

void ExamplesDialog::fillList()
{
    const QSignalBlocker quiet(m_list);
    m_list->clear();
    if (!m_check) {
        showSelected();
        return;
    }
    QTreeWidgetItem* chosen = nullptr;
    const auto add = [&](ItemKind kind, qsizetype index, const QString& file, QStringList texts) {
        auto* item = new QTreeWidgetItem(m_list, texts);
        item->setToolTip(0, plainToolTip(visibleText(file)));
        item->setData(0, KindRole, kind);
        item->setData(0, IndexRole, index);
        item->setData(0, FileRole, file);
        if (!chosen && file == m_chosen)
            chosen = item;
    };
    for (qsizetype i = 0; i < m_check->problems.size(); ++i) {
        const auto& problem = m_check->problems.at(i);
        add(ProblemItem, i, problem.file, { QStringLiteral("⚠ ") + visibleText(problem.file), {} });
    }
    // What does not hold stands first.
    for (const bool holds : { false, true }) {
        for (qsizetype i = 0; i < m_check->examples.size(); ++i) {
            const auto& item = m_check->examples.at(i);
            if (item.differences.isEmpty() == holds)
                add(ExampleItem, i, item.example.file,
                    { (holds ? QStringLiteral("✓ ") : QStringLiteral("✗ "))
                            + visibleText(item.example.title),
                        visibleText(item.example.command) });
        }
    }
    m_list->setCurrentItem(chosen ? chosen : m_list->topLevelItem(0));
    showSelected();
}

void ExamplesDialog::showSelected()
{
    const auto* item = m_list->currentItem();
    m_open->setEnabled(item != nullptr);
    if (item == nullptr || !m_check) {
        m_title->clear();
        m_verdict->clear();
        m_text->clear();
        m_differences->hide();
        return;
    }
    m_chosen = item->data(0, FileRole).toString();
    const auto index = item->data(0, IndexRole).toLongLong();
    if (item->data(0, KindRole).toInt() == ProblemItem)
        showProblem(m_check->problems.at(index));
    else
        showExample(m_check->examples.at(index));
}

void ExamplesDialog::showProblem(const WorkspaceProblem& problem)
{
    m_title->setText(visibleText(problem.file));
    m_verdict->setText(tr("Line %1, column %2").arg(problem.line).arg(problem.column));
    m_differences->hide();
    m_text->setPlainText(problem.message);
}

void ExamplesDialog::showExample(const WorkspaceCheck::Item& item)
{
    m_title->setText(visibleText(item.example.title));
    m_verdict->setText(item.differences.isEmpty() ? tr("✓ It holds.") : tr("✗ It does not hold:"));
    fillDifferences(item.differences);
    m_text->setPlainText(exampleText(item.example));
}

void ExamplesDialog::fillDifferences(const QList<ExampleDifference>& differences)
{
    m_differences->clear();
    m_differences->setVisible(!differences.isEmpty());
    const auto colours = coloursOf(palette());
    for (const auto& difference : differences) {
        auto* row = new QTreeWidgetItem(m_differences,
            { visibleText(difference.place), orNothing(difference.expected),
                orNothing(difference.came) });
        row->setForeground(2, colours.error);
        for (int column = 0; column < 3; ++column)
            row->setToolTip(column, plainToolTip(row->text(column)));
    }
    for (int column = 0; column < 2; ++column)
        m_differences->resizeColumnToContents(column);
}

QString ExamplesDialog::selectedFile() const
{
    const auto* item = m_list->currentItem();
    return item == nullptr ? QString()
                           : QDir(m_checker.folder()).filePath(item->data(0, FileRole).toString());
}

void ExamplesDialog::openSelected() const
{
    const auto file = selectedFile();
    if (!file.isEmpty())
        QDesktopServices::openUrl(QUrl::fromLocalFile(file));
}

void ExamplesDialog::changeEvent(QEvent* event)
{
    QDialog::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        showSelected();
}

} // namespace eventloupe
