#include "ui/log/eventdetail.h"

#include "ui/base/figures.h"
#include "ui/base/jsonview.h"
#include "ui/base/plaintext.h"
#include "ui/base/stillframe.h"
#include "ui/log/datapage.h"
#include "ui/log/origintext.h"

#include <QFormLayout>
#include <QHBoxLayout>
#include <QScrollArea>
#include <QTabWidget>

namespace eventloupe {

EventDetail::EventDetail(QWidget* parent)
    : QWidget(parent)
    , m_title(new PlainLabel(this))
    , m_place(new PlainLabel(this))
    , m_missing(new PlainLabel(this))
    , m_tabs(new QTabWidget(this))
    , m_data(new DataPage(this))
    , m_metadata(new JsonView(this))
{
    setObjectName(QStringLiteral("eventDetail"));
    setAccessibleName(tr("Event at the cursor"));
    makeHeading(*m_title);
    for (auto* label : { m_title, m_place })
        label->setElided(true);
    m_place->setElided(true, Qt::ElideMiddle);
    m_place->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_tabs->setDocumentMode(true);
    m_tabs->addTab(m_data, tr("Data"));
    m_tabs->addTab(m_metadata, tr("Metadata"));
    m_tabs->addTab(makeFacts(), tr("Event"));
    m_metadata->setFrameShape(QFrame::NoFrame);
    m_metadata->setAccessibleName(tr("Metadata of the event"));
    m_missing->setObjectName(QStringLiteral("missingEvent"));
    m_missing->setWordWrap(true);
    m_missing->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_missing->setMargin(8);
    m_missing->setTextInteractionFlags(Qt::TextSelectableByMouse);

    auto* head = new QHBoxLayout;
    head->setContentsMargins(8, 0, 8, 0);
    head->addWidget(new StillFrame(*m_title, this), 1);
    m_placeFrame = new StillFrame(*m_place, this);
    head->addWidget(m_placeFrame, 1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 6, 0, 0);
    layout->setSpacing(4);
    layout->addLayout(head);
    layout->addWidget(m_missing, 1);
    layout->addWidget(m_tabs, 1);
    connect(m_tabs, &QTabWidget::currentChanged, this, &EventDetail::showPage);
    setEvent({}, 0);
}

QWidget* EventDetail::makeFacts()
{
    auto* page = new QWidget;
    auto* form = new QFormLayout(page);
    form->setVerticalSpacing(3);
    const std::array captions { tr("Position"), tr("Stream"), tr("Version"), tr("Type"),
        tr("Local time"), tr("UTC"), tr("Id"), tr("Origin") };
    static_assert(captions.size() == factCount);
    for (std::size_t i = 0; i < captions.size(); ++i) {
        auto* value = new PlainLabel(page);
        value->setElided(true);
        value->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
        value->setTextInteractionFlags(Qt::TextSelectableByMouse);
        auto* caption = new PlainLabel(captions.at(i), page);
        makeFaint(*caption);
        form->addRow(caption, value);
        m_facts.at(i) = value;
    }
    m_factRows = form;
    // Only the stores of other libraries have it.
    form->setRowVisible(factCount - 1, false);
    auto* scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setWidget(page);
    return scroll;
}

void EventDetail::setEvent(const std::optional<Event>& event, Position position)
{
    m_event = event;
    const bool isMissing = !event && position > 0;
    m_tabs->setEnabled(event.has_value());
    m_tabs->setVisible(!isMissing);
    m_missing->setVisible(isMissing);
    m_placeFrame->setVisible(event.has_value());
    if (event) {
        QString title = tr("%1  %2").arg(positionText(event->position), visibleText(event->type));
        for (const QString& mark : originMarks(event->origin))
            title += tr("  ⚑ %1").arg(visibleText(mark));
        m_title->setText(title);
        m_place->setText(
            tr("%1, version %2").arg(visibleText(event->stream), countText(event->version)));
        for (auto* label : { m_title, m_place })
            label->setToolTip(plainToolTip(label->text()));
    } else {
        m_title->setText(isMissing ? tr("%1 is lost").arg(positionText(position))
                                   : tr("No event at the cursor"));
        m_title->setToolTip(plainToolTip(m_title->text()));
        m_missing->setText(tr("%1 is missing, or cannot be read: File > Verify… tells which, and "
                              "names all events of which that is so.")
                               .arg(positionText(position)));
        m_place->clear();
    }
    showPage();
}

void EventDetail::setWorkspace(const std::shared_ptr<const Workspace>& workspace)
{
    m_data->setWorkspace(workspace);
}

void EventDetail::showPage()
{
    const auto* page = m_tabs->currentWidget();
    if (page == m_data)
        m_data->setEvent(m_event);
    else if (page == m_metadata)
        m_metadata->setJson(m_event ? m_event->metadata : QByteArray());
    else
        showFacts();
}

void EventDetail::showFacts()
{
    if (!m_event) {
        for (auto* fact : m_facts)
            fact->clear();
        return;
    }
    const Event& event = *m_event;
    const auto stream = visibleText(event.stream);
    const auto type = visibleText(event.type);
    const std::array facts { countText(event.position), stream, countText(event.version), type,
        event.time.toLocalText(), QString::fromUtf8(event.time.toRfc3339()), visibleText(event.id),
        visibleText(originText(event.origin)) };
    m_factRows->setRowVisible(factCount - 1, !event.origin.isEmpty());
    for (std::size_t i = 0; i < facts.size(); ++i)
        m_facts.at(i)->setText(facts.at(i));
    m_facts.back()->setToolTip(plainToolTip(facts.back()));
}

} // namespace eventloupe
