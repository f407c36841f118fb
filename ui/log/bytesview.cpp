#include "ui/log/bytesview.h"

#include "mask/masked.h"
#include "ui/base/figures.h"
#include "ui/base/plaintext.h"

#include <QFontDatabase>
#include <QPlainTextEdit>
#include <QVBoxLayout>

namespace eventloupe {

namespace {

const QByteArray bytesBegin = QByteArrayLiteral("{\"$bytes\":\"");
const QByteArray kindMember = QByteArrayLiteral("\",\"kind\":\"");
const QByteArray sizeMember = QByteArrayLiteral("\",\"size\":");
/// A kind is short: what stands further from the end is no part of it.
constexpr qsizetype farthestKind = 300;
constexpr qsizetype mostShown = 1024;
constexpr int bytesOnLine = 16;

/// Where the kind begins; -1 where there is none, as in a payload that only looks like one.
qsizetype kindIn(const QByteArray& payload)
{
    const auto at = payload.lastIndexOf(kindMember);
    return at < bytesBegin.size() || at < payload.size() - farthestKind ? -1 : at;
}

qint64 sizeOf(const QByteArray& payload, qsizetype kind)
{
    if (const auto at = payload.indexOf(sizeMember, kind); at >= 0)
        return payload.mid(at + sizeMember.size()).chopped(1).trimmed().toLongLong();
    qsizetype digits = kind - bytesBegin.size();
    qsizetype padding = 0;
    while (padding < 2 && digits > padding && payload.at(kind - 1 - padding) == '=')
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
    return payload.startsWith(bytesBegin) && kindIn(payload) >= 0
        && !payload.mid(bytesBegin.size()).startsWith(maskSign);
}

void BytesView::setPayload(const QByteArray& payload)
{
    const auto at = kindIn(payload);
    const auto from = at + kindMember.size();
    const QString kind = QString::fromUtf8(payload.mid(from, payload.indexOf('"', from) - from));
    const qint64 size = sizeOf(payload, at);
    constexpr qsizetype digits = (mostShown + 2) / 3 * 4;
    const auto encoded = payload.mid(bytesBegin.size(), std::min(digits, at - bytesBegin.size()));
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
