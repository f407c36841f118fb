#include "ui/domain/domainpanel.h"

#include "domain/definitioncheck.h"
#include "domain/definitiontexts.h"
#include "domain/definitionwriter.h"
#include "ui/base/icons.h"
#include "ui/base/plaintext.h"
#include "ui/domain/definitionpage.h"
#include "ui/domain/definitiontabs.h"
#include "ui/domain/domaintree.h"
#include "ui/domain/newdefinitiondialog.h"
#include "value/aside.h"
#include "value/event.h"
#include "value/json.h"

#include <QHBoxLayout>
#include <QMenu>
#include <QPushButton>
#include <QShortcut>
#include <QSplitter>
#include <QStackedWidget>
#include <QToolButton>

namespace eventloupe {

DomainPanel::DomainPanel(QWidget* parent)
    : QWidget(parent)
    , m_workspace(Workspace::empty())
    , m_stack(new QStackedWidget(this))
    , m_tree(new DomainTree(this))
    , m_centre(new QStackedWidget(this))
    , m_tabs(new DefinitionTabs(this))
    , m_note(new PlainLabel(this))
{
    setObjectName(QStringLiteral("domainPanel"));
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
    connect(m_tabs, &DefinitionTabs::attentionAsked, this, &DomainPanel::attentionAsked);
    connect(m_tabs, &DefinitionTabs::currentPathChanged, this, [this](const QString& path) {
        m_centre->setCurrentIndex(path.isEmpty() ? 0 : 1);
        m_tree->select(path);
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
    save->setToolTip(plainToolTip(
        tr("Save the definition (%1)")
            .arg(QKeySequence(QKeySequence::Save).toString(QKeySequence::NativeText))));
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
    m_workspace = workspace;
    m_kept = kept;
    const auto back = m_tabs->setFolder(workspace->folder());
    m_stack->setCurrentIndex(workspace->folder().isEmpty() ? 0 : 1);
    for (auto* open : m_tabs->pages()) {
        open->setWorkspace(workspace);
        open->fileChanged();
    }
    tellOfBack(back);
    listFiles();
    showMarks();
}

void DomainPanel::tellOfBack(const QStringList& back)
{
    if (back.isEmpty())
        return;
    emit attentionAsked();
    emit said(tr("What was written in %1 and not saved is back").arg(back.join(u", ")));
}

QByteArray DomainPanel::unsavedTexts() const
{
    auto texts = JsonValue::emptyArray();
    for (const auto* open : m_tabs->pages()) {
        if (!open->isModified() || open->isGivenUp())
            continue;
        auto text = JsonValue::emptyObject();
        text.insert("path", JsonValue::fromString(open->path()));
        if (!open->before().isNull())
            text.insert("before", JsonValue::fromString(open->before()));
        text.insert("text", JsonValue::fromString(open->text()));
        texts.append(text);
    }
    return texts.size() > 0 ? texts.toJson() : QByteArray();
}

void DomainPanel::restoreTexts(const QByteArray& texts)
{
    const auto list = texts.isEmpty() || m_workspace->folder().isEmpty()
        ? Result<JsonValue>(JsonValue::emptyArray())
        : parseJson(viewOf(texts));
    if (!list || !list->isArray())
        return;
    QStringList back;
    for (const auto& each : list->elements()) {
        const auto* path = each.find("path");
        const auto* before = each.find("before");
        const auto* text = each.find("text");
        if (!path || !path->isString() || !text || !text->isString())
            continue;
        openFile(path->toString());
        auto* page = m_tabs->page(path->toString());
        if (page->isModified())
            continue; // It never was away.
        page->restoreText(
            before && before->isString() ? before->toUtf8() : QByteArray(), text->toString());
        back.append(page->path());
    }
    tellOfBack(back);
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
    for (const auto* open : m_tabs->pages()) {
        if (open->isModified())
            unsaved.insert(open->path());
    }
    m_tabs->showTitles();
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
    auto* open = m_tabs->page(path);
    if (!open) {
        open = &m_tabs->add(path);
        open->setWorkspace(m_workspace);
        connectPage(*open);
        showMarks();
    }
    m_tabs->setCurrentWidget(open);
    m_tree->select(path);
    if (line > 0)
        open->goTo(line, column);
}

void DomainPanel::connectPage(DefinitionPage& page)
{
    connect(&page, &DefinitionPage::modifiedChanged, this, &DomainPanel::showMarks);
    connect(&page, &DefinitionPage::saved, this, [this](const QString& path) {
        emit said(tr("Saved %1").arg(path));
        emit saved();
    });
    connect(&page, &DefinitionPage::failed, this, &DomainPanel::said);
    connect(&page, &DefinitionPage::placeAsked, this, &DomainPanel::openFile);
    connect(&page, &DefinitionPage::newFileAsked, this,
        [this](const QString& file, const QString& text) { createFile(file, text); });
}

void DomainPanel::createFile(const QString& path, const QString& text, NewDefinitionDialog* dialog)
{
    const auto folder = m_workspace->folder();
    runAside(
        this, [folder, path, text] { return createDefinition(folder, path, text.toUtf8()); },
        [this, folder, path, dialog = QPointer(dialog)](const Result<void>& created) {
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
            if (folder != m_workspace->folder())
                return; // Another workspace is open by now.
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
    if (auto* open = m_tabs->current())
        open->save();
}

bool DomainPanel::mayLeave()
{
    return m_tabs->mayLeave();
}

void DomainPanel::stay()
{
    m_tabs->stay();
}

QString DomainPanel::helpTopic() const
{
    const auto* open = m_tabs->current();
    const auto kind = open ? definitionKindOf(open->path()) : std::nullopt;
    if (!kind || *kind == DefinitionKind::Workspace)
        return QStringLiteral("workspaces");
    return folderOf(*kind);
}

} // namespace eventloupe
