#include "ui/base/jsonview.h"

#include "ui/base/icons.h"
#include "ui/base/jsonhighlighter.h"
#include "ui/base/jsontext.h"

#include <QAction>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QEvent>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QMenu>
#include <QPointer>
#include <QThreadPool>

#include <memory>

namespace eventloupe {

namespace {

constexpr qsizetype longestLine = 1000;

QString layOutForView(const QByteArray& json)
{
    bool cut = false;
    auto text = textForView(layOutJson({ json.constData(), static_cast<std::size_t>(json.size()) }),
        longestLine, JsonView::viewLimit, &cut);
    if (cut)
        text += JsonView::tr("\n… The rest is not shown; Copy JSON copies all %L1 bytes.")
                    .arg(json.size());
    return text;
}

} // namespace

JsonView::JsonView(QWidget* parent)
    : QPlainTextEdit(parent)
    , m_highlighter(new JsonHighlighter(document(), *this))
{
    setReadOnly(true);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    setUndoRedoEnabled(false);
    setTabChangesFocus(true);
}

void JsonView::setJson(const QByteArray& json)
{
    if (json == m_json)
        return;
    m_json = json;
    const auto generation = ++m_generation;
    if (json.size() <= largeSize) {
        show(layOutForView(json), true);
        return;
    }
    show(tr("Laying out %L1 bytes…").arg(json.size()), false);
    // The pool's thread knows the guard's address only; whether the view still lives, and still
    // wants this text, is looked at on the view's own thread.
    QThreadPool::globalInstance()->start(
        [json, generation, view = QPointer<JsonView>(this), app = qApp] {
            auto text = layOutForView(json);
            QMetaObject::invokeMethod(app, [view, generation, text = std::move(text)] {
                if (view && view->m_generation == generation)
                    view->show(text, false);
            });
        });
}

void JsonView::show(const QString& text, bool coloured)
{
    m_highlighter->setDocument(coloured ? document() : nullptr);
    setPlainText(text);
}

void JsonView::copyJson() const
{
    QGuiApplication::clipboard()->setText(QString::fromUtf8(m_json));
}

void JsonView::changeEvent(QEvent* event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        m_highlighter->rehighlight();
}

void JsonView::contextMenuEvent(QContextMenuEvent* event)
{
    const std::unique_ptr<QMenu> menu(createStandardContextMenu(event->pos()));
    menu->addSeparator();
    auto* copy = menu->addAction(icon(Symbol::Copy), tr("Copy JSON"));
    copy->setEnabled(!m_json.isEmpty());
    connect(copy, &QAction::triggered, this, &JsonView::copyJson);
    menu->exec(event->globalPos());
}

} // namespace eventloupe
