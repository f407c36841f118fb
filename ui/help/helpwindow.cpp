#include "ui/help/helpwindow.h"

#include "reference/reference.h"
#include "ui/base/plaintext.h"

#include <QFontDatabase>
#include <QLineEdit>
#include <QSplitter>
#include <QTextBlock>
#include <QTextBrowser>
#include <QTextTable>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <utility>

namespace eventloupe {

namespace {

/// Room in the cells and none between them, and a first row that is seen to be one.
void polish(QTextTable& table, const QPalette& palette)
{
    auto format = table.format();
    format.setCellPadding(4);
    format.setCellSpacing(0);
    format.setBorder(1);
    format.setBorderBrush(palette.mid());
    format.setBorderCollapse(true);
    table.setFormat(format);
    QTextBlockFormat close;
    close.setTopMargin(0);
    close.setBottomMargin(0);
    QTextCharFormat bold;
    bold.setFontWeight(QFont::Bold);
    for (int row = 0; row < table.rows(); ++row) {
        for (int column = 0; column < table.columns(); ++column) {
            auto cell = table.cellAt(row, column);
            auto cursor = cell.firstCursorPosition();
            // Qt begins the first cell with a line that nothing stands in.
            if (cursor.block().length() == 1
                && cell.lastCursorPosition().position() > cursor.position())
                cursor.deleteChar();
            cursor.setPosition(cell.lastCursorPosition().position(), QTextCursor::KeepAnchor);
            cursor.mergeBlockFormat(close);
            if (row > 0)
                continue;
            cursor.mergeCharFormat(bold);
            auto header = cell.format();
            header.setBackground(palette.button());
            cell.setFormat(header);
        }
    }
}

/// Code in the desktop's font for it, tables with room in their cells.
void polish(QTextDocument& document, const QPalette& palette)
{
    const auto fixed = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    // Long lines of code are broken rather than cut.
    QTextBlockFormat breakable;
    breakable.setNonBreakableLines(false);
    QTextCursor all(&document);
    all.select(QTextCursor::Document);
    all.mergeBlockFormat(breakable);
    for (auto block = document.begin(); block.isValid(); block = block.next()) {
        const bool isCode = block.blockFormat().hasProperty(QTextFormat::BlockCodeFence)
            || block.blockFormat().hasProperty(QTextFormat::BlockCodeLanguage);
        for (auto at = block.begin(); !at.atEnd(); ++at) {
            const auto fragment = at.fragment();
            if (!isCode && !fragment.charFormat().fontFixedPitch())
                continue;
            QTextCursor cursor(&document);
            cursor.setPosition(fragment.position());
            cursor.setPosition(fragment.position() + fragment.length(), QTextCursor::KeepAnchor);
            QTextCharFormat format;
            format.setFontFamilies({ fixed.family() });
            cursor.mergeCharFormat(format);
        }
    }
    for (auto* frame : document.rootFrame()->childFrames()) {
        if (auto* table = qobject_cast<QTextTable*>(frame))
            polish(*table, palette);
    }
}

} // namespace

HelpWindow::HelpWindow(QWidget* parent)
    : QDialog(parent)
    , m_search(new QLineEdit(this))
    , m_nothing(new PlainLabel(tr("Nothing found"), this))
    , m_contents(new QTreeWidget(this))
    , m_text(new QTextBrowser(this))
{
    setObjectName(QStringLiteral("helpWindow"));
    setWindowTitle(tr("Eventloupe: Reference"));
    m_search->setObjectName(QStringLiteral("helpSearch"));
    m_search->setPlaceholderText(tr("Search"));
    m_search->setAccessibleName(tr("Search the reference"));
    m_nothing->setObjectName(QStringLiteral("helpNothing"));
    m_nothing->setAlignment(Qt::AlignCenter);
    m_nothing->setContentsMargins(0, 8, 0, 8);
    m_nothing->hide();
    m_search->setClearButtonEnabled(true);
    m_contents->setObjectName(QStringLiteral("helpContents"));
    m_contents->setAccessibleName(tr("Contents"));
    m_contents->setHeaderHidden(true);
    m_text->setObjectName(QStringLiteral("helpText"));
    m_text->setAccessibleName(tr("Section"));
    m_text->setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    m_text->setOpenLinks(false);
    auto* left = new QWidget(this);
    auto* leftColumn = new QVBoxLayout(left);
    leftColumn->setContentsMargins({});
    leftColumn->addWidget(m_search);
    leftColumn->addWidget(m_nothing);
    leftColumn->addWidget(m_contents, 1);
    auto* splitter = new QSplitter(this);
    splitter->addWidget(left);
    splitter->addWidget(m_text);
    splitter->setStretchFactor(1, 1);
    splitter->setSizes({ 230, 650 });
    auto* column = new QVBoxLayout(this);
    column->addWidget(splitter);
    resize(900, 640);
    fill();
    connect(m_search, &QLineEdit::textChanged, this, &HelpWindow::search);
    connect(m_contents, &QTreeWidget::currentItemChanged, this, &HelpWindow::showCurrent);
    connect(m_text, &QTextBrowser::anchorClicked, this,
        [this](const QUrl& link) { showTopic(link.fragment()); });
}

void HelpWindow::fill()
{
    QTreeWidgetItem* chapter = nullptr;
    for (const auto& section : referenceSections()) {
        const bool isChapter = section.level == 1 || !chapter;
        auto* item = isChapter ? new QTreeWidgetItem(m_contents) : new QTreeWidgetItem(chapter);
        item->setText(0, section.title);
        item->setData(0, Qt::UserRole, section.id);
        item->setData(0, Qt::UserRole + 1, section.markdown);
        if (isChapter)
            chapter = item;
    }
    m_contents->expandAll();
}

void HelpWindow::showTopic(const QString& id)
{
    auto* found = m_contents->topLevelItem(0);
    for (auto* item :
        m_contents->findItems(QStringLiteral("*"), Qt::MatchWildcard | Qt::MatchRecursive)) {
        if (item->data(0, Qt::UserRole).toString() == id)
            found = item;
    }
    found->setHidden(false);
    choose(found);
    showCurrent();
}

void HelpWindow::choose(QTreeWidgetItem* item)
{
    const QSignalBlocker quiet(m_contents);
    m_contents->setCurrentItem(item);
}

void HelpWindow::showCurrent()
{
    const auto* item = m_contents->currentItem();
    if (!item)
        return;
    m_topic = item->data(0, Qt::UserRole).toString();
    auto text = item->data(0, Qt::UserRole + 1).toString();
    // A chapter is read with its parts.
    for (int i = 0; i < item->childCount(); ++i)
        text += u'\n' + item->child(i)->data(0, Qt::UserRole + 1).toString();
    // The text has no layout while it is made: else all tables are laid out anew for each cell.
    auto* document = new QTextDocument(m_text);
    document->setDefaultFont(m_text->font());
    document->setMarkdown(text);
    polish(*document, palette());
    m_text->setDocument(document);
    delete std::exchange(m_document, document);
    if (const auto words = m_search->text().trimmed(); !words.isEmpty())
        m_text->find(words);
}

void HelpWindow::search(const QString& text)
{
    const auto words = text.trimmed();
    const auto fits = [&](const QTreeWidgetItem* item) {
        return words.isEmpty()
            || item->data(0, Qt::UserRole + 1).toString().contains(words, Qt::CaseInsensitive);
    };
    QTreeWidgetItem* first = nullptr;
    for (int i = 0; i < m_contents->topLevelItemCount(); ++i) {
        auto* chapter = m_contents->topLevelItem(i);
        bool any = fits(chapter);
        for (int j = 0; j < chapter->childCount(); ++j) {
            auto* part = chapter->child(j);
            part->setHidden(!fits(part));
            any = any || !part->isHidden();
            if (!first && !part->isHidden() && !fits(chapter))
                first = part;
        }
        chapter->setHidden(!any);
        if (!first && fits(chapter))
            first = chapter;
    }
    m_nothing->setVisible(!first);
    if (first && !words.isEmpty())
        choose(first);
    showCurrent(); // Marks what is searched for, and nothing else.
}

void HelpWindow::changeEvent(QEvent* event)
{
    QDialog::changeEvent(event);
    // Links and code have the palette's colours.
    if (event->type() == QEvent::PaletteChange && !m_topic.isEmpty())
        showCurrent();
}

} // namespace eventloupe
