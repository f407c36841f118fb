#pragma once

#include "domain/definitionformat.h"
#include "domain/jsontracker.h"

#include <QHash>
#include <QSyntaxHighlighter>

namespace eventloupe {

/// Colours a definition: JSON, and the expression language inside the texts that hold it. Follows
/// the palette when rehighlight() is called. Looks at the changed lines only.
class DefinitionHighlighter final : public QSyntaxHighlighter {
    Q_OBJECT

public:
    DefinitionHighlighter(
        QTextDocument* document, std::optional<DefinitionKind> kind, const QWidget& colourSource);

protected:
    void highlightBlock(const QString& text) override;

private:
    [[nodiscard]] TextUse useOf(const JsonToken& token);
    void colourExpression(const QString& text, int start, int end, const QString& scope);
    void colourTemplate(const QString& text, int start, int end, const QString& scope);

    std::optional<DefinitionKind> m_kind;
    const QWidget& m_colourSource;
    QHash<QString, TextUse> m_uses; ///< By path.
};

} // namespace eventloupe
