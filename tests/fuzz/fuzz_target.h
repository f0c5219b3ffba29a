#pragma once

#include <QByteArray>

#include <functional>
#include <vector>

namespace keydesk::fuzz {

// One thing that bytes from outside reach. `run` takes any bytes; it may refuse them, but must not
// crash, leak, or break what it promises: then it calls qFatal.
struct Target
{
    const char *name;
    std::function<void(const QByteArray &)> run;
    std::vector<QByteArray> seeds; // well-formed ones, beside those of the corpus
    std::vector<QByteArray> words; // that mean something there
};

Target frames();
Target messages();
Target filters();
Target pages();
Target csv();
Target maps();

} // namespace keydesk::fuzz
