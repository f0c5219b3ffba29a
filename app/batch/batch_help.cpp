#include "batch/batch.h"

namespace keydesk {

// For scripts and their authors, so in English alone.
QString Batch::help()
{
    return QStringLiteral(R"(
Batch mode reads one JSON object a line on standard input and answers one JSON object a line on
standard output, in order. Exit code 0: all requests were answered. 2: nobody could be signed in
(the reason stands on standard error), or the login was taken away amid the work: every request that
is left is answered with that error first.

  {"command":NAME,"args":{...}}
      Queues a command: {"ok":true,"no":LOCAL NUMBER,"state":"queued","previewed":BOOL,"record":ID}
      or {"ok":false,"error":{"code","reason","message"}}. "record" is the id of the record that the
      command makes, if it makes one.
  {"query":ENTITY,"where":{FIELD:VALUE | {"op":OP,"value":V}},"text":WORDS,"fields":[..],
   "order":["FIELD","-FIELD"],"limit":N}
      Reads the local replica: {"ok":true,"rows":[{"id":..,FIELD:VALUE,..}]}. OP is one of = != < <=
      > >= in contains null; "in" takes a list; {"op":"null","value":false} asks for filled-in ones;
      a list of conditions on one field must all hold. Without "fields" all fields come; a field may
      be a path through references: "account_id.name". "-" before a field of "order" sorts down.
      "limit" is 1000 if absent.
  {"search":TEXT,"limit":N}
      By Chinese, pinyin initials, number or telephone: {"ok":true,"hits":[{"entity","id","title",
      "detail"}],"callers":[{"entity","id","title","account_id","account_name",
      "details_online_only"}]}.
  {"sync":true,"timeout_ms":N}
      Waits until the queue is answered and the cursor is at the server's head:
      {"ok":true,"cursor":N,"queued":0,"rejected":[{"no","command","args","error"}]}; when the time
      (30000 ms if absent) is over, the same with "ok":false and "error".
  {"link":"down"|"up"}
      Cuts the line to the server and keeps it cut, or lets it come back.
  {"wait":{"query":ENTITY,"where":..,"count":N},"timeout_ms":N}
      Waits until at least N rows match, or with N = 0 none: {"ok":true,"count":N}.
  {"status":true}
      {"ok":true,"state","cursor","head","queued","rejected","ready","link","user","user_id"}, and
      "problem":{"code","reason","message"} while the line is down or the session has ended.
  {"dismiss":NO}
      Puts a rejected command aside.
  {"retry":NO,"args":{...}}
      Queues it again as a new command, with these arguments in place of those of the same name: for
      a conflict, "seen" with the values that hold now. Rejected commands on what it was to make
      follow it.
  Anything else is answered {"ok":false,"error":{..}}.

Values: entities and fields by their names in the field table, enums by key, several keys or words
as one text separated by commas, amounts in fen, rates in basis points, dates as yyyy-mm-dd,
instants in UTC milliseconds (conditions also take yyyy-mm-dd hh:mm, China time), yes/no as
true/false. References stand as ids in answers; in conditions and arguments also by the record's
business key (staff number, area or product code, group code, SJ- number) or, where only one record
of that kind has it, by its name.
)");
}

} // namespace keydesk
