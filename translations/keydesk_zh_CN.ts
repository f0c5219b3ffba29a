<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>WillingQuestion</name>
    <message>
        <source>As it stands this is a contact record: nobody is asked to follow it up.</source>
        <translation>目前只是接触记录，不会分派给任何人跟进。</translation>
    </message>
    <message>
        <source>Missing: the customer is willing to go on.</source>
        <translation>缺少：客户有进一步接洽意愿。</translation>
    </message>
    <message>
        <source>For an opportunity: a named product.</source>
        <translation>成为商机还需：已提到产品名称。</translation>
    </message>
    <message>
        <source>For an opportunity: a stated need or a planned purchase.</source>
        <translation>成为商机还需：已提出具体需求，或计划办理。</translation>
    </message>
    <message>
        <source>Record and dispatch</source>
        <translation>登记并分派</translation>
    </message>
    <message>
        <source>Is the customer willing to be contacted?</source>
        <translation>客户是否愿意进一步接洽？</translation>
    </message>
    <message>
        <source>&amp;Yes: dispatch it</source>
        <translation>愿意，登记并分派(&amp;Y)</translation>
    </message>
    <message>
        <source>&amp;No: contact record only</source>
        <translation>不愿意，只留接触记录(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Back to the form</source>
        <translation>返回修改(&amp;B)</translation>
    </message>
</context>
<context>
    <name>keydesk::ActionSource</name>
    <message>
        <source>Commands</source>
        <translation>命令</translation>
    </message>
</context>
<context>
    <name>keydesk::AdminPage</name>
    <message>
        <source>Staff</source>
        <translation>员工</translation>
    </message>
    <message>
        <source>Assignments</source>
        <translation>客户归属</translation>
    </message>
    <message>
        <source>Administration</source>
        <translation>系统管理</translation>
    </message>
    <message>
        <source>No assignment here.</source>
        <translation>暂无客户归属。</translation>
    </message>
    <message>
        <source>Assign a customer at the right.</source>
        <translation>请在右侧为客户指定负责人。</translation>
    </message>
    <message>
        <source>Disable the login</source>
        <translation>停用账号</translation>
    </message>
    <message>
        <source>Enable the login</source>
        <translation>启用账号</translation>
    </message>
    <message>
        <source>Assign</source>
        <translation>指定</translation>
    </message>
    <message>
        <source>End the chosen assignment today</source>
        <translation>今日终止所选归属</translation>
    </message>
    <message>
        <source>New person</source>
        <translation>新增员工</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>已保存</translation>
    </message>
    <message>
        <source>Assigned</source>
        <translation>已指定</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Assignments are the business of those who see customers.</source>
        <translation>客户归属仅由能查看客户的人员维护。</translation>
    </message>
    <message>
        <source>Ask the supervisor or the head of department of the area; administrators keep the staff list.</source>
        <translation>请联系本地网主管或部门经理；系统管理员只维护员工信息。</translation>
    </message>
    <message>
        <source>Routing rules</source>
        <translation>分派规则</translation>
    </message>
    <message>
        <source>There is no routing rule yet.</source>
        <translation>还没有分派规则。</translation>
    </message>
    <message>
        <source>Until then every opportunity goes to the operations centre.</source>
        <translation>在此之前，所有商机都进入运营中心。</translation>
    </message>
    <message>
        <source>Switch the rule off or on</source>
        <translation>停用或启用规则</translation>
    </message>
    <message>
        <source>Move the rule up</source>
        <translation>规则上移</translation>
    </message>
    <message>
        <source>Move the rule down</source>
        <translation>规则下移</translation>
    </message>
    <message>
        <source>New rule</source>
        <translation>新建规则</translation>
    </message>
    <message>
        <source>%1 can sign in once a password is set.</source>
        <comment>staff number</comment>
        <translation>%1 设好密码后即可登录。</translation>
    </message>
    <message>
        <source>On the server: keydesk-server user reset %1 --password-file FILE sets the password, keydesk-server enrol --user %1 prints the enrolment string for the first sign-in on a PC. Give them separately.</source>
        <translation>在服务器上执行：keydesk-server user reset %1 --password-file FILE 设置密码；keydesk-server enrol --user %1 生成首次在电脑上登录用的注册码。请分开告知本人。</translation>
    </message>
    <message>
        <source>It ends today</source>
        <translation>今日终止</translation>
    </message>
</context>
<context>
    <name>keydesk::AskDialog</name>
    <message>
        <source>Another reason, as written below</source>
        <translation>其他原因（写在下面）</translation>
    </message>
</context>
<context>
    <name>keydesk::BatchDispatch</name>
    <message>
        <source>The rules suggest nobody for these: choose by hand (P).</source>
        <translation>规则对这些商机没有推荐人选，请手工选择（P）。</translation>
    </message>
    <message numerus="yes">
        <source>Dispatch %n opportunities, each to the first suggestion for it?</source>
        <translation>
            <numerusform>把 %n 条商机分别分派给各自的首位推荐人？</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n person(s) get them.</source>
        <translation>
            <numerusform>共分派给 %n 人。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n stay here: nobody is suggested for them.</source>
        <translation>
            <numerusform>另有 %n 条没有推荐人选，留在这里。</numerusform>
        </translation>
    </message>
    <message>
        <source>Batch dispatch</source>
        <translation>批量分派</translation>
    </message>
    <message numerus="yes">
        <source>Dispatch %n</source>
        <translation>
            <numerusform>分派 %n 条</numerusform>
        </translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message numerus="yes">
        <source>%n dispatched</source>
        <translation>
            <numerusform>已分派 %n 条</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n refused: %1</source>
        <translation>
            <numerusform>%n 条被拒绝：%1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n taken back</source>
        <translation>
            <numerusform>已撤回 %n 条</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>keydesk::CallerFile</name>
    <message>
        <source>Open opportunities; Enter opens</source>
        <translation>未了结商机（回车打开）</translation>
    </message>
    <message>
        <source>Open opportunities of the caller</source>
        <translation>来电客户的未了结商机</translation>
    </message>
    <message>
        <source>Last contacts</source>
        <translation>最近接触</translation>
    </message>
</context>
<context>
    <name>keydesk::CallerPanel</name>
    <message>
        <source>Caller&apos;s number</source>
        <translation>主叫号码</translation>
    </message>
    <message>
        <source>Who is it?</source>
        <translation>查询</translation>
    </message>
    <message>
        <source>Who it may be</source>
        <translation>可能的来电方</translation>
    </message>
    <message>
        <source>Open the customer</source>
        <translation>打开客户</translation>
    </message>
    <message>
        <source>Not known here, and the server is out of reach.</source>
        <translation>本机没有该号码，且暂时连不上服务器。</translation>
    </message>
    <message>
        <source>Record the call; it is matched when the line is back.</source>
        <translation>请照常登记，恢复连接后自动匹配客户。</translation>
    </message>
    <message>
        <source>Nobody has this number.</source>
        <translation>没有客户使用该号码。</translation>
    </message>
    <message>
        <source>Fill in the organisation: a potential customer is made of it.</source>
        <translation>请填写单位信息，系统将建立潜在客户。</translation>
    </message>
    <message numerus="yes">
        <source>%n customers have this number; choose one.</source>
        <translation>
            <numerusform>%n 个客户使用该号码，请选择。</numerusform>
        </translation>
    </message>
    <message>
        <source>No caller yet.</source>
        <translation>暂无来电。</translation>
    </message>
    <message>
        <source>Unknown number.</source>
        <translation>未知号码。</translation>
    </message>
    <message>
        <source>Deputy %1</source>
        <translation>副客户经理 %1</translation>
    </message>
    <message>
        <source>open opportunities: %1</source>
        <translation>在途商机 %1 个</translation>
    </message>
    <message>
        <source>Details online only.</source>
        <translation>详细资料仅在线可查。</translation>
    </message>
    <message>
        <source>no account manager</source>
        <translation>无客户经理</translation>
    </message>
    <message>
        <source>AM %1</source>
        <translation>客户经理 %1</translation>
    </message>
</context>
<context>
    <name>keydesk::ChildPane</name>
    <message>
        <source>Add</source>
        <translation>新增</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>修改</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Nothing here yet.</source>
        <translation>暂无记录。</translation>
    </message>
</context>
<context>
    <name>keydesk::ChipButton</name>
    <message>
        <source>Filter %1, on</source>
        <translation>筛选“%1”，已启用</translation>
    </message>
    <message>
        <source>Filter %1, off</source>
        <translation>筛选“%1”，未启用</translation>
    </message>
    <message>
        <source>Delete removes this filter</source>
        <translation>按 Delete 去掉此筛选</translation>
    </message>
</context>
<context>
    <name>keydesk::ClaimList</name>
    <message>
        <source>Claimed %1</source>
        <translation>已认领 %1</translation>
    </message>
    <message>
        <source>To claim</source>
        <translation>待认领</translation>
    </message>
    <message>
        <source>Claim</source>
        <translation>认领</translation>
    </message>
</context>
<context>
    <name>keydesk::Clock</name>
    <message>
        <source>%1 d %2 h</source>
        <comment>days and hours</comment>
        <translation>%1天%2时</translation>
    </message>
    <message>
        <source>%1 left</source>
        <comment>time until a deadline</comment>
        <translation>剩 %1</translation>
    </message>
    <message>
        <source>%1 over</source>
        <comment>time since a deadline</comment>
        <translation>逾期 %1</translation>
    </message>
</context>
<context>
    <name>keydesk::CommandPalette</name>
    <message>
        <source>Customer, person, number, command … pinyin initials work too</source>
        <translation>客户、联系人、编号、命令……可输拼音首字母</translation>
    </message>
    <message>
        <source>Search or command</source>
        <translation>搜索或命令</translation>
    </message>
    <message>
        <source>What was found</source>
        <translation>搜索结果</translation>
    </message>
    <message>
        <source>Nothing found for “%1”</source>
        <translation>没有找到“%1”</translation>
    </message>
    <message>
        <source>↑ ↓ choose · Enter open · Esc close</source>
        <translation>↑ ↓ 选择 · Enter 打开 · Esc 关闭</translation>
    </message>
</context>
<context>
    <name>keydesk::ConditionForm</name>
    <message>
        <source>Condition</source>
        <translation>匹配条件</translation>
    </message>
    <message>
        <source>any</source>
        <comment>a condition is not asked</comment>
        <translation>不限</translation>
    </message>
</context>
<context>
    <name>keydesk::Customer360</name>
    <message>
        <source>Customers</source>
        <translation>客户</translation>
    </message>
    <message>
        <source>Add note</source>
        <translation>添加记录</translation>
    </message>
    <message>
        <source>What happened? Enter adds it to the customer&apos;s story.</source>
        <translation>有何进展？按回车记入客户大事记。</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>记录</translation>
    </message>
    <message>
        <source>Story of the customer</source>
        <translation>客户大事记</translation>
    </message>
    <message>
        <source>no account manager</source>
        <translation>无客户经理</translation>
    </message>
    <message>
        <source>AM %1</source>
        <translation>客户经理 %1</translation>
    </message>
    <message>
        <source>Saved on this PC; it is sent by itself.</source>
        <translation>已保存本机，将自动提交。</translation>
    </message>
    <message>
        <source>Write a note</source>
        <translation>写跟进记录</translation>
    </message>
    <message>
        <source>Log a visit</source>
        <translation>登记走访</translation>
    </message>
    <message>
        <source>New task</source>
        <translation>新建任务</translation>
    </message>
    <message>
        <source>Edit the profile</source>
        <translation>编辑资料</translation>
    </message>
    <message>
        <source>Visible to the account manager and the supervisors.</source>
        <translation>仅客户经理和主管可见。</translation>
    </message>
    <message>
        <source>yuan</source>
        <translation>元</translation>
    </message>
    <message>
        <source>Open opportunities</source>
        <translation>在途商机</translation>
    </message>
    <message>
        <source>Open tasks</source>
        <translation>待办任务</translation>
    </message>
    <message>
        <source>New opportunity</source>
        <translation>新建商机</translation>
    </message>
</context>
<context>
    <name>keydesk::CustomerLists</name>
    <message>
        <source>People</source>
        <translation>联系人</translation>
    </message>
    <message>
        <source>Opportunities</source>
        <translation>商机</translation>
    </message>
    <message>
        <source>In charge</source>
        <translation>服务团队</translation>
    </message>
    <message>
        <source>Sites</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>Tasks</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>No opportunity yet.</source>
        <translation>还没有商机。</translation>
    </message>
    <message>
        <source>What is recorded for this customer appears here.</source>
        <translation>为该客户登记的商机会显示在这里。</translation>
    </message>
    <message>
        <source>Nobody is in charge.</source>
        <translation>尚无负责人员。</translation>
    </message>
    <message>
        <source>A supervisor assigns the customer.</source>
        <translation>由主管分配客户归属。</translation>
    </message>
    <message>
        <source>Open tasks</source>
        <translation>待办任务</translation>
    </message>
    <message>
        <source>No open task for this customer.</source>
        <translation>该客户没有待办任务。</translation>
    </message>
    <message>
        <source>Org chart</source>
        <translation>组织架构</translation>
    </message>
</context>
<context>
    <name>keydesk::CustomersPage</name>
    <message>
        <source>Customers</source>
        <translation>客户</translation>
    </message>
    <message>
        <source>No customer is assigned to you.</source>
        <translation>尚未分配给您任何客户。</translation>
    </message>
    <message>
        <source>Ask your supervisor to assign customers to you.</source>
        <translation>请联系主管为您分配客户。</translation>
    </message>
    <message>
        <source>Open customer</source>
        <translation>打开客户</translation>
    </message>
    <message>
        <source>Next customer</source>
        <translation>下一个客户</translation>
    </message>
    <message>
        <source>Previous customer</source>
        <translation>上一个客户</translation>
    </message>
    <message>
        <source>Back to the list</source>
        <translation>返回列表</translation>
    </message>
    <message>
        <source>This customer is not on this PC.</source>
        <translation>本机没有该客户的资料。</translation>
    </message>
    <message>
        <source>New customer</source>
        <translation>新建客户</translation>
    </message>
</context>
<context>
    <name>keydesk::DateEdit</name>
    <message>
        <source>yyyy-mm-dd, +3, next tue</source>
        <translation>年-月-日，或 +3、下周二</translation>
    </message>
    <message>
        <source>Calendar (Alt+Down)</source>
        <translation>日历（Alt+↓）</translation>
    </message>
    <message>
        <source>Calendar</source>
        <translation>日历</translation>
    </message>
    <message>
        <source>A date such as 2026-11-21, 11-21 or +3</source>
        <translation>请输入日期，例如 2026-11-21、11-21 或 +3</translation>
    </message>
</context>
<context>
    <name>keydesk::DiffRow</name>
    <message>
        <source>Mine</source>
        <translation>我的修改</translation>
    </message>
    <message>
        <source>On the server</source>
        <translation>服务器上</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>修改前</translation>
    </message>
    <message>
        <source>(empty)</source>
        <translation>（空）</translation>
    </message>
    <message>
        <source>1  Keep mine</source>
        <translation>1  保留我的</translation>
    </message>
    <message>
        <source>2  Take the server&apos;s</source>
        <translation>2  采用服务器的</translation>
    </message>
    <message>
        <source>3  Edit …</source>
        <translation>3  重新填写…</translation>
    </message>
    <message>
        <source>New value of %1</source>
        <translation>%1的新值</translation>
    </message>
    <message>
        <source>%1: mine %2, on the server %3, before %4</source>
        <translation>%1：我的修改 %2，服务器上 %3，修改前 %4</translation>
    </message>
</context>
<context>
    <name>keydesk::DispatchActs</name>
    <message>
        <source>Dispatch against the rules</source>
        <translation>不按规则分派</translation>
    </message>
    <message>
        <source>%1: %2. Why should it go there all the same?</source>
        <comment>person, what the rules hold against him</comment>
        <translation>%1：%2。为什么仍要分派给他？</translation>
    </message>
    <message>
        <source>Dispatched to %1</source>
        <translation>已分派给%1</translation>
    </message>
    <message>
        <source>Taken back</source>
        <translation>已撤回</translation>
    </message>
    <message>
        <source>Ask the contact channel</source>
        <translation>请接触渠道补充</translation>
    </message>
    <message>
        <source>What is missing?</source>
        <translation>还缺哪些信息？</translation>
    </message>
    <message>
        <source>Asked</source>
        <translation>已请对方补充</translation>
    </message>
</context>
<context>
    <name>keydesk::DispatchPage</name>
    <message>
        <source>Dispatch</source>
        <translation>分派台</translation>
    </message>
    <message>
        <source>To be dispatched</source>
        <translation>待分派</translation>
    </message>
    <message>
        <source>Nothing waits for a dispatcher.</source>
        <translation>没有待分派的商机。</translation>
    </message>
    <message>
        <source>What the rules could not place, and what was returned, appears here.</source>
        <translation>规则未能分派的和被转回的商机会出现在这里。</translation>
    </message>
    <message>
        <source>Dispatch to the chosen person (Enter)</source>
        <translation>派给所选人员（回车）</translation>
    </message>
    <message>
        <source>Ask the contact channel</source>
        <translation>请接触渠道补充</translation>
    </message>
    <message>
        <source>Suggested people</source>
        <translation>建议人选</translation>
    </message>
    <message>
        <source>Choose a person</source>
        <translation>选择人员</translation>
    </message>
    <message>
        <source>Choose an opportunity.</source>
        <translation>请选择一条商机。</translation>
    </message>
    <message>
        <source>%1   load %2/%3</source>
        <comment>name, open items, capacity</comment>
        <translation>%1&#x3000;在办 %2/%3</translation>
    </message>
    <message>
        <source>Somebody else or a queue (P)</source>
        <translation>其他人员或队列(P)</translation>
    </message>
    <message>
        <source>Somebody else or a queue</source>
        <translation>其他人员或队列</translation>
    </message>
    <message>
        <source>asked: %1</source>
        <comment>question to the contact channel</comment>
        <translation>已询问：%1</translation>
    </message>
    <message>
        <source>answered: %1</source>
        <translation>已答复：%1</translation>
    </message>
    <message>
        <source>No suggestion: choose somebody else or a queue (P).</source>
        <translation>无推荐人选，请选择其他人员或队列(P)。</translation>
    </message>
    <message numerus="yes">
        <source>%n transfers</source>
        <translation>
            <numerusform>转派 %n 次</numerusform>
        </translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>作废</translation>
    </message>
    <message>
        <source>Dispatch the selected ones to their suggestions</source>
        <translation>把选中的商机分派给各自推荐人</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>待分派</translation>
    </message>
    <message>
        <source>Load</source>
        <translation>人员负荷</translation>
    </message>
</context>
<context>
    <name>keydesk::DispatchPicker</name>
    <message>
        <source>Dispatch %1 to …</source>
        <translation>将“%1”分派给…</translation>
    </message>
    <message>
        <source>Name, initials or team</source>
        <translation>姓名、拼音首字母或团队</translation>
    </message>
    <message>
        <source>People and queues</source>
        <translation>人员与队列</translation>
    </message>
    <message>
        <source>Person or queue</source>
        <translation>人员或队列</translation>
    </message>
    <message>
        <source>Load</source>
        <translation>负荷</translation>
    </message>
    <message>
        <source>What the rules say</source>
        <translation>规则意见</translation>
    </message>
    <message>
        <source>Note for whoever gets it</source>
        <translation>给接收人的说明</translation>
    </message>
    <message>
        <source>Dispatch</source>
        <translation>派单</translation>
    </message>
    <message>
        <source>fits</source>
        <translation>符合规则</translation>
    </message>
    <message>
        <source>Queue: %1</source>
        <comment>a team</comment>
        <translation>队列：%1</translation>
    </message>
</context>
<context>
    <name>keydesk::ElementBar</name>
    <message>
        <source>Elements %1%, enough to be dispatched</source>
        <translation>要素完整度 %1%，可以分派</translation>
    </message>
    <message>
        <source>Elements %1%, a dispatcher has to look at it</source>
        <translation>要素完整度 %1%，须运营中心处理</translation>
    </message>
    <message>
        <source>Elements %1%</source>
        <translation>要素完整度 %1%</translation>
    </message>
</context>
<context>
    <name>keydesk::FieldRow</name>
    <message>
        <source>%1, required</source>
        <translation>%1，必填</translation>
    </message>
</context>
<context>
    <name>keydesk::Gallery</name>
    <message>
        <source>Keydesk widgets</source>
        <translation>Keydesk 控件</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>字号</translation>
    </message>
    <message>
        <source>Compact</source>
        <translation>紧凑</translation>
    </message>
    <message>
        <source>Standard</source>
        <translation>标准</translation>
    </message>
    <message>
        <source>Comfortable</source>
        <translation>宽松</translation>
    </message>
    <message>
        <source>Density</source>
        <translation>密度</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Controls</source>
        <translation>基本控件</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>Icons</source>
        <translation>图标</translation>
    </message>
    <message>
        <source>Page header</source>
        <translation>页头</translation>
    </message>
    <message>
        <source>Record table</source>
        <translation>记录列表</translation>
    </message>
    <message>
        <source>States</source>
        <translation>状态页</translation>
    </message>
    <message>
        <source>Board</source>
        <translation>看板</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>时间轴</translation>
    </message>
    <message>
        <source>Tiles</source>
        <translation>指标卡</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>Form</source>
        <translation>表单</translation>
    </message>
    <message>
        <source>Conflicts</source>
        <translation>冲突处理</translation>
    </message>
    <message>
        <source>Palette</source>
        <translation>命令面板</translation>
    </message>
    <message>
        <source>Claim(&amp;C)</source>
        <translation>认领(&amp;C)</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>稍后</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation>复制详情</translation>
    </message>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>Suzhou Industrial Park Committee</source>
        <translation>苏州工业园区管委会</translation>
    </message>
    <message>
        <source>Customer, number or pinyin initials</source>
        <translation>客户名称、编号或拼音首字母</translation>
    </message>
    <message>
        <source>Fault</source>
        <translation>故障</translation>
    </message>
    <message>
        <source>Complaint</source>
        <translation>投诉</translation>
    </message>
    <message>
        <source>Name checked</source>
        <translation>已核对姓名</translation>
    </message>
    <message>
        <source>Consultation</source>
        <translation>咨询</translation>
    </message>
    <message>
        <source>Provisioning</source>
        <translation>开通</translation>
    </message>
    <message>
        <source>Faults</source>
        <translation>故障</translation>
    </message>
    <message>
        <source>Support</source>
        <translation>支撑</translation>
    </message>
    <message>
        <source>Buttons</source>
        <translation>按钮</translation>
    </message>
    <message>
        <source>Fields</source>
        <translation>输入框</translation>
    </message>
    <message>
        <source>Choices</source>
        <translation>选择</translation>
    </message>
    <message>
        <source>Customers</source>
        <translation>客户</translation>
    </message>
    <message>
        <source>Kunming First People&apos;s Hospital</source>
        <translation>昆明市第一人民医院</translation>
    </message>
    <message>
        <source>Zhou Min · 0871-6***12</source>
        <translation>周敏 · 0871-6***12</translation>
    </message>
    <message>
        <source>Alt+Enter: call</source>
        <translation>Alt+Enter：拨打</translation>
    </message>
    <message>
        <source>Value A</source>
        <translation>价值 A</translation>
    </message>
    <message>
        <source>Wang Lei · 0512-6***80</source>
        <translation>王磊 · 0512-6***80</translation>
    </message>
    <message>
        <source>2 faults</source>
        <translation>2 个故障</translation>
    </message>
    <message>
        <source>Yangtze Logistics</source>
        <translation>长江物流</translation>
    </message>
    <message>
        <source>Wang Lei · 021-5***31</source>
        <translation>王磊 · 021-5***31</translation>
    </message>
    <message>
        <source>Value B</source>
        <translation>价值 B</translation>
    </message>
    <message>
        <source>Demand</source>
        <translation>需求</translation>
    </message>
    <message>
        <source>Customer(&amp;K)</source>
        <translation>客户(&amp;K)</translation>
    </message>
    <message>
        <source>New line</source>
        <translation>新装</translation>
    </message>
    <message>
        <source>Move</source>
        <translation>移机</translation>
    </message>
    <message>
        <source>Upgrade</source>
        <translation>扩容</translation>
    </message>
    <message>
        <source>Demand type(&amp;T)</source>
        <translation>需求类型(&amp;T)</translation>
    </message>
    <message>
        <source>Expected value(&amp;V)</source>
        <translation>预计金额(&amp;V)</translation>
    </message>
    <message>
        <source>Over the whole contract</source>
        <translation>合同期内合计</translation>
    </message>
    <message>
        <source>Wanted by(&amp;D)</source>
        <translation>期望开通日期(&amp;D)</translation>
    </message>
    <message>
        <source>Next contact(&amp;N)</source>
        <translation>下次联系(&amp;N)</translation>
    </message>
    <message>
        <source>Signed on(&amp;S)</source>
        <translation>签约日期(&amp;S)</translation>
    </message>
    <message>
        <source>This is not a date. Write 2026-11-21, 11-21 or +3.</source>
        <translation>日期无效，请按 2026-11-21、11-21 或 +3 填写。</translation>
    </message>
    <message>
        <source>Contact</source>
        <translation>联系人</translation>
    </message>
    <message>
        <source>Contact name</source>
        <translation>联系人姓名</translation>
    </message>
    <message>
        <source>Li Gong</source>
        <translation>李工</translation>
    </message>
    <message>
        <source>Phone(&amp;P)</source>
        <translation>电话(&amp;P)</translation>
    </message>
    <message>
        <source>A phone number is needed so that somebody can call back.</source>
        <translation>请填写电话，以便回访。</translation>
    </message>
    <message>
        <source>Wants the line before the fair opens.</source>
        <translation>希望在展会开幕前开通专线。</translation>
    </message>
    <message>
        <source>Summary(&amp;M)</source>
        <translation>摘要(&amp;M)</translation>
    </message>
    <message>
        <source>Record an opportunity</source>
        <translation>录入商机</translation>
    </message>
    <message>
        <source>2 fields differ</source>
        <translation>2 个字段不一致</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>电话</translation>
    </message>
    <message>
        <source>Wang Lei, 09:20</source>
        <translation>王磊，09:20</translation>
    </message>
    <message>
        <source>Liu Yan, 09:25</source>
        <translation>刘燕，09:25</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>1 Xingang Street</source>
        <translation>星港街 1 号</translation>
    </message>
    <message>
        <source>18 Xinghu Street, tower B</source>
        <translation>星湖街 18 号 B 座</translation>
    </message>
    <message>
        <source>Command palette</source>
        <translation>命令面板</translation>
    </message>
    <message>
        <source>Claim opportunity(&amp;C)</source>
        <translation>认领商机(&amp;C)</translation>
    </message>
    <message>
        <source>New visit</source>
        <translation>新建走访</translation>
    </message>
    <message>
        <source>Sync now</source>
        <translation>立即同步</translation>
    </message>
    <message>
        <source>Opportunities</source>
        <translation>商机</translation>
    </message>
    <message>
        <source>24 of 240</source>
        <translation>24 / 240 条</translation>
    </message>
    <message>
        <source>Inbox</source>
        <translation>收件箱</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>列表</translation>
    </message>
    <message>
        <source>Mine</source>
        <translation>我的</translation>
    </message>
    <message>
        <source>Team</source>
        <translation>团队</translation>
    </message>
    <message>
        <source>Less than 2 hours left</source>
        <translation>2 小时内到期</translation>
    </message>
    <message>
        <source>Industry</source>
        <translation>行业</translation>
    </message>
    <message>
        <source>Region Kunming</source>
        <translation>区域：昆明</translation>
    </message>
    <message>
        <source>Filter this list</source>
        <translation>筛选本列表</translation>
    </message>
    <message>
        <source>New opportunity</source>
        <translation>新建商机</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今日</translation>
    </message>
    <message>
        <source>6 tasks, 2 overdue</source>
        <translation>6 项待办，2 项逾期</translation>
    </message>
    <message>
        <source>No visits yet</source>
        <translation>还没有走访记录</translation>
    </message>
    <message>
        <source>Visits you log appear here and in the customer&apos;s timeline.</source>
        <translation>登记的走访会显示在这里和客户时间轴中。</translation>
    </message>
    <message>
        <source>No level-A customer in Kunming</source>
        <translation>昆明没有价值 A 的客户</translation>
    </message>
    <message>
        <source>Reading customers …</source>
        <translation>正在读取客户…</translation>
    </message>
    <message>
        <source>Company figures are kept on the server. As of 09:42.</source>
        <translation>公司级数据保存在服务器上，截至 09:42。</translation>
    </message>
    <message>
        <source>This data is 26 hours old</source>
        <translation>数据已 26 小时未更新</translation>
    </message>
    <message>
        <source>Your own changes are in it.</source>
        <translation>其中已包含您自己的修改。</translation>
    </message>
    <message>
        <source>Could not save</source>
        <translation>保存失败</translation>
    </message>
    <message>
        <source>Your text is kept.</source>
        <translation>您填写的内容已保留。</translation>
    </message>
    <message>
        <source>Revenue is visible to the owner and supervisors</source>
        <translation>收入仅客户负责人和主管可见</translation>
    </message>
    <message>
        <source>Ask Chen Jie, the supervisor of this customer.</source>
        <translation>请联系该客户的主管陈洁。</translation>
    </message>
    <message>
        <source>Lead</source>
        <translation>线索</translation>
    </message>
    <message>
        <source>Need clear</source>
        <translation>需求明确</translation>
    </message>
    <message>
        <source>Solution</source>
        <translation>方案</translation>
    </message>
    <message>
        <source>Negotiation</source>
        <translation>谈判</translation>
    </message>
    <message>
        <source>Signed</source>
        <translation>已签约</translation>
    </message>
    <message>
        <source>1.2M yuan</source>
        <translation>120万元</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Calls</source>
        <translation>通话</translation>
    </message>
    <message>
        <source>Visits</source>
        <translation>走访</translation>
    </message>
    <message>
        <source>Revenue this month</source>
        <translation>本月收入</translation>
    </message>
    <message>
        <source>10k yuan</source>
        <translation>万元</translation>
    </message>
    <message>
        <source>3.2 % over October</source>
        <translation>比 10 月高 3.2%</translation>
    </message>
    <message>
        <source>Member coverage</source>
        <translation>成员覆盖率</translation>
    </message>
    <message>
        <source>1.1 points under target</source>
        <translation>低于目标 1.1 个百分点</translation>
    </message>
    <message>
        <source>Below target</source>
        <translation>未达标</translation>
    </message>
    <message>
        <source>Stability</source>
        <translation>稳定率</translation>
    </message>
    <message>
        <source>as in October</source>
        <translation>与 10 月持平</translation>
    </message>
    <message>
        <source>Deadlines kept</source>
        <translation>时限达成率</translation>
    </message>
    <message>
        <source>2 of 52 missed</source>
        <translation>52 项中 2 项超时</translation>
    </message>
    <message>
        <source>To claim</source>
        <translation>待认领</translation>
    </message>
    <message>
        <source>0:12 over</source>
        <translation>逾期 0:12</translation>
    </message>
    <message>
        <source>Warnings</source>
        <translation>预警</translation>
    </message>
    <message>
        <source>Contracts ending in 30 days</source>
        <translation>30 天内到期合同</translation>
    </message>
    <message>
        <source>Approvals</source>
        <translation>待审批</translation>
    </message>
    <message>
        <source>Requirement</source>
        <translation>需求单</translation>
    </message>
    <message>
        <source>Wang Lei, 2 h</source>
        <translation>王磊，2 小时</translation>
    </message>
    <message>
        <source>Survey</source>
        <translation>查勘</translation>
    </message>
    <message>
        <source>Station 2, 1 d</source>
        <translation>2 号工位，1 天</translation>
    </message>
    <message>
        <source>Resource check</source>
        <translation>资源核查</translation>
    </message>
    <message>
        <source>since 09:10</source>
        <translation>09:10 开始</translation>
    </message>
    <message>
        <source>Installation</source>
        <translation>施工</translation>
    </message>
    <message>
        <source>Acceptance</source>
        <translation>竣工验收</translation>
    </message>
    <message>
        <source>Dashboard tiles</source>
        <translation>指标卡</translation>
    </message>
    <message>
        <source>Count tiles</source>
        <translation>计数卡</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>流程步骤</translation>
    </message>
    <message>
        <source>Claimed</source>
        <translation>已认领</translation>
    </message>
    <message>
        <source>No next step</source>
        <translation>无下一步</translation>
    </message>
    <message>
        <source>Queued</source>
        <translation>待同步</translation>
    </message>
    <message>
        <source>Badges</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>State of the work</source>
        <translation>同步状态</translation>
    </message>
    <message>
        <source>Masked values</source>
        <translation>脱敏显示</translation>
    </message>
    <message>
        <source>phone</source>
        <translation>电话</translation>
    </message>
    <message>
        <source>Messages in the page</source>
        <translation>页内消息</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Not yours until the server accepts</source>
        <translation>服务器受理前，该商机尚不归您</translation>
    </message>
    <message>
        <source>May accept directly</source>
        <translation>可直接受理</translation>
    </message>
    <message>
        <source>All work accepted 09:42</source>
        <translation>09:42 全部已受理</translation>
    </message>
    <message>
        <source>Toasts</source>
        <translation>浮动提示</translation>
    </message>
    <message>
        <source>Claimed SJ-0412.</source>
        <translation>已认领 SJ-0412。</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Zhou Min claimed SJ-0420 before you, at 09:40.</source>
        <translation>周敏已于 09:40 抢先认领 SJ-0420。</translation>
    </message>
    <message>
        <source>Leased line 20M, 12 sites</source>
        <translation>20M 专线，12 个点</translation>
    </message>
    <message>
        <source>Wang Lei</source>
        <translation>王磊</translation>
    </message>
    <message>
        <source>Short-number cluster, 300 members</source>
        <translation>短号集群网，300 个成员</translation>
    </message>
    <message>
        <source>Zhou Min</source>
        <translation>周敏</translation>
    </message>
    <message>
        <source>IDC hosting, 12 racks</source>
        <translation>IDC 托管，12 个机柜</translation>
    </message>
    <message>
        <source>Dianchi Lake Tourism Group</source>
        <translation>滇池旅游集团</translation>
    </message>
    <message>
        <source>Unified payment for 45 numbers</source>
        <translation>集团代付 45 个号码</translation>
    </message>
    <message>
        <source>Chen Jie</source>
        <translation>陈洁</translation>
    </message>
    <message>
        <source>Yunnan Green Energy</source>
        <translation>云南绿能</translation>
    </message>
    <message>
        <source>Video conference, 8 rooms</source>
        <translation>视频会议，8 间会议室</translation>
    </message>
    <message>
        <source>Blue Plateau Foods</source>
        <translation>蓝高原食品</translation>
    </message>
    <message>
        <source>Demand unclear, ask again</source>
        <translation>需求不明，需再确认</translation>
    </message>
    <message>
        <source>Operations centre</source>
        <translation>运营中心</translation>
    </message>
    <message>
        <source>Returned</source>
        <translation>已转回</translation>
    </message>
    <message>
        <source>Clock</source>
        <translation>时限</translation>
    </message>
    <message>
        <source>No.</source>
        <translation>编号</translation>
    </message>
    <message>
        <source>Customer</source>
        <translation>客户</translation>
    </message>
    <message>
        <source>Value (yuan)</source>
        <translation>金额（元）</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Trend</source>
        <translation>趋势</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>Paused: customer</source>
        <translation>暂停：客户原因</translation>
    </message>
    <message>
        <source>Call</source>
        <translation>来电</translation>
    </message>
    <message>
        <source>Complains that the leased line at the Kunming site drops every afternoon; wants a written answer before Friday.</source>
        <translation>反映昆明分点专线每天下午中断，要求周五前书面答复。</translation>
    </message>
    <message>
        <source>Liu Yan</source>
        <translation>刘燕</translation>
    </message>
    <message>
        <source>Answer owed</source>
        <translation>待答复</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>The IT director decides alone below 50,000 yuan.</source>
        <translation>5 万元以下由信息主管单独决定。</translation>
    </message>
    <message>
        <source>Visit</source>
        <translation>走访</translation>
    </message>
    <message>
        <source>Plan for the IDC move agreed.</source>
        <translation>IDC 搬迁方案已达成一致。</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>Fault closed</source>
        <translation>故障已结</translation>
    </message>
    <message>
        <source>Station 3</source>
        <translation>3 号工位</translation>
    </message>
    <message>
        <source>Restored</source>
        <translation>已恢复</translation>
    </message>
    <message>
        <source>Contract ends in 12 days</source>
        <translation>合同 12 天后到期</translation>
    </message>
    <message>
        <source>Rule</source>
        <translation>预警规则</translation>
    </message>
    <message>
        <source>Renew</source>
        <translation>待续约</translation>
    </message>
    <message>
        <source>Record type</source>
        <translation>记录类型</translation>
    </message>
    <message>
        <source>Members</source>
        <translation>成员数</translation>
    </message>
    <message>
        <source>Week</source>
        <translation>一周</translation>
    </message>
    <message>
        <source>Bars</source>
        <translation>条形图</translation>
    </message>
</context>
<context>
    <name>keydesk::HotlinePage</name>
    <message>
        <source>Record and dispatch</source>
        <translation>登记并分派</translation>
    </message>
    <message>
        <source>Next call</source>
        <translation>下一个来电</translation>
    </message>
    <message>
        <source>Captured here</source>
        <translation>我采集的商机</translation>
    </message>
    <message>
        <source>Nothing captured yet.</source>
        <translation>还没有采集商机。</translation>
    </message>
    <message>
        <source>What you record stays here for life, with how far it is.</source>
        <translation>您登记的商机会一直留在这里，随时可查进展。</translation>
    </message>
    <message>
        <source>Log a call</source>
        <translation>登记来电</translation>
    </message>
    <message>
        <source>Handled here</source>
        <translation>当场办结</translation>
    </message>
    <message>
        <source>What was done for the customer?</source>
        <translation>为客户办理了什么？</translation>
    </message>
    <message>
        <source>Recorded and closed: handled at first contact</source>
        <translation>已登记并了结：首问办结</translation>
    </message>
    <message>
        <source>So far a contact only: nothing to dispatch.</source>
        <translation>目前仅为接触记录，无需分派。</translation>
    </message>
    <message>
        <source>Goes to the operations centre: elements incomplete.</source>
        <translation>要素不全，将转运营中心处理。</translation>
    </message>
    <message>
        <source>The server decides who gets it: the customer is not here.</source>
        <translation>本机没有该客户资料，由服务器决定分派对象。</translation>
    </message>
    <message>
        <source>The call that is open here was not recorded yet.</source>
        <translation>这里还有一个来电没有登记。</translation>
    </message>
    <message>
        <source>Record it or begin the next call; then choose the customer again.</source>
        <translation>请先登记，或开始下一个来电，再重新选择客户。</translation>
    </message>
    <message>
        <source>New record for this caller</source>
        <translation>为此来电新建登记</translation>
    </message>
    <message>
        <source>It belongs to this call</source>
        <translation>内容属于此来电</translation>
    </message>
    <message>
        <source>What stands below was typed while %1 was calling.</source>
        <translation>下面的内容是在 %1 来电时填写的。</translation>
    </message>
    <message>
        <source>Recorded; the server decides what becomes of it.</source>
        <translation>已登记，由服务器决定后续处理。</translation>
    </message>
    <message>
        <source>Recorded; it is yours, as the customer is.</source>
        <translation>已登记，客户归您负责，商机已由您认领。</translation>
    </message>
    <message>
        <source>Recorded; it goes to the operations centre: elements incomplete.</source>
        <translation>已登记，要素不完整，转运营中心处理。</translation>
    </message>
    <message>
        <source>Kept as a contact record; it is dispatched to nobody.</source>
        <translation>已存为接触记录，不会分派。</translation>
    </message>
    <message>
        <source>Recorded as %1; it is dispatched by the rules.</source>
        <translation>已登记为%1，将按规则分派。</translation>
    </message>
    <message>
        <source>Record it and close it: done at first contact (Ctrl+Shift+Enter)</source>
        <translation>登记并办结：首问即办（Ctrl+Shift+Enter）</translation>
    </message>
    <message>
        <source>Record and dispatch (Ctrl+Enter)</source>
        <translation>登记并分派（Ctrl+Enter）</translation>
    </message>
    <message>
        <source>Empty the form for the next call (Ctrl+N)</source>
        <translation>清空表单，准备下一通来电（Ctrl+N）</translation>
    </message>
    <message>
        <source>Who gets it appears here while you type.</source>
        <translation>填写时，这里显示将分派给谁。</translation>
    </message>
    <message>
        <source>Emptied for the next call</source>
        <translation>已清空，可接下一个来电</translation>
    </message>
    <message>
        <source>Another call is being typed here: record it first.</source>
        <translation>这里正在录入另一个来电，请先登记。</translation>
    </message>
</context>
<context>
    <name>keydesk::InlineMessage</name>
    <message>
        <source>Close message</source>
        <translation>关闭提示</translation>
    </message>
</context>
<context>
    <name>keydesk::InstantEdit</name>
    <message>
        <source>hh:mm</source>
        <translation>时:分</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>A time such as 9:40 or 0940</source>
        <translation>请输入时间，例如 9:40 或 0940</translation>
    </message>
</context>
<context>
    <name>keydesk::KanbanColumn</name>
    <message numerus="yes">
        <source>%1, %n card(s)</source>
        <comment>column of a board</comment>
        <translation>
            <numerusform>%1，%n 张卡片</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>keydesk::KeySheet</name>
    <message>
        <source>Keys</source>
        <translation>快捷键</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>按键</translation>
    </message>
    <message>
        <source>What it does</source>
        <translation>作用</translation>
    </message>
</context>
<context>
    <name>keydesk::KpiTile</name>
    <message>
        <source>better: %1</source>
        <comment>KPI against its target or past</comment>
        <translation>向好：%1</translation>
    </message>
    <message>
        <source>worse: %1</source>
        <comment>KPI against its target or past</comment>
        <translation>变差：%1</translation>
    </message>
    <message>
        <source>Opens the records behind this number</source>
        <translation>打开该数字对应的记录</translation>
    </message>
</context>
<context>
    <name>keydesk::ListPane</name>
    <message numerus="yes">
        <source>%n record(s)</source>
        <translation>
            <numerusform>%n 条</numerusform>
        </translation>
    </message>
    <message>
        <source>Filter: name, initials, number</source>
        <translation>筛选：名称、拼音首字母、号码</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>The list could not be read.</source>
        <translation>列表读取失败。</translation>
    </message>
    <message>
        <source>Nothing matches the filter.</source>
        <translation>没有符合筛选条件的记录。</translation>
    </message>
    <message>
        <source>Clear filter</source>
        <translation>清除筛选</translation>
    </message>
    <message numerus="yes">
        <source>%n record(s) written to %1</source>
        <translation>
            <numerusform>已导出 %n 条到 %1</numerusform>
        </translation>
    </message>
    <message>
        <source>Writing …</source>
        <translation>正在写入…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message numerus="yes">
        <source>The first %n record(s) were written to %1; an export holds no more. Narrow the list for the others.</source>
        <translation>
            <numerusform>已将前 %n 条记录写入 %1；一次最多导出这么多，其余请缩小列表范围后再导出。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>keydesk::LoadPane</name>
    <message>
        <source>Nobody is in the list.</source>
        <translation>名单中没有人。</translation>
    </message>
    <message>
        <source>Open opportunities by person: %1 has most, %2 claimed and %3 to be claimed.</source>
        <translation>各人在办商机：%1 最多，已认领 %2 件，待认领 %3 件。</translation>
    </message>
    <message>
        <source>Dispatch</source>
        <translation>分派台</translation>
    </message>
    <message>
        <source>Load by person</source>
        <translation>人员负荷</translation>
    </message>
    <message>
        <source>Nobody here may be given opportunities.</source>
        <translation>这里没有可接收商机的人员。</translation>
    </message>
</context>
<context>
    <name>keydesk::LoginPage</name>
    <message>
        <source>Keydesk</source>
        <translation>Keydesk 大客户工作台</translation>
    </message>
    <message>
        <source>Key-account workbench. The first time on this PC, paste the enrolment string that your administrator gave you. Offline sign-in works for 7 days.</source>
        <translation>首次在本机使用时，请粘贴管理员提供的注册串。离线登录 7 天内有效。</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>HOST:PORT; not needed with an enrolment string</source>
        <translation>主机:端口；有注册串时可不填</translation>
    </message>
    <message>
        <source>Staff number</source>
        <translation>工号</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>Enrolment string</source>
        <translation>注册串</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>登录</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Please enter your staff number.</source>
        <translation>请输入工号。</translation>
    </message>
    <message>
        <source>Connecting …</source>
        <translation>正在连接……</translation>
    </message>
    <message>
        <source>Getting your data: %1 of %2 records. You can cancel; it goes on from here next time.</source>
        <translation>正在下载数据：%1 / %2 条。可以取消，下次从这里继续。</translation>
    </message>
    <message>
        <source>The server %1 does not answer. Check the address and the network.</source>
        <translation>服务器 %1 没有应答，请检查地址和网络。</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>退出登录</translation>
    </message>
    <message>
        <source>Unlock</source>
        <translation>解锁</translation>
    </message>
    <message>
        <source>Locked. What you typed is kept; your password opens it.</source>
        <translation>已锁定。填写的内容都在，输入密码即可继续。</translation>
    </message>
</context>
<context>
    <name>keydesk::MainWindow</name>
    <message>
        <source>“%1” was refused: %2</source>
        <comment>name of a command, reason</comment>
        <translation>“%1”被拒绝：%2</translation>
    </message>
    <message>
        <source>Keydesk – key-account workbench</source>
        <translation>Keydesk 大客户工作台</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Sync now</source>
        <translation>立即同步</translation>
    </message>
    <message>
        <source>Narrow or widen the navigation</source>
        <translation>收起或展开导航</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>后退</translation>
    </message>
    <message>
        <source>Forward</source>
        <translation>前进</translation>
    </message>
    <message>
        <source>Switch between light and dark</source>
        <translation>切换浅色/深色</translation>
    </message>
    <message>
        <source>Switch language: 中文 / English</source>
        <translation>切换语言：中文 / English</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>快捷键</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>帮助</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>退出登录</translation>
    </message>
    <message>
        <source>Search</source>
        <comment>the command palette</comment>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Next part of the page</source>
        <translation>页面下一区域</translation>
    </message>
    <message>
        <source>Previous part of the page</source>
        <translation>页面上一区域</translation>
    </message>
    <message>
        <source>New opportunity</source>
        <translation>新建商机</translation>
    </message>
    <message>
        <source>Lock</source>
        <translation>锁定</translation>
    </message>
    <message>
        <source>%1 “%2” has no page here; it is chosen in the forms that need it.</source>
        <comment>kind of record, its name</comment>
        <translation>%1“%2”没有单独的页面，请在相关表单中选用。</translation>
    </message>
    <message>
        <source>%1 “%2” belongs to a record that is not on this PC. Ask who looks after it.</source>
        <comment>kind of record, its name</comment>
        <translation>%1“%2”所属的资料不在本机，请联系负责人员。</translation>
    </message>
    <message>
        <source>Open what was just told</source>
        <translation>打开刚提示的内容</translation>
    </message>
    <message numerus="yes">
        <source>%n change(s) have not been sent yet. They stay on this PC and are sent when you sign in here again.</source>
        <translation>
            <numerusform>还有 %n 项更改未发送。它们保留在本机，下次在这台电脑上登录后自动发送。</numerusform>
        </translation>
    </message>
    <message>
        <source>Stay</source>
        <translation>不退出</translation>
    </message>
    <message>
        <source>Sound when a clock runs out: on</source>
        <translation>超时提示音：开</translation>
    </message>
    <message>
        <source>Sound when a clock runs out: off</source>
        <translation>超时提示音：关</translation>
    </message>
    <message>
        <source>Menu of the chosen row (Shift+F10)</source>
        <translation>当前行的菜单（Shift+F10）</translation>
    </message>
    <message>
        <source>Sort the list by …</source>
        <translation>列表排序方式…</translation>
    </message>
    <message>
        <source>Choose the columns of the list</source>
        <translation>选择列表的列</translation>
    </message>
    <message>
        <source>Row height: compact, standard, comfortable</source>
        <translation>行高：紧凑、标准、宽松</translation>
    </message>
    <message>
        <source>Text size: 100, 115, 130, 150 %</source>
        <translation>字号：100、115、130、150 %</translation>
    </message>
    <message>
        <source>Sound when a clock runs out: on or off</source>
        <translation>超时提示音：开或关</translation>
    </message>
    <message>
        <source>Lock by itself after 5, 10, 30 minutes or never</source>
        <translation>自动锁定：5、10、30 分钟或从不</translation>
    </message>
    <message>
        <source>The screen never locks by itself</source>
        <translation>不自动锁定</translation>
    </message>
    <message numerus="yes">
        <source>The screen locks after %n minute(s) without a key</source>
        <translation>
            <numerusform>%n 分钟无操作后自动锁定</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>keydesk::MaskedLabel</name>
    <message>
        <source>You may not see the %1</source>
        <translation>您无权查看%1</translation>
    </message>
    <message>
        <source>Hide the %1</source>
        <translation>隐藏%1</translation>
    </message>
    <message>
        <source>Show the %1 (this is logged)</source>
        <translation>显示%1（将留痕）</translation>
    </message>
</context>
<context>
    <name>keydesk::MoneyEdit</name>
    <message>
        <source>yuan</source>
        <translation>元</translation>
    </message>
    <message>
        <source>An amount such as 1284000 or 1.28m</source>
        <translation>请输入金额，例如 1284000 或 128.4万</translation>
    </message>
</context>
<context>
    <name>keydesk::NavButton</name>
    <message numerus="yes">
        <source>%1, %n waiting</source>
        <comment>entry of the rail with its count</comment>
        <translation>
            <numerusform>%1，%n 项待处理</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>name and key</comment>
        <translation>%1（%2）</translation>
    </message>
</context>
<context>
    <name>keydesk::NavRail</name>
    <message>
        <source>Navigation</source>
        <translation>导航</translation>
    </message>
</context>
<context>
    <name>keydesk::OpportunitiesPage</name>
    <message>
        <source>Opportunities</source>
        <translation>商机</translation>
    </message>
    <message>
        <source>Inbox</source>
        <translation>收件箱</translation>
    </message>
    <message>
        <source>Board</source>
        <translation>看板</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>表格</translation>
    </message>
    <message>
        <source>No opportunity here.</source>
        <translation>这里没有商机。</translation>
    </message>
    <message>
        <source>What is dispatched to you appears here by itself.</source>
        <translation>分派给您的商机会自动出现在这里。</translation>
    </message>
</context>
<context>
    <name>keydesk::OpportunityActs</name>
    <message>
        <source>Give the information</source>
        <translation>补充信息</translation>
    </message>
    <message>
        <source>Shelve</source>
        <translation>搁置</translation>
    </message>
    <message>
        <source>Handled at first contact</source>
        <translation>首问办结</translation>
    </message>
    <message>
        <source>It stays yours and comes back as a task on the day you name.</source>
        <translation>商机仍由您负责，到期将以任务提醒您跟进。</translation>
    </message>
    <message>
        <source>Shelved</source>
        <translation>已搁置</translation>
    </message>
    <message>
        <source>What was done for the customer?</source>
        <translation>为客户办理了什么？</translation>
    </message>
    <message>
        <source>Closed: handled at first contact</source>
        <translation>已了结：首问办结</translation>
    </message>
    <message>
        <source>Why is it no opportunity?</source>
        <translation>为什么不是有效商机？</translation>
    </message>
    <message>
        <source>This opportunity is not on this PC.</source>
        <translation>该商机不在本机。</translation>
    </message>
    <message>
        <source>Nobody waits for information on it any more.</source>
        <translation>该商机已无需补充信息。</translation>
    </message>
    <message>
        <source>The operations centre asks: %1</source>
        <translation>运营中心询问：%1</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>答复</translation>
    </message>
    <message>
        <source>Given to the operations centre</source>
        <translation>已提交运营中心</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>作废</translation>
    </message>
    <message>
        <source>Discard the opportunity</source>
        <translation>作废商机</translation>
    </message>
    <message>
        <source>Discarded</source>
        <translation>已作废</translation>
    </message>
    <message>
        <source>Return the opportunity</source>
        <translation>转回商机</translation>
    </message>
    <message>
        <source>It goes back to the operations centre. Why, and what should happen?</source>
        <translation>将转回运营中心。请说明原因和去向。</translation>
    </message>
    <message>
        <source>Queue to return to</source>
        <translation>转回队列</translation>
    </message>
    <message>
        <source>Returned</source>
        <translation>已转回</translation>
    </message>
    <message>
        <source>First contact noted</source>
        <translation>已记录首次联系</translation>
    </message>
</context>
<context>
    <name>keydesk::OpportunityDetail</name>
    <message>
        <source>Claim</source>
        <translation>认领</translation>
    </message>
    <message>
        <source>Return</source>
        <translation>转回</translation>
    </message>
    <message>
        <source>Next stage</source>
        <translation>下一阶段</translation>
    </message>
    <message>
        <source>Stage back</source>
        <translation>上一阶段</translation>
    </message>
    <message>
        <source>First contact made</source>
        <translation>已首次联系</translation>
    </message>
    <message>
        <source>Lost</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Note; Enter adds it</source>
        <translation>记录，回车添加</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>记录</translation>
    </message>
    <message>
        <source>Story of the opportunity</source>
        <translation>商机大事记</translation>
    </message>
    <message>
        <source>Choose an opportunity.</source>
        <translation>请选择一条商机。</translation>
    </message>
    <message>
        <source>Claimed %1</source>
        <translation>已认领 %1</translation>
    </message>
    <message>
        <source>Mark as lost</source>
        <translation>标为失败</translation>
    </message>
    <message>
        <source>Why was it lost?</source>
        <translation>失败原因是什么？</translation>
    </message>
    <message>
        <source>Lost to (needed for competition)</source>
        <translation>输给哪家（因竞争失败时必填）</translation>
    </message>
    <message>
        <source>New task</source>
        <translation>新建任务</translation>
    </message>
    <message>
        <source>Write a note</source>
        <translation>写跟进记录</translation>
    </message>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>The operations centre asks: %1</source>
        <translation>运营中心询问：%1</translation>
    </message>
    <message>
        <source>Elements</source>
        <translation>要素</translation>
    </message>
    <message>
        <source>Products</source>
        <translation>产品</translation>
    </message>
    <message>
        <source>Routing</source>
        <translation>分派依据</translation>
    </message>
    <message>
        <source>Story</source>
        <translation>历程</translation>
    </message>
    <message>
        <source>Its clocks, elements, routing and story appear here.</source>
        <translation>选中后在此显示时限、要素、分派依据和历程。</translation>
    </message>
    <message>
        <source>Route: rule “%1”%2</source>
        <translation>分派依据：规则“%1”%2</translation>
    </message>
    <message>
        <source>Edit the elements</source>
        <translation>编辑要素</translation>
    </message>
    <message>
        <source>Stage: %1</source>
        <translation>阶段：%1</translation>
    </message>
    <message>
        <source>Saved on this PC; it is sent by itself.</source>
        <translation>已保存本机，稍后自动发送。</translation>
    </message>
    <message>
        <source>Closed as lost</source>
        <translation>已标记为失败</translation>
    </message>
</context>
<context>
    <name>keydesk::OpportunityHead</name>
    <message>
        <source>held by %1</source>
        <comment>person</comment>
        <translation>认领人 %1</translation>
    </message>
    <message>
        <source>dispatched to %1</source>
        <comment>person</comment>
        <translation>已分派给 %1</translation>
    </message>
    <message>
        <source>in the queue of %1</source>
        <comment>team</comment>
        <translation>在%1队列</translation>
    </message>
    <message>
        <source>queued: not yours until the server accepts</source>
        <translation>待同步，服务器确认后才归您</translation>
    </message>
    <message>
        <source>Claim</source>
        <comment>clock</comment>
        <translation>认领</translation>
    </message>
    <message>
        <source>Answer</source>
        <comment>clock</comment>
        <translation>补充</translation>
    </message>
    <message>
        <source>First contact</source>
        <comment>clock</comment>
        <translation>首次联系</translation>
    </message>
    <message>
        <source>Pre-proposal</source>
        <comment>clock</comment>
        <translation>销售预案</translation>
    </message>
    <message>
        <source>Next: %1 %2</source>
        <comment>next step, its date</comment>
        <translation>下一步：%1 %2</translation>
    </message>
    <message>
        <source>No next step is set.</source>
        <translation>未设置下一步。</translation>
    </message>
    <message>
        <source>%1 yuan a month</source>
        <comment>amount</comment>
        <translation>每月 %1 元</translation>
    </message>
</context>
<context>
    <name>keydesk::OrgChart</name>
    <message>
        <source>Who reports to whom</source>
        <translation>汇报关系</translation>
    </message>
</context>
<context>
    <name>keydesk::PageHeader</name>
    <message>
        <source>%1 (%2)</source>
        <comment>name and key</comment>
        <translation>%1（%2）</translation>
    </message>
</context>
<context>
    <name>keydesk::RecordActs</name>
    <message>
        <source>It has been sent already.</source>
        <translation>已提交，无法撤销。</translation>
    </message>
    <message>
        <source>New: %1</source>
        <comment>kind of record</comment>
        <translation>新建%1</translation>
    </message>
    <message>
        <source>Added; it is sent by itself.</source>
        <translation>已添加，将自动同步。</translation>
    </message>
    <message>
        <source>Change: %1</source>
        <comment>kind of record</comment>
        <translation>修改%1</translation>
    </message>
    <message>
        <source>Saved on this PC; it is sent by itself.</source>
        <translation>已保存在本机，将自动同步。</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Remove “%1” for everybody?</source>
        <translation>确定删除“%1”吗？所有人都将看不到。</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>Removed</source>
        <translation>已删除</translation>
    </message>
    <message>
        <source>Give somebody a task</source>
        <translation>指派任务</translation>
    </message>
    <message>
        <source>About: %1</source>
        <translation>关联：%1</translation>
    </message>
    <message>
        <source>Task given; it is sent by itself.</source>
        <translation>任务已指派，将自动同步。</translation>
    </message>
</context>
<context>
    <name>keydesk::RecordDialog</name>
    <message>
        <source>Discard</source>
        <translation>放弃修改</translation>
    </message>
</context>
<context>
    <name>keydesk::RecordForm</name>
    <message>
        <source>Only those who look after it see and change this.</source>
        <translation>仅负责此记录的人员可查看和修改。</translation>
    </message>
    <message>
        <source>Not saved: %1. %2</source>
        <comment>record, reason</comment>
        <translation>“%1”未能保存：%2</translation>
    </message>
</context>
<context>
    <name>keydesk::RecordPicker</name>
    <message>
        <source>Name, number or pinyin initials</source>
        <translation>名称、编号或拼音首字母</translation>
    </message>
    <message>
        <source>Choose one from the list</source>
        <translation>请从列表中选择</translation>
    </message>
</context>
<context>
    <name>keydesk::RecordSource</name>
    <message>
        <source>Records</source>
        <translation>记录</translation>
    </message>
</context>
<context>
    <name>keydesk::RecordTable</name>
    <message numerus="yes">
        <source>%1, %n row(s)</source>
        <comment>name of a list for screen readers</comment>
        <translation>
            <numerusform>%1，%n 行</numerusform>
        </translation>
    </message>
    <message>
        <source>Default columns</source>
        <translation>恢复默认列</translation>
    </message>
    <message>
        <source>The list&apos;s own order</source>
        <translation>列表默认顺序</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Sort by</source>
        <translation>排序方式</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>列</translation>
    </message>
</context>
<context>
    <name>keydesk::RecordTableModel</name>
    <message>
        <source>no next step</source>
        <translation>无下一步</translation>
    </message>
</context>
<context>
    <name>keydesk::RoutingPanel</name>
    <message>
        <source>The server decides who gets it as soon as it arrives there.</source>
        <translation>到达服务器后立即确定分派对象。</translation>
    </message>
    <message>
        <source>It was not routed by a rule.</source>
        <translation>未经规则分派。</translation>
    </message>
    <message>
        <source>load %1/%2</source>
        <comment>open items, capacity</comment>
        <translation>在办 %1/%2</translation>
    </message>
    <message>
        <source>chosen</source>
        <translation>选定</translation>
    </message>
    <message>
        <source>Nobody yet.</source>
        <translation>暂无承接人。</translation>
    </message>
    <message>
        <source>Goes to %1</source>
        <comment>person or queue</comment>
        <translation>分派给 %1</translation>
    </message>
    <message>
        <source>A dispatcher decides: %1</source>
        <comment>reason</comment>
        <translation>转运营中心人工分派：%1</translation>
    </message>
    <message>
        <source>Decided %1</source>
        <comment>time</comment>
        <translation>判定于 %1</translation>
    </message>
    <message>
        <source>By the rule “%1”</source>
        <translation>按规则“%1”</translation>
    </message>
    <message>
        <source>%1 covers it by telephone</source>
        <comment>person</comment>
        <translation>%1 电话双重覆盖</translation>
    </message>
    <message numerus="yes">
        <source>and %n more who were considered</source>
        <translation>
            <numerusform>另有 %n 名候选人</numerusform>
        </translation>
    </message>
    <message>
        <source>Was given to %1 and came back</source>
        <comment>person or queue</comment>
        <translation>曾分派给%1，现已回到待分派</translation>
    </message>
</context>
<context>
    <name>keydesk::RuleEditor</name>
    <message>
        <source>Rules are asked from the top; the first whose condition holds decides. A change holds for what is recorded from then on.</source>
        <translation>规则从上到下依次匹配，第一条条件成立的规则决定去向。修改只影响此后登记的商机。</translation>
    </message>
    <message>
        <source>You can read how opportunities are routed. Administrators and dispatchers of the whole company change the rules.</source>
        <translation>您可以查看商机如何分派；规则由管理员和集团调度维护。</translation>
    </message>
    <message>
        <source>Move up</source>
        <translation>上移</translation>
    </message>
    <message>
        <source>Move down</source>
        <translation>下移</translation>
    </message>
    <message>
        <source>Switch off</source>
        <translation>停用</translation>
    </message>
    <message>
        <source>Switch on</source>
        <translation>启用</translation>
    </message>
    <message>
        <source>Rule saved</source>
        <translation>规则已保存</translation>
    </message>
    <message>
        <source>Rule switched off</source>
        <translation>规则已停用</translation>
    </message>
    <message>
        <source>Rule switched on</source>
        <translation>规则已启用</translation>
    </message>
    <message>
        <source>Order changed</source>
        <translation>顺序已调整</translation>
    </message>
</context>
<context>
    <name>keydesk::RuleWords</name>
    <message>
        <source>Operations centre of the area</source>
        <translation>所在本地网的运营中心</translation>
    </message>
    <message>
        <source>Queue of %1</source>
        <comment>a team</comment>
        <translation>%1的队列</translation>
    </message>
    <message>
        <source>always</source>
        <comment>a rule is in force</comment>
        <translation>长期</translation>
    </message>
    <message>
        <source>from %1</source>
        <comment>a date</comment>
        <translation>%1起</translation>
    </message>
    <message>
        <source>until %1</source>
        <comment>a date</comment>
        <translation>至%1</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <comment>two dates</comment>
        <translation>%1至%2</translation>
    </message>
    <message>
        <source>off</source>
        <comment>a rule</comment>
        <translation>已停用</translation>
    </message>
    <message>
        <source>in use</source>
        <comment>a rule</comment>
        <translation>启用中</translation>
    </message>
    <message>
        <source>ended</source>
        <comment>a rule</comment>
        <translation>已失效</translation>
    </message>
    <message>
        <source>not yet</source>
        <comment>a rule</comment>
        <translation>未生效</translation>
    </message>
</context>
<context>
    <name>keydesk::SaveBar</name>
    <message>
        <source>Not saved. What you typed is kept on this PC.</source>
        <translation>尚未保存，已填写的内容保留在本机。</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>放弃修改</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
</context>
<context>
    <name>keydesk::Sparkline</name>
    <message>
        <source>no values</source>
        <translation>无数据</translation>
    </message>
    <message numerus="yes">
        <source>%n value(s) from %1 to %2, last %3</source>
        <translation>
            <numerusform>%n 个数值，最低 %1，最高 %2，最近 %3</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>keydesk::StatePane</name>
    <message>
        <source>Nothing here yet</source>
        <translation>暂无内容</translation>
    </message>
    <message>
        <source>Nothing matches the filter</source>
        <translation>没有符合筛选条件的记录</translation>
    </message>
    <message>
        <source>Reading …</source>
        <translation>正在读取…</translation>
    </message>
    <message>
        <source>Only available online</source>
        <translation>仅联机可用</translation>
    </message>
    <message>
        <source>This data is old</source>
        <translation>数据较旧</translation>
    </message>
    <message>
        <source>That did not work</source>
        <translation>操作未成功</translation>
    </message>
    <message>
        <source>You may not see this</source>
        <translation>您无权查看</translation>
    </message>
    <message>
        <source>Clear filter</source>
        <translation>清除筛选</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Sync now</source>
        <translation>立即同步</translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation>复制详情</translation>
    </message>
    <message>
        <source>Code %1</source>
        <translation>代码 %1</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
</context>
<context>
    <name>keydesk::StatusLine</name>
    <message>
        <source>Reading %1 of %2 …</source>
        <translation>正在读取 %1 / %2……</translation>
    </message>
    <message>
        <source>last sync %1</source>
        <translation>上次同步 %1</translation>
    </message>
    <message>
        <source>No unread notices</source>
        <translation>没有未读通知</translation>
    </message>
    <message numerus="yes">
        <source>%n unread notice(s)</source>
        <translation>
            <numerusform>%n 条未读通知</numerusform>
        </translation>
    </message>
    <message>
        <source>Language, theme, sign out</source>
        <translation>语言、主题、退出登录</translation>
    </message>
</context>
<context>
    <name>keydesk::StepBar</name>
    <message>
        <source>done</source>
        <comment>state of a step</comment>
        <translation>已完成</translation>
    </message>
    <message>
        <source>now</source>
        <comment>state of a step</comment>
        <translation>进行中</translation>
    </message>
    <message>
        <source>late</source>
        <comment>state of a step</comment>
        <translation>已超时</translation>
    </message>
    <message>
        <source>failed</source>
        <comment>state of a step</comment>
        <translation>失败</translation>
    </message>
    <message>
        <source>to come</source>
        <comment>state of a step</comment>
        <translation>未开始</translation>
    </message>
</context>
<context>
    <name>keydesk::SyncChip</name>
    <message>
        <source>Saved here</source>
        <comment>on this computer, not yet sent</comment>
        <translation>已保存本机</translation>
    </message>
    <message numerus="yes">
        <source>%n queued</source>
        <comment>changes waiting for the server</comment>
        <translation>
            <numerusform>%n 项待同步</numerusform>
        </translation>
    </message>
    <message>
        <source>Accepted by the server</source>
        <translation>已同步</translation>
    </message>
    <message numerus="yes">
        <source>%n need(s) you</source>
        <comment>changes the user must decide on</comment>
        <translation>
            <numerusform>%n 项需处理</numerusform>
        </translation>
    </message>
    <message>
        <source>Offline · %1</source>
        <comment>then the state of the work</comment>
        <translation>离线 · %1</translation>
    </message>
    <message>
        <source>Open the sync centre</source>
        <translation>打开同步中心</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <comment>what waits, what needs the person</comment>
        <translation>%1 · %2</translation>
    </message>
</context>
<context>
    <name>keydesk::SyncPage</name>
    <message>
        <source>Sync centre</source>
        <translation>同步中心</translation>
    </message>
    <message>
        <source>What</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Queue and refused commands</source>
        <translation>待同步与被拒绝的操作</translation>
    </message>
    <message>
        <source>Send again</source>
        <translation>重新提交</translation>
    </message>
    <message>
        <source>Discard what I typed</source>
        <translation>放弃我的修改</translation>
    </message>
    <message>
        <source>Sync now</source>
        <translation>立即同步</translation>
    </message>
    <message>
        <source>sent, waiting for the server</source>
        <translation>已发出，等待服务器</translation>
    </message>
    <message>
        <source>Queue (%1)</source>
        <translation>待同步（%1）</translation>
    </message>
    <message>
        <source>Needs you (%1)</source>
        <translation>需处理（%1）</translation>
    </message>
    <message>
        <source>The server is out of reach; your work is safe here.</source>
        <translation>连不上服务器，您的工作已安全保存在本机。</translation>
    </message>
    <message>
        <source>All work accepted by the server. %1</source>
        <translation>全部已同步。%1</translation>
    </message>
    <message>
        <source>Connected. Last agreed with the server at %1.</source>
        <translation>已连接，上次同步 %1。</translation>
    </message>
    <message>
        <source>It had been accepted on %1, before the server was restored from a backup.</source>
        <translation>该操作曾于 %1 被接受，之后服务器由备份恢复。</translation>
    </message>
    <message>
        <source>Take back before it is sent</source>
        <translation>撤回（尚未发出）</translation>
    </message>
    <message numerus="yes">
        <source>Send these %n again, in order</source>
        <translation>
            <numerusform>按顺序重新提交这 %n 项</numerusform>
        </translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>field, value</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Taken back; it was never sent.</source>
        <translation>已撤回，未曾发出。</translation>
    </message>
    <message>
        <source>It has been sent already.</source>
        <translation>已提交，无法撤销。</translation>
    </message>
    <message>
        <source>Held on this PC</source>
        <translation>本机数据</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>kind of record, how many</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>All of it can be read and worked on without the network; what you change is sent when the line is back.</source>
        <translation>以上数据断网时也可查阅和处理，所做修改会在恢复连接后自动上传。</translation>
    </message>
    <message>
        <source>Conflict: keep mine</source>
        <translation>冲突：保留我的</translation>
    </message>
    <message>
        <source>Conflict: take the server&apos;s value</source>
        <translation>冲突：采用服务器的值</translation>
    </message>
    <message>
        <source>Conflict: edit</source>
        <translation>冲突：另行填写</translation>
    </message>
    <message>
        <source>First choose a value for each field: 1, 2 or 3</source>
        <translation>请先为每个字段选择取值：1、2 或 3</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>放弃</translation>
    </message>
    <message>
        <source>Discard “%1”? What you typed is on this PC alone and cannot be brought back.</source>
        <translation>放弃“%1”吗？您录入的内容只保存在本机，放弃后无法恢复。</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>Discarded</source>
        <translation>已放弃</translation>
    </message>
</context>
<context>
    <name>keydesk::TaskCard</name>
    <message>
        <source>Choose a task.</source>
        <translation>请选择一项任务。</translation>
    </message>
    <message>
        <source>Last with this customer</source>
        <translation>该客户近期动态</translation>
    </message>
    <message>
        <source>Next: %1 %2</source>
        <comment>next step, its date</comment>
        <translation>下一步：%1 %2</translation>
    </message>
    <message>
        <source>Contact: %1 %2</source>
        <comment>name, telephone</comment>
        <translation>联系人：%1 %2</translation>
    </message>
    <message>
        <source>Key person: %1 %2</source>
        <comment>name, position</comment>
        <translation>关键人：%1 %2</translation>
    </message>
</context>
<context>
    <name>keydesk::TimelineDelegate</name>
    <message>
        <source>%1 %2</source>
        <comment>date and weekday</comment>
        <translation>%1 %2</translation>
    </message>
</context>
<context>
    <name>keydesk::TimelineModel</name>
    <message>
        <source>Captured</source>
        <translation>已采集</translation>
    </message>
    <message>
        <source>First contact</source>
        <translation>首次联系</translation>
    </message>
    <message>
        <source>Stage: %1</source>
        <translation>阶段：%1</translation>
    </message>
    <message>
        <source>Last changed</source>
        <translation>最近修改</translation>
    </message>
</context>
<context>
    <name>keydesk::Toast</name>
    <message>
        <source>%1 (%2)</source>
        <comment>action and key</comment>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>Close message</source>
        <translation>关闭提示</translation>
    </message>
</context>
<context>
    <name>keydesk::ToastHost</name>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
</context>
<context>
    <name>keydesk::TodayPage</name>
    <message>
        <source>To claim</source>
        <translation>待认领</translation>
    </message>
    <message>
        <source>Mine under way</source>
        <translation>我的在办商机</translation>
    </message>
    <message>
        <source>Open tasks</source>
        <translation>待办任务</translation>
    </message>
    <message>
        <source>Unread notices</source>
        <translation>未读通知</translation>
    </message>
    <message>
        <source>What to do</source>
        <translation>待办</translation>
    </message>
    <message>
        <source>Nothing waits for you.</source>
        <translation>没有待办事项。</translation>
    </message>
    <message>
        <source>New opportunities and tasks appear here by themselves.</source>
        <translation>新的商机和任务会自动出现在这里。</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>In an hour</source>
        <translation>一小时后</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Task done</source>
        <translation>任务已完成</translation>
    </message>
    <message>
        <source>dddd d MMMM</source>
        <comment>date format of Qt: weekday, day and month</comment>
        <translation>M月d日 dddd</translation>
    </message>
    <message>
        <source>Today, %1</source>
        <comment>date</comment>
        <translation>今日 · %1</translation>
    </message>
    <message>
        <source>To do</source>
        <translation>待办</translation>
    </message>
    <message>
        <source>Notices</source>
        <translation>通知</translation>
    </message>
    <message>
        <source>No notice yet.</source>
        <translation>暂无通知。</translation>
    </message>
    <message>
        <source>What the server has to tell you appears here by itself.</source>
        <translation>系统通知会自动出现在这里。</translation>
    </message>
    <message>
        <source>Mark all as read</source>
        <translation>全部标为已读</translation>
    </message>
    <message>
        <source>Later</source>
        <comment>tasks put off</comment>
        <translation>稍后</translation>
    </message>
    <message>
        <source>Mark as read</source>
        <translation>标为已读</translation>
    </message>
    <message>
        <source>Give the information</source>
        <translation>补充信息</translation>
    </message>
    <message>
        <source>New task</source>
        <translation>新建任务</translation>
    </message>
    <message>
        <source>Out of the list for an hour</source>
        <translation>已移出列表，一小时后提醒</translation>
    </message>
    <message>
        <source>Out of the list until tomorrow at nine</source>
        <translation>明天 9 点前不再显示</translation>
    </message>
    <message>
        <source>Tomorrow</source>
        <translation>明天</translation>
    </message>
    <message>
        <source>On a date …</source>
        <translation>指定日期…</translation>
    </message>
    <message>
        <source>Put off until …</source>
        <translation>推迟到…</translation>
    </message>
    <message>
        <source>Out of the list until then</source>
        <translation>到时间前不再显示</translation>
    </message>
    <message>
        <source>Nothing is due on that day.</source>
        <translation>当天没有到期事项。</translation>
    </message>
    <message>
        <source>Choose the day again to see all.</source>
        <translation>再选一次该日即可查看全部。</translation>
    </message>
</context>
<context>
    <name>keydesk::VisitDialog</name>
    <message>
        <source>Log a visit: %1</source>
        <comment>customer</comment>
        <translation>登记走访：%1</translation>
    </message>
    <message>
        <source>When</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Whom you met</source>
        <translation>面谈对象</translation>
    </message>
    <message>
        <source>What was said</source>
        <translation>走访内容</translation>
    </message>
    <message>
        <source>Next step</source>
        <translation>下一步</translation>
    </message>
    <message>
        <source>Next step on</source>
        <translation>下一步日期</translation>
    </message>
    <message>
        <source>Nobody on file</source>
        <translation>未在档案中</translation>
    </message>
    <message>
        <source>Please give the day of the visit.</source>
        <translation>请填写走访时间。</translation>
    </message>
    <message>
        <source>A visit lies in the past; make a task of one to come.</source>
        <translation>走访应是已发生的；将来的请建任务。</translation>
    </message>
    <message>
        <source>Please write what was said.</source>
        <translation>请填写走访内容。</translation>
    </message>
    <message>
        <source>This is no date: 2026-01-31, +3, next tue.</source>
        <translation>日期无法识别，请按 2026-01-31、+3 或“下周二”填写。</translation>
    </message>
    <message>
        <source>Please say what is to be done on that day.</source>
        <translation>请填写当天要做什么。</translation>
    </message>
    <message>
        <source>Visit logged; it is sent by itself.</source>
        <translation>走访已登记，稍后自动发送。</translation>
    </message>
</context>
<context>
    <name>keydesk::WeekStrip</name>
    <message numerus="yes">
        <source>%n visit(s)</source>
        <translation>
            <numerusform>走访 %n</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n due</source>
        <translation>
            <numerusform>到期 %n</numerusform>
        </translation>
    </message>
    <message>
        <source>nothing due</source>
        <translation>无到期事项</translation>
    </message>
    <message>
        <source>today</source>
        <translation>今天</translation>
    </message>
</context>
</TS>
