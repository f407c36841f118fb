#include "ui/log/eventdetail.h"

#include "ui/base/figures.h"
#include "ui/base/jsonview.h"
#include "ui/base/plaintext.h"

#include <QGridLayout>
#include <QTabWidget>

namespace eventloupe {

EventDetail::EventDetail(QWidget* parent)
    : QWidget(parent)
    , m_title(new PlainLabel(this))
    , m_place(new PlainLabel(this))
    , m_times(new PlainLabel(this))
    , m_id(new PlainLabel(this))
    , m_tabs(new QTabWidget(this))
    , m_data(new JsonView(this))
    , m_metadata(new JsonView(this))
{
    setObjectName(QStringLiteral("eventDetail"));
    setAccessibleName(tr("Event at the cursor"));
    makeHeading(*m_title);
    for (auto* label : { m_title, m_place, m_times, m_id })
        label->setElided(true);
    m_id->setTextInteractionFlags(Qt::TextSelectableByMouse);

    m_tabs->setDocumentMode(true);
    m_tabs->addTab(m_data, tr("Data"));
    m_tabs->addTab(m_metadata, tr("Metadata"));
    for (auto* view : { m_data, m_metadata })
        view->setFrameShape(QFrame::NoFrame);
    m_data->setAccessibleName(tr("Data of the event"));
    m_metadata->setAccessibleName(tr("Metadata of the event"));

    auto* layout = new QGridLayout(this);
    layout->setContentsMargins(8, 6, 8, 0);
    layout->setVerticalSpacing(2);
    layout->addWidget(m_title, 0, 0);
    layout->addWidget(m_place, 0, 1, Qt::AlignRight);
    layout->addWidget(m_times, 1, 0);
    layout->addWidget(m_id, 1, 1, Qt::AlignRight);
    layout->addWidget(m_tabs, 2, 0, 1, 2);
    layout->setColumnStretch(0, 1);
    layout->setRowStretch(2, 1);
    setEvent({});
}

void EventDetail::setEvent(const std::optional<Event>& event)
{
    m_position = event ? event->position : 0;
    m_tabs->setEnabled(event.has_value());
    if (event) {
        showFacts(*event);
        return;
    }
    m_title->setText(tr("No event at the cursor"));
    for (auto* label : { m_place, m_times, m_id })
        label->clear();
    m_data->setJson({});
    m_metadata->setJson({});
}

void EventDetail::showFacts(const Event& event)
{
    m_title->setText(tr("%1  %2").arg(positionText(event.position), visibleText(event.type)));
    m_place->setText(tr("%1, version %2").arg(visibleText(event.stream), countText(event.version)));
    m_times->setText(tr("%1 local, %2")
                         .arg(event.time.toLocalText(), QString::fromUtf8(event.time.toRfc3339())));
    m_id->setText(visibleText(event.id));
    for (auto* label : { m_title, m_place, m_times, m_id })
        label->setToolTip(plainToolTip(label->text()));
    m_data->setJson(event.data);
    m_metadata->setJson(event.metadata);
}

} // namespace eventloupe
