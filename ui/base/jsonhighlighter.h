#pragma once

#include <QSyntaxHighlighter>

namespace eventloupe {

/// Colours keys, strings, numbers and words of JSON that was laid out over lines. Follows the
/// palette when rehighlight() is called.
class JsonHighlighter final : public QSyntaxHighlighter {
    Q_OBJECT

public:
    JsonHighlighter(QTextDocument* document, const QWidget& colourSource);

protected:
    void highlightBlock(const QString& text) override;

private:
    void highlightString(const QString& text, int& at);
    void highlightWord(const QString& text, int& at);

    const QWidget& m_colourSource;
};

} // namespace eventloupe
