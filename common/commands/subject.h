#pragma once

#include "commands/command.h"

namespace keydesk {

struct Account;
struct Area;

// What a note or task is about, with the columns that place it in the subject's buckets.
struct Subject
{
    QString entity;
    RecordId id;
    RecordId account;
    RecordId area;
    RecordId owner; // holder of the opportunity
    RecordId capturedBy; // of the opportunity
};

/// The kinds of records that a note or task may be about.
const QStringList &subjectEntities();

/// The subject, an account, site, contact or opportunity. On a desktop that does not hold it only
/// entity and id are known. Errors: entity.unknown, on the server record.not_found.
Result<Subject> findSubject(CommandContext &context, const QString &entity, const RecordId &id);

/// Whether the actor may write something down about it: everybody who works on it, and those of its
/// area who speak with the customer.
/// `command` is AddNote or CreateTask, as the table of rights has a line for each kind of subject.
Result<> mayWriteAbout(CommandContext &context, const QString &command, const QString &entity,
                       const RecordId &id);

/// Keeps the account's last contact at the latest: somebody has spoken with the customer at `at`.
/// Nothing to do where the account is not held.
Result<> noteContact(CommandContext &context, const RecordId &account, Instant at);

} // namespace keydesk
