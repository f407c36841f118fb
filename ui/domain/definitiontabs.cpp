#include "ui/domain/definitiontabs.h"

#include "ui/base/plainmessagebox.h"
#include "ui/base/plaintext.h"
#include "ui/domain/definitionpage.h"

#include <QDir>
#include <QEventLoop>
#include <QFileInfo>
#include <QPointer>

#include <utility>

namespace eventloupe {

DefinitionTabs::DefinitionTabs(QWidget* parent)
    : QTabWidget(parent)
{
    setObjectName(QStringLiteral("definitionTabs"));
    setTabsClosable(true);
    setDocumentMode(true);
    setMovable(true);
    connect(this, &QTabWidget::tabCloseRequested, this, &DefinitionTabs::closePage);
    connect(this, &QTabWidget::currentChanged, this,
        [this](int index) { emit currentPathChanged(index < 0 ? QString() : current()->path()); });
}

QStringList DefinitionTabs::setFolder(const QString& folder)
{
    if (folder == m_folder)
        return {};
    m_folder = folder;
    auto all = pages() + std::exchange(m_away, {});
    QStringList back;
    for (auto* page : all) {
        if (!page->isModified() || page->isGivenUp()) {
            delete page;
        } else if (page->folder() == folder) {
            addTab(page, QString());
            setTabToolTip(indexOf(page), plainToolTip(page->path()));
            back.append(page->path());
        } else {
            removeTab(indexOf(page));
            page->setParent(this);
            page->hide();
            m_away.append(page);
        }
    }
    return back;
}

DefinitionPage& DefinitionTabs::add(const QString& path)
{
    auto* page = new DefinitionPage(m_folder, path, this);
    page->setTextsBeside([this, page] { return textsBeside(*page); });
    addTab(page, QString());
    setTabToolTip(indexOf(page), plainToolTip(path));
    setCurrentWidget(page);
    return *page;
}

QList<DefinitionPage*> DefinitionTabs::pages() const
{
    QList<DefinitionPage*> found;
    for (int i = 0; i < count(); ++i)
        found.append(static_cast<DefinitionPage*>(widget(i)));
    return found;
}

DefinitionPage* DefinitionTabs::page(const QString& path) const
{
    for (auto* open : pages()) {
        if (open->path() == path)
            return open;
    }
    return nullptr;
}

DefinitionPage* DefinitionTabs::current() const
{
    return static_cast<DefinitionPage*>(currentWidget());
}

void DefinitionTabs::showTitles()
{
    for (auto* open : pages()) {
        const auto name = buttonText(QFileInfo(open->path()).fileName());
        setTabText(indexOf(open), open->isModified() ? name + QStringLiteral(" •") : name);
    }
}

OpenTexts DefinitionTabs::textsBeside(const DefinitionPage& page) const
{
    OpenTexts texts;
    for (const auto* open : pages()) {
        if (!open->isModified())
            continue;
        if (open != &page)
            texts.unsaved.insert(open->path(), open->text().toUtf8());
        if (!open->goodText().isNull())
            texts.good.insert(open->path(), open->goodText().toUtf8());
    }
    return texts;
}

bool DefinitionTabs::mayLeave()
{
    return mayClose(pages() + m_away);
}

void DefinitionTabs::stay()
{
    for (auto* page : pages() + m_away)
        page->setGivenUp(false);
}

QString DefinitionTabs::nameOf(const DefinitionPage& page) const
{
    return page.folder() == m_folder
        ? page.path()
        : QDir::toNativeSeparators(QDir(page.folder()).filePath(page.path()));
}

bool DefinitionTabs::mayClose(const QList<DefinitionPage*>& leaving)
{
    QStringList unsaved;
    for (const auto* open : leaving) {
        if (open->isModified())
            unsaved.append(nameOf(*open));
    }
    if (unsaved.isEmpty())
        return true;
    const auto saving = unsaved.size() > 1 ? QMessageBox::SaveAll : QMessageBox::Save;
    PlainMessageBox box(QMessageBox::Warning, tr("Not Saved"),
        tr("What was written in %1 is not saved.").arg(unsaved.join(u", ")),
        saving | QMessageBox::Discard | QMessageBox::Cancel, this);
    box.setObjectName(QStringLiteral("notSavedBox"));
    box.setDefaultButton(saving);
    // While it is asked, a store that was being opened may come, and take pages away.
    const QList<QPointer<DefinitionPage>> asked(leaving.cbegin(), leaving.cend());
    const int answer = box.exec();
    for (const auto& open : asked) {
        if (open)
            open->setGivenUp(answer == QMessageBox::Discard);
    }
    return answer == QMessageBox::Discard || (answer == saving && saveAll(asked));
}

bool DefinitionTabs::saveAll(const QList<QPointer<DefinitionPage>>& asked)
{
    for (const auto& open : asked) {
        // Twice where it was being saved already, and written on since.
        for (int i = 0; i < 2 && open && open->isModified(); ++i) {
            QEventLoop loop;
            connect(open.data(), &DefinitionPage::saved, &loop, &QEventLoop::quit);
            connect(open.data(), &DefinitionPage::failed, &loop, &QEventLoop::quit);
            connect(open.data(), &QObject::destroyed, &loop, &QEventLoop::quit);
            open->save();
            if (open->isSaving())
                loop.exec(QEventLoop::ExcludeUserInputEvents);
        }
        if (open && open->isModified()) {
            if (indexOf(open) >= 0)
                setCurrentWidget(open);
            emit attentionAsked();
            return false;
        }
    }
    return true;
}

void DefinitionTabs::closePage(int index)
{
    const QPointer<DefinitionPage> open = pages().at(index);
    if (mayClose({ open }))
        delete open;
    showTitles();
}

} // namespace eventloupe
