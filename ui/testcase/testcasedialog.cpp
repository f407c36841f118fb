#include "ui/testcase/testcasedialog.h"

#include "store/filetarget.h"
#include "ui/base/figures.h"
#include "ui/base/filedialog.h"
#include "ui/base/infobar.h"
#include "ui/base/plaintext.h"
#include "value/aside.h"

#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFontDatabase>
#include <QFormLayout>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

namespace eventloupe {

TestCaseDialog::TestCaseDialog(StoreClient& client,
    const std::shared_ptr<const Workspace>& workspace, const QString& configurationFolder,
    QWidget* parent)
    : QDialog(parent)
    , m_loader(new TestCaseLoader(client, workspace, configurationFolder, this))
    , m_title(new QLineEdit(this))
    , m_format(new QComboBox(this))
    , m_shrink(new QCheckBox(tr("&Shorten the history to what the outcome depends on"), this))
    , m_progress(new QProgressBar(this))
    , m_summary(new PlainLabel(this))
    , m_info(new InfoBar(this))
    , m_preview(new QPlainTextEdit(this))
    , m_source(new PlainLabel(this))
    , m_copy(new QPushButton(tr("&Copy"), this))
    , m_save(new QPushButton(tr("Save &As…"), this))
    , m_example(new QPushButton(tr("Add to &Examples"), this))
{
    setObjectName(QStringLiteral("testCaseDialog"));
    setWindowTitle(tr("Export as a Test"));
    resize(820, 620);
    layOut();
    connectLoader();
    connect(m_format, &QComboBox::currentIndexChanged, this, &TestCaseDialog::showText);
    connect(m_title, &QLineEdit::textEdited, this, &TestCaseDialog::showText);
    connect(m_shrink, &QCheckBox::toggled, this, &TestCaseDialog::toggleShrink);
    connect(m_copy, &QPushButton::clicked, this, &TestCaseDialog::copyText);
    connect(m_save, &QPushButton::clicked, this, &TestCaseDialog::saveFile);
    connect(m_example, &QPushButton::clicked, this,
        [this] { m_loader->saveExample(shown(), m_title->text()); });
    updateButtons();
}

void TestCaseDialog::layOut()
{
    m_title->setObjectName(QStringLiteral("testTitle"));
    m_format->setObjectName(QStringLiteral("testFormat"));
    m_shrink->setObjectName(QStringLiteral("testShrink"));
    m_progress->setObjectName(QStringLiteral("testProgress"));
    m_progress->setAccessibleName(tr("How far the history is shortened"));
    m_progress->setTextVisible(false);
    m_progress->setMaximumWidth(fontMetrics().averageCharWidth() * 24);
    m_progress->hide();
    m_summary->setObjectName(QStringLiteral("testSummary"));
    m_summary->setElided(true);
    m_preview->setObjectName(QStringLiteral("testPreview"));
    m_preview->setAccessibleName(tr("The test"));
    m_preview->setReadOnly(true);
    m_preview->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_preview->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_source->setObjectName(QStringLiteral("testSource"));
    m_source->setElided(true, Qt::ElideMiddle);
    m_source->setTextInteractionFlags(Qt::TextSelectableByMouse);
    makeFaint(*m_source);
    m_copy->setObjectName(QStringLiteral("testCopy"));
    m_save->setObjectName(QStringLiteral("testSave"));
    m_example->setObjectName(QStringLiteral("testExample"));
    auto* form = new QFormLayout;
    form->addRow(tr("&Title:"), m_title);
    form->addRow(tr("&Form:"), m_format);
    auto* cut = new QHBoxLayout;
    cut->addWidget(m_shrink);
    cut->addWidget(m_progress);
    cut->addStretch(1);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    buttons->addButton(m_example, QDialogButtonBox::ActionRole);
    buttons->addButton(m_copy, QDialogButtonBox::ActionRole);
    buttons->addButton(m_save, QDialogButtonBox::ActionRole);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* layout = new QVBoxLayout(this);
    layout->addLayout(form);
    layout->addLayout(cut);
    layout->addWidget(m_summary);
    layout->addWidget(m_info);
    layout->addWidget(m_preview, 1);
    layout->addWidget(m_source);
    layout->addWidget(buttons);
}

void TestCaseDialog::connectLoader()
{
    connect(m_loader, &TestCaseLoader::formatsRead, this, &TestCaseDialog::takeFormats);
    connect(m_loader, &TestCaseLoader::failed, this, &TestCaseDialog::showFailure);
    connect(m_loader, &TestCaseLoader::found, this, &TestCaseDialog::take);
    connect(m_loader, &TestCaseLoader::written, this, &TestCaseDialog::takeText);
    connect(m_loader, &TestCaseLoader::shrunk, this,
        [this](const std::shared_ptr<const TestCase>& testCase) {
            m_short = testCase;
            setShrinking(false);
            showText();
        });
    connect(m_loader, &TestCaseLoader::shrinking, this, [this](int done, int rounds) {
        m_progress->setRange(0, rounds);
        m_progress->setValue(done);
    });
    connect(m_loader, &TestCaseLoader::saved, this, [this](const QString& path) {
        emit exampleSaved(path);
        accept();
    });
}

void TestCaseDialog::showSubject(const TestCaseSubject& subject)
{
    m_summary->setText(tr("Reading the history…"));
    m_loader->find(subject);
}

void TestCaseDialog::chooseFormat(const QString& name)
{
    m_wanted = name;
    if (const int row = m_format->findData(name); row >= 0)
        m_format->setCurrentIndex(row);
}

QString TestCaseDialog::format() const
{
    return m_format->currentData().toString();
}

void TestCaseDialog::takeFormats(const QList<TestFormat>& formats, const QStringList& faults)
{
    m_formats = formats;
    m_faults = faults;
    for (const TestFormat& format : formats)
        m_format->addItem(visibleText(format.title), format.name);
    chooseFormat(m_wanted);
    showText();
}

void TestCaseDialog::take(const std::shared_ptr<const TestCase>& testCase)
{
    m_whole = testCase;
    m_title->setText(testCase->title);
    m_shrink->setEnabled(!testCase->given.empty());
    showText();
}

void TestCaseDialog::toggleShrink(bool on)
{
    if (on && !m_short) {
        setShrinking(true);
        m_loader->shrink();
    } else if (!on && m_isShrinking) {
        m_loader->cancelShrinking();
        setShrinking(false);
    }
    showText();
}

void TestCaseDialog::setShrinking(bool isShrinking)
{
    m_isShrinking = isShrinking;
    m_progress->setVisible(isShrinking);
    m_progress->setValue(0);
}

const std::shared_ptr<const TestCase>& TestCaseDialog::shown() const
{
    return m_shrink->isChecked() && m_short ? m_short : m_whole;
}

const TestFormat* TestCaseDialog::chosen() const
{
    const int row = m_format->currentIndex();
    return row >= 0 && row < m_formats.size() ? &m_formats.at(row) : nullptr;
}

void TestCaseDialog::showText()
{
    m_text.clear();
    m_source->setText(chosen() && !chosen()->source.isEmpty()
            ? tr("The library's own page: %1").arg(visibleText(chosen()->source))
            : QString());
    if (shown() && chosen())
        m_loader->write(*chosen(), shown(), m_title->text());
    showNotes();
    updateButtons();
}

void TestCaseDialog::takeText(const QString& text, const QString& preview, const QString& fault)
{
    m_text = text;
    m_preview->setPlainText(preview);
    if (!fault.isEmpty())
        m_info->show(InfoBar::Kind::Failure, visibleText(fault));
    updateButtons();
}

void TestCaseDialog::showNotes()
{
    const auto& testCase = shown();
    if (!testCase)
        return;
    QString summary = testCase->hasCommand()
        ? tr("Given %1, when %2").arg(eventsText(qint64(testCase->given.size())), testCase->command)
        : tr("Given %1, when the event itself happens")
              .arg(eventsText(qint64(testCase->given.size())));
    if (m_isShrinking)
        summary += tr(" · shortening…");
    else if (testCase->given.size() < testCase->history)
        summary += tr(" · of %1%2")
                       .arg(countText(qint64(testCase->history)),
                           testCase->isShortest ? tr(", and none of them can go") : QString());
    m_summary->setText(visibleText(summary));
    QStringList notes = testCase->remarks() + m_faults;
    const bool isExample = chosen() && chosen()->name == exampleFormatName();
    if (const QString obstacle = exampleObstacle(*testCase); isExample && !obstacle.isEmpty())
        notes.append(obstacle);
    if (notes.isEmpty())
        m_info->dismiss();
    else
        m_info->show(testCase->isProven && m_faults.isEmpty() ? InfoBar::Kind::Information
                                                              : InfoBar::Kind::Warning,
            visibleText(notes.join(u' ')));
}

void TestCaseDialog::updateButtons()
{
    const bool isExample = chosen() && chosen()->name == exampleFormatName();
    const bool isReady = !m_text.isEmpty() && !m_isShrinking;
    const bool fits = shown() && exampleObstacle(*shown()).isEmpty();
    m_copy->setEnabled(isReady);
    m_save->setEnabled(isReady);
    m_example->setVisible(!m_loader->workspace().folder().isEmpty());
    m_example->setEnabled(isReady && isExample && fits);
    m_example->setToolTip(isExample
            ? tr("Saves it in the workspace's folder examples, which are run with Ctrl+Shift+E")
            : tr("For the form of the workspace's examples"));
}

void TestCaseDialog::showFailure(const Error& error)
{
    setShrinking(false);
    if (m_shrink->isChecked() && !m_short)
        m_shrink->setChecked(false);
    if (!m_whole)
        m_summary->setText({});
    m_info->show(InfoBar::Kind::Failure, visibleText(error.message));
    updateButtons();
}

void TestCaseDialog::copyText()
{
    QGuiApplication::clipboard()->setText(m_text);
    emit said(tr("Copied the test"));
}

void TestCaseDialog::saveFile()
{
    auto testCase = *shown();
    testCase.title = m_title->text();
    const auto file = askSaveFileName(
        this, tr("Save the Test"), testFileName(*chosen(), testCase));
    if (file.isEmpty())
        return;
    runAside(
        this, [file, bytes = m_text.toUtf8()] { return writeTarget(file, bytes); },
        [this, file](const Result<void>& saved) {
            if (!saved) {
                showFailure(saved.error());
                return;
            }
            emit said(tr("Saved %1").arg(file));
            accept();
        });
}

} // namespace eventloupe
