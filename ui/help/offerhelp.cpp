#include "ui/help/offerhelp.h"

#include "ui/help/helpwindow.h"

#include <QKeySequence>
#include <QShortcut>

namespace eventloupe {

void offerHelp(QWidget& dialog, const QString& topic)
{
    auto* key = new QShortcut(QKeySequence(QKeySequence::HelpContents), &dialog);
    QObject::connect(key, &QShortcut::activated, &dialog, [&dialog, topic] {
        auto* help = dialog.findChild<HelpWindow*>();
        if (!help)
            help = new HelpWindow(&dialog);
        help->showTopic(topic);
        help->show();
        help->raise();
        help->activateWindow();
    });
}

} // namespace eventloupe
