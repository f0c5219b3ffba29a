#include "importing/demo/demo_names.h"

#include <QStringList>

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

struct Trade
{
    const char *word;
    const char *industry;
};

constexpr Trade trades[] = {
    {"机床制造", "1504"}, {"精密机械", "1501"},   {"电气设备", "1401"}, {"仪器仪表", "1402"},
    {"软件", "1305"},     {"网络科技", "1306"},   {"半导体", "1304"},   {"通信设备", "1301"},
    {"医疗器械", "1705"}, {"生物制药", "1703"},   {"药业", "1702"},     {"医药", "1704"},
    {"化工", "1801"},     {"新材料", "1805"},     {"铜业", "1904"},     {"建设工程", "2101"},
    {"建材", "2106"},     {"置业", "2202"},       {"物业服务", "2205"}, {"园区开发", "2204"},
    {"食品", "2301"},     {"乳业", "2302"},       {"茶业", "2401"},     {"花卉", "2405"},
    {"纺织", "2501"},     {"服饰", "2502"},       {"家居", "2505"},     {"商贸", "2605"},
    {"连锁超市", "2602"}, {"物流", "2709"},       {"运输", "2702"},     {"旅行社", "2802"},
    {"酒店管理", "2803"}, {"环保科技", "2009"},   {"新能源", "2007"},   {"燃气", "2002"},
    {"汽车销售", "1603"}, {"汽车零部件", "1602"}, {"人力资源", "2902"}, {"广告传媒", "2504"},
};

struct Body
{
    const char *pattern; // %1 the district, %2 a number
    const char *industry;
};

constexpr Body bodies[] = {
    {"%1政务服务中心", "1001"}, {"%1市场监管所", "1001"},   {"%1文化和旅游局", "1001"},
    {"%1卫生健康局", "1001"},   {"%1教育体育局", "1001"},   {"%1住房和建设局", "1001"},
    {"%1水务管理处", "1001"},   {"%1应急指挥中心", "1002"}, {"%1交通警务站", "1002"},
    {"%1第%2中学", "1101"},     {"%1第%2实验小学", "1101"}, {"%1职业技术学校", "1101"},
    {"%1人民医院", "1102"},     {"%1中医院", "1102"},       {"%1农业科学研究所", "1103"},
    {"%1商会", "1004"},         {"%1图书馆", "1104"},       {"%1公共交通站务所", "2701"},
};

std::vector<QString> words(const char *text)
{
    const QStringList list = QString::fromUtf8(text).split(u' ');
    return {list.begin(), list.end()};
}

// Pairs of these make brands that read well and that no register is likely to know.
const char *const brandFirst = "澜 钧 砚 霁 岱 珩 翊 嵘 骁 沅 蘅 樾 邃 昶 旌 琮 煦 峤 滢 筠";
const char *const brandSecond = "沛 衡 岑 朔 蓁 禾 珞 屹 川 棠 野 序 黎 畅 弈 舟 庭 曜 澍 越";
const char *const familyNames =
    "李 王 张 刘 陈 杨 赵 黄 周 吴 徐 孙 胡 朱 高 林 何 郭 马 罗 梁 宋 郑 谢 韩 唐 冯 于 董 萧 "
    "程 曹 袁 邓 许 傅 沈 曾 彭 吕 段 普 和 木 陆 顾 钱 范 单 解 仇 区";
const char *const givenFirst =
    "文 志 晓 建 海 春 丽 国 嘉 雨 思 明 俊 雪 宏 玉 永 佳 子 梦 立 静 庆 安";
const char *const givenSecond =
    "华 强 敏 军 霞 平 婷 杰 磊 燕 波 宁 涛 娟 峰 琳 斌 洁 辉 颖 凯 萍 龙 欣";
const char *const streets =
    "望湖路 锦程大道 青柏路 云栖街 创业路 滨河北路 学府西街 新枫路 石桥路 凤翔街 科技二路 迎晖路";

QString number(int value)
{
    static const char *const digits[] = {"零", "一", "二", "三", "四",
                                         "五", "六", "七", "八", "九"};
    const QString tens = value >= 20 ? QString::fromUtf8(digits[value / 10]) : QString();
    const QString ones = value % 10 ? QString::fromUtf8(digits[value % 10]) : QString();
    return value < 10 ? ones : tens + u"十"_s + ones;
}

} // namespace

QString demoCity(const QString &areaCode)
{
    return areaCode == u"5301" ? u"昆明"_s : u"苏州"_s;
}

QString DemoNames::person()
{
    for (;;) {
        QString name = m_random.pick(words(familyNames)) + m_random.pick(words(givenFirst));
        if (m_random.chance(75))
            name += m_random.pick(words(givenSecond));
        if (m_used.insert(name).second)
            return name;
    }
}

DemoOrganisation DemoNames::organisation(const QString &areaCode)
{
    for (;;) {
        const QString city = demoCity(areaCode);
        DemoOrganisation found = m_random.chance(18) ? publicBody(areaCode, city) : company(city);
        if (m_used.insert(found.name).second)
            return found;
    }
}

DemoOrganisation DemoNames::company(const QString &city)
{
    const Trade &trade = trades[m_random.between(0, int(std::size(trades)) - 1)];
    const QString brand = m_random.pick(words(brandFirst)) + m_random.pick(words(brandSecond));
    const QString word = QString::fromUtf8(trade.word);
    const QString form = m_random.chance(25) ? u"股份有限公司"_s
        : m_random.chance(12)                ? u"集团有限公司"_s
                                             : u"有限公司"_s;
    if (!m_used.insert(brand).second)
        return company(city);
    return {city + brand + word + form, brand + word, QString::fromLatin1(trade.industry), false};
}

DemoOrganisation DemoNames::publicBody(const QString &areaCode, const QString &city)
{
    const Body &body = bodies[m_random.between(0, int(std::size(bodies)) - 1)];
    QString name = QString::fromUtf8(body.pattern);
    const QString place = district(areaCode);
    const QString shortPlace = place.chopped(place.endsWith(u"新区") ? 2 : 1);
    if (name.contains(u"%2"))
        name = name.arg(u"%1"_s, number(m_random.between(31, 79)));
    const QString shortName = name.arg(shortPlace);
    return {city + u'市' + name.arg(place), shortName, QString::fromLatin1(body.industry), true};
}

QString DemoNames::district(const QString &areaCode)
{
    return m_random.pick(areaCode == u"5301" ? words("翠澜区 金坡区 滇月区 云栖新区 石屏山区")
                                             : words("沧月区 娄台区 澹湖区 枫桥新区 震湖区"));
}

QString DemoNames::street()
{
    return m_random.pick(words(streets)) + QString::number(m_random.between(1, 388)) + u'号';
}

QString DemoNames::mobile()
{
    // Scattered so that neighbours do not share their digits; a bijection, so none comes twice.
    const int serial = (++m_mobiles * 7919) % 999'983;
    return u"15400%1"_s.arg(serial, 6, 10, QLatin1Char('0'));
}

QString DemoNames::landline(const QString &areaCode)
{
    const int serial = (++m_landlines * 7919) % 999'983;
    return (areaCode == u"5301" ? u"0871-63%1"_s : u"0512-62%1"_s)
        .arg(serial, 6, 10, QLatin1Char('0'));
}

QString DemoNames::mail()
{
    return u"user%1@demo.example"_s.arg(++m_mails, 4, 10, QLatin1Char('0'));
}

} // namespace keydesk
