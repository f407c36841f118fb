#include "ui/domain/domainpanel.h"

#include "domain/definitioncheck.h"
#include "domain/definitiontexts.h"
#include "domain/definitionwriter.h"
#include "ui/base/icons.h"
#include "ui/base/plaintext.h"
#include "ui/domain/aside.h"
#include "ui/domain/definitionpage.h"
#include "ui/domain/domaintree.h"
#include "ui/domain/newdefinitiondialog.h"

#include <QEventLoop>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>
#include <QShortcut>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabWidget>
#include <QToolButton>

#include <array>

namespace eventloupe {

DomainPanel::DomainPanel(QWidget* parent)
    : QWidget(parent)
    , m_workspace(Workspace::empty())
    , m_stack(new QStackedWidget(this))
    , m_tree(new DomainTree(this))
    , m_centre(new QStackedWidget(this))
    , m_tabs(new QTabWidget(this))
    , m_note(new PlainLabel(this))
{
    setObjectName(QStringLiteral("domainPanel"));
    m_tabs->setObjectName(QStringLiteral("definitionTabs"));
    m_tabs->setTabsClosable(true);
    m_tabs->setDocumentMode(true);
    m_tabs->setMovable(true);
    m_note->setObjectName(QStringLiteral("domainNote"));
    m_note->setWordWrap(true);
    m_note->setContentsMargins(6, 2, 6, 4);
    m_note->hide();
    auto* left = new QWidget(this);
    auto* leftColumn = new QVBoxLayout(left);
    leftColumn->setContentsMargins({});
    leftColumn->setSpacing(0);
    leftColumn->addWidget(makeBar());
    leftColumn->addWidget(m_note);
    leftColumn->addWidget(m_tree, 1);
    auto* splitter = new QSplitter(this);
    splitter->addWidget(left);
    m_centre->addWidget(makeHint());
    m_centre->addWidget(m_tabs);
    splitter->addWidget(m_centre);
    splitter->setStretchFactor(1, 1);
    splitter->setSizes({ 210, 600 });
    splitter->setCollapsible(1, false);
    m_stack->addWidget(makeEmptyPage());
    m_stack->addWidget(splitter);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->addWidget(m_stack);
    connect(m_tree, &DomainTree::fileAsked, this, [this](const QString& path) { openFile(path); });
    connect(m_tabs, &QTabWidget::tabCloseRequested, this, &DomainPanel::closePage);
    connect(m_tabs, &QTabWidget::currentChanged, this, [this](int index) {
        m_centre->setCurrentIndex(index >= 0 ? 1 : 0);
        if (index >= 0)
            m_tree->select(pages().at(index)->path());
    });
    auto* keys = new QShortcut(QKeySequence::Save, this);
    keys->setContext(Qt::WidgetWithChildrenShortcut);
    connect(keys, &QShortcut::activated, this, &DomainPanel::save);
}

QWidget* DomainPanel::makeBar()
{
    auto* bar = new QWidget(this);
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(2, 2, 2, 2);
    m_new = new QToolButton(bar);
    m_new->setObjectName(QStringLiteral("newDefinition"));
    m_new->setText(tr("New"));
    m_new->setIcon(icon(Symbol::New));
    m_new->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_new->setPopupMode(QToolButton::InstantPopup);
    m_new->setToolTip(tr("A new definition"));
    auto* menu = new QMenu(m_new);
    const auto add = [&](const QString& caption, DefinitionKind kind) {
        menu->addAction(caption, this, [this, kind] { askNew(kind); });
    };
    add(tr("&Aggregate…"), DefinitionKind::Aggregate);
    add(tr("&Event…"), DefinitionKind::Event);
    add(tr("&Command…"), DefinitionKind::Command);
    add(tr("&Projection…"), DefinitionKind::Projection);
    add(tr("E&xample…"), DefinitionKind::Example);
    m_new->setMenu(menu);
    auto* save = new QToolButton(bar);
    save->setObjectName(QStringLiteral("saveDefinition"));
    save->setText(tr("Save"));
    save->setToolTip(tr("Save the definition (%1)")
                         .arg(QKeySequence(QKeySequence::Save).toString(QKeySequence::NativeText)));
    connect(save, &QToolButton::clicked, this, &DomainPanel::save);
    row->addWidget(m_new);
    row->addWidget(save);
    row->addStretch(1);
    return bar;
}

QWidget* DomainPanel::makeHint()
{
    auto* hint = new PlainLabel(tr("Choose a definition on the left to read and change it, or make "
                                   "one with New.\nWhat is saved counts at once: states, forms and "
                                   "projections follow it."),
        this);
    hint->setObjectName(QStringLiteral("domainHint"));
    hint->setWordWrap(true);
    hint->setAlignment(Qt::AlignCenter);
    hint->setMargin(12);
    return hint;
}

QWidget* DomainPanel::makeEmptyPage()
{
    auto* page = new QWidget(this);
    auto* label = new PlainLabel(tr("This store has no workspace, so its events merge their data "
                                    "into the states. Describe its log to have definitions that "
                                    "you can change."),
        page);
    label->setWordWrap(true);
    label->setAlignment(Qt::AlignCenter);
    auto* describe = new QPushButton(tr("Describe this Log…"), page);
    describe->setObjectName(QStringLiteral("describeLog"));
    connect(describe, &QPushButton::clicked, this, &DomainPanel::describeAsked);
    auto* column = new QVBoxLayout(page);
    column->addStretch(1);
    column->addWidget(label);
    column->addWidget(describe, 0, Qt::AlignHCenter);
    column->addStretch(1);
    return page;
}

void DomainPanel::setWorkspace(
    const std::shared_ptr<const Workspace>& workspace, const QStringList& kept)
{
    const bool isOther = workspace->folder() != m_workspace->folder();
    m_workspace = workspace;
    m_kept = kept;
    if (isOther) {
        while (m_tabs->count() > 0)
            delete m_tabs->widget(0);
    }
    m_stack->setCurrentIndex(workspace->folder().isEmpty() ? 0 : 1);
    for (auto* open : pages()) {
        open->setWorkspace(workspace);
        open->fileChanged();
    }
    listFiles();
    showMarks();
}

void DomainPanel::listFiles()
{
    const QString folder = m_workspace->folder();
    if (folder.isEmpty()) {
        m_tree->setFiles({});
        return;
    }
    runAside(
        this,
        [folder] {
            const DefinitionTexts texts(folder);
            QStringList files { workspaceFileName() };
            for (const QString& subfolder : definitionFolders())
                files += texts.files(subfolder);
            return files;
        },
        [this, folder](const QStringList& files) {
            if (folder == m_workspace->folder())
                m_tree->setFiles(files);
        });
}

void DomainPanel::showMarks()
{
    QSet<QString> broken;
    for (const WorkspaceProblem& problem : m_workspace->problems())
        broken.insert(problem.file);
    QSet<QString> unsaved;
    for (auto* open : pages()) {
        if (open->isModified())
            unsaved.insert(open->path());
        const auto name = QFileInfo(open->path()).fileName();
        m_tabs->setTabText(m_tabs->indexOf(open),
            visibleText(name).replace(u'&', QStringLiteral("&&"))
                + (open->isModified() ? QStringLiteral(" •") : QString()));
    }
    m_tree->setMarks(broken, unsaved);
    m_note->setText(m_kept.isEmpty()
            ? QString()
            : tr("The last good text is in use of: %1").arg(m_kept.join(QStringLiteral(", "))));
    m_note->setVisible(!m_kept.isEmpty());
}

void DomainPanel::openFile(const QString& path, int line, int column)
{
    if (m_workspace->folder().isEmpty())
        return;
    auto* open = page(path);
    if (!open) {
        open = new DefinitionPage(m_workspace->folder(), path, m_tabs);
        open->setWorkspace(m_workspace);
        m_tabs->addTab(open, QString());
        m_tabs->setTabToolTip(m_tabs->indexOf(open), plainToolTip(path));
        connect(open, &DefinitionPage::modifiedChanged, this, &DomainPanel::showMarks);
        connect(open, &DefinitionPage::saved, this, [this](const QString& saved) {
            emit said(tr("Saved %1").arg(saved));
            emit this->saved();
        });
        connect(open, &DefinitionPage::failed, this, &DomainPanel::said);
        connect(open, &DefinitionPage::placeAsked, this, &DomainPanel::openFile);
        connect(open, &DefinitionPage::newFileAsked, this,
            [this](const QString& file, const QString& text) { createFile(file, text); });
        showMarks();
    }
    m_tabs->setCurrentWidget(open);
    m_tree->select(path);
    if (line > 0)
        open->goTo(line, column);
}

void DomainPanel::createFile(const QString& path, const QString& text, NewDefinitionDialog* dialog)
{
    runAside(
        this,
        [folder = m_workspace->folder(), path, text] {
            return createDefinition(folder, path, text.toUtf8());
        },
        [this, path, dialog = QPointer(dialog)](const Result<void>& created) {
            if (!created && dialog) {
                dialog->refuse(created.error().message);
                return;
            }
            if (dialog)
                dialog->accept();
            if (!created) {
                emit said(created.error().message);
                return;
            }
            emit said(tr("Made %1").arg(path));
            emit saved();
            listFiles();
            openFile(path);
        });
}

void DomainPanel::askNew(DefinitionKind kind)
{
    auto* dialog = new NewDefinitionDialog(kind, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &NewDefinitionDialog::named, this, [this, kind, dialog](const QString& name) {
        const auto& commands = m_workspace->commands();
        const auto command = commands.isEmpty() ? QString() : commands.constFirst().name;
        createFile(
            fileNameOf(folderOf(kind), name), definitionTemplate(kind, name, command), dialog);
    });
    dialog->open();
}

void DomainPanel::save()
{
    if (auto* open = qobject_cast<DefinitionPage*>(m_tabs->currentWidget()))
        open->save();
}

bool DomainPanel::mayLeave()
{
    return mayClose(pages());
}

bool DomainPanel::mayClose(const QList<DefinitionPage*>& leaving)
{
    QStringList unsaved;
    for (const auto* open : leaving) {
        if (open->isModified())
            unsaved.append(open->path());
    }
    if (unsaved.isEmpty())
        return true;
    const auto saving = unsaved.size() > 1 ? QMessageBox::SaveAll : QMessageBox::Save;
    QMessageBox box(QMessageBox::Warning, tr("Not Saved"),
        tr("What was written in %1 is not saved.").arg(visibleText(unsaved.join(u", "))),
        saving | QMessageBox::Discard | QMessageBox::Cancel, this);
    box.setObjectName(QStringLiteral("notSavedBox"));
    box.setTextFormat(Qt::PlainText);
    box.setDefaultButton(saving);
    const int answer = box.exec();
    return answer == QMessageBox::Discard || (answer == saving && saveAll(leaving));
}

bool DomainPanel::saveAll(const QList<DefinitionPage*>& asked)
{
    for (auto* open : asked) {
        // Twice where it was being saved already, and written on since.
        for (int i = 0; i < 2 && open->isModified(); ++i) {
            QEventLoop loop;
            connect(open, &DefinitionPage::saved, &loop, &QEventLoop::quit);
            connect(open, &DefinitionPage::failed, &loop, &QEventLoop::quit);
            open->save();
            if (open->isSaving())
                loop.exec(QEventLoop::ExcludeUserInputEvents);
        }
        if (open->isModified()) {
            m_tabs->setCurrentWidget(open);
            emit attentionAsked();
            return false;
        }
    }
    return true;
}

void DomainPanel::closePage(int index)
{
    auto* open = pages().at(index);
    if (mayClose({ open }))
        delete open;
    showMarks();
}

QList<DefinitionPage*> DomainPanel::pages() const
{
    QList<DefinitionPage*> found;
    for (int i = 0; i < m_tabs->count(); ++i)
        found.append(static_cast<DefinitionPage*>(m_tabs->widget(i)));
    return found;
}

DefinitionPage* DomainPanel::page(const QString& path) const
{
    for (auto* open : pages()) {
        if (open->path() == path)
            return open;
    }
    return nullptr;
}

QString DomainPanel::helpTopic() const
{
    const auto* open = qobject_cast<DefinitionPage*>(m_tabs->currentWidget());
    const auto kind = open ? definitionKindOf(open->path()) : std::nullopt;
    if (!kind || *kind == DefinitionKind::Workspace)
        return QStringLiteral("workspaces");
    return folderOf(*kind);
}

} // namespace eventloupe
