// MainWindow: what caused what.

#include "causation/causationloader.h"
#include "time/cursorframe.h"
#include "time/timecursor.h"
#include "ui/base/icons.h"
#include "ui/causation/causationpanel.h"
#include "ui/log/filterbar.h"
#include "ui/log/logpanel.h"
#include "ui/log/logview.h"
#include "ui/window/mainwindow.h"
#include "ui/window/statusarea.h"
#include "ui/window/viewmenu.h"
#include "ui/window/windowdocks.h"

#include <QAction>
#include <QDockWidget>
#include <QMenu>

namespace eventloupe {

void MainWindow::connectCausation()
{
    auto* loader = new CausationLoader(m_parts.client, this);
    m_causation = new CausationPanel(*loader, m_parts.cursor, this);
    auto* dock = m_docks->addPanel(m_causation, QStringLiteral("causationDock"), tr("Causation"),
        Qt::RightDockWidgetArea);
    m_view->addPanel(dock->toggleViewAction());
    connect(m_causation, &CausationPanel::filterAsked, m_filterBar, &FilterBar::apply);
    connect(m_causation, &CausationPanel::said, m_status, &StatusArea::say);

    m_inspect->addSection(tr("Causes"));
    auto* show = m_inspect->addAction(icon(Symbol::Search), tr("&Causation"),
        QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Y), this,
        [this] { showCausation(m_parts.cursor.position()); });
    auto* cause = m_inspect->addAction(tr("Go to the Ca&use"),
        QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_Y), m_causation, &CausationPanel::goToCause);
    const auto enable = [this, show, cause] {
        const bool isThere = m_parts.client.isOpen() && m_parts.cursor.position() > 0;
        show->setEnabled(isThere);
        cause->setEnabled(isThere);
    };
    connect(&m_parts.cursor, &TimeCursor::positionChanged, this, enable);
    enable();
    connect(&m_log->view(), &LogView::menuOpening, this, [this](QMenu& menu, const Event& event) {
        const auto position = event.position;
        menu.addSeparator();
        menu.addAction(icon(Symbol::Search), tr("Show Causation"), this,
            [this, position] { showCausation(position); });
        menu.addAction(tr("Go to the Cause"), this, [this, position] {
            m_parts.cursor.moveTo(position);
            m_causation->goToCause();
        });
    });
}

void MainWindow::showCausation(qint64 position)
{
    for (auto* parent = m_causation->parentWidget(); parent; parent = parent->parentWidget()) {
        if (auto* dock = qobject_cast<QDockWidget*>(parent))
            WindowDocks::bringUp(*dock);
    }
    m_causation->showFor(position);
}

} // namespace eventloupe
