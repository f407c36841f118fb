#include "ui/log/bytesview.h"

#include "encoding/undecoded.h"
#include "mask/masked.h"
#include "ui/base/figures.h"
#include "ui/base/plaintext.h"

#include <QFontDatabase>
#include <QPlainTextEdit>
#include <QVBoxLayout>

#include <algorithm>

namespace eventloupe {

namespace {

constexpr qsizetype mostShown = 1024;
constexpr int bytesOnLine = 16;

/// In bytes, of all of the payload.
qint64 sizeOf(const Undecoded& bytes)
{
    if (bytes.size >= 0)
        return bytes.size;
    const qsizetype digits = bytes.content.size();
    qsizetype padding = 0;
    while (padding < 2 && digits > padding && bytes.content.at(digits - 1 - padding) == '=')
        ++padding;
    return digits / 4 * 3 - padding;
}

QString hexLines(const QByteArray& bytes)
{
    QString text;
    for (qsizetype at = 0; at < bytes.size(); at += bytesOnLine) {
        const QByteArray line = bytes.mid(at, bytesOnLine);
        QString letters;
        for (const char byte : line)
            letters += byte >= ' ' && byte <= '~' ? QLatin1Char(byte) : QLatin1Char('.');
        text += QStringLiteral("%1  %2  %3\n")
                    .arg(at, 4, 16, QLatin1Char('0'))
                    .arg(QString::fromLatin1(line.toHex(' ')), -(bytesOnLine * 3 - 1))
                    .arg(letters);
    }
    return text;
}

} // namespace

BytesView::BytesView(QWidget* parent)
    : QWidget(parent)
    , m_caption(new PlainLabel(this))
    , m_bytes(new QPlainTextEdit(this))
{
    setObjectName(QStringLiteral("bytesView"));
    m_caption->setObjectName(QStringLiteral("bytesCaption"));
    m_caption->setElided(true);
    m_caption->setContentsMargins(8, 2, 8, 0);
    m_bytes->setReadOnly(true);
    m_bytes->setFrameShape(QFrame::NoFrame);
    m_bytes->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_bytes->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_bytes->setAccessibleName(tr("First bytes of the data"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2);
    layout->addWidget(m_caption);
    layout->addWidget(m_bytes, 1);
}

bool BytesView::takes(const QByteArray& payload)
{
    const auto undecoded = undecodedIn(payload);
    return undecoded && !undecoded->isText && !undecoded->content.startsWith(maskSign);
}

void BytesView::setPayload(const QByteArray& payload)
{
    const auto bytes = undecodedIn(payload).value_or(Undecoded());
    const QString kind = bytes.kind;
    const qint64 size = sizeOf(bytes);
    constexpr qsizetype digits = (mostShown + 2) / 3 * 4;
    const auto encoded = bytes.content.first(std::min(digits, bytes.content.size())).toByteArray();
    const auto shown = QByteArray::fromBase64(encoded).left(mostShown);
    const QString text = size > shown.size()
        ? tr("⚠ Not decoded: %1, %2 bytes, the first %3 below")
              .arg(visibleText(kind), countText(size), countText(shown.size()))
        : tr("⚠ Not decoded: %1, %2 bytes").arg(visibleText(kind), countText(size));
    m_caption->setText(text);
    m_caption->setToolTip(plainToolTip(text));
    m_bytes->setPlainText(hexLines(shown));
}

} // namespace eventloupe
