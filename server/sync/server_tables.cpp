#include "sync/server_tables.h"

namespace keydesk {

namespace {

constexpr char ddl[] = R"(
CREATE TABLE IF NOT EXISTS head(
    one INTEGER PRIMARY KEY CHECK(one = 1), seq INTEGER NOT NULL, epoch TEXT NOT NULL,
    floor INTEGER NOT NULL, schema INTEGER NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS oplog(
    seq INTEGER PRIMARY KEY, bucket TEXT NOT NULL, tbl TEXT NOT NULL, row_id TEXT NOT NULL,
    kind INTEGER NOT NULL, at INTEGER NOT NULL, UNIQUE(bucket, tbl, row_id)) STRICT;
CREATE INDEX IF NOT EXISTS oplog_by_bucket ON oplog(bucket, seq);
CREATE INDEX IF NOT EXISTS oplog_removals ON oplog(at) WHERE kind = 1;
CREATE TABLE IF NOT EXISTS bucket(
    id TEXT PRIMARY KEY, cnt INTEGER NOT NULL, sum INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS scope_grant(
    user_id TEXT NOT NULL, bucket TEXT NOT NULL, profile INTEGER NOT NULL,
    since_seq INTEGER NOT NULL, PRIMARY KEY(user_id, bucket)) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS opened_account(
    user_id TEXT NOT NULL, account_id TEXT NOT NULL, until INTEGER NOT NULL,
    PRIMARY KEY(user_id, account_id)) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS device(
    id TEXT PRIMARY KEY, user_id TEXT NOT NULL, pubkey BLOB, platform TEXT,
    status TEXT NOT NULL, boot_counter INTEGER NOT NULL DEFAULT 0,
    last_n INTEGER NOT NULL DEFAULT 0, last_seen INTEGER NOT NULL DEFAULT 0,
    lease_until INTEGER NOT NULL DEFAULT 0) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS cmd_result(
    device TEXT NOT NULL, n INTEGER NOT NULL, cmd_id TEXT NOT NULL,
    payload_hash BLOB NOT NULL, status INTEGER NOT NULL, reason TEXT NOT NULL,
    args TEXT NOT NULL, seq INTEGER NOT NULL, at INTEGER NOT NULL,
    PRIMARY KEY(device, n)) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS cmd_result_by_id ON cmd_result(cmd_id);
CREATE TABLE IF NOT EXISTS credential(
    user_id TEXT PRIMARY KEY, password_hash TEXT NOT NULL, changed_at INTEGER NOT NULL)
    STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS session(
    token_id TEXT PRIMARY KEY, device TEXT NOT NULL, user_id TEXT NOT NULL,
    secret_hash BLOB NOT NULL, issued INTEGER NOT NULL, expires INTEGER NOT NULL,
    revoked_at INTEGER NOT NULL DEFAULT 0) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS session_by_device ON session(device);
CREATE INDEX IF NOT EXISTS session_by_user ON session(user_id);
CREATE TABLE IF NOT EXISTS enrolment(
    code_hash BLOB PRIMARY KEY, user_id TEXT NOT NULL, expires INTEGER NOT NULL,
    used_at INTEGER NOT NULL DEFAULT 0) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS login_budget(
    key BLOB PRIMARY KEY, streak INTEGER NOT NULL, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS audit(
    pos INTEGER PRIMARY KEY, seq INTEGER NOT NULL, at INTEGER NOT NULL, actor TEXT NOT NULL,
    device TEXT NOT NULL, action TEXT NOT NULL, object TEXT NOT NULL, outcome TEXT NOT NULL,
    prev_hash BLOB NOT NULL, hash BLOB NOT NULL) STRICT;
CREATE TRIGGER IF NOT EXISTS audit_keeps_rows BEFORE DELETE ON audit
    BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;
CREATE TRIGGER IF NOT EXISTS audit_keeps_text BEFORE UPDATE ON audit
    BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;
-- INSERT OR REPLACE deletes without asking the trigger above.
CREATE TRIGGER IF NOT EXISTS audit_keeps_order BEFORE INSERT ON audit
    WHEN NEW.pos <= (SELECT max(pos) FROM audit)
    BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;
CREATE TABLE IF NOT EXISTS change_detail(
    pos INTEGER NOT NULL, tbl TEXT NOT NULL, row_id TEXT NOT NULL, field TEXT NOT NULL,
    old_value ANY, new_value ANY) STRICT;
CREATE INDEX IF NOT EXISTS change_detail_by_row ON change_detail(tbl, row_id);
CREATE TABLE IF NOT EXISTS setting(name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
)";

} // namespace

Result<> createServerTables(Database &database, const QString &freshEpoch)
{
    if (auto done = database.execute(ddl); !done)
        return done;
    return database
        .query("INSERT OR IGNORE INTO head(one, seq, epoch, floor, schema) VALUES(1, 0, ?, 0, 1)")
        .bind(1, freshEpoch)
        .run();
}

Result<> createServerIndexes(Database &database)
{
    return database.execute(
        "CREATE INDEX IF NOT EXISTS staff_by_team ON staff(team_id);"
        "CREATE INDEX IF NOT EXISTS task_open ON task(remind_at, due_at) "
        "WHERE deleted_at IS NULL AND state = 'open';"
        "CREATE INDEX IF NOT EXISTS staff_by_deputy ON staff(deputy_id);"
        "CREATE INDEX IF NOT EXISTS account_by_name ON account(name);"
        "CREATE INDEX IF NOT EXISTS area_by_parent ON area(parent_id);"
        "CREATE INDEX IF NOT EXISTS caller_card_by_account ON caller_card(account_id);"
        "CREATE INDEX IF NOT EXISTS opened_account_until ON opened_account(until);");
}

} // namespace keydesk
