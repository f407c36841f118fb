#pragma once

#include "support/windowbench.h"
#include "support/workspacefolder.h"
#include "ui/base/infobar.h"
#include "ui/domain/definitionpage.h"
#include "ui/domain/definitiontabs.h"
#include "ui/domain/domainpanel.h"

#include <QDockWidget>
#include <QTest>

/// The text with '"' for each "'".
inline QByteArray js(const char* text)
{
    return QByteArray(text).replace('\'', '"');
}

inline QByteArray contentOf(const QString& name)
{
    QFile file(name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// A window with a small workspace open: an event ADDED and the command ADD that gives it, and the
/// domain panel shown.
class DomainBench {
public:
    DomainBench()
    {
        folder.write(u"events/ADDED.json"_qs, js("{'evolve': {'/sum': 'data.n'}}\n"));
        folder.write(u"commands/ADD.json"_qs,
            js("{'stream': 'a-1', 'schema': {'type': 'object', 'required': ['n'], "
               "'properties': {'n': {'type': 'integer'}, 'note': {'type': 'string'}}}, "
               "'emit': [{'type': 'ADDED'}]}"));
        if (!window.open(folder.path()))
            qFatal("not opened");
        window.find<QDockWidget>("domainDock")->toggleViewAction()->trigger();
    }

    [[nodiscard]] eventloupe::DomainPanel& panel()
    {
        return *window.find<eventloupe::DomainPanel>("domainPanel");
    }
    /// The page of that file; the test program ends when there is none.
    [[nodiscard]] eventloupe::DefinitionPage& page(const QString& path)
    {
        auto* page = window.find<eventloupe::DefinitionTabs>("definitionTabs")->page(path);
        if (!page)
            qFatal("no page is open");
        return *page;
    }
    /// Opens it and waits for its text.
    eventloupe::DefinitionPage& openPage(const QString& path)
    {
        panel().openFile(path);
        auto& opened = page(path);
        if (!QTest::qWaitFor([&] { return opened.isLoaded(); }))
            qFatal("not loaded");
        return opened;
    }
    [[nodiscard]] QString pathOf(const QString& name) const { return folder.filePath(name); }
    [[nodiscard]] QString problemsMessage()
    {
        return window.find<eventloupe::InfoBar>("problemsBar")->message();
    }

    WorkspaceFolder folder;
    eventloupe::WindowBench window;
};
