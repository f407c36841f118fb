#include "ui/base/jsonview.h"

#include "store/filetarget.h"
#include "ui/base/figures.h"
#include "ui/base/filedialog.h"
#include "ui/base/icons.h"
#include "ui/base/jsonhighlighter.h"
#include "ui/base/plainmessagebox.h"
#include "ui/base/plaintext.h"
#include "value/aside.h"
#include "value/event.h"

#include <QAction>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QEvent>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QMenu>
#include <QToolButton>

#include <memory>
#include <utility>

namespace eventloupe {

namespace {

constexpr qsizetype longestLine = 1000;

QString sizeText(qint64 bytes)
{
    constexpr qint64 megabyte = 1024 * 1024;
    return bytes < megabyte
        ? JsonView::tr("%1 KB").arg(countText(bytes / 1024))
        : JsonView::tr("%1 MB").arg(double(bytes) / double(megabyte), 0, 'f', 1);
}

/// Whether a value has about so many bytes; looks at no more of it.
bool isLong(const JsonValue& value, qsizetype& room)
{
    room -= value.isString() ? value.toUtf8().size() + 2 : 8;
    for (const JsonValue& element : value.elements())
        if (room < 0 || isLong(element, room))
            return true;
    for (const JsonValue::Member& member : value.members()) {
        room -= member.key.size();
        if (room < 0 || isLong(member.value, room))
            return true;
    }
    return room < 0;
}

} // namespace

struct JsonView::Part {
    QString text;
    JsonLayout next; ///< Where the next one begins.
    qsizetype start; ///< Bytes of the JSON before this one.
};

JsonView::JsonView(QWidget* parent)
    : QPlainTextEdit(parent)
    , m_highlighter(new JsonHighlighter(document(), *this))
    , m_bar(new QWidget(this))
{
    setUpBar();
    setReadOnly(true);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    setUndoRedoEnabled(false);
    setTabChangesFocus(true);
}

void JsonView::setUpBar()
{
    m_bar->setObjectName(QStringLiteral("jsonParts"));
    m_bar->setAutoFillBackground(true);
    m_bar->setFont(QGuiApplication::font());
    m_where = new PlainLabel(m_bar);
    m_where->setElided(true);
    auto* layout = new QHBoxLayout(m_bar);
    layout->setContentsMargins(6, 0, 2, 0);
    layout->setSpacing(2);
    layout->addWidget(m_where, 1);
    m_previous = addToBar(
        tr("‹ Back"), tr("Show the part before this one"), [this] { showPreviousPart(); });
    m_previous->setObjectName(QStringLiteral("jsonPreviousPart"));
    m_next = addToBar(
        tr("Next ›"), tr("Show the part after this one"), [this] { showNextPart(); });
    m_next->setObjectName(QStringLiteral("jsonNextPart"));
    addToBar(tr("Copy All"), tr("Copy the whole text, as it is stored"),
        [this] { copyJson(); });
    addToBar(tr("Save…"), tr("Save the whole text to a file, as it is stored"),
        [this] { saveJson(); });
    m_bar->hide();
}

QToolButton* JsonView::addToBar(
    const QString& text, const QString& tip, const std::function<void()>& act)
{
    auto* button = new QToolButton(m_bar);
    button->setText(text);
    button->setToolTip(plainToolTip(tip));
    button->setAccessibleName(tip);
    button->setAutoRaise(true);
    connect(button, &QToolButton::clicked, this, act);
    m_bar->layout()->addWidget(button);
    return button;
}

void JsonView::setJson(const QByteArray& json)
{
    const bool isSame = json.constData() == m_json.constData() ? json.size() == m_json.size()
                                                               : json == m_json;
    if (isSame && !m_isAwaited)
        return;
    m_isAwaited = false;
    replaceJson(json);
    ++m_generation;
    m_value = {};
    m_starts.assign(1, JsonLayout(viewOf(m_json)));
    showPart(0);
}

void JsonView::replaceJson(const QByteArray& json)
{
    QByteArray old = std::exchange(m_json, json);
    if (old.size() > largeSize)
        letGoAside(std::move(old));
}

void JsonView::setValue(const JsonValue& value)
{
    qsizetype room = largeSize;
    if (!isLong(value, room)) {
        setJson(value.toJson());
        return;
    }
    if (value.sharesStorageWith(m_value))
        return; // The part that is shown stays.
    m_value = value;
    m_isAwaited = true;
    replaceJson({}); // What was shown before is not to be copied as this one's text.
    const auto generation = ++m_generation;
    show(tr("Laying out a long value…"), false);
    m_bar->hide();
    placeBar();
    runAside(
        this, [value] { return value.toJson(); },
        [this, generation, value](const QByteArray& json) {
            if (generation != m_generation)
                return;
            setJson(json);
            m_value = value;
        });
}

void JsonView::showNextPart()
{
    if (m_part + 1 < std::ssize(m_starts))
        showPart(m_part + 1);
}

void JsonView::showPreviousPart()
{
    if (m_part > 0)
        showPart(m_part - 1);
}

void JsonView::showPart(int part)
{
    const auto start = m_starts.at(static_cast<std::size_t>(part));
    // The layout looks at the bytes, which are to stay meanwhile.
    const auto layOut = [json = m_json, start] {
        JsonLayout layout = start;
        const QByteArray text = layout.next(partSize);
        return Part { textForView(text, longestLine, text.size()), layout, start.offset() };
    };
    if (m_json.size() <= largeSize) {
        take(part, layOut());
        return;
    }
    show(tr("Laying out %L1 bytes…").arg(m_json.size()), false);
    const auto generation = ++m_generation;
    runAside(this, layOut, [this, part, generation](const Part& laidOut) {
        if (generation == m_generation)
            take(part, laidOut);
    });
}

void JsonView::take(int part, const Part& laidOut)
{
    m_part = part;
    m_starts.resize(static_cast<std::size_t>(part) + 1, laidOut.next);
    if (!laidOut.next.atEnd())
        m_starts.push_back(laidOut.next);
    showBar(laidOut);
    show(laidOut.text, m_json.size() <= largeSize);
}

void JsonView::showBar(const Part& laidOut)
{
    const bool isNeeded = m_part > 0 || !laidOut.next.atEnd();
    m_bar->setVisible(isNeeded);
    placeBar();
    if (!isNeeded)
        return;
    const QString all = sizeText(m_json.size());
    m_where->setText(tr("%1 in all, part %2").arg(all, countText(m_part + 1)));
    m_where->setToolTip(plainToolTip(tr("Part %1: %2 to %3 of %4 in all")
                                         .arg(countText(m_part + 1), sizeText(laidOut.start),
                                             sizeText(laidOut.next.offset()), all)));
    m_previous->setEnabled(m_part > 0);
    m_next->setEnabled(!laidOut.next.atEnd());
}

void JsonView::placeBar()
{
    const int height = m_bar->isHidden() ? 0 : m_bar->sizeHint().height();
    if (viewportMargins().bottom() != height)
        setViewportMargins(0, 0, 0, height);
    // The scroll bar goes on beside it.
    const QRect area = viewport()->geometry();
    m_bar->setGeometry(area.left(), area.bottom() + 1, area.width(), height);
}

void JsonView::show(const QString& text, bool coloured)
{
    m_highlighter->setDocument(coloured ? document() : nullptr);
    setPlainText(text);
}

/// The clipboard takes its text as it is handed over: only the conversion is long.
void JsonView::copyJson()
{
    runAside(
        this, [json = m_json] { return QString::fromUtf8(json); },
        [](const QString& text) { QGuiApplication::clipboard()->setText(text); });
}

void JsonView::saveJson()
{
    const auto name = askSaveFileName(
        this, tr("Save the Text"), QString(), tr("JSON (*.json);;All files (*)"));
    if (name.isEmpty())
        return;
    runAside(
        this, [name, json = m_json] { return writeTarget(name, json); },
        [this, name](const Result<void>& saved) {
            if (saved) {
                m_where->setText(tr("Saved to %1").arg(visibleText(name)));
                return;
            }
            // A short text has no bar to say it.
            auto* box = new PlainMessageBox(QMessageBox::Warning, tr("Not Saved"),
                saved.error().message, QMessageBox::Ok, this);
            box->setAttribute(Qt::WA_DeleteOnClose);
            box->open();
        });
}

void JsonView::changeEvent(QEvent* event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        m_highlighter->rehighlight();
}

void JsonView::resizeEvent(QResizeEvent* event)
{
    QPlainTextEdit::resizeEvent(event);
    placeBar();
}

void JsonView::contextMenuEvent(QContextMenuEvent* event)
{
    const std::unique_ptr<QMenu> menu(createStandardContextMenu(event->pos()));
    menu->addSeparator();
    auto* copy = menu->addAction(icon(Symbol::Copy), tr("Copy JSON"), this, &JsonView::copyJson);
    auto* save = menu->addAction(tr("Save JSON…"), this, &JsonView::saveJson);
    copy->setEnabled(!m_json.isEmpty());
    save->setEnabled(!m_json.isEmpty());
    menu->exec(event->globalPos());
}

} // namespace eventloupe
