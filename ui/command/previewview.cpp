#include "ui/command/previewview.h"

#include "ui/command/commandtexts.h"

#include <QFontDatabase>

namespace eventloupe {

namespace {

/// A preview is asked when nobody has typed for so long.
constexpr int debounceMilliseconds = 150;

} // namespace

PreviewView::PreviewView(CommandHandler& handler, QWidget* parent)
    : QPlainTextEdit(parent)
    , m_handler(handler)
{
    setObjectName(u"previewView"_qs);
    setReadOnly(true);
    setTabChangesFocus(true);
    setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    setAccessibleName(tr("Preview of the events"));
    setPlaceholderText(
        tr("The events that the command would append stand here once its data is complete."));
    setToolTip(
        tr("What would be appended now, with this time and these ids when it is issued at once"));
    setMinimumHeight(fontMetrics().lineSpacing() * 3);
    m_debounce.setSingleShot(true);
    m_debounce.setInterval(debounceMilliseconds);
    connect(&m_debounce, &QTimer::timeout, this, &PreviewView::ask);
    connect(&handler, &CommandHandler::previewed, this, &PreviewView::showPreview);
    connect(&handler, &CommandHandler::previewFailed, this, [this](const Error& error) {
        if (m_isAsked)
            showText(tr("No preview: %1").arg(error.message));
    });
}

void PreviewView::setRequest(const std::optional<CommandRequest>& request)
{
    m_request = request;
    m_seenVersion.reset();
    m_isAsked = false;
    if (m_request) {
        m_debounce.start();
        return;
    }
    m_debounce.stop();
    showText({});
}

void PreviewView::ask()
{
    if (!m_request)
        return;
    m_isAsked = true;
    m_handler.preview(*m_request);
}

void PreviewView::showPreview(const CommandPreview& preview)
{
    // An answer about a request that was changed since is none.
    if (!m_isAsked)
        return;
    if (std::holds_alternative<Accepted>(preview.decision))
        m_seenVersion = preview.version;
    showText(previewText(preview));
}

void PreviewView::showText(const QString& text)
{
    if (toPlainText() != text)
        setPlainText(text);
}

} // namespace eventloupe
