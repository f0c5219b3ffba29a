#include "importing/demo/demo_script.h"

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

const ProductOffering &productFor(DemoWorld &world, const Account &account,
                                  std::optional<ProductFamily> family)
{
    for (;;) {
        const ProductOffering &product = world.random.pick(world.products);
        const bool big = product.listPriceFen.fen >= 80'000 && !family;
        if (family && product.family != *family)
            continue;
        if (product.listPriceFen.fen > 0 && (!big || account.employees >= 40))
            return product;
    }
}

/// A quantity in the product's unit that fits the size of the customer.
int quantityFor(DemoRandom &random, const ProductOffering &product, const Account &account)
{
    const bool perHead = product.unit == u"成员" || product.unit == u"邮箱"
        || product.unit == u"终端";
    return perHead ? std::max(10, account.employees * random.between(20, 80) / 100)
                   : random.between(1, 4);
}

void writeContacts(DemoWorld &world, Opportunity &opportunity, const Account &account)
{
    const auto contacts = world.contactsOf(account);
    const Contact &contact = *contacts.front();
    opportunity.contactId = contact.id;
    opportunity.contactName = contact.name;
    opportunity.contactPhone = contact.phone;
    opportunity.contactDepartment = contact.department;
    opportunity.contactTime = world.random.chance(50) ? u"工作日上午"_s : u"工作日下午"_s;
    if (contacts.size() < 2)
        return;
    const Contact &key = *contacts[1];
    opportunity.keyPersonId = key.id;
    opportunity.keyPersonName = key.name;
    opportunity.keyPersonTitle = key.jobTitle;
    opportunity.keyPersonAttitude = key.attitude;
    if (world.random.chance(60))
        opportunity.keyPersonPhone = key.phone;
}

void writeEnterprise(DemoWorld &world, Opportunity &opportunity, const Account &account)
{
    opportunity.entName = account.name;
    opportunity.entIndustryId = account.industryId;
    opportunity.entOwnership = account.ownership;
    opportunity.entAddress = account.address;
    if (world.random.chance(70)) {
        opportunity.entEmployees = account.employees;
        opportunity.entBranches = account.branches;
    }
}

void writeInformatisation(DemoWorld &world, Opportunity &opportunity)
{
    static const char *const systems[] = {"财务软件、考勤系统", "ERP、进销存", "OA办公系统",
                                          "视频监控、门禁", "医院HIS系统、排队叫号"};
    opportunity.itLevel = InformatisationLevel(world.random.between(2, 5));
    opportunity.itOperator = Operator(world.random.between(1, 3));
    opportunity.itSystems = QString::fromUtf8(systems[world.random.between(0, 4)]);
    opportunity.itTerminals = world.random.between(5, 400);
    if (world.random.chance(40))
        opportunity.itContractUntil = world.today.addDays(world.random.between(20, 300));
    if (world.random.chance(40))
        opportunity.itSpendFen = {world.random.between(5, 200) * 10'000};
}

void writeNeed(DemoWorld &world, DemoStory &story, const Account &account,
               std::optional<ProductFamily> family)
{
    Opportunity &opportunity = story.opportunity;
    const ProductOffering &product = productFor(world, account, family);
    const int quantity = quantityFor(world.random, product, account);
    const bool expand = account.status != AccountStatus::Potential && world.random.chance(40);
    opportunity.needKinds.keys = {keyOf(expand ? NeedKind::Expansion : NeedKind::NewBusiness)};
    const QString amount = QString::number(quantity) + product.unit;
    opportunity.needUsers = quantity;
    opportunity.needSites = 1 + std::min(account.branches, 5);
    opportunity.needSummary = (expand ? u"现有%1不够用，希望增加%2。"_s : u"希望开通%1，约%2。"_s)
                                  .arg(product.name, amount)
        + (world.random.chance(50) ? u"关注开通时间和资费优惠。"_s : u"要求先提供方案和报价。"_s);
    if (world.random.chance(30))
        opportunity.needBy = world.today.addDays(world.random.between(10, 60));
    if (world.random.chance(25))
        opportunity.needCompetitor = u"中国联通"_s;
    if (family || world.random.chance(75)) {
        opportunity.productNamed = opportunity.needStated = true;
        opportunity.productId = product.id;
        opportunity.quantity = quantity;
        opportunity.valueFen = {product.listPriceFen.fen * quantity};
        opportunity.title = (expand ? u"%1扩容%2"_s : u"新装%1%2"_s).arg(product.name, amount);
        story.addItem(product, quantity, expand ? ItemAction::Change : ItemAction::Open);
    } else {
        opportunity.title = expand ? u"通信业务扩容需求"_s : u"办公通信需求，产品待推荐"_s;
        opportunity.needProducts = {product.name};
    }
}

const ProductOffering &namedProduct(DemoWorld &world, const Opportunity &opportunity)
{
    for (const ProductOffering &product : world.products) {
        if (product.id == opportunity.productId || opportunity.needProducts.contains(product.name))
            return product;
    }
    return world.products.front();
}

} // namespace

void writeElements(DemoWorld &world, DemoStory &story, const Account &account, Told told,
                   std::optional<ProductFamily> family)
{
    Opportunity &opportunity = story.opportunity;
    opportunity.entName = account.name;
    opportunity.captureMode = world.random.chance(80) ? CaptureMode::Passive : CaptureMode::Active;
    if (told == Told::NothingFirm) {
        opportunity.title = u"咨询集团业务资费"_s;
        opportunity.needKinds.keys = {keyOf(NeedKind::Consultation)};
        return;
    }
    opportunity.willing = true;
    if (told == Told::TooLittle) {
        opportunity.title = u"来电表示有通信需求，未说明细节"_s;
        opportunity.captureNote = u"客户通话中断，未留下联系电话。"_s;
        return;
    }
    writeEnterprise(world, opportunity, account);
    writeContacts(world, opportunity, account);
    writeNeed(world, story, account, family);
    if (world.random.chance(65))
        writeInformatisation(world, opportunity);
    opportunity.urgency = world.random.chance(15) ? Urgency::Urgent : Urgency::Normal;
}

void writeSale(DemoWorld &world, DemoStory &story, SalesStage stage)
{
    Opportunity &opportunity = story.opportunity;
    opportunity.nextStep = stage <= SalesStage::Need ? u"上门了解现状和决策流程"_s
                                                     : u"提交方案并约见关键人"_s;
    opportunity.nextStepOn = world.today.addDays(world.random.between(-1, 10));
    if (stage < SalesStage::PreProposal)
        return;
    const ProductOffering &product = namedProduct(world, opportunity);
    if (opportunity.productId.isNull()) {
        opportunity.productNamed = opportunity.needStated = true;
        opportunity.productId = product.id;
        opportunity.quantity = std::max(1, opportunity.needUsers);
        story.addItem(product, opportunity.quantity, ItemAction::Open);
    }
    if (opportunity.keyPersonName.isEmpty())
        opportunity.keyPersonName = opportunity.contactName;
    story.note(story.time(), opportunity.ownerId, NoteKind::Visit,
               u"走访客户，了解组织架构和现有通信手段，确认关键人。"_s);
    if (stage < SalesStage::Proposal)
        return;
    opportunity.preProposal = u"推荐%1，分两步实施，先开通总部。"_s.arg(product.name);
    opportunity.valueFen = {product.listPriceFen.fen * opportunity.quantity};
    if (stage < SalesStage::Negotiation)
        return;
    opportunity.technicalSolution = u"采用%1，双路由接入，客户侧设备由我方提供。"_s.arg(
        product.name);
    opportunity.commercialTerms = u"协议期24个月，月费按标准资费九五折，免一次性费用。"_s;
    opportunity.closeDate = world.today.addDays(world.random.between(5, 45));
    if (stage < SalesStage::Signing)
        return;
    opportunity.negotiationResult = u"客户接受商务条款，等待内部用章。"_s;
    opportunity.signedOn = businessDate(story.time()).addDays(3);
}

} // namespace keydesk
