#include "ui/domain/definitionpage.h"

#include "domain/definitiontexts.h"
#include "ui/base/infobar.h"
#include "ui/base/plaintext.h"
#include "ui/domain/aside.h"
#include "ui/domain/bothtexts.h"
#include "ui/domain/problemlist.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QSplitter>
#include <QTextBlock>

namespace eventloupe {

namespace {

constexpr int checkDelay = 200; ///< Milliseconds after the last key.

} // namespace

DefinitionPage::DefinitionPage(QString folder, QString path, QWidget* parent)
    : QWidget(parent)
    , m_folder(std::move(folder))
    , m_path(std::move(path))
    , m_workspace(Workspace::empty())
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
    m_checkDue.setSingleShot(true);
    m_checkDue.setInterval(checkDelay);
    connectAll();
    fileChanged();
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

QByteArray DefinitionPage::bytes() const
{
    return DefinitionText::toBytes(m_editor->text(), m_hasCrLf);
}

void DefinitionPage::setWorkspace(const std::shared_ptr<const Workspace>& workspace)
{
    m_workspace = workspace;
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
    if (m_isSaving)
        return;
    runAside(
        this, [folder = m_folder, path = m_path] { return DefinitionTexts(folder).read(path); },
        [this](const Result<QByteArray>& read) {
            if (!m_isSaving)
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
        m_hasConflict = false;
        m_conflict->hide();
        m_info->dismiss();
        m_editor->document()->setModified(false);
        return;
    }
    if (m_isLoaded && isModified()) {
        if (*read != m_before)
            showConflict({ *read, false });
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
    m_hasConflict = false;
    m_hasCrLf = read.hasCrLf;
    m_isLoaded = true;
    m_conflict->hide();
    m_info->dismiss();
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

void DefinitionPage::keepMine()
{
    m_before = m_theirs.isGone ? QByteArray() : m_theirs.theirs;
    m_hasConflict = false;
    m_conflict->hide();
    m_info->dismiss();
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
    runAside(
        this,
        [folder = m_folder, path = m_path, text = bytes(), before = m_before] {
            return saveDefinition(folder, path, text, before);
        },
        [this, text = bytes()](const Result<SaveOutcome>& outcome) { takeSaved(text, outcome); });
}

void DefinitionPage::takeSaved(const QByteArray& text, const Result<SaveOutcome>& outcome)
{
    m_isSaving = false;
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

void DefinitionPage::checkSoon()
{
    ++m_completionGeneration;
    if (m_isLoaded)
        m_checkDue.start();
}

void DefinitionPage::check()
{
    const auto generation = ++m_checkGeneration;
    const int revision = m_editor->document()->revision();
    runAside(
        this,
        [folder = m_folder, path = m_path, text = m_editor->text()] {
            return checkDefinition(folder, path, text);
        },
        [this, generation, revision](const DefinitionCheck& checked) {
            if (generation != m_checkGeneration || revision != m_editor->document()->revision())
                return;
            QList<DefinitionProblem> own;
            for (const auto& problem : checked.problems) {
                if (problem.file == m_path)
                    own.append(problem);
            }
            m_editor->setProblems(own);
            m_problems->setProblems(m_path, checked.problems);
            m_problems->setVisible(!checked.problems.isEmpty());
            emit problemsChanged();
        });
}

void DefinitionPage::complete(int offset)
{
    const auto generation = ++m_completionGeneration;
    runAside(
        this,
        [path = m_path, text = m_editor->text(), offset, workspace = m_workspace] {
            return completionsAt(path, text, offset, DefinitionNames(workspace));
        },
        [this, generation](const Completions& completions) {
            if (generation == m_completionGeneration)
                m_editor->showCompletions(completions);
        });
}

} // namespace eventloupe
