-- Master data as the server of commit f720b8d would have them: task, routing_rule and
-- routing_decision lack columns that came later. The password of both people is invented.
CREATE TABLE area(pk INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, row_ver INTEGER, created_at
    INTEGER, created_by TEXT, updated_at INTEGER, updated_by TEXT, deleted_at INTEGER, ext TEXT,
    code TEXT, name TEXT, pinyin TEXT, level TEXT, parent_id TEXT, aliases TEXT, active INTEGER)
    STRICT;
CREATE TABLE industry(pk INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, row_ver INTEGER, created_at
    INTEGER, created_by TEXT, updated_at INTEGER, updated_by TEXT, deleted_at INTEGER, ext TEXT,
    code TEXT, name TEXT, pinyin TEXT, parent_id TEXT, potential_top_n INTEGER, aliases TEXT,
    active INTEGER) STRICT;
CREATE TABLE channel(pk INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, row_ver INTEGER, created_at
    INTEGER, created_by TEXT, updated_at INTEGER, updated_by TEXT, deleted_at INTEGER, ext TEXT,
    code TEXT, name TEXT, kind TEXT, family TEXT, can_sell INTEGER, can_serve INTEGER, is_internal
    INTEGER, is_own INTEGER, product_scope TEXT, duties TEXT, position INTEGER, active INTEGER)
    STRICT;
CREATE TABLE channel_coverage(pk INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, row_ver INTEGER,
    created_at INTEGER, created_by TEXT, updated_at INTEGER, updated_by TEXT, deleted_at INTEGER,
    ext TEXT, channel_id TEXT, value_class TEXT, role TEXT, audience TEXT) STRICT;
CREATE TABLE product_offering(pk INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, row_ver INTEGER,
    created_at INTEGER, created_by TEXT, updated_at INTEGER, updated_by TEXT, deleted_at INTEGER,
    ext TEXT, code TEXT, name TEXT, english_name TEXT, pinyin TEXT, family TEXT, series TEXT,
    fulfilment TEXT, standard_days INTEGER, legacy_days INTEGER, day_basis TEXT, list_price_fen
    INTEGER, unit TEXT, lifecycle TEXT, tele_suitable INTEGER, aliases TEXT, description TEXT,
    valid_from TEXT, valid_until TEXT) STRICT;
CREATE TABLE tag(pk INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, row_ver INTEGER, created_at
    INTEGER, created_by TEXT, updated_at INTEGER, updated_by TEXT, deleted_at INTEGER, ext TEXT,
    name TEXT, colour TEXT, applies_to TEXT, description TEXT, active INTEGER) STRICT;
CREATE TABLE team(pk INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, row_ver INTEGER, created_at
    INTEGER, created_by TEXT, updated_at INTEGER, updated_by TEXT, deleted_at INTEGER, ext TEXT,
    code TEXT, name TEXT, pinyin TEXT, kind TEXT, axis TEXT, area_id TEXT, industry_id TEXT,
    channel_id TEXT, parent_id TEXT, leader_id TEXT, has_queue INTEGER, active INTEGER) STRICT;
CREATE TABLE staff(pk INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, row_ver INTEGER, created_at
    INTEGER, created_by TEXT, updated_at INTEGER, updated_by TEXT, deleted_at INTEGER, ext TEXT,
    code TEXT, name TEXT, pinyin TEXT, roles TEXT, status TEXT, area_id TEXT, team_id TEXT,
    channel_id TEXT, station TEXT, phone TEXT, email TEXT, skills TEXT, capacity INTEGER,
    absent_from TEXT, absent_until TEXT, deputy_id TEXT) STRICT;
CREATE TABLE routing_rule(pk INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, row_ver INTEGER,
    created_at INTEGER, created_by TEXT, updated_at INTEGER, updated_by TEXT, deleted_at INTEGER,
    ext TEXT, code TEXT, name TEXT, position INTEGER, active INTEGER, condition TEXT, target TEXT,
    team_id TEXT, staff_id TEXT, claim_hours_a INTEGER, claim_hours_b INTEGER, claim_hours_other
    INTEGER, contact_hours_a INTEGER, contact_hours_b INTEGER, contact_hours_other INTEGER,
    description TEXT) STRICT;
CREATE TABLE account(pk INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, row_ver INTEGER, created_at
    INTEGER, created_by TEXT, updated_at INTEGER, updated_by TEXT, deleted_at INTEGER, ext TEXT,
    group_code TEXT, name TEXT, short_name TEXT, english_name TEXT, pinyin TEXT, uscc TEXT,
    industry_id TEXT, area_id TEXT, parent_id TEXT, status TEXT, value_class TEXT, mgmt_tier TEXT,
    service_level TEXT, requested_level TEXT, national_ka INTEGER, potential_reason TEXT,
    potential_note TEXT, segment TEXT, spend_month_fen INTEGER, spend_basis TEXT,
    own_revenue_month_fen INTEGER, spend_trend TEXT, customer_count INTEGER, branches INTEGER,
    turnover_fen INTEGER, growth_bp INTEGER, white_collar_bp INTEGER, leased_lines INTEGER,
    coop_since TEXT, employees INTEGER, ownership TEXT, founded_on TEXT, address TEXT, phone TEXT,
    website TEXT, business_scope TEXT, competitor_note TEXT, credit_grade TEXT, credit_limit_fen
    INTEGER, no_suspension INTEGER, owner_staff_id TEXT, owner_team_id TEXT, last_contact_at
    INTEGER, tags TEXT, remarks TEXT) STRICT;
CREATE TABLE account_site(pk INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, row_ver INTEGER,
    created_at INTEGER, created_by TEXT, updated_at INTEGER, updated_by TEXT, deleted_at INTEGER,
    ext TEXT, account_id TEXT, area_id TEXT, name TEXT, kind TEXT, district TEXT, address TEXT,
    postcode TEXT, building TEXT, employees INTEGER, is_primary INTEGER, phone TEXT, access_note
    TEXT, remarks TEXT) STRICT;
CREATE TABLE contact(pk INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, row_ver INTEGER, created_at
    INTEGER, created_by TEXT, updated_at INTEGER, updated_by TEXT, deleted_at INTEGER, ext TEXT,
    account_id TEXT, area_id TEXT, site_id TEXT, name TEXT, pinyin TEXT, gender TEXT, department
    TEXT, job_title TEXT, role TEXT, influence INTEGER, attitude INTEGER, reports_to_id TEXT,
    phone TEXT, phone2 TEXT, email TEXT, id_no TEXT, birthday TEXT, preferred_means TEXT,
    preferred_time TEXT, consent_marketing INTEGER, consent_on TEXT, do_not_call INTEGER,
    is_primary INTEGER, left_on TEXT, tags TEXT, remarks TEXT) STRICT;
CREATE TABLE assignment(pk INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, row_ver INTEGER,
    created_at INTEGER, created_by TEXT, updated_at INTEGER, updated_by TEXT, deleted_at INTEGER,
    ext TEXT, account_id TEXT, area_id TEXT, staff_id TEXT, role TEXT, valid_from TEXT,
    valid_until TEXT, reason TEXT) STRICT;
CREATE TABLE caller_card(pk INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, row_ver INTEGER,
    created_at INTEGER, created_by TEXT, updated_at INTEGER, updated_by TEXT, deleted_at INTEGER,
    ext TEXT, area_id TEXT, number_key TEXT, masked_number TEXT, contact_initial TEXT, contact_id
    TEXT, account_id TEXT, account_name TEXT, group_code TEXT, value_class TEXT, mgmt_tier TEXT,
    service_level TEXT, am_name TEXT, deputy_name TEXT, open_opportunities INTEGER, open_tasks
    INTEGER) STRICT;
CREATE TABLE opportunity(pk INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, row_ver INTEGER,
    created_at INTEGER, created_by TEXT, updated_at INTEGER, updated_by TEXT, deleted_at INTEGER,
    ext TEXT, no TEXT, kind TEXT, title TEXT, account_id TEXT, account_name TEXT, value_class
    TEXT, area_id TEXT, product_named INTEGER, need_stated INTEGER, willing INTEGER,
    purchase_planned INTEGER, product_id TEXT, quantity INTEGER, value_fen INTEGER, prob_bp
    INTEGER, close_date TEXT, urgency TEXT, next_step TEXT, next_step_on TEXT, ent_name TEXT,
    ent_industry_id TEXT, ent_ownership TEXT, ent_employees INTEGER, ent_branches INTEGER,
    ent_address TEXT, contact_id TEXT, contact_name TEXT, contact_phone TEXT, contact_department
    TEXT, contact_time TEXT, key_person_id TEXT, key_person_name TEXT, key_person_phone TEXT,
    key_person_title TEXT, key_person_attitude INTEGER, need_kinds TEXT, need_summary TEXT,
    need_products TEXT, need_sites INTEGER, need_users INTEGER, need_budget_fen INTEGER, need_by
    TEXT, need_competitor TEXT, it_level TEXT, it_systems TEXT, it_network TEXT, it_operator TEXT,
    it_spend_fen INTEGER, it_contract_until TEXT, it_terminals INTEGER, it_plans TEXT,
    completeness_bp INTEGER, captured_channel TEXT, capture_mode TEXT, captured_by TEXT,
    captured_at INTEGER, capture_note TEXT, custody_state TEXT, custody_reason TEXT, custody_since
    INTEGER, owner_channel TEXT, handled_by_channel TEXT, transfer_count INTEGER, claim_epoch
    INTEGER, queue_id TEXT, assignee_id TEXT, owner_id TEXT, follower_id TEXT, dispatched_at
    INTEGER, claim_due_at INTEGER, claim_remind_level INTEGER, claimed_at INTEGER,
    first_contact_due_at INTEGER, first_contact_at INTEGER, pre_proposal_due_at INTEGER,
    handoff_ack_at INTEGER, info_question TEXT, info_due_at INTEGER, info_answer TEXT,
    return_reason TEXT, merged_into_id TEXT, sales_stage TEXT, stage_entered_at INTEGER,
    pre_proposal TEXT, technical_solution TEXT, commercial_terms TEXT, negotiation_result TEXT,
    signed_on TEXT, lost_reason TEXT, lost_competitor TEXT, lost_note TEXT, revisit_on TEXT,
    won_at INTEGER, closed_at INTEGER, status_text TEXT, last_activity_at INTEGER, tags TEXT,
    remarks TEXT) STRICT;
CREATE TABLE opportunity_item(pk INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, row_ver INTEGER,
    created_at INTEGER, created_by TEXT, updated_at INTEGER, updated_by TEXT, deleted_at INTEGER,
    ext TEXT, opportunity_id TEXT, account_id TEXT, area_id TEXT, owner_id TEXT, captured_by TEXT,
    product_id TEXT, action TEXT, quantity INTEGER, monthly_fen INTEGER, one_off_fen INTEGER,
    discount_bp INTEGER, term_months INTEGER, site_id TEXT, resources TEXT, position INTEGER,
    remarks TEXT) STRICT;
CREATE TABLE transfer(pk INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, row_ver INTEGER, created_at
    INTEGER, created_by TEXT, updated_at INTEGER, updated_by TEXT, deleted_at INTEGER, ext TEXT,
    opportunity_id TEXT, account_id TEXT, area_id TEXT, owner_id TEXT, captured_by TEXT, seq
    INTEGER, kind TEXT, from_state TEXT, to_state TEXT, from_staff_id TEXT, to_staff_id TEXT,
    from_queue_id TEXT, to_queue_id TEXT, from_channel TEXT, to_channel TEXT, by_system INTEGER,
    reason TEXT, note TEXT, transfer_count INTEGER, at INTEGER, due_at INTEGER) STRICT;
CREATE TABLE routing_decision(pk INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, row_ver INTEGER,
    created_at INTEGER, created_by TEXT, updated_at INTEGER, updated_by TEXT, deleted_at INTEGER,
    ext TEXT, opportunity_id TEXT, account_id TEXT, area_id TEXT, owner_id TEXT, captured_by TEXT,
    transfer_id TEXT, rule_id TEXT, rule_name TEXT, facts TEXT, candidates TEXT, chosen_staff_id
    TEXT, chosen_queue_id TEXT, copy_staff_id TEXT, rejected_reason TEXT, by_system INTEGER,
    decided_at INTEGER) STRICT;
CREATE TABLE task(pk INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, row_ver INTEGER, created_at
    INTEGER, created_by TEXT, updated_at INTEGER, updated_by TEXT, deleted_at INTEGER, ext TEXT,
    kind TEXT, title TEXT, details TEXT, state TEXT, priority TEXT, due_at INTEGER, remind_at
    INTEGER, snoozed_until INTEGER, subject_entity TEXT, subject_id TEXT, account_id TEXT, area_id
    TEXT, assignee_id TEXT, queue_id TEXT, completed_at INTEGER, completed_by TEXT, result TEXT)
    STRICT;
CREATE TABLE note(pk INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, row_ver INTEGER, created_at
    INTEGER, created_by TEXT, updated_at INTEGER, updated_by TEXT, deleted_at INTEGER, ext TEXT,
    subject_entity TEXT, subject_id TEXT, account_id TEXT, area_id TEXT, owner_id TEXT,
    captured_by TEXT, author_id TEXT, kind TEXT, body TEXT, at INTEGER, pinned INTEGER) STRICT;
CREATE TABLE notification(pk INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, row_ver INTEGER,
    created_at INTEGER, created_by TEXT, updated_at INTEGER, updated_by TEXT, deleted_at INTEGER,
    ext TEXT, staff_id TEXT, kind TEXT, severity TEXT, title TEXT, body TEXT, subject_entity TEXT,
    subject_id TEXT, account_id TEXT, at INTEGER, read_at INTEGER) STRICT;
CREATE TABLE head( one INTEGER PRIMARY KEY CHECK(one = 1), seq INTEGER NOT NULL, epoch TEXT NOT
    NULL, floor INTEGER NOT NULL, schema INTEGER NOT NULL) STRICT;
CREATE TABLE oplog( seq INTEGER PRIMARY KEY, bucket TEXT NOT NULL, tbl TEXT NOT NULL, row_id TEXT
    NOT NULL, kind INTEGER NOT NULL, at INTEGER NOT NULL, UNIQUE(bucket, tbl, row_id)) STRICT;
CREATE TABLE bucket( id TEXT PRIMARY KEY, cnt INTEGER NOT NULL, sum INTEGER NOT NULL) STRICT,
    WITHOUT ROWID;
CREATE TABLE scope_grant( user_id TEXT NOT NULL, bucket TEXT NOT NULL, profile INTEGER NOT NULL,
    since_seq INTEGER NOT NULL, PRIMARY KEY(user_id, bucket)) STRICT, WITHOUT ROWID;
CREATE TABLE opened_account( user_id TEXT NOT NULL, account_id TEXT NOT NULL, until INTEGER NOT
    NULL, PRIMARY KEY(user_id, account_id)) STRICT, WITHOUT ROWID;
CREATE TABLE device( id TEXT PRIMARY KEY, user_id TEXT NOT NULL, pubkey BLOB, platform TEXT,
    status TEXT NOT NULL, boot_counter INTEGER NOT NULL DEFAULT 0, last_n INTEGER NOT NULL DEFAULT
    0, last_seen INTEGER NOT NULL DEFAULT 0, lease_until INTEGER NOT NULL DEFAULT 0) STRICT,
    WITHOUT ROWID;
CREATE TABLE cmd_result( device TEXT NOT NULL, n INTEGER NOT NULL, cmd_id TEXT NOT NULL,
    payload_hash BLOB NOT NULL, status INTEGER NOT NULL, reason TEXT NOT NULL, args TEXT NOT NULL,
    seq INTEGER NOT NULL, at INTEGER NOT NULL, PRIMARY KEY(device, n)) STRICT, WITHOUT ROWID;
CREATE TABLE credential( user_id TEXT PRIMARY KEY, password_hash TEXT NOT NULL, changed_at INTEGER
    NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE session( token_id TEXT PRIMARY KEY, device TEXT NOT NULL, user_id TEXT NOT NULL,
    secret_hash BLOB NOT NULL, issued INTEGER NOT NULL, expires INTEGER NOT NULL, revoked_at
    INTEGER NOT NULL DEFAULT 0) STRICT, WITHOUT ROWID;
CREATE TABLE enrolment( code_hash BLOB PRIMARY KEY, user_id TEXT NOT NULL, expires INTEGER NOT
    NULL, used_at INTEGER NOT NULL DEFAULT 0) STRICT, WITHOUT ROWID;
CREATE TABLE audit( pos INTEGER PRIMARY KEY, seq INTEGER NOT NULL, at INTEGER NOT NULL, actor TEXT
    NOT NULL, device TEXT NOT NULL, action TEXT NOT NULL, object TEXT NOT NULL, outcome TEXT NOT
    NULL, prev_hash BLOB NOT NULL, hash BLOB NOT NULL) STRICT;
INSERT INTO head(one, seq, epoch, floor, schema) VALUES(1, 293,
    '01a20710-4a73-7f19-b1df-b91914d3cc11', 0, 1);
INSERT INTO staff(pk, id, row_ver, created_at, updated_at, code, name, pinyin, roles, status,
    capacity) VALUES(1, '01a20710-4fb8-7ff5-a078-85a3418957c2', 284, 1795414839224, 1795414839224,
    'boss', 'boss', 'boss', 'administrator', 'active', 20);
INSERT INTO staff(pk, id, row_ver, created_at, updated_at, code, name, pinyin, roles, status,
    capacity) VALUES(2, '01a20710-52e2-7b42-804e-4f628211d112', 289, 1795414840034, 1795414840034,
    'hot1', '张三', 'zs', 'hotline_agent', 'active', 20);
INSERT INTO routing_rule(pk, id, row_ver, code, name, position, active, condition, target,
    claim_hours_a, claim_hours_b, claim_hours_other, contact_hours_a, contact_hours_b,
    contact_hours_other, description) VALUES(1, '00000000-0000-7e4e-8382-5c6636dd2006', 280,
    'AM-FLAG', '有客户经理标识：负责客户经理', 10, 1, '{"am_flag":true}', 'owner_am', 2, 4, 8, 4, 8, 16,
    '系统上有客户经理标识的客户，转移给该客户经理跟进。');
INSERT INTO routing_rule(pk, id, row_ver, code, name, position, active, condition, target,
    claim_hours_a, claim_hours_b, claim_hours_other, contact_hours_a, contact_hours_b,
    contact_hours_other, description) VALUES(2, '00000000-0000-7855-bfa2-636e2c3db781', 281,
    'TELE-COPY', '无客户经理标识及潜在客户：电话客户经理双重覆盖', 20, 1, '{"am_flag":false}', 'tele_am_copy', 2, 4, 8,
    4, 8, 16, '电话客户经理从客户的角度进行双重覆盖，自有渠道把握关键环节。只指定覆盖人，继续匹配下一条。');
INSERT INTO routing_rule(pk, id, row_ver, code, name, position, active, condition, target,
    claim_hours_a, claim_hours_b, claim_hours_other, contact_hours_a, contact_hours_b,
    contact_hours_other, description) VALUES(3, '00000000-0000-7a58-969d-6b24ead823f4', 282,
    'CORE-AGENT', '无客户经理标识及潜在客户：核心代理商', 30, 1, '{"am_flag":false}', 'core_agent', 2, 4, 8, 4, 8,
    16, '系统上无客户经理标识的客户以及潜在客户，转移给核心代理商跟进；客户已有负责代理商的，优先该代理商。');
INSERT INTO routing_rule(pk, id, row_ver, code, name, position, active, condition, target,
    claim_hours_a, claim_hours_b, claim_hours_other, contact_hours_a, contact_hours_b,
    contact_hours_other, description) VALUES(4, '00000000-0000-7364-a760-7f11899667b8', 283,
    'CATCH-ALL', '其余：运营中心队列', 900, 1, '{}', 'team_queue', 2, 4, 8, 4, 8, 16,
    '其他规则都不能决定时，进入所在本地网运营中心的队列；本地网没有运营中心的，进入上级的。');
INSERT INTO oplog(seq, bucket, tbl, row_id, kind, at) VALUES(280, 'ref', 'routing_rule',
    '00000000-0000-7e4e-8382-5c6636dd2006', 0, 1795414839223);
INSERT INTO oplog(seq, bucket, tbl, row_id, kind, at) VALUES(281, 'ref', 'routing_rule',
    '00000000-0000-7855-bfa2-636e2c3db781', 0, 1795414839223);
INSERT INTO oplog(seq, bucket, tbl, row_id, kind, at) VALUES(282, 'ref', 'routing_rule',
    '00000000-0000-7a58-969d-6b24ead823f4', 0, 1795414839223);
INSERT INTO oplog(seq, bucket, tbl, row_id, kind, at) VALUES(283, 'ref', 'routing_rule',
    '00000000-0000-7364-a760-7f11899667b8', 0, 1795414839223);
INSERT INTO oplog(seq, bucket, tbl, row_id, kind, at) VALUES(284, 'ref', 'staff',
    '01a20710-4fb8-7ff5-a078-85a3418957c2', 0, 1795414839224);
INSERT INTO oplog(seq, bucket, tbl, row_id, kind, at) VALUES(289, 'ref', 'staff',
    '01a20710-52e2-7b42-804e-4f628211d112', 0, 1795414840034);
INSERT INTO bucket(id, cnt, sum) VALUES('ref', 6, -7196328356170431696);
INSERT INTO scope_grant(user_id, bucket, profile, since_seq)
    VALUES('01a20710-4fb8-7ff5-a078-85a3418957c2', 'ref', 2, 285);
INSERT INTO scope_grant(user_id, bucket, profile, since_seq)
    VALUES('01a20710-4fb8-7ff5-a078-85a3418957c2', 'user:01a20710-4fb8-7ff5-a078-85a3418957c2', 2,
    286);
INSERT INTO scope_grant(user_id, bucket, profile, since_seq)
    VALUES('01a20710-4fb8-7ff5-a078-85a3418957c2', 'watch:01a20710-4fb8-7ff5-a078-85a3418957c2',
    1, 287);
INSERT INTO scope_grant(user_id, bucket, profile, since_seq)
    VALUES('01a20710-52e2-7b42-804e-4f628211d112', 'ref', 2, 290);
INSERT INTO scope_grant(user_id, bucket, profile, since_seq)
    VALUES('01a20710-52e2-7b42-804e-4f628211d112', 'user:01a20710-52e2-7b42-804e-4f628211d112', 2,
    291);
INSERT INTO scope_grant(user_id, bucket, profile, since_seq)
    VALUES('01a20710-52e2-7b42-804e-4f628211d112', 'watch:01a20710-52e2-7b42-804e-4f628211d112',
    1, 292);
INSERT INTO device(id, user_id, status, last_n) VALUES('pc-hot1', '01a20710-52e2-7b42-804e-4f628211d112', 'active', 0);
