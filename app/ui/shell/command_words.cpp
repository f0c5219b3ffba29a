#include "ui/shell/command_words.h"

#include "base/label.h"

#include <algorithm>
#include <iterator>

namespace keydesk {

namespace {

struct CommandWords
{
    const char *command;
    Label words;
};
constexpr CommandWords commandWords[] = {
    {"window.palette", {"搜索 查找 命令", "search find command"}},
    {"window.undo", {"撤销", "undo"}},
    {"window.sync", {"立即同步 刷新", "sync now refresh"}},
    {"window.rail", {"收起导航 展开导航 侧栏", "narrow widen navigation sidebar rail"}},
    {"window.back", {"后退 返回", "back"}},
    {"window.forward", {"前进", "forward"}},
    {"window.theme", {"主题 深色 浅色 夜间 切换", "theme dark light night switch"}},
    {"window.language", {"语言 中文 英文 切换", "language chinese english switch"}},
    {"window.density", {"密度 行距 紧凑 标准 宽松", "density rows compact standard comfortable"}},
    {"window.textSize", {"字号 文字大小 放大 缩小", "text size font zoom larger smaller"}},
    {"window.sound", {"声音 提示音 超时 静音", "sound breach mute alarm"}},
    {"window.lockTime", {"自动锁屏 锁定时间 分钟", "lock after idle minutes screen"}},
    {"window.keys", {"快捷键 按键", "keys shortcuts"}},
    {"window.help", {"帮助", "help"}},
    {"window.signOut", {"退出 登出 注销 换人", "sign out log out exit quit"}},
    {"window.nextPane", {"下一个区域", "next part pane"}},
    {"window.previousPane", {"上一个区域", "previous part pane"}},
    {"window.rowMenu", {"行菜单 右键 菜单", "row menu context"}},
    {"window.sortList", {"排序", "sort order list"}},
    {"window.chooseColumns", {"列 栏目 选择列 显示列", "columns choose show hide"}},
    {"window.newOpportunity", {"新建商机", "new opportunity"}},
    {"window.newVisit", {"登记走访 拜访", "log a visit new"}},
    {"window.lock", {"锁定 锁屏", "lock screen"}},
    {"today.open", {"打开", "open"}},
    {"today.done", {"完成", "done"}},
    {"today.later", {"稍后 推迟 一小时", "later snooze hour"}},
    {"today.tomorrow", {"明天 推迟", "tomorrow snooze later"}},
    {"today.laterDate", {"推迟 日期 稍后", "snooze date later"}},
    {"today.answer", {"补充资料 回答", "give the information answer"}},
    {"today.new", {"新建任务", "new task"}},
    {"today.read", {"全部标为已读 通知", "mark all as read notices"}},
    {"today.readOne", {"标为已读 通知", "mark as read notice"}},
    {"today.claim", {"认领", "claim"}},
    {"customers.new", {"新建客户", "new customer account"}},
    {"customers.open", {"打开客户", "open customer"}},
    {"customers.next", {"下一个客户", "next customer"}},
    {"customers.previous", {"上一个客户", "previous customer"}},
    {"customers.back", {"返回列表", "back to the list"}},
    {"customer360.writeNote", {"写备注 记录", "write a note"}},
    {"customer360.visit", {"登记走访 拜访", "log a visit"}},
    {"customer360.task", {"新建任务", "new task"}},
    {"customer360.opportunity", {"新建商机", "new opportunity"}},
    {"customer360.edit", {"编辑资料 修改档案", "edit the profile"}},
    {"opportunity.claim", {"认领", "claim"}},
    {"opportunity.return", {"转回", "return give back"}},
    {"opportunity.forward", {"下一阶段 推进", "next stage forward"}},
    {"opportunity.back", {"上一阶段 退一步", "stage back previous"}},
    {"opportunity.contact", {"首次联系 已联系", "first contact made"}},
    {"opportunity.task", {"新建任务", "new task"}},
    {"opportunity.writeNote", {"写备注 记录", "write a note"}},
    {"opportunity.edit", {"编辑要素 修改", "edit the elements"}},
    {"opportunity.lose", {"丢单 失单", "lost"}},
    {"opportunity.answer", {"补充资料 回答", "give the information answer"}},
    {"opportunity.shelve", {"搁置", "shelve"}},
    {"opportunity.handled", {"一次办结", "handled at first contact"}},
    {"opportunity.discard", {"作废", "discard invalid"}},
    {"opportunity.give", {"派任务", "give somebody a task"}},
    {"hotline.record", {"登记并分派 提交", "record and dispatch submit"}},
    {"hotline.number", {"记录来电 号码", "log a call number"}},
    {"hotline.next", {"下一通来电 清空", "next call clear"}},
    {"hotline.startNew", {"为来电人新建记录", "new record for this caller"}},
    {"hotline.keepTyped", {"属于本次来电 保留", "it belongs to this call keep"}},
    {"hotline.handledNow", {"一次办结 当场办结", "handled here at once"}},
    {"dispatch.ask", {"询问 要求补充", "ask the contact channel question"}},
    {"dispatch.invalid", {"作废", "discard invalid"}},
    {"dispatch.choose", {"选择人员", "choose a person"}},
    {"dispatch.other", {"其他人 队列", "somebody else queue"}},
    {"dispatch.batch", {"批量分派", "batch dispatch several"}},
    {"sync.now", {"立即同步 刷新", "sync now refresh"}},
    {"sync.retry", {"重试", "retry again"}},
    {"sync.mine", {"保留我的", "keep mine"}},
    {"sync.theirs", {"采用对方的", "take theirs"}},
    {"sync.edit", {"改为另一个值", "another value edit"}},
    {"sync.discard", {"放弃 撤回", "discard withdraw"}},
    {"admin.new", {"新建人员", "new person staff"}},
    {"admin.rule.toggle", {"启用规则 停用规则", "switch rule on off"}},
    {"admin.rule.moveUp", {"规则上移", "move rule up"}},
    {"admin.rule.moveDown", {"规则下移", "move rule down"}},
    {"admin.save", {"保存", "save"}},
};

} // namespace

QString searchWords(const QString &command)
{
    const auto found = std::find_if(std::begin(commandWords), std::end(commandWords),
                                    [&command](const CommandWords &line) {
                                        return command == QLatin1StringView(line.command);
                                    });
    if (found == std::end(commandWords))
        return {};
    return found->words.text(QLocale::Chinese) + u' ' + found->words.text(QLocale::English);
}

} // namespace keydesk
