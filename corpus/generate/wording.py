"""Sentences without numbers (套话): what reports say between their figures."""

BACKGROUND = (
    "为贯彻落实上级有关决策部署，补齐公共服务短板，{bureau}会同有关单位组织实施{project}。",
    "近年来，群众对公共服务的要求不断提高，原有设施和服务能力难以满足需要，{place}人民政府将{project}列入民生实事。",
    "{project}属于延续性工作，由{bureau}负责组织实施，各镇（乡）配合开展日常管理。",
    "按照“统筹规划、突出重点、注重实效”的原则，{bureau}编制了实施方案，明确了任务分工和时间要求。",
)
METHOD = (
    "评价采用成本效益分析法、比较法、因素分析法和公众评判法，遵循科学公正、绩效相关、公开透明的原则。",
    "评价组按照前期准备、资料审核、现场核查、综合分析的步骤开展工作，现场查阅了会计凭证和业务档案。",
    "工作中坚持定量与定性相结合，以定量分析为主，对难以量化的内容通过访谈和实地查看作出判断。",
)
CONCLUSION = (
    "总体来看，项目立项依据较为充分，组织实施有序，取得了较好的效果，但在精细化管理方面仍有改进空间。",
    "评价认为，资金使用总体规范，主要任务基本落实，同时也存在预算编制不够精细、档案管理不够规范等情况。",
    "从评价情况看，项目决策过程规范，管理制度基本健全，服务对象认可程度较高。",
)
PROBLEMS = (
    ("预算编制不够精细", "部分支出内容没有明确的测算依据，年中调整较多，影响了预算的约束力。"),
    ("绩效管理意识有待加强", "个别单位对绩效目标的认识停留在填表层面，指标设置与业务工作脱节。"),
    ("档案资料不够完整", "现场核查发现，部分验收资料签字不全，过程资料归集不及时。"),
    ("后续管护机制有待完善", "设施移交以后，管护责任和经费来源没有完全落实，影响效益的持续发挥。"),
    ("部门协同不够顺畅", "信息共享渠道不畅，数据重复采集，增加了基层负担。"),
    ("宣传引导力度不足", "部分服务对象对政策内容和办理流程了解不够。"),
)
ADVICE = (
    ("细化预算编制", "建议按照支出标准和任务量逐项测算，减少年中调整。"),
    ("强化绩效管理", "建议将绩效目标分解到岗位，开展业务培训，完善监控机制。"),
    ("规范档案管理", "建议统一归档目录，随项目进度同步收集资料。"),
    ("健全长效机制", "建议明确管护主体，落实经费来源，定期开展检查。"),
    ("加强部门协同", "建议建立联席会议制度，推动数据共享。"),
    ("加大宣传力度", "建议通过多种渠道公开政策内容，畅通咨询和投诉途径。"),
)
RESULTS = (
    "改善了公共服务条件。通过项目实施，服务设施明显改善，服务流程更加规范。",
    "提升了群众获得感。受访对象普遍反映办事更加方便，服务态度有了明显转变。",
    "锻炼了基层队伍。通过培训和实践，工作人员的业务能力有所提高。",
    "形成了工作经验。部分做法在相邻地区得到推广。",
)
LEAF_SENTENCES = (
    "{name}。{told}。该指标满分{weight}分，得分{score}分，得分率{rate}。",
    "{name}（满分{weight}分，得{score}分）。{told}。",
    "{name}：分值{weight}分，得{score}分，得分率{rate}。{told}。",
    "{name}（分值{weight}分）。{told}。该项指标得{score}分。",
    "{name}。{told}。该指标权重{weight}分，评价得分{score}分，得分率为{rate}。",
)
TOP_HEADS = (
    "{top}分析（满分{weight}分，得分{score}分，得分率{rate}）",
    "{top}（权重{weight}分，得分{score}分）",
    "{top}情况",
)
TOP_SENTENCES = (
    "{top}权重{weight}分，得分{score}分，得分率{rate}。",
    "{top}满分为{weight}分，评价得分{score}分，得分率为{rate}。",
)
TOTALS = (
    "经综合评价，{project}得分{score}分，评价等级为{grade}。",
    "{project}绩效评价综合得分为{score}分，绩效等级为{grade}。",
    "根据评价指标体系和评分标准，该项目最终得分{score}分，评定等级为{grade}。",
)
# Ways to tell one fact; `{name}` and the like are filled in by whoever writes it.
BUDGETS = (
    "{year}年{project}年初预算安排{amount}",
    "{year}年度{project}预算批复金额为{amount}",
    "{year}年，{project}共安排财政资金{amount}",
    "{project}{year}年度预算总额{amount}",
)
SOURCES = ("，其中{told}", "，其中：{told}", "，包括{told}")
RECOVERIES = (
    ("；年中收回{recovered}", "，实际下达{available}"),
    ("；年中调减{recovered}", "，调整后预算{available}"),
    ("；当年收回{recovered}", "，实际下达预算{available}"),
)
SPENDINGS = (
    "。截至{year}年12月31日，累计支出{spent}，预算执行率{rate}。",
    "。截至{year}年底，项目实际支出{spent}，预算执行率为{rate}。",
    "。全年实际支出{spent}，预算执行率达到{rate}。",
)
ITEM_LISTS = (
    "支出明细为：{told}，合计{total}。",
    "按支出内容划分：{told}，共计{total}。",
    "资金支出构成：{told}，合计{total}。",
)
RETURNS = (
    "本次向{served}发放问卷{out}份，收回{back}份，回收率{rate}，其中有效问卷{valid}份。",
    "评价组面向{served}共下发调查问卷{out}份，实际回收{back}份，问卷回收率为{rate}，其中有效问卷{valid}份。",
    "问卷调查对象为{served}，发出问卷{out}份，回收{back}份，回收率达{rate}，剔除无效问卷后有效问卷为{valid}份。",
    "调查以问卷形式开展，共发放{out}份。实际收回{back}份，回收率{rate}，有效问卷{valid}份。",
)
SATISFIED = (
    "{valid}份有效问卷中，{glad}份表示满意或很满意，满意度为{rate}。",
    "在{valid}份有效问卷中，选择满意及以上的有{glad}份，满意度{rate}。",
    "有效问卷{valid}份，其中评价为满意、很满意的{glad}份，满意度达到{rate}。",
)
GROWTHS = (
    "全{level}{name}由{before_year}年的{before}{unit}{way}到{year}年的{now}{unit}，{way}{rate}。",
    "{year}年全{level}{name}{now}{unit}，比{before_year}年的{before}{unit}{way}{rate}。",
    "全{level}{name}从{before_year}年{before}{unit}{way}至{year}年{now}{unit}，{way}{rate}。",
)
COUNTS = (
    "评价指标体系由{一级}个一级指标、{二级}个二级指标、{三级}个三级指标构成，满分100分。",
    "评价指标体系共设一级指标{一级}个、二级指标{二级}个、三级指标{三级}个，总分100分。",
    "指标体系包括{一级}个一级指标、{二级}个二级指标和{三级}个三级指标，满分为100分。",
)
PROBLEM_LEADS = (
    "评价发现，项目主要存在{count}个方面的问题：",
    "经评价，项目实施中存在以下{count}个问题：",
    "通过现场核查和资料审核，发现{count}方面问题：",
)
RESULT_LEADS = ("项目成效主要体现在{count}个方面：", "总体看，项目取得了{count}方面成效：")
DEEDS = (
    ("计划{deed}{{target}}{unit}，实际{deed}{{actual}}{unit}", "，完成率{{percent}}"),
    ("年初计划{deed}{{target}}{unit}，全年实际完成{{actual}}{unit}", "，完成率为{{percent}}"),
    ("目标任务为{deed}{{target}}{unit}，实际完成{{actual}}{unit}", "，任务完成率{{percent}}"),
)
CHECKS = (
    "抽查{things}{{whole}}{unit}，其中{{part}}{unit}符合要求，占比{{percent}}",
    "共抽查{things}{{whole}}{unit}，其中{{part}}{unit}达到标准，占抽查总数的{{percent}}",
    "现场核查{things}{{whole}}{unit}，{{part}}{unit}达标，达标率{{percent}}",
)
