#include "rules/rule_refusal.h"

#include "base/both_words.h"

namespace keydesk {

namespace {

QString filled(const Label &sentence, const QStringList &args, QLocale::Language language)
{
    QString words = sentence.text(language);
    for (qsizetype i = args.size(); i > 0; --i)
        words.replace(u'%' + QString::number(i), chosenWords(args.at(i - 1), language));
    return words;
}

} // namespace

// The sentence is the whole reason; the label beside it tells a form which field to mark.
Error refusedRule(const Label &sentence, const QStringList &args)
{
    return Error("usage"_reason,
                 {bothWords(filled(sentence, args, QLocale::Chinese),
                            filled(sentence, args, QLocale::English)),
                  args.value(0)});
}

} // namespace keydesk
