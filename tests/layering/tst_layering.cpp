#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>
#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

// One area of the house and the areas whose headers it may include besides its own. An area is a
// folder or a file; the longest one that a path begins with is the path's area.
struct Area
{
    QString path;
    QStringList mayInclude;
};

// Who may include whom. A new folder gets its row here, a new arrow its reason.
const QList<Area> &house()
{
    static const QStringList base{u"common/base"_s};
    static const QStringList schema = base + QStringList{u"common/schema"_s};
    static const QStringList domain = schema + QStringList{u"common/domain"_s};
    static const QStringList store = domain + QStringList{u"common/store"_s};
    static const QStringList deeds = store + QStringList{u"common/rules"_s, u"common/commands"_s};
    static const QStringList common{u"common"_s};

    static const QList<Area> areas{
        // common: what both programs share, each layer on those before it.
        {u"common/base"_s, {}},
        {u"common/schema"_s, base},
        {u"common/domain"_s, schema},
        {u"common/store"_s, domain},
        {u"common/rules"_s, store},
        {u"common/commands"_s,
         deeds + QStringList{u"common/protocol"_s}}, // arguments travel as CBOR
        {u"common/importing"_s, deeds},
        {u"common/reports"_s, store + QStringList{u"common/rules"_s}},
        {u"common/protocol"_s, schema},
        {u"common/sync"_s, deeds + QStringList{u"common/protocol"_s}},

        // server: sees common and itself; what decides knows nothing of connections.
        {u"server"_s, common},
        {u"server/sync"_s, common + QStringList{u"server/dispatch"_s}},
        {u"server/dispatch"_s, common},

        // app: the replica below, queries and models over the store, pages on top. Pages reach the
        // store only through queries, models and commands.
        {u"app/settings"_s, base},
        {u"app/sync"_s, common},
        {u"app/query"_s, common},
        {u"app/batch"_s,
         common + QStringList{u"app/query"_s, u"app/settings"_s, u"app/workbench.h"_s}},
        {u"app/models"_s, common + QStringList{u"app/query"_s}},
        {u"app/ui"_s,
         domain
             + QStringList{u"common/rules"_s, u"common/commands"_s, u"common/importing"_s,
                           u"common/reports"_s, u"app/query"_s, u"app/models"_s, u"app/settings"_s,
                           u"app/workbench.h"_s, u"app/workbench_sight.h"_s}},
        // The composition root builds and owns everything.
        {u"app/workbench"_s, common + QStringList{u"app"_s}},
        {u"app/workbench_commands"_s, common + QStringList{u"app"_s}},
        {u"app/workbench_sight"_s, common + QStringList{u"app"_s}},
        {u"app/main.cpp"_s, common + QStringList{u"app"_s}},
    };
    return areas;
}

// Headers of Qt and others that only the paths in `where` may include.
struct Fence
{
    QString headers; // regular expression over the whole name
    QStringList where;
    QString because;
};

const QList<Fence> &fences()
{
    static const QList<Fence> all{
        {u"QSql.*|QtSql.*|sqlite3\\.h"_s,
         {u"common/store"_s, u"tests"_s},
         u"only the store knows a SQL library"_s},
        {u"QSsl.*|QTcp.*|QUdp.*|QAbstractSocket|QHostAddress|QNetwork.*|QtNetwork.*|QLocal(Socket|Server)"_s,
         {u"app/sync"_s, u"app/batch"_s, u"app/workbench"_s, u"app/main.cpp"_s, u"server/net"_s,
          u"server/admin"_s, u"server/security"_s, u"server/host"_s, u"server/main.cpp"_s,
          u"tests"_s},
         u"sockets stay at the edges"_s},
        {u"QTimer|QBasicTimer|QElapsedTimer|QRandomGenerator|chrono|random"_s,
         {u"common/base"_s, u"app"_s, u"server"_s, u"tests"_s},
         u"what the simulation runs is given its time and its chance"_s},
    };
    return all;
}

struct Include
{
    QString name;
    bool isOurs = false; // "name", not <name>
    int line = 0;
};

QList<Include> includesOf(const QString &path)
{
    static const QRegularExpression pattern(uR"(^\s*#\s*include\s*(["<])([^">]+)[">])"_s);
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly | QIODevice::Text))
        return {};
    QList<Include> includes;
    int line = 0;
    while (!file.atEnd()) {
        ++line;
        const auto match = pattern.match(QString::fromUtf8(file.readLine()));
        if (match.hasMatch())
            includes << Include{match.captured(2), match.captured(1) == u"\""_s, line};
    }
    return includes;
}

// Is `path` the file `place`, or does it lie below it? "app/workbench" is also its .h and .cpp.
bool liesIn(const QString &path, const QString &place)
{
    return path.startsWith(place)
        && (path.size() == place.size() || path[place.size()] == u'/'
            || path[place.size()] == u'.');
}

bool liesInOne(const QString &path, const QStringList &places)
{
    return std::any_of(places.begin(), places.end(),
                       [&path](const QString &place) { return liesIn(path, place); });
}

const Area *areaOf(const QString &path)
{
    const Area *best = nullptr;
    for (const Area &area : house()) {
        if (liesIn(path, area.path) && (!best || area.path.size() > best->path.size()))
            best = &area;
    }
    return best;
}

} // namespace

// Reads the #include lines of the whole project and holds them against the tables above.
class TestLayering : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void everySourceHasAnArea();
    void everyIncludeNamesOneFileFromItsRoot();
    void areasIncludeOnlyWhatTheyMay();
    void foreignHeadersStayBehindTheirFence();

private:
    // The files below the include roots that `name` can mean.
    QStringList candidates(const QString &name) const;

    QDir m_root{QStringLiteral(SOURCE_DIR)};
    QStringList m_sources; // relative paths
};

void TestLayering::initTestCase()
{
    for (const QString &top : {u"common"_s, u"server"_s, u"app"_s}) {
        QDirIterator files(m_root.filePath(top), {u"*.h"_s, u"*.cpp"_s, u"*.inc"_s}, QDir::Files,
                           QDirIterator::Subdirectories);
        while (files.hasNext())
            m_sources << m_root.relativeFilePath(files.next());
    }
    m_sources.sort();
    QVERIFY2(m_sources.size() > 10, "the sources were not found");
}

QStringList TestLayering::candidates(const QString &name) const
{
    QStringList found;
    for (const QString &top : {u"common/"_s, u"server/"_s, u"app/"_s}) {
        if (QFile::exists(m_root.filePath(top + name)))
            found << top + name;
    }
    return found;
}

void TestLayering::everySourceHasAnArea()
{
    QStringList homeless;
    for (const QString &source : std::as_const(m_sources)) {
        if (!areaOf(source))
            homeless << source;
    }
    QVERIFY2(homeless.isEmpty(), qPrintable(u"no row in house() for: "_s + homeless.join(u", "_s)));
}

void TestLayering::everyIncludeNamesOneFileFromItsRoot()
{
    QStringList wrong;
    for (const QString &source : std::as_const(m_sources)) {
        for (const Include &include : includesOf(m_root.filePath(source))) {
            if (!include.isOurs || include.name.endsWith(u".moc"_s))
                continue;
            const QStringList found = candidates(include.name);
            if (found.size() != 1)
                wrong << u"%1:%2: \"%3\" means %4 files"_s.arg(source)
                             .arg(include.line)
                             .arg(include.name)
                             .arg(found.size());
        }
    }
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u'\n')));
}

void TestLayering::areasIncludeOnlyWhatTheyMay()
{
    QStringList wrong;
    for (const QString &source : std::as_const(m_sources)) {
        const Area *area = areaOf(source);
        if (!area)
            continue;
        for (const Include &include : includesOf(m_root.filePath(source))) {
            const QStringList found = include.isOurs ? candidates(include.name) : QStringList();
            for (const QString &target : found) {
                if (!liesIn(target, area->path) && !liesInOne(target, area->mayInclude))
                    wrong << u"%1:%2: %3 must not include %4"_s.arg(source)
                                 .arg(include.line)
                                 .arg(area->path, target);
            }
        }
    }
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u'\n')));
}

void TestLayering::foreignHeadersStayBehindTheirFence()
{
    QStringList wrong;
    for (const Fence &fence : fences()) {
        const QRegularExpression headers(QRegularExpression::anchoredPattern(fence.headers));
        for (const QString &source : std::as_const(m_sources)) {
            if (liesInOne(source, fence.where))
                continue;
            for (const Include &include : includesOf(m_root.filePath(source))) {
                if (!include.isOurs && headers.match(include.name).hasMatch())
                    wrong << u"%1:%2: <%3>: %4"_s.arg(source)
                                 .arg(include.line)
                                 .arg(include.name, fence.because);
            }
        }
    }
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u'\n')));
}

QTEST_GUILESS_MAIN(TestLayering)
#include "tst_layering.moc"
