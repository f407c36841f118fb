// MainWindow: watches, plots, and the small lines beside the numbers of a state.

#include "branch/branchsession.h"
#include "command/commandhandler.h"
#include "domain/projection.h"
#include "mask/masks.h"
#include "projection/projectionmodel.h"
#include "state/statecolumns.h"
#include "state/stateloader.h"
#include "state/subject.h"
#include "time/timecursor.h"
#include "ui/base/icons.h"
#include "ui/base/plaintext.h"
#include "ui/log/logpanel.h"
#include "ui/log/logview.h"
#include "ui/plot/plotpanel.h"
#include "ui/plot/sparklinedelegate.h"
#include "ui/projection/projectionpanel.h"
#include "ui/state/statepanel.h"
#include "ui/state/streamlistview.h"
#include "ui/time/timelinepanel.h"
#include "ui/time/timelineslider.h"
#include "ui/watch/watchpanel.h"
#include "ui/watch/watchstrip.h"
#include "ui/window/mainwindow.h"
#include "ui/window/session.h"
#include "ui/window/statusarea.h"
#include "ui/window/viewmenu.h"
#include "ui/window/windowdocks.h"
#include "value/jsonpointer.h"

#include <QCryptographicHash>
#include <QDockWidget>
#include <QMenu>
#include <QTabWidget>
#include <QTreeView>

#include <algorithm>

namespace eventloupe {

namespace {

constexpr qsizetype mostFields = 100; ///< That are offered while a watch is typed.
constexpr qsizetype longestField = 100; ///< Nobody wants a longer name offered.
constexpr int mostMembersSeen = 1000; ///< Of an object, in search of them.

bool isWord(const QByteArray& name)
{
    return !name.isEmpty() && !(name.front() >= '0' && name.front() <= '9')
        && std::all_of(name.begin(), name.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
                   || c == '_';
           });
}

/// A field of the state as an expression: state.items["a b"].qty
QString expressionOf(const QByteArray& pointer, const JsonValue& state)
{
    const auto place = JsonPointer::parse(viewOf(pointer));
    QString text = QStringLiteral("state");
    const JsonValue* at = &state;
    for (const QByteArray& token : place ? place->tokens() : QList<QByteArray>()) {
        const bool isElement = at != nullptr && at->isArray();
        if (isElement)
            text += u'[' + QString::fromUtf8(token) + u']';
        else if (isWord(token))
            text += u'.' + QString::fromUtf8(token);
        else
            text += u'['
                + visibleExpression(QString::fromUtf8(JsonValue::fromString(token).toJson()))
                + u']';
        at = at != nullptr ? JsonPointer({ token }).resolve(*at) : nullptr;
    }
    return text;
}

void collectFields(QStringList& fields, const QString& at, const JsonValue& value)
{
    int seen = 0;
    for (const JsonValue::Member& member : value.members()) {
        if (fields.size() == mostFields || ++seen > mostMembersSeen)
            return;
        if (member.key.size() > longestField || !isWord(member.key))
            continue;
        const QString name = at + u'.' + QString::fromUtf8(member.key);
        fields.append(name);
        collectFields(fields, name, member.value);
    }
}

/// Where the watches of a log are kept, which are those of its branches as well.
QString watchKey(const BranchSession& session)
{
    const auto hash
        = QCryptographicHash::hash(session.mainLocation().toUtf8(), QCryptographicHash::Sha256);
    return QStringLiteral("watches/") + QString::fromLatin1(hash.toHex().left(16));
}

bool isNumber(const StateView& view, const QByteArray& pointer)
{
    const auto place = JsonPointer::parse(viewOf(pointer));
    const JsonValue* value = place ? place->resolve(view.now) : nullptr;
    return value != nullptr && value->isNumber();
}

/// Whether a field, or something in it, is not to be shown, and so not to be watched.
bool isMasked(const Masks& masks, const StateView& view, const QByteArray& pointer)
{
    const auto place = JsonPointer::parse(viewOf(pointer));
    return place && masks.ofState(categoryOf(view.stream)).touches(place->tokens());
}

/// The state's fields, for whoever writes a watch.
void offerFields(StateLoader& state, WatchPanel& panel)
{
    QObject::connect(&state, &StateLoader::stateChanged, &panel,
        [&panel, last = QString()](const std::shared_ptr<const StateView>& view) mutable {
            if (!view->exists || view->stream == last)
                return;
            last = view->stream;
            QStringList fields;
            collectFields(fields, QStringLiteral("state"), view->now);
            panel.setFields(fields);
        });
}

} // namespace

void MainWindow::connectWatches()
{
    auto* plots = new StreamPlots(m_parts.client, this);
    auto* watches = new Watches(m_parts.client, this);
    auto* panel = new WatchPanel(
        { m_parts.client, m_parts.cursor, m_parts.subject, *watches, *plots }, this);
    panel->setProperty("helpTopic", QStringLiteral("watches"));
    auto* dock = m_docks->addPanel(
        panel, QStringLiteral("watchDock"), tr("Watches"), Qt::BottomDockWidgetArea);
    m_view->addPanel(dock->toggleViewAction());
    auto& slider = m_timeline->slider();
    auto* strip
        = new WatchStrip({ [&slider](Position position) { return slider.pointOf(position).x(); },
                             [&slider](int x) {
                                 return slider.positionAt({ x, 0 });
                             } },
            &slider);
    connect(panel, &WatchPanel::shownChanged, strip, &WatchStrip::setRunner);
    connect(panel, &WatchPanel::said, this, [this](const QString& text) { m_status->say(text); });
    connect(&m_parts.commands, &CommandHandler::workspaceChanged, watches, [this, watches, plots] {
        watches->setWorkspace(m_parts.commands.workspace());
        plots->setWorkspace(m_parts.commands.workspace());
    });
    connect(&m_parts.client, &StoreClient::opened, watches,
        [this, watches] { watches->restore(m_session.bytes(watchKey(m_parts.branch))); });
    connect(watches, &Watches::keptChanged, this,
        [this, watches] { m_session.setBytes(watchKey(m_parts.branch), watches->save()); });
    connect(this, &MainWindow::typesRead, panel, &WatchPanel::setTypes);
    connect(&m_parts.subject, &Subject::streamChanged, plots, &StreamPlots::setSparklineStream);
    offerFields(m_parts.state, *panel);
    const auto bring = [dock, panel] {
        WindowDocks::bringUp(*dock);
        panel->focusField();
    };
    const qsizetype others = m_inspect->actions().size();
    m_inspect->addSection(tr("Watches"));
    m_inspect->addAction(icon(Symbol::Search), tr("&Watch…"),
        QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_W), this, bring);
    m_inspect->addAction(tr("Next &Point"), QKeySequence(Qt::Key_F8), panel, &WatchPanel::goToNext);
    m_inspect->addAction(tr("P&revious Point"), QKeySequence(Qt::SHIFT | Qt::Key_F8), panel,
        &WatchPanel::goToPrevious);
    m_inspect->addAction(tr("&First Event Where It Holds"), QKeySequence(Qt::CTRL | Qt::Key_F8),
        panel, &WatchPanel::goToFirst);
    connectWatchMenus(*panel, *dock);
    connectPlots(*plots);
    // Without a store there is nothing to ask.
    const auto enable = [own = m_inspect->actions().mid(others)](bool isOpen) {
        for (auto* action : own)
            action->setEnabled(isOpen);
    };
    connect(&m_parts.client, &StoreClient::opened, m_inspect, [enable] { enable(true); });
    connect(&m_parts.client, &StoreClient::closed, m_inspect, [enable] { enable(false); });
    enable(m_parts.client.isOpen());
}

void MainWindow::connectWatchMenus(WatchPanel& panel, QDockWidget& dock)
{
    const auto ask = [&panel, &dock](const QString& expression, const WatchScope& scope) {
        WindowDocks::bringUp(dock);
        panel.ask(expression, scope);
    };
    connect(m_state, &StatePanel::menuOpening, &panel,
        [this, ask](QMenu& menu, const QByteArray& pointer) {
            const auto view = m_parts.state.view();
            menu.addSeparator();
            auto* watch = menu.addAction(tr("&Watch This Field"), this, [ask, view, pointer] {
                ask(expressionOf(pointer, view->now), { WatchScope::Kind::Stream, view->stream });
            });
            if (isMasked(*m_parts.client.masks(), *view, pointer)) {
                watch->setEnabled(false);
                watch->setToolTip(plainToolTip(
                    tr("The workspace masks this field: when it changes is not told")));
                menu.setToolTipsVisible(true);
            }
        });
    connect(&m_log->view(), &LogView::menuOpening, &panel,
        [this, ask](QMenu& menu, const Event& event) {
            menu.addSeparator();
            menu.addAction(
                tr("&Watch %1…").arg(buttonText(event.stream)), this, [ask, stream = event.stream] {
                    ask({}, { WatchScope::Kind::Stream, stream });
                });
        });
    connect(m_streams, &StreamListView::menuOpening, &panel,
        [this, ask](QMenu& menu, const QString& stream) {
            menu.addSeparator();
            menu.addAction(tr("&Watch This Stream…"), this, [ask, stream] {
                ask({}, { WatchScope::Kind::Stream, stream });
            });
            menu.addAction(
                tr("Watch All of %1…").arg(buttonText(categoryOf(stream))), this, [ask, stream] {
                    ask({}, { WatchScope::Kind::Category, categoryOf(stream) });
                });
        });
}

void MainWindow::connectPlots(StreamPlots& plots)
{
    auto* panel = new PlotPanel(plots, m_parts.cursor, m_parts.frame, this);
    panel->setProperty("helpTopic", QStringLiteral("watches/plots"));
    m_state->tabs().addTab(panel, tr("Plot"));
    connect(panel, &PlotPanel::said, this, [this](const QString& text) { m_status->say(text); });
    const auto show = [this, panel] {
        m_state->tabs().setCurrentWidget(panel);
        for (QWidget* at = m_state; at != nullptr; at = at->parentWidget()) {
            if (auto* dock = qobject_cast<QDockWidget*>(at)) {
                dock->show();
                dock->raise();
            }
        }
    };
    connect(m_state, &StatePanel::menuOpening, panel,
        [this, panel, show](QMenu& menu, const QByteArray& pointer) {
            const auto view = m_parts.state.view();
            auto* action
                = menu.addAction(tr("&Plot This Field"), panel, [panel, show, view, pointer] {
                      panel->add({ view->stream, pointer, {} });
                      show();
                  });
            action->setEnabled(isNumber(*view, pointer));
        });
    connect(m_streams, &StreamListView::menuOpening, panel,
        [panel, show](QMenu& menu, const QString& stream) {
            menu.addAction(tr("Add to the &Plot"), panel, [panel, show, stream] {
                panel->addStream(stream);
                show();
            });
        });
    m_inspect->addSection(tr("Plots"));
    m_inspect->addAction(
        tr("P&lot"), QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_P), panel, [panel, show] {
            show();
            panel->view().setFocus();
        });
    connectProjectionPlots(*panel, show);
    connectSparklines(plots);
}

void MainWindow::connectProjectionPlots(PlotPanel& plot, const std::function<void()>& show)
{
    auto* panel = &plot;
    const auto plotProjection = [this, panel, show](const QString& key, int column) {
        const auto history = m_parts.projections.history();
        if (!history) {
            m_status->say(tr("No projection is built: show one in the Projections panel first"));
            return;
        }
        const auto& projection = m_parts.projections.projection();
        const QString title = column > 0 ? projection->columns.at(column - 1).title : QString();
        panel->add({ {}, {},
            PlottedProjection {
                history, projection->title, title, static_cast<std::size_t>(column), key } });
        show();
    };
    m_inspect->addAction(
        tr("Plot the Projection's Row &Count"), panel, [plotProjection] { plotProjection({}, 0); });
    connect(m_projections, &ProjectionPanel::menuOpening, panel,
        [plotProjection, panel](QMenu& menu, const QString& key, int column) {
            auto* cell = menu.addAction(tr("&Plot This Cell"), panel,
                [plotProjection, key, column] { plotProjection(key, column); });
            cell->setEnabled(column > 0);
            menu.addAction(
                tr("Plot the Row &Count"), panel, [plotProjection] { plotProjection({}, 0); });
        });
}

void MainWindow::connectSparklines(StreamPlots& plots)
{
    auto* tree = m_state->findChild<QTreeView*>(QStringLiteral("stateView"));
    auto* delegate = new SparklineDelegate(
        [&plots](const QModelIndex& index) {
            return plots.sparkline(index.data(PointerRole).toByteArray());
        },
        tree);
    tree->setItemDelegateForColumn(static_cast<int>(StateColumn::Value), delegate);
    connect(
        &plots, &StreamPlots::sparklinesChanged, tree->viewport(), qOverload<>(&QWidget::update));
}

} // namespace eventloupe
