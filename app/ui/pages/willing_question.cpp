#include "ui/pages/willing_question.h"

#include <QCoreApplication>
#include <QMessageBox>
#include <QPushButton>

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

QString asked(const char *text)
{
    return QCoreApplication::translate("WillingQuestion", text);
}

// One sentence a line: what keeps it from being an opportunity.
QString missingIn(const Opportunity &draft)
{
    QStringList lines{
        asked(QT_TRANSLATE_NOOP("WillingQuestion",
                                "As it stands this is a contact record: nobody is asked to follow "
                                "it up.")),
        asked(QT_TRANSLATE_NOOP("WillingQuestion", "Missing: the customer is willing to go on."))};
    if (!draft.productNamed)
        lines.append(
            asked(QT_TRANSLATE_NOOP("WillingQuestion", "For an opportunity: a named product.")));
    if (!draft.needStated && !draft.purchasePlanned)
        lines.append(
            asked(QT_TRANSLATE_NOOP("WillingQuestion",
                                    "For an opportunity: a stated need or a planned purchase.")));
    return lines.join(u'\n');
}

} // namespace

void askWhetherWilling(QWidget *parent, const Opportunity &draft,
                       const std::function<void(bool willing)> &answer)
{
    auto *ask = new QMessageBox(QMessageBox::Question,
                                asked(QT_TRANSLATE_NOOP("WillingQuestion", "Record and dispatch")),
                                asked(
                                    QT_TRANSLATE_NOOP("WillingQuestion",
                                                      "Is the customer willing to be contacted?")),
                                QMessageBox::NoButton, parent);
    ask->setObjectName(u"hotline.willing"_s);
    ask->setAttribute(Qt::WA_DeleteOnClose);
    ask->setInformativeText(missingIn(draft));
    const auto button = [ask](const char *name, const QString &text, QMessageBox::ButtonRole role) {
        QPushButton *made = ask->addButton(text, role);
        made->setObjectName(QString::fromLatin1(name));
        return made;
    };
    QPushButton *yes = button("hotline.willing.yes",
                              asked(QT_TRANSLATE_NOOP("WillingQuestion", "&Yes: dispatch it")),
                              QMessageBox::AcceptRole);
    QPushButton *no = button("hotline.willing.no",
                             asked(
                                 QT_TRANSLATE_NOOP("WillingQuestion", "&No: contact record only")),
                             QMessageBox::DestructiveRole);
    QPushButton *back = button("hotline.willing.back",
                               asked(QT_TRANSLATE_NOOP("WillingQuestion", "&Back to the form")),
                               QMessageBox::RejectRole);
    ask->setDefaultButton(yes);
    ask->setEscapeButton(back);
    QObject::connect(yes, &QPushButton::clicked, parent, [answer] { answer(true); });
    QObject::connect(no, &QPushButton::clicked, parent, [answer] { answer(false); });
    ask->open();
}

} // namespace keydesk
