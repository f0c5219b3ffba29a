// What takes bytes from outside, for libFuzzer: keydesk-fuzz --target=NAME and the options of
// libFuzzer; --unpack=DIR and --pack=DIR carry the kept inputs instead and run nothing.

#include "corpus.h"
#include "fuzz_target.h"

#include <QCoreApplication>

#include <cstdint>
#include <cstdlib>
#include <memory>

using namespace keydesk::fuzz;

namespace {

// libFuzzer calls plain functions, so what they share lives here.
std::unique_ptr<Target> &chosen()
{
    static std::unique_ptr<Target> target;
    return target;
}

Target targetNamed(const QByteArray &name)
{
    for (const auto make : {frames, messages, filters, pages, csv, maps}) {
        Target target = make();
        if (name == target.name)
            return target;
    }
    qFatal("--target=frames, messages, filters, pages, csv or maps, not \"%s\"", name.constData());
}

QByteArray option(const QByteArrayList &arguments, const QByteArray &name)
{
    const QByteArray start = "--" + name + '=';
    for (const QByteArray &argument : arguments) {
        if (argument.startsWith(start))
            return argument.mid(start.size());
    }
    return {};
}

} // namespace

// As libFuzzer declares it. NOLINTNEXTLINE(readability-non-const-parameter)
extern "C" int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    static QCoreApplication application(*argc, *argv);
    const QByteArrayList arguments(*argv, *argv + *argc);
    chosen() = std::make_unique<Target>(targetNamed(option(arguments, "target")));
    const QString unpacked = QString::fromLocal8Bit(option(arguments, "unpack"));
    const QString packed = QString::fromLocal8Bit(option(arguments, "pack"));
    if (!unpacked.isEmpty())
        unpackCorpus(*chosen(), unpacked);
    if (!packed.isEmpty())
        packCorpus(*chosen(), packed);
    if (!unpacked.isEmpty() || !packed.isEmpty())
        std::_Exit(EXIT_SUCCESS);
    return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    chosen()->run(QByteArray(reinterpret_cast<const char *>(data), qsizetype(size)));
    return 0;
}
