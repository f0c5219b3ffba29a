#pragma once

#include "ui/pages/list_pane.h"

namespace keydesk {

// The records that belong to one customer or opportunity, with the keys to add, change and remove
// them: people, places, products. Which fields and rights there are is the field table's and the
// commands' business.
class ChildPane final : public QWidget
{
    Q_OBJECT

public:
    /// `parentField` is the column that names what they belong to.
    ChildPane(Desk &desk, const QString &name, const QString &entity, const QString &parentField,
              const QStringList &columns, QWidget *parent = nullptr);

    ListPane &list() { return *m_list; }
    /// Also offers the acts to the page's lists and palette.
    QList<QAction *> acts() const { return {m_add, m_edit, m_remove}; }
    /// No title: the pane lies under a tab that has its name.
    void setUntitled();
    void showOf(const RecordId &parent);
    /// Offers the acts to whom they are open now: rights go with who holds the record.
    void refreshRights();
    void add();

protected:
    void changeEvent(QEvent *event) override;

private:
    QAction *makeAct(const QString &name, const QString &iconName, const QKeySequence &key,
                     void (ChildPane::*does)());
    void retranslate();
    void edit();
    void remove();

    Desk &m_desk;
    QString m_entity;
    QString m_parentField;
    QStringList m_columns;
    RecordId m_parent;
    ListPane *m_list;
    QAction *m_add;
    QAction *m_edit;
    QAction *m_remove;
    bool m_titled = true;
};

} // namespace keydesk
