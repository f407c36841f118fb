#include "ui/window/helpmenu.h"

#include "ui/base/icons.h"
#include "ui/base/plainmessagebox.h"

#include <QAction>
#include <QCoreApplication>
#include <QDialog>
#include <QDialogButtonBox>
#include <QHeaderView>
#include <QMenu>
#include <QMenuBar>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace eventloupe {

namespace {

QString withoutMnemonic(QString text)
{
    const auto kept = QChar(0x1);
    text.replace(QStringLiteral("&&"), kept).remove(u'&').replace(kept, u'&');
    return text.remove(u'…');
}

QTreeWidgetItem* addGroup(
    QTreeWidget& list, const QString& caption, const QList<QStringList>& keys = {})
{
    auto* group = new QTreeWidgetItem(&list, { caption });
    auto font = list.font();
    font.setBold(true);
    group->setFont(0, font);
    for (const auto& line : keys)
        new QTreeWidgetItem(group, line);
    return group;
}

void addKeys(QTreeWidgetItem& group, const QMenu& menu)
{
    for (const auto* action : menu.actions()) {
        if (action->menu())
            addKeys(group, *action->menu());
        else if (!action->shortcut().isEmpty())
            new QTreeWidgetItem(&group,
                { withoutMnemonic(action->text()),
                    action->shortcut().toString(QKeySequence::NativeText) });
    }
}

} // namespace

HelpMenu::HelpMenu(QMenuBar& bar, QWidget& window)
    : QObject(&window)
    , m_bar(bar)
    , m_window(window)
    , m_menu(new QMenu(tr("&Help"), &window))
{
    m_menu->addAction(tr("&Reference"), QKeySequence(QKeySequence::HelpContents), this,
        &HelpMenu::referenceAsked);
    m_menu->addAction(
        tr("&Keyboard Shortcuts"), QKeySequence(Qt::CTRL | Qt::Key_F1), this, &HelpMenu::showKeys);
    m_menu->addAction(tr("&Diagnostics…"), this, &HelpMenu::diagnosticsAsked);
    m_menu->addAction(tr("Diagnostics &Report…"), this, &HelpMenu::reportAsked);
    m_menu->addSeparator();
    m_menu->addAction(tr("&About Eventloupe"), this, &HelpMenu::showAbout);
    m_menu->addAction(tr("About &Qt"), &window, [&window] { QMessageBox::aboutQt(&window); });
}

void HelpMenu::showKeys()
{
    QDialog dialog(&m_window);
    dialog.setObjectName(QStringLiteral("shortcutsDialog"));
    dialog.setWindowTitle(tr("Keyboard Shortcuts"));
    auto* list = new QTreeWidget(&dialog);
    list->setHeaderLabels({ tr("Action"), tr("Keys") });
    list->setRootIsDecorated(false);
    list->setSelectionMode(QAbstractItemView::NoSelection);
    for (const auto* action : m_bar.actions()) {
        auto* group = addGroup(*list, withoutMnemonic(action->text()));
        addKeys(*group, *action->menu());
        if (group->childCount() == 0)
            delete group;
    }
    addGroup(*list, tr("Commands"),
        { { tr("Issue the command"), tr("Ctrl+Return") },
            { tr("Move the row of a list up"), tr("Ctrl+Shift+Up") },
            { tr("Move the row of a list down"), tr("Ctrl+Shift+Down") },
            { tr("Remove the row of a list"), tr("Ctrl+Shift+Delete") } });
    addGroup(*list, tr("Domain"),
        { { tr("Save the definition"), tr("Ctrl+S") }, { tr("Complete"), tr("Ctrl+Space") },
            { tr("Mend what is wrong here"), tr("Alt+Return") } });
    list->expandAll();
    list->resizeColumnToContents(0);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, &dialog);
    connect(buttons, &QDialogButtonBox::rejected, &dialog, &QDialog::reject);
    auto* layout = new QVBoxLayout(&dialog);
    layout->addWidget(list);
    layout->addWidget(buttons);
    dialog.resize(440, 560);
    dialog.exec();
}

void HelpMenu::showAbout()
{
    PlainMessageBox box(QMessageBox::NoIcon, tr("About Eventloupe"),
        tr("Eventloupe %1").arg(QCoreApplication::applicationVersion()), QMessageBox::Ok,
        &m_window);
    box.setIconPixmap(applicationIcon().pixmap(QSize(64, 64), m_window.devicePixelRatio()));
    box.setInformativeText(tr("An explorer for event-sourced systems. MIT licence."));
    box.exec();
}

} // namespace eventloupe
