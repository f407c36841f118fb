#include "ui/command/mnemonics.h"

#include <QAbstractButton>
#include <QAction>
#include <QKeySequence>
#include <QLabel>
#include <QMenuBar>

namespace eventloupe {

namespace {

QChar letterOf(const QString& text)
{
    const auto sequence = QKeySequence::mnemonic(text);
    return sequence.isEmpty() ? QChar() : sequence.toString().back().toUpper();
}

QSet<QChar> takenLetters(const QWidget& inside, const QList<QLabel*>& labels)
{
    QSet<QChar> taken;
    const auto* window = inside.window();
    for (const auto* bar : window->findChildren<QMenuBar*>()) {
        for (const auto* action : bar->actions())
            taken.insert(letterOf(action->text()));
    }
    for (const auto* button : window->findChildren<QAbstractButton*>())
        taken.insert(letterOf(button->text()));
    for (auto* label : window->findChildren<QLabel*>()) {
        if (label->buddy() != nullptr && !labels.contains(label))
            taken.insert(letterOf(label->text()));
    }
    return taken;
}

} // namespace

void assignMnemonics(const QList<QLabel*>& labels, const QWidget& inside)
{
    auto taken = takenLetters(inside, labels);
    for (auto* label : labels) {
        auto text = label->text();
        for (qsizetype i = 0; i < text.size(); ++i) {
            const auto letter = text.at(i).toUpper();
            // ASCII only: other letters are not on every keyboard.
            if (letter < u'A' || letter > u'Z' || taken.contains(letter))
                continue;
            taken.insert(letter);
            label->setText(text.insert(i, u'&'));
            break;
        }
    }
}

} // namespace eventloupe
