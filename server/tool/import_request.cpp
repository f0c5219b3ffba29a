#include "tool/import_request.h"

#include "dispatch/dispatch.h"
#include "dispatch/number_series.h"
#include "importing/import_writer.h"

#include <QFile>
#include <QJsonArray>

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

// Desktops wait for the writer meanwhile, about a second for 5,000 records.
constexpr std::size_t recordsAtOnce = 20'000;
constexpr std::size_t recordsPerPart = 500; // when parts may stand without the rest

QJsonObject summaryOf(const ImportCounts &counts)
{
    return {{u"read"_s, counts.read},
            {u"created"_s, counts.created},
            {u"updated"_s, counts.updated},
            {u"unchanged"_s, counts.unchanged},
            {u"rejected"_s, counts.rejected}};
}

QJsonArray problemsOf(const ImportErrors &errors)
{
    QJsonArray problems;
    for (const ImportFault &fault : errors.first())
        problems.append(
            Error("import.row"_reason,
                  {QString::number(fault.line), fault.column, fault.why.text(QLocale::English)})
                .text(QLocale::English));
    return problems;
}

// One part of an import, written and followed up as a command would be.
class ImportDeed
{
public:
    ImportDeed(const ImportKind &kind, const RowMapper &mapper, const std::vector<ImportRow> &rows)
        : m_kind(kind)
        , m_mapper(mapper)
        , m_rows(rows)
    {
    }

    Result<> run(Authority &authority, Transaction &tx, AuditEntry &audit)
    {
        created = updated = 0;
        ImportWriter writer(tx, m_mapper, authority.now());
        for (const ImportRow &row : m_rows) {
            const auto fate = writer.write(row);
            m_line = row.line;
            if (!fate)
                return fate.error();
            created += *fate == ImportFate::Create ? 1 : 0;
            updated += *fate == ImportFate::Update ? 1 : 0;
        }
        audit.device = u"import"_s;
        audit.action = u"import."_s + QString::fromLatin1(m_kind.name);
        audit.object = u"lines %1-%2"_s.arg(m_rows.front().line).arg(m_rows.back().line);
        audit.outcome = u"applied"_s;
        return followUp(authority, tx);
    }
    qint64 line() const { return m_line; }

    qint64 created = 0;
    qint64 updated = 0;

private:
    Result<> followUp(Authority &authority, Transaction &tx)
    {
        const OfficeCalendar calendar = OfficeCalendar::shipped();
        Dispatch dispatch(authority.store(), calendar);
        if (auto done = NumberSeries(authority.store().database()).passIssued(); !done)
            return done;
        Actor system;
        system.isSystem = true;
        CommandContext context(tx, system, RecordId::create(), authority.now(),
                               CommandContext::Place::Server);
        const CommandCall call{context.commandId(), u"Import"_s, 1, {}};
        return dispatch.afterCommand(context, call);
    }

    const ImportKind &m_kind;
    const RowMapper &m_mapper;
    const std::vector<ImportRow> &m_rows;
    qint64 m_line = 0;
};

// The second reading of a file that has been checked.
class ImportRun
{
public:
    ImportRun(Office &office, const ImportKind &kind, Importer &importer,
              const std::function<void(const QJsonObject &)> &progress)
        : m_office(office)
        , m_kind(kind)
        , m_importer(importer)
        , m_progress(progress)
    {
    }

    Result<> write(std::size_t most)
    {
        if (auto ready = m_importer.rewind(); !ready)
            return ready;
        for (;;) {
            const auto rows = m_importer.next(most);
            if (!rows)
                return rows.error();
            if (rows->empty())
                return {};
            if (auto done = writePart(*rows); !done)
                return done;
            if (m_progress)
                m_progress({{u"written"_s, created + updated}});
        }
    }

    qint64 created = 0;
    qint64 updated = 0;

private:
    Result<> writePart(const std::vector<ImportRow> &rows)
    {
        ImportDeed deed(m_kind, m_importer.mapper(), rows);
        const auto done = m_office.transact(
            [&deed](Authority &authority, Transaction &tx, AuditEntry &audit) {
                return deed.run(authority, tx, audit);
            });
        if (!done)
            return Error("import.stopped"_reason,
                         {QString::number(deed.line()), QString::number(created + updated),
                          done.error().text(QLocale::Chinese) + Label::separator
                              + done.error().text(QLocale::English)},
                         done.error().detail);
        created += deed.created;
        updated += deed.updated;
        return {};
    }

    Office &m_office;
    const ImportKind &m_kind;
    Importer &m_importer;
    const std::function<void(const QJsonObject &)> &m_progress;
};

} // namespace

Result<QJsonObject> importRecords(Office &office, const QJsonObject &request,
                                  const std::function<void(const QJsonObject &)> &progress)
{
    const ImportKind *kind = findImportKind(request[u"kind"_s].toString());
    if (!kind)
        return Error("usage"_reason,
                     {u"There is nothing to import named “%1”: %2."_s
                          .arg(request[u"kind"_s].toString(), importKindNames().join(u", "_s))});
    QFile file(request[u"file"_s].toString());
    if (!file.open(QIODevice::ReadOnly))
        return Error("file.unreadable"_reason, {file.fileName(), file.errorString()});
    QFile errorFile(request[u"errors"_s].toString());
    if (!errorFile.open(QIODevice::WriteOnly))
        return Error("file.unwritable"_reason, {errorFile.fileName(), errorFile.errorString()});
    auto reader = office.reader();
    if (!reader)
        return reader.error();
    RowStore store(**reader, office.catalog());
    std::optional<QJsonObject> map;
    if (request[u"map"_s].isObject())
        map = request[u"map"_s].toObject();
    auto importer = Importer::open(file, *kind, store, map, RecordId::create());
    if (!importer)
        return importer.error();
    ImportErrors errors(errorFile);
    const auto checked = (*importer)->check(errors, [&progress](qint64 records) {
        if (progress)
            progress({{u"checked"_s, records}});
    });
    if (!checked)
        return checked.error();
    ImportCounts counts = (*importer)->counts();
    const bool dryRun = request[u"dry_run"_s].toBool();
    const bool skipBad = request[u"skip_bad"_s].toBool();
    const bool apply = !dryRun && (skipBad || counts.rejected == 0);
    if (apply) {
        ImportRun run(office, *kind, **importer, progress);
        if (auto written = run.write(skipBad ? recordsPerPart : recordsAtOnce); !written)
            return written.error();
        counts.created = run.created;
        counts.updated = run.updated;
        counts.unchanged = counts.read - counts.rejected - run.created - run.updated;
    } else if (!dryRun) {
        counts.created = counts.updated = 0;
    }
    QJsonObject answer = summaryOf(counts);
    answer[u"applied"_s] = apply;
    answer[u"problems"_s] = problemsOf(errors);
    return answer;
}

} // namespace keydesk
