#pragma once

#include "importing/csv_reader.h"
#include "importing/import_map.h"
#include "importing/reference_finder.h"

namespace keydesk {

// What is wrong with one line of a file, for people.
struct ImportFault
{
    qint64 line = 0;
    QString column; // the header; empty when the whole line is meant
    QString value; // as it stands in the file
    Error why;
};

// A reference from one line of a file to another.
struct FileReference
{
    int field = 0;
    qint64 record = 0; // that it points to, from 0
    QString column;
    QString value;
};

// One record of a file, understood.
struct ImportRow
{
    qint64 record = 0; // from 0, the header not counted
    qint64 line = 0;
    std::map<int, Cell> values; // filled cells only: an empty one says nothing
    std::map<int, QString> texts; // the same cells as the file writes them
    std::vector<FileReference> references; // `values` holds the id that the other line will have
    std::vector<ImportFault> faults;
};

// Where records of the file itself are to be found by name, for files whose lines refer to each
// other in any order.
class FileIndex
{
public:
    void add(const QString &text, qint64 record);
    /// The record of that name; none if there is none or there are several.
    std::optional<qint64> find(const QString &text) const;

private:
    QHash<QString, qint64> m_records; // -1: several
};

// Turns records of a file into cells of an entity, by a map. Collects everything that is wrong with
// a record instead of stopping at the first thing. Writes nothing.
class RowMapper
{
public:
    /// `import` names the import: record n that is new gets the id idOf(n). The defaults of the map
    /// are read here: an unreadable one answers import.map_malformed.
    static Result<RowMapper> create(const ImportKind &kind, const EntityInfo &entity, ImportMap map,
                                    RowStore &store, const RecordId &import);

    const ImportMap &map() const { return m_map; }
    const EntityInfo &entity() const { return m_entity; }
    /// Whether records may refer to other records of the same file, so that add() is wanted first.
    bool refersToItself() const;
    void add(const CsvRow &row, qint64 record);

    ImportRow read(const CsvRow &source, qint64 record);
    RecordId idOf(qint64 record) const;
    /// What the row says of the field, by itself or by the map's default.
    Cell cell(const ImportRow &row, int field) const;

    /// The row of a new record: the kind's blank, the map's defaults, the values; id and common
    /// columns are left to the writer.
    Row newRow(const ImportRow &values) const;
    /// Fields that have to be filled and are not in `row`.
    std::vector<ImportFault> missing(const ImportRow &values, const Row &row) const;
    ImportFault fault(const ImportRow &row, int field, const Error &why) const;
    /// The same about all fields of a key together.
    ImportFault keyFault(const ImportRow &row, const std::vector<int> &key, const Error &why) const;
    /// The fields of a key and what the row says of them, in both languages.
    QString keyWords(const ImportRow &row, const std::vector<int> &key) const;

private:
    RowMapper(const ImportKind &kind, const EntityInfo &entity, ImportMap map, RowStore &store,
              const RecordId &import);
    Result<> readDefaults();
    void readCell(const ImportColumn &column, int index, const QString &text, ImportRow &row);
    Result<Cell> reference(const ImportColumn &column, const FieldInfo &field, int index,
                           const QString &text, ImportRow &row);
    void makeUp(const CsvRow &source, ImportRow &row) const;
    QString shownValue(const ImportRow &row, int field) const;
    QString textFor(int field, const CsvRow &source) const;

    const ImportKind &m_kind;
    const EntityInfo &m_entity;
    ImportMap m_map;
    RecordId m_import;
    ReferenceFinder m_finder;
    FileIndex m_index;
    std::map<int, Cell> m_defaults;
};

} // namespace keydesk
