#include "importing/importer.h"

namespace keydesk {

namespace {

constexpr qint64 progressStep = 1000; // records
// Generous for a record of ours, and far from what would hurt the server.
constexpr CsvLimits importLimits{64 * 1024, 1024 * 1024, 500};

} // namespace

Result<std::unique_ptr<Importer>> Importer::open(QIODevice &file, const ImportKind &kind,
                                                 RowStore &store,
                                                 const std::optional<QJsonObject> &map,
                                                 const RecordId &import)
{
    if (file.size() == 0)
        return Error("import.empty"_reason);
    const auto format = detectCsvFormat(file);
    if (!format)
        return format.error();
    std::unique_ptr<Importer> importer(new Importer(file, store));
    importer->m_format = *format;
    importer->m_reader = std::make_unique<CsvReader>(file, *format, importLimits);
    const auto header = importer->m_reader->next();
    if (!header)
        return header.error();
    if (!*header)
        return Error("import.empty"_reason);
    const EntityInfo &entity = store.catalog().entity(QString::fromLatin1(kind.entity));
    const QStringList headers = importer->m_reader->row().fields;
    auto columns = map ? readImportMap(kind, entity, headers, *map)
                       : matchHeaders(kind, entity, headers);
    if (!columns)
        return columns.error();
    auto mapper = RowMapper::create(kind, entity, *columns, store, import);
    if (!mapper)
        return mapper.error();
    importer->m_mapper = std::make_unique<RowMapper>(std::move(*mapper));
    return importer;
}

Result<> Importer::rewind()
{
    if (!m_file.seek(0))
        return Error("file.unreadable"_reason, {QString(), m_file.errorString()});
    m_reader = std::make_unique<CsvReader>(m_file, m_format, importLimits);
    m_record = -1;
    const auto header = m_reader->next();
    return header ? Result<>() : Result<>(header.error());
}

Result<bool> Importer::nextRecord()
{
    auto more = m_reader->next();
    if (more && *more)
        ++m_record;
    return more;
}

// Where the file's own records are, before the first of them is judged.
Result<> Importer::index()
{
    for (;;) {
        const auto more = nextRecord();
        if (!more)
            return more.error();
        if (!*more)
            return rewind();
        m_mapper->add(m_reader->row(), m_record);
        m_lines.push_back(m_reader->row().line);
    }
}

void Importer::count(ImportFate fate, qint64 times)
{
    switch (fate) {
    case ImportFate::Create:
        m_counts.created += times;
        break;
    case ImportFate::Update:
        m_counts.updated += times;
        break;
    case ImportFate::Unchanged:
        m_counts.unchanged += times;
        break;
    case ImportFate::Rejected:
        m_counts.rejected += times;
        break;
    }
}

Result<> Importer::check(ImportErrors &errors, const Progress &progress)
{
    if (m_mapper->refersToItself()) {
        if (auto indexed = index(); !indexed)
            return indexed;
    }
    RowCheck rows(m_store, *m_mapper);
    for (;;) {
        const auto more = nextRecord();
        if (!more)
            return more.error();
        if (!*more)
            break;
        ImportRow row = m_mapper->read(m_reader->row(), m_record);
        const ImportFate fate = rows.judge(row);
        m_fates.push_back(fate);
        ++m_counts.read;
        count(fate, 1);
        for (const ImportFault &fault : row.faults) {
            if (auto written = errors.add(fault); !written)
                return written;
        }
        for (const FileReference &reference : row.references)
            m_dependences.push_back({row.record, row.line, reference});
        if (progress && m_counts.read % progressStep == 0)
            progress(m_counts.read);
    }
    return rejectDependents(errors);
}

// Whoever points to a line that is not imported cannot be imported either.
Result<> Importer::rejectDependents(ImportErrors &errors)
{
    for (bool found = true; found;) {
        found = false;
        for (const Dependence &one : m_dependences) {
            ImportFate &fate = m_fates[std::size_t(one.record)];
            // A record that is there already bears another id than a new one would.
            const ImportFate other = m_fates[std::size_t(one.on.record)];
            if (fate == ImportFate::Rejected || other == ImportFate::Create)
                continue;
            found = true;
            count(fate, -1);
            fate = ImportFate::Rejected;
            count(fate, 1);
            const qint64 line = m_lines[std::size_t(one.on.record)];
            auto written = errors.add({one.line, one.on.column, one.on.value,
                                       Error("import.depends"_reason, {QString::number(line)})});
            if (!written)
                return written;
        }
    }
    return {};
}

Result<std::vector<ImportRow>> Importer::next(std::size_t most)
{
    std::vector<ImportRow> rows;
    while (rows.size() < most) {
        const auto more = nextRecord();
        if (!more)
            return more.error();
        if (!*more)
            break;
        const ImportFate fate = m_fates[std::size_t(m_record)];
        if (fate == ImportFate::Create || fate == ImportFate::Update)
            rows.push_back(m_mapper->read(m_reader->row(), m_record));
    }
    return rows;
}

} // namespace keydesk
