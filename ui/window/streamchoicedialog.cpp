#include "ui/window/streamchoicedialog.h"

#include "ui/base/plaintext.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QVBoxLayout>

namespace eventloupe {

StreamChoiceDialog::StreamChoiceDialog(
    const QString& title, const QStringList& offered, QWidget* parent)
    : QDialog(parent)
    , m_streams(new QComboBox(this))
{
    setWindowTitle(titleText(title));
    m_streams->setObjectName(QStringLiteral("offeredStreams"));
    m_streams->setEditable(true);
    m_streams->setInsertPolicy(QComboBox::NoInsert);
    m_streams->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_streams->setMinimumContentsLength(40);
    for (const QString& name : offered)
        m_streams->addItem(visibleText(name), name);

    auto* label = new PlainLabel(tr("Name of the stream, as in the list of streams:"), this);
    label->setBuddy(m_streams);
    m_streams->setAccessibleName(label->text());
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(label);
    layout->addWidget(m_streams);
    layout->addWidget(buttons);

    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(this, &QDialog::accepted, this, [this] {
        if (!stream().isEmpty())
            emit chosen(stream());
    });
}

QString StreamChoiceDialog::stream() const
{
    const QString text = m_streams->currentText();
    // Two names may look alike.
    int offered = m_streams->currentIndex();
    if (offered < 0 || m_streams->itemText(offered) != text)
        offered = m_streams->findText(text, Qt::MatchExactly | Qt::MatchCaseSensitive);
    return offered < 0 ? text : m_streams->itemData(offered).toString();
}

} // namespace eventloupe
