#include "ui/domain/definitionpage.h"

#include "domain/definitiontexts.h"
#include "domain/workspaceloader.h"
#include "ui/base/infobar.h"
#include "ui/base/plaintext.h"
#include "ui/domain/bothtexts.h"
#include "ui/domain/problemlist.h"
#include "value/aside.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QSplitter>
#include <QTextBlock>

#include <algorithm>

namespace eventloupe {

namespace {

constexpr int checkDelay = 200; ///< Milliseconds after the last key.

bool hasFault(const QList<DefinitionProblem>& problems)
{
    return std::any_of(problems.begin(), problems.end(), [](const DefinitionProblem& problem) {
        return problem.level == DefinitionProblem::Level::Fault;
    });
}

} // namespace

struct DefinitionPage::Checked {
    QString text;
    int revision = 0; ///< Of the document.
    DefinitionCheck check;
    std::shared_ptr<const Workspace> names; ///< Null where it was cancelled, or nothing loads.
};

DefinitionPage::DefinitionPage(QString folder, QString path, QWidget* parent)
    : QWidget(parent)
    , m_folder(std::move(folder))
    , m_path(std::move(path))
    , m_names(Workspace::empty())
    , m_info(new InfoBar(this))
    , m_conflict(new QWidget(this))
    , m_editor(new DefinitionEditor(m_path, this))
    , m_problems(new ProblemList(this))
{
    auto* choices = new QHBoxLayout(m_conflict);
    choices->setContentsMargins(6, 2, 6, 2);
    const auto add = [&](const QString& caption, const char* name, void (DefinitionPage::*slot)()) {
        auto* button = new QPushButton(caption, m_conflict);
        button->setObjectName(QString::fromLatin1(name));
        connect(button, &QPushButton::clicked, this, slot);
        choices->addWidget(button);
    };
    add(tr("Keep mine"), "keepMine", &DefinitionPage::keepMine);
    add(tr("Take theirs"), "takeTheirs", &DefinitionPage::takeTheirs);
    add(tr("Show both"), "showBoth", &DefinitionPage::showBoth);
    choices->addStretch(1);
    m_conflict->hide();
    auto* splitter = new QSplitter(Qt::Vertical, this);
    splitter->addWidget(m_editor);
    splitter->addWidget(m_problems);
    splitter->setStretchFactor(0, 3);
    splitter->setStretchFactor(1, 1);
    splitter->setCollapsible(0, false);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(m_info);
    column->addWidget(m_conflict);
    column->addWidget(splitter, 1);
    m_problems->hide();
    m_editor->setReadOnly(true);
    m_disk.setMaxThreadCount(1);
    m_checkDue.setSingleShot(true);
    m_checkDue.setInterval(checkDelay);
    connectAll();
    fileChanged();
}

DefinitionPage::~DefinitionPage()
{
    m_cancel.cancel();
}

void DefinitionPage::connectAll()
{
    connect(&m_checkDue, &QTimer::timeout, this, &DefinitionPage::check);
    connect(m_editor, &QPlainTextEdit::textChanged, this, &DefinitionPage::checkSoon);
    connect(m_editor->document(), &QTextDocument::modificationChanged, this,
        &DefinitionPage::modifiedChanged);
    connect(m_editor, &DefinitionEditor::completionsAsked, this, &DefinitionPage::complete);
    connect(m_editor, &DefinitionEditor::fixAsked, this, &DefinitionPage::applyFix);
    connect(m_problems, &ProblemList::fixAsked, this, &DefinitionPage::applyFix);
    connect(m_problems, &ProblemList::placeAsked, this, [this](const DefinitionProblem& problem) {
        if (problem.file != m_path) {
            emit placeAsked(problem.file, problem.line, problem.column);
            return;
        }
        m_editor->goTo(problem.start);
        m_editor->setFocus();
    });
}

bool DefinitionPage::isModified() const
{
    return m_editor->document()->isModified();
}

bool DefinitionPage::isGivenUp() const
{
    return m_givenUp == m_editor->document()->revision();
}

void DefinitionPage::setGivenUp(bool givenUp)
{
    m_givenUp = givenUp ? m_editor->document()->revision() : -1;
}

QByteArray DefinitionPage::bytes() const
{
    return DefinitionText::toBytes(m_editor->text(), m_hasCrLf);
}

void DefinitionPage::setWorkspace(const std::shared_ptr<const Workspace>& workspace)
{
    m_names = workspace;
    checkSoon();
}

void DefinitionPage::goTo(int line, int column)
{
    m_wantedLine = line;
    m_wantedColumn = column;
    if (!m_isLoaded)
        return;
    const auto block = m_editor->document()->findBlockByNumber(line - 1);
    m_editor->goTo(block.position() + std::min(column, block.length()) - 1);
    m_editor->setFocus();
}

void DefinitionPage::fileChanged()
{
    m_isReadDue = m_isSaving;
    if (m_isSaving)
        return;
    const auto generation = ++m_fileGeneration;
    runAside(
        m_disk, this,
        [folder = m_folder, path = m_path] { return DefinitionTexts(folder).read(path); },
        [this, generation](const Result<QByteArray>& read) {
            if (generation == m_fileGeneration)
                take(read);
        });
}

void DefinitionPage::take(const Result<QByteArray>& read)
{
    if (!read) {
        const bool isGone = read.error().code == ErrorCode::NotFound;
        if (m_isLoaded && isGone && !m_before.isNull())
            showConflict({ {}, true });
        else if (!m_isLoaded || !isGone)
            m_info->show(InfoBar::Kind::Failure, visibleText(m_path + u' ' + read.error().message));
        return;
    }
    if (m_isLoaded && *read == m_before && !m_hasConflict)
        return;
    if (m_isLoaded && *read == bytes()) {
        // The same was written there.
        m_before = *read;
        endConflict();
        m_editor->document()->setModified(false);
        return;
    }
    if (m_isLoaded && isModified()) {
        if (*read != m_before)
            showConflict({ *read, false });
        else
            endConflict(); // It is again what was read here.
        return;
    }
    m_theirs = { *read, false };
    takeTheirs();
    if (m_wantedLine > 0)
        goTo(m_wantedLine, m_wantedColumn);
}

void DefinitionPage::takeTheirs()
{
    const auto read = DefinitionText::fromBytes(m_theirs.theirs);
    const bool isFirst = !m_isLoaded;
    m_before = m_theirs.isGone ? QByteArray() : m_theirs.theirs;
    if (!m_theirs.isGone && m_before.isNull())
        m_before = QByteArray("");
    endConflict();
    m_hasCrLf = read.hasCrLf;
    m_isLoaded = true;
    m_editor->setReadOnly(!read.obstacle.isEmpty());
    if (!read.obstacle.isEmpty())
        m_info->show(InfoBar::Kind::Information, read.obstacle);
    if (isFirst)
        m_editor->setPlainText(read.text);
    else
        m_editor->replaceText(read.text);
    m_editor->document()->setModified(false);
    checkSoon();
}

void DefinitionPage::restoreText(const QByteArray& before, const QString& text)
{
    m_theirs = { before, before.isNull() };
    m_isLoaded = false; // Nothing to undo before it.
    takeTheirs();
    m_editor->replaceText(text);
    m_editor->document()->setModified(true);
    fileChanged();
}

void DefinitionPage::showConflict(const DefinitionConflict& conflict)
{
    m_theirs = conflict;
    m_hasConflict = true;
    m_info->show(InfoBar::Kind::Warning,
        conflict.isGone ? tr("The file was removed. What is written here is kept: keep mine writes "
                             "it again.")
                        : tr("The file was changed by another program. What is written here is "
                             "kept."));
    m_conflict->show();
    if (conflict.isGone)
        m_editor->document()->setModified(true);
}

void DefinitionPage::endConflict()
{
    m_hasConflict = false;
    m_conflict->hide();
    m_info->dismiss();
}

void DefinitionPage::keepMine()
{
    m_before = m_theirs.isGone ? QByteArray() : m_theirs.theirs;
    endConflict();
    save();
}

void DefinitionPage::showBoth()
{
    BothTexts(m_path, m_editor->text(), DefinitionText::fromBytes(m_theirs.theirs).text, this)
        .exec();
}

void DefinitionPage::save()
{
    if (!m_isLoaded || m_isSaving || m_editor->isReadOnly() || !isModified())
        return;
    if (m_hasConflict) {
        showConflict(m_theirs); // Its words may have been dismissed.
        m_conflict->findChild<QPushButton*>()->setFocus(Qt::ShortcutFocusReason);
        emit failed(
            tr("%1 was not saved: choose first what becomes of the file on disk").arg(m_path));
        return;
    }
    m_isSaving = true;
    ++m_fileGeneration; // What is being read may not be what is there then.
    runAside(
        m_disk, this,
        [folder = m_folder, path = m_path, text = bytes(), before = m_before] {
            return saveDefinition(folder, path, text, before);
        },
        [this, text = bytes()](const Result<SaveOutcome>& outcome) { takeSaved(text, outcome); });
}

void DefinitionPage::takeSaved(const QByteArray& text, const Result<SaveOutcome>& outcome)
{
    m_isSaving = false;
    if (m_isReadDue)
        fileChanged();
    if (!outcome) {
        m_info->show(InfoBar::Kind::Failure, visibleText(outcome.error().message));
        emit failed(outcome.error().message);
        return;
    }
    if (const auto* conflict = std::get_if<DefinitionConflict>(&*outcome)) {
        showConflict(*conflict);
        emit failed(tr("%1 was not saved: it changed on disk").arg(m_path));
        return;
    }
    m_before = text;
    m_info->dismiss();
    // Someone may have gone on writing meanwhile.
    m_editor->document()->setModified(bytes() != text);
    emit saved(m_path);
}

void DefinitionPage::applyFix(const DefinitionFix& fix)
{
    if (!fix.newFile.isEmpty())
        emit newFileAsked(fix.newFile, fix.text);
    else if (!m_editor->isReadOnly())
        m_editor->apply(fix);
    m_editor->setFocus();
}

void DefinitionPage::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    checkSoon(); // What is written in other pages may be new.
}

void DefinitionPage::checkSoon()
{
    ++m_completionGeneration;
    if (m_isLoaded && isVisible())
        m_checkDue.start();
}

void DefinitionPage::check()
{
    m_isCheckDue = m_isChecking;
    if (m_isChecking)
        return;
    m_isChecking = true;
    runAside(
        this,
        [folder = m_folder, path = m_path, text = text(), cancel = m_cancel,
            revision = m_editor->document()->revision(),
            beside = m_textsBeside ? m_textsBeside() : OpenTexts()] {
            Checked checked { text, revision,
                checkDefinition(folder, path, text, beside.unsaved, cancel), nullptr };
            checked.names = checked.check.workspace;
            if (!hasFault(checked.check.problems) || cancel.isCancelled())
                return checked;
            // What is half written keeps the names that it gave.
            DefinitionTexts texts(folder, beside.good);
            if (const auto loaded = WorkspaceLoader(texts, cancel).load())
                checked.names = *loaded;
            return checked;
        },
        [this](const Checked& checked) {
            m_isChecking = false;
            takeChecked(checked);
            if (m_isCheckDue)
                check();
        });
}

void DefinitionPage::takeChecked(const Checked& checked)
{
    if (checked.names)
        m_names = checked.names;
    if (checked.revision != m_editor->document()->revision())
        return;
    QList<DefinitionProblem> own;
    for (const auto& problem : checked.check.problems) {
        if (problem.file == m_path)
            own.append(problem);
    }
    if (!hasFault(own))
        m_goodText = checked.text;
    m_editor->setProblems(own);
    m_problems->setProblems(m_path, checked.check.problems);
    m_problems->setVisible(!checked.check.problems.isEmpty());
    emit problemsChanged();
}

void DefinitionPage::complete(int offset)
{
    const auto generation = ++m_completionGeneration;
    runAside(
        this,
        [path = m_path, text = text(), offset, names = m_names] {
            return completionsAt(path, text, offset, DefinitionNames(names));
        },
        [this, generation](const Completions& completions) {
            if (generation == m_completionGeneration)
                m_editor->showCompletions(completions);
        });
}

} // namespace eventloupe
