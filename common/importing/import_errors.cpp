#include "importing/import_errors.h"

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

constexpr std::size_t mostFirst = 5;
constexpr qsizetype longestValue = 200; // characters of a cell that are repeated

} // namespace

QStringList ImportErrors::header()
{
    return {u"行号 Line"_s, u"列 Column"_s, u"内容 Value"_s, u"原因"_s, u"Reason"_s};
}

Result<> ImportErrors::add(const ImportFault &fault)
{
    if (m_count == 0) {
        if (auto done = m_writer.write(header()); !done)
            return done;
    }
    ++m_count;
    if (m_first.size() < mostFirst)
        m_first.push_back(fault);
    return m_writer.write({QString::number(fault.line), fault.column,
                           fault.value.left(longestValue), fault.why.text(QLocale::Chinese),
                           fault.why.text(QLocale::English)});
}

} // namespace keydesk
