#include "importing/row_mapper.h"

#include "base/both_words.h"
#include "importing/import_values.h"

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

QString meantBy(const ImportColumn &column, const CsvRow &source)
{
    const QString text = source.fields.value(column.position).trimmed();
    const QString meant = column.values.value(text, text);
    return meant.isEmpty() || meant != text ? meant : meant + column.unit;
}

} // namespace

void FileIndex::add(const QString &text, qint64 record)
{
    if (text.isEmpty())
        return;
    const auto found = m_records.find(text);
    if (found == m_records.end())
        m_records.insert(text, record);
    else if (*found != record)
        *found = -1;
}

std::optional<qint64> FileIndex::find(const QString &text) const
{
    const qint64 record = m_records.value(text, -1);
    return record < 0 ? std::nullopt : std::optional(record);
}

RowMapper::RowMapper(const ImportKind &kind, const EntityInfo &entity, ImportMap map,
                     RowStore &store, const RecordId &import)
    : m_kind(kind)
    , m_entity(entity)
    , m_map(std::move(map))
    , m_import(import)
    , m_finder(store)
{
}

Result<RowMapper> RowMapper::create(const ImportKind &kind, const EntityInfo &entity, ImportMap map,
                                    RowStore &store, const RecordId &import)
{
    RowMapper mapper(kind, entity, std::move(map), store, import);
    if (auto done = mapper.readDefaults(); !done)
        return done.error();
    return mapper;
}

Result<> RowMapper::readDefaults()
{
    for (const auto &[index, text] : m_map.defaults) {
        const FieldInfo &field = m_entity.fields()[std::size_t(index)];
        Result<Cell> cell = Cell();
        if (field.kind == Kind::Reference) {
            const auto id = m_finder.find(field.target, text.trimmed());
            cell = id ? Result<Cell>(Cell(id->text())) : Result<Cell>(id.error());
        } else {
            cell = importedCell(field, text);
        }
        if (!cell)
            return Error("import.map_malformed"_reason,
                         {u"defaults, %1: %2"_s.arg(field.name, cell.error().text())});
        m_defaults[index] = *cell;
    }
    return {};
}

bool RowMapper::refersToItself() const
{
    for (const ImportColumn &column : m_map.columns) {
        for (const int field : column.fields) {
            if (m_entity.fields()[std::size_t(field)].target == m_entity.name())
                return true;
        }
    }
    return false;
}

void RowMapper::add(const CsvRow &row, qint64 record)
{
    for (const int field : {m_entity.keyColumn(), m_entity.titleColumn()}) {
        if (field >= 0)
            m_index.add(textFor(field, row).simplified(), record);
    }
}

RecordId RowMapper::idOf(qint64 record) const
{
    return RecordId::derive(m_import, int(record));
}

Cell RowMapper::cell(const ImportRow &row, int field) const
{
    const auto value = row.values.find(field);
    if (value != row.values.end())
        return value->second;
    const auto standard = m_defaults.find(field);
    return standard == m_defaults.end() ? Cell() : standard->second;
}

QString RowMapper::textFor(int field, const CsvRow &source) const
{
    for (const ImportColumn &column : m_map.columns) {
        for (const int one : column.fields) {
            if (one == field)
                return meantBy(column, source);
        }
    }
    return {};
}

ImportRow RowMapper::read(const CsvRow &source, qint64 record)
{
    ImportRow row{record, source.line, {}, {}, {}, {}};
    if (source.fault) {
        row.faults.push_back({source.line, {}, {}, *source.fault});
        return row;
    }
    for (const ImportColumn &column : m_map.columns) {
        const QString text = meantBy(column, source);
        for (const int field : column.fields)
            readCell(column, field, text, row);
    }
    if (row.faults.empty())
        makeUp(source, row);
    return row;
}

void RowMapper::readCell(const ImportColumn &column, int index, const QString &text, ImportRow &row)
{
    if (text.isEmpty())
        return;
    row.texts[index] = text;
    const FieldInfo &field = m_entity.fields()[std::size_t(index)];
    const auto cell = field.kind == Kind::Reference ? reference(column, field, index, text, row)
                                                    : importedCell(field, text);
    if (!cell)
        row.faults.push_back({row.line, column.header, text, cell.error()});
    else if (!cell->isEmpty())
        row.values[index] = *cell;
}

Result<Cell> RowMapper::reference(const ImportColumn &column, const FieldInfo &field, int index,
                                  const QString &text, ImportRow &row)
{
    const auto id = m_finder.find(field.target, text.simplified());
    if (id)
        return Cell(id->text());
    const auto inFile = field.target == m_entity.name() ? m_index.find(text.simplified())
                                                        : std::nullopt;
    if (!inFile)
        return id.error();
    if (*inFile == row.record)
        return Error("import.self"_reason);
    row.references.push_back({index, *inFile, column.header, text});
    return Cell(idOf(*inFile).text());
}

// What the house wants of every record and other systems do not have: a title for an opportunity,
// a code for a person or a product that the file only names.
void RowMapper::makeUp(const CsvRow &source, ImportRow &row) const
{
    const int title = m_entity.titleColumn();
    const int account = m_entity.indexOf(u"account_id"_s);
    const int product = m_entity.indexOf(u"product_id"_s);
    const bool titled = row.values.contains(title) || m_defaults.contains(title);
    if (!titled && product >= 0) {
        QStringList words{textFor(account, source), textFor(product, source)};
        words.removeAll(QString());
        if (!words.isEmpty())
            row.values[title] = words.join(u" · "_s);
    }
    const int key = m_entity.keyColumn();
    if (key >= 0 && m_entity.fields()[std::size_t(key)].has(FieldFlag::Required)
        && !m_map.fills(key) && row.values.contains(title))
        row.values[key] = row.values[title];
}

Row RowMapper::newRow(const ImportRow &values) const
{
    Row row = m_kind.blank();
    for (const auto &[index, cell] : m_defaults)
        row[std::size_t(index)] = cell;
    for (const auto &[index, cell] : values.values)
        row[std::size_t(index)] = cell;
    return row;
}

std::vector<ImportFault> RowMapper::missing(const ImportRow &values, const Row &row) const
{
    std::vector<ImportFault> faults;
    for (int i = common_column::Count; i < m_entity.fieldCount(); ++i) {
        const FieldInfo &field = m_entity.fields()[std::size_t(i)];
        if (field.has(FieldFlag::Required) && row[std::size_t(i)].isEmpty())
            faults.push_back(
                fault(values, i, Error("field.required"_reason, {field.label.argument()})));
    }
    return faults;
}

ImportFault RowMapper::fault(const ImportRow &row, int field, const Error &why) const
{
    const QString header = m_map.headerOf(field);
    return {row.line, header.isNull() ? m_entity.fields()[std::size_t(field)].name : header,
            shownValue(row, field), why};
}

ImportFault RowMapper::keyFault(const ImportRow &row, const std::vector<int> &key,
                                const Error &why) const
{
    QStringList columns;
    QStringList values;
    for (const int field : key) {
        const ImportFault one = fault(row, field, why);
        columns.append(one.column);
        values.append(one.value);
    }
    columns.removeDuplicates(); // one column may fill several fields
    return {row.line, columns.join(u" + "_s), values.join(u" + "_s), why};
}

QString RowMapper::keyWords(const ImportRow &row, const std::vector<int> &key) const
{
    QStringList chinese;
    QStringList english;
    for (const int field : key) {
        const Label label = m_entity.fields()[std::size_t(field)].label;
        const QString value = shownValue(row, field);
        chinese.append(u"%1“%2”"_s.arg(label.text(QLocale::Chinese), value));
        english.append(u"%1 “%2”"_s.arg(label.text(QLocale::English), value));
    }
    return bothWords(chinese.join(u'、'), english.join(u", "_s));
}

// As the file writes it, or else the map; what was made up from the rest is a text.
QString RowMapper::shownValue(const ImportRow &row, int field) const
{
    if (const auto text = row.texts.find(field); text != row.texts.end())
        return text->second;
    if (const auto value = row.values.find(field); value != row.values.end())
        return value->second.text();
    const auto standard = m_map.defaults.find(field);
    return standard == m_map.defaults.end() ? QString() : standard->second;
}

} // namespace keydesk
