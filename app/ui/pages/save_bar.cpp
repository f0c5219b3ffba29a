#include "ui/pages/save_bar.h"

#include "ui/pages/record_form.h"
#include "ui/widgets/icon_engine.h"
#include "ui/widgets/text_label.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QPushButton>

namespace keydesk {

using namespace Qt::StringLiterals;

SaveBar::SaveBar(RecordForm &form, const QString &name, QWidget *parent)
    : QWidget(parent)
    , m_unsaved(new TextLabel(TextRole::Body, Token::WarnFg, this))
    , m_discard(new QPushButton(icon(u"undo-2"_s), {}, this))
    , m_save(new QPushButton(icon(u"save"_s), {}, this))
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_unsaved, 1);
    layout->addWidget(m_discard);
    layout->addWidget(m_save);
    m_unsaved->setObjectName(name + u".unsaved"_s);
    m_unsaved->setWordWrap(true);
    m_discard->setObjectName(name + u".discard"_s);
    m_save->setObjectName(name);
    connect(m_save, &QPushButton::clicked, this, &SaveBar::saveRequested);
    connect(m_discard, &QPushButton::clicked, &form, &RecordForm::discard);
    connect(&form, &RecordForm::dirtyChanged, this, &SaveBar::showDirty);
    showDirty(form.isDirty());
    retranslate();
}

void SaveBar::setKeyless()
{
    m_hasKey = false;
    m_save->setShortcut({});
}

void SaveBar::showDirty(bool dirty)
{
    m_unsaved->setVisible(dirty);
    m_discard->setVisible(dirty);
    m_save->setEnabled(dirty);
}

void SaveBar::retranslate()
{
    m_unsaved->setText(tr("Not saved. What you typed is kept on this PC."));
    m_discard->setText(tr("Discard"));
    m_save->setText(tr("Save"));
    if (m_hasKey)
        m_save->setShortcut(QKeySequence::Save); // a button forgets its key with its text
}

void SaveBar::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

} // namespace keydesk
