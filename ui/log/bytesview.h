#pragma once

#include <QByteArray>
#include <QWidget>

class QPlainTextEdit;

namespace eventloupe {

class PlainLabel;

/// A payload that could not be decoded: what it is, how long, and its first bytes. GUI thread.
class BytesView final : public QWidget {
    Q_OBJECT

public:
    explicit BytesView(QWidget* parent = nullptr);

    /// Whether a payload is one of these, see encoding/undecoded.h. Looks at its ends alone.
    [[nodiscard]] static bool takes(const QByteArray& payload);
    void setPayload(const QByteArray& payload);

private:
    PlainLabel* m_caption;
    QPlainTextEdit* m_bytes;
};

} // namespace eventloupe
