#pragma once

#include "commands/registry.h"

namespace keydesk {

// Somebody takes rows of a list away in a file. It changes nothing: it is there to be audited, one
// line for each file (sync.md, G12), and to be refused. The desktop runs it before the file exists.
class ExportRecords final : public Command
{
public:
    static constexpr const char *name = "ExportRecords";
    static constexpr Label label{"导出", "Export"};
    static constexpr OfflinePolicy offline = OfflinePolicy::Queued;
    /// Nobody takes more than this away at once (reliability.md, "Personal data").
    static constexpr int mostRows = 5000;

    QString entity;
    QString filter; // what narrowed the list, in the words that the person saw
    int rows = 0;
    bool masked = false; // no personal or confidential field is in it

    static constexpr std::tuple args{
        Arg{"entity", &ExportRecords::entity},
        Arg{"rows", &ExportRecords::rows},
        Arg{"masked", &ExportRecords::masked},
        Arg{"filter", &ExportRecords::filter, Need::Optional},
    };

    Result<> permit(CommandContext &context) const override;
    /// Errors: entity.unknown, export.too_many.
    Result<> apply(CommandContext &context) const override;

    /// The line of the audit trail; what the filter says may be personal and is kept beside it.
    QString auditObject() const;
};

} // namespace keydesk
