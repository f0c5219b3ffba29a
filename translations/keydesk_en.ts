<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en">
<context>
    <name>keydesk::BatchDispatch</name>
    <message numerus="yes">
        <source>Dispatch %n opportunities, each to the first suggestion for it?</source>
        <translation>
            <numerusform>Dispatch %n opportunity to the first suggestion for it?</numerusform>
            <numerusform>Dispatch %n opportunities, each to the first suggestion for it?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n person(s) get them.</source>
        <translation>
            <numerusform>%n person gets them.</numerusform>
            <numerusform>%n people get them.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n stay here: nobody is suggested for them.</source>
        <translation>
            <numerusform>%n stays here: nobody is suggested for it.</numerusform>
            <numerusform>%n stay here: nobody is suggested for them.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Dispatch %n</source>
        <translation>
            <numerusform>Dispatch %n</numerusform>
            <numerusform>Dispatch %n</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n dispatched</source>
        <translation>
            <numerusform>%n dispatched</numerusform>
            <numerusform>%n dispatched</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n refused: %1</source>
        <translation>
            <numerusform>%n refused: %1</numerusform>
            <numerusform>%n refused: %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n taken back</source>
        <translation>
            <numerusform>%n taken back</numerusform>
            <numerusform>%n taken back</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>keydesk::CallerPanel</name>
    <message numerus="yes">
        <source>%n customers have this number; choose one.</source>
        <translation>
            <numerusform>%n customer has this number; choose it.</numerusform>
            <numerusform>%n customers have this number; choose one.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>keydesk::DispatchPage</name>
    <message numerus="yes">
        <source>%n transfers</source>
        <translation>
            <numerusform>transferred %n time</numerusform>
            <numerusform>transferred %n times</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>keydesk::KanbanColumn</name>
    <message numerus="yes">
        <source>%1, %n card(s)</source>
        <comment>column of a board</comment>
        <translation>
            <numerusform>%1, %n card</numerusform>
            <numerusform>%1, %n cards</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>keydesk::ListPane</name>
    <message numerus="yes">
        <source>%n record(s)</source>
        <translation>
            <numerusform>%n record</numerusform>
            <numerusform>%n records</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n record(s) written to %1</source>
        <translation>
            <numerusform>%n record written to %1</numerusform>
            <numerusform>%n records written to %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The first %n record(s) were written to %1; an export holds no more. Narrow the list for the others.</source>
        <translation>
            <numerusform>The first record was written to %1; an export holds no more. Narrow the list for the others.</numerusform>
            <numerusform>The first %n records were written to %1; an export holds no more. Narrow the list for the others.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>keydesk::MainWindow</name>
    <message numerus="yes">
        <source>%n change(s) have not been sent yet. They stay on this PC and are sent when you sign in here again.</source>
        <translation>
            <numerusform>%n change has not been sent yet. It stays on this PC and is sent when you sign in here again.</numerusform>
            <numerusform>%n changes have not been sent yet. They stay on this PC and are sent when you sign in here again.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The screen locks after %n minute(s) without a key</source>
        <translation>
            <numerusform>The screen locks after %n minute without a key</numerusform>
            <numerusform>The screen locks after %n minutes without a key</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>keydesk::NavButton</name>
    <message numerus="yes">
        <source>%1, %n waiting</source>
        <comment>entry of the rail with its count</comment>
        <translation>
            <numerusform>%1, %n waiting</numerusform>
            <numerusform>%1, %n waiting</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>keydesk::RecordTable</name>
    <message numerus="yes">
        <source>%1, %n row(s)</source>
        <comment>name of a list for screen readers</comment>
        <translation>
            <numerusform>%1, %n row</numerusform>
            <numerusform>%1, %n rows</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>keydesk::RoutingPanel</name>
    <message numerus="yes">
        <source>and %n more who were considered</source>
        <translation>
            <numerusform>and %n more who was considered</numerusform>
            <numerusform>and %n more who were considered</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>keydesk::Sparkline</name>
    <message numerus="yes">
        <source>%n value(s) from %1 to %2, last %3</source>
        <translation>
            <numerusform>%n value from %1 to %2, last %3</numerusform>
            <numerusform>%n values from %1 to %2, last %3</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>keydesk::StatusLine</name>
    <message numerus="yes">
        <source>%n unread notice(s)</source>
        <translation>
            <numerusform>%n unread notice</numerusform>
            <numerusform>%n unread notices</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>keydesk::SyncChip</name>
    <message numerus="yes">
        <source>%n queued</source>
        <comment>changes waiting for the server</comment>
        <translation>
            <numerusform>%n queued</numerusform>
            <numerusform>%n queued</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n need(s) you</source>
        <comment>changes the user must decide on</comment>
        <translation>
            <numerusform>%n needs you</numerusform>
            <numerusform>%n need you</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>keydesk::SyncPage</name>
    <message numerus="yes">
        <source>Send these %n again, in order</source>
        <translation>
            <numerusform>Send it again</numerusform>
            <numerusform>Send these %n again, in order</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>keydesk::WeekStrip</name>
    <message numerus="yes">
        <source>%n visit(s)</source>
        <translation>
            <numerusform>%n visit</numerusform>
            <numerusform>%n visits</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n due</source>
        <translation>
            <numerusform>%n due</numerusform>
            <numerusform>%n due</numerusform>
        </translation>
    </message>
</context>
</TS>
