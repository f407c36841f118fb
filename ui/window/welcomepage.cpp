#include "ui/window/welcomepage.h"

#include "ui/base/icons.h"
#include "ui/base/plaintext.h"

#include <QCommandLinkButton>
#include <QDir>
#include <QHBoxLayout>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

namespace eventloupe {

namespace {

constexpr int logoSize = 64;
constexpr int columnWidth = 380;
constexpr int iconIndent = 36; ///< Of what stands below a caption.
constexpr int shownRecent = 6;

PlainLabel* bigLabel(const QString& text, double factor, QWidget* parent)
{
    auto* label = new PlainLabel(text, parent);
    auto font = label->font();
    font.setPointSizeF(font.pointSizeF() * factor);
    label->setFont(font);
    return label;
}

} // namespace

WelcomePage::WelcomePage(QWidget* parent)
    : QScrollArea(parent)
    , m_page(new QWidget)
    , m_recentPart(new QWidget(m_page))
    , m_recent(new QVBoxLayout(m_recentPart))
{
    setObjectName(QStringLiteral("welcomePage"));
    setFrameShape(NoFrame);
    setWidgetResizable(true);
    setWidget(m_page);
    // The ground of a window, not of a list; setWidget() fills it.
    m_page->setAutoFillBackground(false);
    viewport()->setAutoFillBackground(false);
    auto* logo = new PlainLabel(m_page);
    logo->setPixmap(applicationIcon().pixmap(QSize(logoSize, logoSize), devicePixelRatio()));
    auto* words = new QVBoxLayout;
    words->setSpacing(2);
    words->addWidget(bigLabel(tr("Eventloupe"), 2, m_page));
    auto* claim = new PlainLabel(tr("See every state that your events ever made."), m_page);
    makeFaint(*claim);
    words->addWidget(claim);
    auto* head = new QHBoxLayout;
    head->setSpacing(16);
    head->addWidget(logo);
    head->addLayout(words, 1);

    auto* ways = new QVBoxLayout;
    ways->setSpacing(2);
    addWays(*ways);
    ways->addStretch();
    m_recentPart->setMaximumWidth(columnWidth);
    m_recent->setContentsMargins(0, 8, 0, 0);
    auto* columns = new QHBoxLayout;
    columns->setSpacing(32);
    columns->addLayout(ways);
    columns->addWidget(m_recentPart, 0, Qt::AlignTop);
    auto* drop = new PlainLabel(
        tr("Or drop a store, a workspace folder, or a file of events on this window."), m_page);
    makeFaint(*drop);

    auto* block = new QVBoxLayout;
    block->setSpacing(20);
    block->addStretch();
    block->addLayout(head);
    block->addLayout(columns);
    block->addWidget(drop);
    block->addStretch();
    auto* layout = new QHBoxLayout(m_page);
    layout->addStretch();
    layout->addLayout(block);
    layout->addStretch();
    setRecent({});
}

void WelcomePage::addWays(QVBoxLayout& column)
{
    const auto add = [this, &column](Symbol symbol, const QString& caption, const QString& hint,
                         const std::function<void()>& action) {
        addButton(column, static_cast<int>(symbol), caption, hint, action);
    };
    add(Symbol::Play, tr("Try a sample"), tr("A workspace of users: create some, then go back"),
        [this] { emit sampleAsked(QStringLiteral("users")); });
    addSamples(column);
    add(Symbol::Workspace, tr("Open a workspace"), tr("A folder with a domain's definitions"),
        [this] { emit openWorkspaceAsked(); });
    add(Symbol::Open, tr("Open a store"), tr("An .eventlog file, or any library's SQLite file"),
        [this] { emit openStoreAsked(); });
    add(Symbol::Streams, tr("Open a database server"),
        tr("An event store on PostgreSQL, MySQL or MariaDB"), [this] { emit serverAsked(); });
    add(Symbol::New, tr("New store"), tr("An empty log, to import events into"),
        [this] { emit newStoreAsked(); });
}

void WelcomePage::addSamples(QVBoxLayout& column)
{
    auto* line = new QHBoxLayout;
    line->setContentsMargins(iconIndent, 0, 0, 6);
    auto* others = new PlainLabel(tr("Or another:"), m_page);
    makeFaint(*others);
    line->addWidget(others);
    const auto add = [this, line](
                         const QString& name, const QString& caption, const QString& hint) {
        auto* button = new QPushButton(caption, m_page);
        button->setObjectName(QStringLiteral("sample:") + name);
        button->setToolTip(plainToolTip(hint));
        button->setAccessibleName(tr("Try the sample %1").arg(caption));
        button->setAccessibleDescription(hint);
        connect(button, &QPushButton::clicked, this, [this, name] { emit sampleAsked(name); });
        line->addWidget(button);
    };
    add(QStringLiteral("shop"), tr("Shop"), tr("Carts and orders, with tables over all of them"));
    add(QStringLiteral("bank"), tr("Bank"),
        tr("Accounts, transfers between them, and events of earlier years"));
    add(QStringLiteral("library"), tr("Library"), tr("Books, copies, loans and reservations"));
    line->addStretch();
    column.addLayout(line);
}

void WelcomePage::addButton(QVBoxLayout& column, int symbol, const QString& caption,
    const QString& hint, const std::function<void()>& action)
{
    auto* button = new QCommandLinkButton(caption, hint, m_page);
    button->setIcon(icon(static_cast<Symbol>(symbol)));
    button->setFixedWidth(columnWidth);
    connect(button, &QCommandLinkButton::clicked, this, action);
    column.addWidget(button);
}

void WelcomePage::setRecent(const QStringList& locations)
{
    while (auto* item = m_recent->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    m_recentPart->setVisible(!locations.isEmpty());
    auto* title = new PlainLabel(tr("Recent"), m_recentPart);
    makeHeading(*title);
    m_recent->addWidget(title);
    for (const auto& location : locations.mid(0, shownRecent)) {
        auto* button = new QToolButton(m_recentPart);
        const auto caption = button->fontMetrics().elidedText(
            visibleText(QDir::toNativeSeparators(location)), Qt::ElideMiddle, columnWidth - 20);
        button->setText(buttonText(caption));
        button->setToolTip(plainToolTip(location));
        button->setAccessibleName(tr("Open %1").arg(location));
        button->setAutoRaise(true);
        connect(
            button, &QToolButton::clicked, this, [this, location] { emit openAsked(location); });
        m_recent->addWidget(button, 0, Qt::AlignLeft);
    }
}

} // namespace eventloupe
