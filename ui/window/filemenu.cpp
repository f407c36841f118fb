#include "ui/window/filemenu.h"

#include "ui/base/filedialog.h"
#include "ui/base/icons.h"
#include "ui/base/plaintext.h"

#include <QAction>
#include <QDir>
#include <QMenu>
#include <QStandardPaths>
#include <QToolBar>

#include <array>

namespace eventloupe {

namespace {

QString storeFilter()
{
    return FileMenu::tr("Event stores (*.eventlog)");
}

/// What can be opened: the stores of other libraries are SQLite files of any name.
QString openFilter()
{
    const QString databases = QStringLiteral("*.db *.sqlite *.sqlite3 *.db3 *.s3db");
    return FileMenu::tr("Event stores and databases (*.eventlog %1);;Eventloupe stores "
                        "(*.eventlog);;SQLite databases of other libraries (%1);;All files (*)")
        .arg(databases);
}

} // namespace

FileMenu::FileMenu(QWidget& window)
    : QObject(&window)
    , m_window(window)
    , m_menu(new QMenu(tr("&File"), &window))
{
    addNewActions();
    m_menu->addSeparator();
    m_openStore
        = m_menu->addAction(icon(Symbol::Open), tr("&Open Store…"), this, &FileMenu::askOpenStore);
    m_openStore->setShortcut(QKeySequence::Open);
    m_openServer = m_menu->addAction(tr("Open &Database Server…"), this, &FileMenu::serverAsked);
    m_openServer->setObjectName(QStringLiteral("openServerAction"));
    m_openServer->setShortcut(Qt::CTRL | Qt::ALT | Qt::Key_O);
    m_openWorkspace = m_menu->addAction(
        icon(Symbol::Workspace), tr("Open &Workspace…"), this, &FileMenu::askOpenWorkspace);
    m_openWorkspace->setShortcut(Qt::CTRL | Qt::SHIFT | Qt::Key_O);
    m_recent = m_menu->addMenu(tr("Open &Recent"));
    m_examples
        = m_menu->addAction(tr("E&xamples of the Workspace…"), this, &FileMenu::examplesAsked);
    m_examples->setObjectName(QStringLiteral("examplesAction"));
    m_examples->setShortcut(Qt::CTRL | Qt::SHIFT | Qt::Key_E);
    m_menu->addSeparator();
    addExchangeActions();
    m_describe = m_menu->addAction(tr("&Describe this Log…"), this, &FileMenu::describeAsked);
    m_describe->setObjectName(QStringLiteral("describeAction"));
    m_menu->addSeparator();
    m_close = m_menu->addAction(tr("&Close"), this, &FileMenu::closeAsked);
    m_close->setShortcut(QKeySequence::Close);
    auto* quit = m_menu->addAction(tr("&Quit"), &window, &QWidget::close);
    quit->setShortcut(Qt::CTRL | Qt::Key_Q);
    setRecent({});
    setStore(false, false);
    setWorkspace(false);
}

void FileMenu::addNewActions()
{
    auto* fresh = m_menu->addMenu(icon(Symbol::Workspace), tr("&New Workspace"));
    const auto add = [this, fresh](const QString& caption, const char* name) {
        fresh->addAction(
            caption, this, [this, name = QString::fromLatin1(name)] { askNewWorkspace(name); });
    };
    add(tr("&Users (sample)…"), "users");
    add(tr("&Shop (sample)…"), "shop");
    add(tr("&Bank (sample)…"), "bank");
    add(tr("&Library (sample)…"), "library");
    fresh->addSeparator();
    add(tr("&Empty…"), "empty");
    m_newStore
        = m_menu->addAction(icon(Symbol::New), tr("New &Store…"), this, &FileMenu::askNewStore);
    m_newStore->setShortcut(QKeySequence::New);
}

void FileMenu::addExchangeActions()
{
    m_import
        = m_menu->addAction(icon(Symbol::Import), tr("&Import…"), this, &FileMenu::importAsked);
    m_import->setObjectName(QStringLiteral("importAction"));
    m_import->setShortcut(Qt::CTRL | Qt::Key_I);
    m_export
        = m_menu->addAction(icon(Symbol::Export), tr("&Export…"), this, &FileMenu::exportAsked);
    m_export->setObjectName(QStringLiteral("exportAction"));
    m_export->setShortcut(Qt::CTRL | Qt::Key_E);
    m_copy = m_menu->addAction(icon(Symbol::Copy), tr("Cop&y Log To…"), this, &FileMenu::copyAsked);
    m_copy->setObjectName(QStringLiteral("copyAction"));
    m_verify = m_menu->addAction(tr("&Verify…"), this, &FileMenu::verifyAsked);
    m_verify->setObjectName(QStringLiteral("verifyAction"));
}

void FileMenu::fillToolBar(QToolBar& bar) const
{
    bar.addActions({ m_openStore, m_openWorkspace, m_newStore });
    bar.addSeparator();
    bar.addActions({ m_import, m_export });
}

void FileMenu::setRecent(const QStringList& locations)
{
    m_recent->clear();
    m_recent->setEnabled(!locations.isEmpty());
    int number = 0;
    for (const auto& location : locations) {
        const auto caption = buttonText(QDir::toNativeSeparators(location));
        const auto mnemonic = ++number < 10 ? QStringLiteral("&%1  ").arg(number) : QString();
        m_recent->addAction(
            mnemonic + caption, this, [this, location] { emit openAsked(location); });
    }
}

void FileMenu::setWorkspace(bool open)
{
    m_examples->setEnabled(open);
}

void FileMenu::setStore(bool open, bool writable)
{
    m_import->setEnabled(!open || writable);
    m_export->setEnabled(open);
    m_copy->setEnabled(open);
    m_verify->setEnabled(open);
    m_describe->setEnabled(open);
    m_close->setEnabled(open);
}

QString FileMenu::startFolder() const
{
    return m_folder.isEmpty() ? QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation)
                              : m_folder;
}

void FileMenu::remember(const QString& path)
{
    m_folder = QFileInfo(path).absolutePath();
}

void FileMenu::askNewWorkspace(const QString& templateName)
{
    const auto folder = askSaveFileName(&m_window, tr("New Workspace: a New Folder"),
        startFolder() + u'/' + templateName, tr("Folders (*)"), QFileDialog::DontConfirmOverwrite);
    if (folder.isEmpty())
        return;
    remember(folder);
    emit newWorkspaceAsked(folder, templateName);
}

void FileMenu::askNewStore()
{
    auto file = askSaveFileName(&m_window, tr("New Store"),
        startFolder() + tr("/events.eventlog"), storeFilter(), QFileDialog::DontConfirmOverwrite);
    if (file.isEmpty())
        return;
    if (QFileInfo(file).suffix().isEmpty())
        file += QStringLiteral(".eventlog");
    remember(file);
    emit newStoreAsked(file);
}

void FileMenu::askOpenStore()
{
    const auto file
        = askOpenFileName(&m_window, tr("Open Store"), startFolder(), openFilter());
    if (file.isEmpty())
        return;
    remember(file);
    emit openAsked(file);
}

void FileMenu::askOpenWorkspace()
{
    const auto folder
        = askFolder(&m_window, tr("Open Workspace"), startFolder());
    if (folder.isEmpty())
        return;
    remember(folder);
    emit openAsked(folder);
}

} // namespace eventloupe
