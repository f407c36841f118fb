#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>
#include <QTest>

// Qt takes what looks like markup for markup, "&" for the mark of a key and "[*]" for a place
// holder. So text goes to labels, tool tips, message boxes, menus and titles by
// ui/base/plaintext.h, which is seen by reading the sources. What only a running window shows is in
// tst_markup.

namespace {

struct Source {
    QString name; ///< From the project's folder on.
    QString text;
};

/// The same length, comments blanked: what they say is no code.
QString withoutComments(QString text)
{
    static const QRegularExpression comment(u"(?m)(?<![:\"])//[^\n]*"_qs);
    for (auto match = comment.globalMatch(text); match.hasNext();) {
        const auto found = match.next();
        text.replace(
            found.capturedStart(), found.capturedLength(), QString(found.capturedLength(), u' '));
    }
    return text;
}

QList<Source> sources()
{
    QList<Source> all;
    const QString root = QStringLiteral(EVENTLOUPE_SOURCE) + u'/';
    for (const auto& folder : { u"ui"_qs, u"app"_qs }) {
        QDirIterator walk(
            root + folder, { u"*.h"_qs, u"*.cpp"_qs }, QDir::Files, QDirIterator::Subdirectories);
        while (walk.hasNext()) {
            QFile file(walk.next());
            if (file.open(QIODevice::ReadOnly))
                all.append({ file.fileName().mid(root.size()),
                    withoutComments(QString::fromUtf8(file.readAll())) });
        }
    }
    return all;
}

/// What stands between the bracket at `open` and its partner; strings are stepped over.
QString argumentsAt(const QString& text, qsizetype open)
{
    int depth = 0;
    bool isString = false;
    for (qsizetype at = open; at < text.size(); ++at) {
        const auto character = text.at(at);
        if (isString && character == u'\\')
            ++at;
        else if (character == u'"')
            isString = !isString;
        else if (!isString && character == u'(')
            ++depth;
        else if (!isString && character == u')' && --depth == 0)
            return text.mid(open + 1, at - open - 1);
    }
    return {};
}

/// Words that are in the program, with nothing put into them.
bool isOurs(const QString& arguments)
{
    static const QRegularExpression filled(u"\\.arg\\(| \\+ |%1"_qs);
    return arguments.contains(u"tr(\""_qs) && !arguments.contains(filled);
}

QString placeOf(const Source& source, qsizetype at)
{
    return u"%1:%2"_qs.arg(source.name).arg(source.text.left(at).count(u'\n') + 1);
}

/// Each call of a pattern that ends with "(", by its arguments.
template <class Judge>
QStringList faults(const QList<Source>& all, const QString& pattern, Judge isRight)
{
    QStringList places;
    const QRegularExpression call(pattern);
    for (const auto& source : all) {
        for (auto match = call.globalMatch(source.text); match.hasNext();) {
            const auto found = match.next();
            const auto arguments = argumentsAt(source.text, found.capturedEnd() - 1);
            if (!isRight(source, arguments))
                places.append(placeOf(source, found.capturedStart()) + u": "_qs + found.captured()
                    + arguments.simplified().left(80));
        }
    }
    return places;
}

/// Each place of a pattern outside of the files that may have it.
QStringList placesOf(
    const QList<Source>& all, const QString& pattern, const QStringList& allowed = {})
{
    QStringList places;
    const QRegularExpression sought(pattern);
    for (const auto& source : all) {
        for (auto match = sought.globalMatch(source.text); match.hasNext();) {
            const auto found = match.next();
            if (!allowed.contains(source.name))
                places.append(placeOf(source, found.capturedStart()) + u": "_qs + found.captured());
        }
    }
    return places;
}

#define VERIFY_NONE(places)                                                                        \
    do {                                                                                           \
        const QStringList found = places;                                                          \
        for (const auto& place : found)                                                            \
            qWarning().noquote() << place;                                                         \
        QCOMPARE(found.size(), 0);                                                                 \
    } while (false)

} // namespace

class tst_TextSinks : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        m_all = sources();
        QVERIFY(m_all.size() > 200);
    }

    void theCheckFindsWhatIsWrong()
    {
        const QList<Source> wrong { { u"ui/a.cpp"_qs,
            u"auto* l = new QLabel(text, this);\n l->setToolTip(event.type);\n"
            "m->setToolTip(tr(\"Of %1\").arg(name));\n m->setToolTip(tr(\"Ours\"));\n"
            "m->setToolTip(plainToolTip(f(name)));"_qs } };
        QCOMPARE(placesOf(wrong, labels).size(), 1);
        QCOMPARE(toolTipFaults(wrong).join(u'\n'),
            u"ui/a.cpp:2: setToolTip(event.type\nui/a.cpp:3: setToolTip(tr(\"Of %1\").arg(name)"_qs);
        QCOMPARE(withoutComments(u"a; // b\n\"http://c\";"_qs), u"a;     \n\"http://c\";"_qs);
    }

    void labelsArePlain()
    {
        // A picture, beside the one label of text that others look for.
        VERIFY_NONE(placesOf(m_all, labels, { u"ui/base/infobar.cpp"_qs }));
    }

    void messageBoxesArePlain()
    {
        VERIFY_NONE(placesOf(m_all,
            u"new QMessageBox\\b|\\bQMessageBox\\s+\\w+\\s*[({;]|\\bQMessageBox::"
            "(warning|information|question|critical|about)\\(|\\bQErrorMessage\\b"_qs));
    }

    /// Which opens the files of a folder, and drops the locks that the store has.
    void fileDialogsLookIntoNoFile()
    {
        VERIFY_NONE(placesOf(m_all, u"new QFileDialog\\b|\\bQFileDialog::get\\w+\\("_qs));
    }

    void toolTipsArePlain() { VERIFY_NONE(toolTipFaults(m_all)); }

    void richTextIsTheHelpAlone()
    {
        VERIFY_NONE(placesOf(m_all,
            u"\\b(setHtml|insertHtml|appendHtml|setMarkdown|setWhatsThis|QTextBrowser|toHtmlEscaped"
            "|openUrl|QDesktopServices|setOpenExternalLinks|linkActivated)\\b"
            "|Qt::(RichText|AutoText|MarkdownText)"_qs,
            { u"ui/help/helpwindow.cpp"_qs, u"ui/help/helpwindow.h"_qs,
                u"ui/base/plainmessagebox.cpp"_qs, u"ui/time/densitytip.cpp"_qs }));
    }

    void namesInMenusAndTabsMarkNoKey()
    {
        const auto isRight = [](const Source&, const QString& arguments) {
            // What the action does may have other texts.
            const auto caption = arguments.left(arguments.indexOf(u'['));
            static const QRegularExpression numbers(
                u"\\.arg\\((positionText|countText|speedText|number|value|interval)\\b"_qs);
            return !caption.contains(u".arg("_qs) || caption.contains(u"buttonText("_qs)
                || caption.contains(numbers);
        };
        VERIFY_NONE(
            faults(m_all, u"\\b(addAction|addMenu|addTab|insertTab|setTabText)\\("_qs, isRight));
        VERIFY_NONE(placesOf(
            m_all, u"\"&&\""_qs, { u"ui/base/plaintext.cpp"_qs, u"ui/window/helpmenu.cpp"_qs }));
    }

    void titlesHaveNoPlaceHolder()
    {
        VERIFY_NONE(
            faults(m_all, u"\\bsetWindowTitle\\("_qs, [](const Source&, const QString& title) {
                static const QRegularExpression plain(
                    u"\\.arg\\((positionText\\(|countText\\(|m_storeName)"_qs);
                // A dock's, given by its panel.
                return title == u"title"_qs || isOurs(title) || title.contains(u"titleText("_qs)
                    || title.contains(plain);
            }));
    }

private:
    QStringList toolTipFaults(const QList<Source>& all)
    {
        return faults(all, u"\\b(setToolTip|setTabToolTip|setStatusTip|QToolTip::showText)\\("_qs,
            [](const Source&, const QString& tip) {
                static const QRegularExpression nothing(u"^(.*, )?(\\{\\}|QString\\(\\))$"_qs);
                if (tip.contains(u"toolTipAt("_qs) || tip == u"hint"_qs)
                    return true; // By plainToolTip() or densityTip(); looked at in tst_markup.
                return tip.contains(u"plainToolTip("_qs) || isOurs(tip) || tip.contains(nothing);
            });
    }

    const QString labels = u"new QLabel\\b|(?<![\\w:])QLabel\\s+\\w+\\s*[({;]"_qs;
    QList<Source> m_all;
};

QTEST_GUILESS_MAIN(tst_TextSinks)
#include "tst_textsinks.moc"
