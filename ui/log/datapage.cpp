#include "ui/log/datapage.h"

#include "domain/upcaster.h"
#include "mask/masks.h"
#include "ui/base/jsonview.h"
#include "ui/base/plaintext.h"
#include "ui/log/bytesview.h"
#include "value/aside.h"

#include <QSplitter>
#include <QVBoxLayout>

namespace eventloupe {

namespace {

/// A column of a caption and a view.
QWidget* makeColumn(
    PlainLabel* caption, JsonView* view, QWidget* parent, QWidget* instead = nullptr)
{
    auto* column = new QWidget(parent);
    auto* layout = new QVBoxLayout(column);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2);
    makeFaint(*caption);
    caption->setElided(true);
    caption->setContentsMargins(8, 2, 8, 0);
    view->setFrameShape(QFrame::NoFrame);
    layout->addWidget(caption);
    layout->addWidget(view, 1);
    if (instead)
        layout->addWidget(instead, 1);
    return column;
}

} // namespace

DataPage::DataPage(QWidget* parent)
    : QWidget(parent)
    , m_storedCaption(new PlainLabel(tr("As it is stored"), this))
    , m_stored(new JsonView(this))
    , m_bytes(new BytesView(this))
    , m_presentCaption(new PlainLabel(this))
    , m_present(new JsonView(this))
{
    m_stored->setAccessibleName(tr("Data of the event"));
    m_present->setObjectName(QStringLiteral("upcastView"));
    m_present->setAccessibleName(tr("Data of the event as upcasts make it"));
    m_presentCaption->setObjectName(QStringLiteral("upcastCaption"));
    auto* splitter = new QSplitter(Qt::Horizontal, this);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(makeColumn(m_storedCaption, m_stored, splitter, m_bytes));
    m_presentPart = makeColumn(m_presentCaption, m_present, splitter);
    splitter->addWidget(m_presentPart);
    splitter->setSizes({ 1000, 1000 });
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(splitter);
    m_bytes->hide();
    setWorkspace(Workspace::empty());
}

void DataPage::setWorkspace(const std::shared_ptr<const Workspace>& workspace)
{
    m_upcaster = std::make_shared<const Upcaster>(workspace);
    m_masks = workspace->masks();
    upcast();
}

void DataPage::setEvent(const std::optional<Event>& event)
{
    // The data of a position never changes, and an upcast that is shown of it stays right.
    const bool isSame
        = m_event && event && m_event->position == event->position && m_event->data == event->data;
    m_event = event;
    const bool isUnread = event && BytesView::takes(event->data);
    m_bytes->setVisible(isUnread);
    m_stored->setVisible(!isUnread);
    if (isUnread)
        m_bytes->setPayload(event->data);
    m_stored->setJson(event && !isUnread ? event->data : QByteArray());
    if (!isSame)
        upcast();
}

void DataPage::upcast()
{
    ++m_generation;
    const Upcaster::Type* older = m_event ? m_upcaster->type(m_event->type.toStdString()) : nullptr;
    if (!older) {
        showPresent({});
        return;
    }
    // The fold's upcast reads the values, and what is shown here has signs in their place.
    if (!older->definition->upcasts.isEmpty()
        && !m_masks->ofEventAnywhere(m_event->type).isEmpty()) {
        showPresent({ QString::fromStdString(older->present), {}, {}, true, true });
        return;
    }
    runAside(
        this, [upcaster = m_upcaster, event = *m_event] { return presentOf(*upcaster, event); },
        [this, generation = m_generation](const Present& present) {
            if (m_generation == generation)
                showPresent(present);
        });
}

DataPage::Present DataPage::presentOf(const Upcaster& upcaster, const Event& event)
{
    const auto stream = event.stream.toUtf8();
    const auto type = event.type.toUtf8();
    const auto id = event.id.toUtf8();
    EventView view { event.position, event.streamId, viewOf(stream), event.version, viewOf(type),
        event.time, viewOf(id), viewOf(event.data), viewOf(event.metadata), viewOf(event.origin) };
    Present present;
    const auto done = upcaster.apply(view, present.data);
    if (!done)
        present.failure = done.error().message;
    present.type = QString::fromStdString(std::string(view.type));
    present.differs = !done || present.type != event.type || !present.data.isEmpty();
    if (present.data.isEmpty())
        present.data = event.data;
    return present;
}

void DataPage::showPresent(const Present& present)
{
    m_storedCaption->setVisible(present.differs);
    m_presentPart->setVisible(present.differs);
    if (!present.differs)
        return;
    const bool failed = !present.failure.isEmpty();
    auto caption = failed ? tr("Its upcast fails: %1").arg(visibleText(present.failure))
                          : tr("Upcast, as it is folded: %1").arg(visibleText(present.type));
    m_presentCaption->setText(present.isHidden ? tr("Upcast not shown: masked") : caption);
    if (present.isHidden)
        caption = tr("What upcasts make of it is not shown: they read values that the workspace "
                     "masks. It is folded as %1")
                      .arg(visibleText(present.type));
    m_presentCaption->setToolTip(plainToolTip(caption));
    m_present->setJson(failed ? QByteArray() : present.data);
}

} // namespace eventloupe
