//! Chinese names, found by the words before or behind them.

use super::text::TextCharacters;
use super::{MaskKind, MaskSpan};
use crate::survey::names::is_chinese;

/// Common surnames.
const SURNAMES: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付傅方白邹孟熊秦邱江尹薛闫段雷侯龙陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤";
/// Surnames that count only if the text is nothing but a name.
const RARE: &str = "康施洪樊兰殷齐易乔伍庞颜倪庄聂章鲁岳翟申欧耿关焦左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤穆农司卓古吉缪简项连芦麦褚娄窦戚岑景宫费卜冷晏席卫米柏宗瞿桂佟应臧闵苟边卞姬栾隋刁沙荣巫寇桑郎甄丛仲虞敖巩佘查麻苑迟邝";
/// Surnames of two characters.
const LONG: &[&str] =
    &["欧阳", "上官", "司马", "诸葛", "司徒", "东方", "皇甫", "夏侯", "尉迟", "公孙", "慕容"];
/// Words behind a name.
const HONORIFICS: &[&str] = &[
    "先生",
    "女士",
    "小姐",
    "太太",
    "老师",
    "医生",
    "大夫",
    "护士",
    "经理",
    "师傅",
    "阿姨",
    "教授",
    "主任",
    "店长",
    "同学",
    "同事",
    "律师",
    "工程师",
    "总监",
    "董事长",
    "院长",
    "校长",
    "部长",
    "科长",
    "组长",
    "博士",
    "教练",
    "司机",
    "顾问",
    "主管",
    "客服",
    "机长",
    "乘务长",
    "叔叔",
    "专员",
    "站长",
];
/// Words before a name; true if only the surname follows.
const CALLED: &[(&str, bool)] = &[
    ("我叫", false),
    ("我名叫", false),
    ("名字叫", false),
    ("名字是", false),
    ("姓名", false),
    ("联系人", false),
    ("我姓", true),
    ("采访了", false),
    ("采访对象", false),
    ("采访", false),
    ("访谈了", false),
    ("访谈对象", false),
    ("访谈", false),
    ("受访者", false),
    ("受访人", false),
    ("负责人", false),
    ("经办人", false),
    ("记录人", false),
    ("主持人", false),
    ("访谈人", false),
    ("来自", false),
    ("根据", false),
    ("据", false),
];
/// Phrases whose name is before another word: "与王建国沟通", "王芳的反馈" behind "来自".
const SPOKEN: &[&str] = &["与", "和", "跟", "同", "对"];
/// Words for meeting somebody, behind the name.
const DONE: &[&str] = &[
    "沟通",
    "访谈",
    "交流",
    "通话",
    "面谈",
    "确认",
    "讨论",
    "电话",
    "会谈",
    "的采访",
    "的访谈",
    "进行访谈",
    "进行采访",
];
/// Words for the statement of somebody, behind the name.
const SAID: &[&str] =
    &["的反馈", "反馈", "的意见", "的建议", "的投诉", "说", "表示", "称", "介绍", "反映", "所说"];
/// Words that begin or end with what could be a surname.
const NOT_NAMES: &[&str] = &[
    "任何", "对方", "我方", "官方", "双方", "对于", "由于", "关于", "谢谢", "方向", "公路", "黄金", "甲方",
    "乙方", "三方", "各方", "多方", "地方", "责任", "信任", "主任", "资金", "现金", "基金", "奖金", "押金",
    "定金", "高端", "高频", "高峰", "高级", "高净", "高铁", "高价", "高校", "高中", "高管", "高层", "方案",
    "方法", "方便", "方式", "任务", "金额", "金融", "金牌", "金卡", "白领", "白天", "白金", "马上", "马来",
    "马拉", "江苏", "江西", "黄山", "石家", "石油", "何时", "何地", "钱包", "万达", "万科", "严重", "曾经",
    "董事", "程序", "余额", "范围", "雷达", "龙头", "毛利", "武汉", "许多", "顾客", "周末", "周边", "周期",
    "周一", "周二", "周三", "周四", "周五", "周六", "周日", "郑州", "程度", "苏州", "沈阳", "夏天", "夏季",
    "秦皇", "向导", "杜绝", "张家", "王府", "李宁", "孙子", "林业", "徐州", "杭州", "广州", "陆续", "汤臣",
    "贺卡", "熊猫", "雷同", "段落", "钟点", "姚明", "田园", "唐山", "宋体", "梁柱", "邓白", "魏都", "付款",
    "付费", "傅里", "武术", "戴森", "莫名", "孔子", "万元", "马桶", "金属",
];
/// Endings of words for companies, teams and kinds of customers.
const GROUPS: &[&str] = &[
    "部", "组", "处", "科", "队", "室", "厂", "店", "商", "者", "客", "方", "中心", "团队", "公司", "集团",
    "人员", "用户", "客户", "顾客", "旅客", "乘客", "游客", "族", "员", "户", "司", "领", "部门", "平台",
    "系统", "门店",
];
/// Given names that are everyday words.
const EVERYDAY: &[&str] =
    &["和平", "文明", "建设", "胜利", "自由", "光明", "自然", "开心", "小心", "方便", "安全"];
/// Characters that end a name.
const ENDS: &str = "的了是在来从今很想和也要对不就都有，。说称与跟及等表反提认觉";
/// The most characters of a name.
const PARTS: usize = 3;

/// Finds names.
pub(super) fn find_chinese(signs: &TextCharacters<'_>, spans: &mut Vec<MaskSpan>) {
    for place in (0..signs.len()).filter(|place| signs.char_at(*place).is_some_and(is_chinese)) {
        spans.extend(called(signs, place));
        spans.extend(honoured(signs, place));
        spans.extend(spoken(signs, place));
    }
}

fn begins_surname(signs: &TextCharacters<'_>, place: usize) -> bool {
    signs.char_at(place).is_some_and(|sign| SURNAMES.contains(sign)) || is_long(signs, place)
}

fn is_long(signs: &TextCharacters<'_>, place: usize) -> bool {
    LONG.iter().any(|name| signs.starts_with(place, name))
}

/// True if a word that is no name begins at a place, or just before it.
fn is_word(signs: &TextCharacters<'_>, place: usize) -> bool {
    let at = |from: usize| NOT_NAMES.iter().any(|word| signs.starts_with(from, word));
    at(place) || place.checked_sub(1).is_some_and(at)
}

fn starts_any(signs: &TextCharacters<'_>, place: usize, words: &[&str]) -> bool {
    words.iter().any(|word| signs.starts_with(place, word))
}

fn called(signs: &TextCharacters<'_>, place: usize) -> Option<MaskSpan> {
    let (phrase, surname) = CALLED.iter().find(|(phrase, _)| signs.starts_with(place, phrase))?;
    let behind = place + phrase.chars().count();
    let start = signs.while_from(behind, |c| "：: 是为叫".contains(c));
    let familiar = signs.char_at(start).is_some_and(|sign| "小老阿".contains(sign));
    if (!familiar && !begins_surname(signs, start)) || is_word(signs, start) {
        return None;
    }
    let heard = matches!(*phrase, "来自" | "根据" | "据");
    if familiar
        && (heard || phrase.starts_with('采') || phrase.starts_with('访'))
        && !begins_surname(signs, start + 1)
    {
        return None;
    }
    let most = if familiar { 2 } else { usize::from(is_long(signs, start)) + if *surname { 1 } else { 3 } };
    let run = signs.while_from(start, |c| is_chinese(c) && !ENDS.contains(c));
    let stops = |end: &usize| starts_any(signs, *end, SAID) || starts_any(signs, *end, HONORIFICS);
    let end = (start + 1..=run.min(start + most)).find(stops);
    let end = end.unwrap_or(run.min(start + most));
    // "据王芳反映" cites somebody; "据金额计算" does not.
    let is_heard = starts_any(signs, end, SAID) || starts_any(signs, end, HONORIFICS);
    if (heard && (!is_heard || end < start + 2)) || is_group(signs.text(start, end)) {
        return None;
    }
    // If the text continues behind the longest name, it is a word: "采访高端客户".
    let goes_on = !surname && !familiar && run > end && !starts_any(signs, end, HONORIFICS) && !heard;
    if goes_on && starts_any(signs, end - 1, GROUPS) {
        return None;
    }
    (end > start).then_some(MaskSpan { start, end, what: MaskKind::Name })
}

/// Finds the name between "与" and a word for meeting somebody.
fn spoken(signs: &TextCharacters<'_>, place: usize) -> Option<MaskSpan> {
    let before = SPOKEN.iter().find(|word| signs.starts_with(place, word))?;
    let start = place + before.chars().count();
    if !begins_surname(signs, start) || is_word(signs, start) {
        return None;
    }
    let longest = PARTS + usize::from(is_long(signs, start));
    let end = (start + 2..=start + longest).find(|end| starts_any(signs, *end, DONE))?;
    let name = signs.text(start, end);
    (name.chars().all(is_chinese) && !is_group(name)).then_some(MaskSpan { start, end, what: MaskKind::Name })
}

/// Finds the name before 先生 and the like: the shortest possible one, extended by characters that are surnames
/// too.
fn honoured(signs: &TextCharacters<'_>, end: usize) -> Option<MaskSpan> {
    let is_boss = || {
        signs.starts_with(end, "总")
            && !signs.char_at(end + 1).is_some_and(|c| is_chinese(c) && !"说的在是和来也要让".contains(c))
    };
    if !starts_any(signs, end, HONORIFICS) && !is_boss() {
        return None;
    }
    let starts = |place: usize| begins_surname(signs, place) && !is_word(signs, place);
    let lengths = (1..=PARTS).filter_map(|length| end.checked_sub(length));
    let mut start = lengths
        .take_while(|place| signs.char_at(*place).is_some_and(is_chinese))
        .find(|place| starts(*place))?;
    let before = start.checked_sub(1).filter(|before| end - before <= PARTS);
    if let Some(before) = before
        .filter(|before| starts(*before) && !signs.char_at(*before).is_some_and(|c| "谢向于".contains(c)))
    {
        start = before;
    }
    Some(MaskSpan { start, end, what: MaskKind::Name })
}

/// True if a text names a part of a company or a kind of customer.
pub(super) fn is_group(text: &str) -> bool {
    GROUPS.iter().any(|end| text.ends_with(end)) || NOT_NAMES.iter().any(|word| text.starts_with(word))
}

/// Returns the name that a text is, without an honorific behind it; `None` if it is no Chinese name.
pub(super) fn whole_name(text: &str) -> Option<&str> {
    let ended = HONORIFICS.iter().find_map(|word| text.strip_suffix(word));
    let text = ended.unwrap_or(text);
    let count = text.chars().count();
    let first = text.chars().next()?;
    let long = LONG.iter().any(|name| text.starts_with(name));
    let is_surname = long || SURNAMES.contains(first) || RARE.contains(first);
    let fits = text.chars().all(is_chinese) && (2..=PARTS + usize::from(long)).contains(&count);
    (fits && is_surname && (long && count > 2 || !is_group(text))).then_some(text)
}

/// Returns the given name in a Chinese name, if it has two characters and is no everyday word.
pub(super) fn given_part(name: &str) -> Option<&str> {
    let long = LONG.iter().find_map(|surname| name.strip_prefix(surname));
    let given = long.or_else(|| name.char_indices().nth(1).and_then(|(at, _)| name.get(at..)))?;
    (given.chars().count() == 2 && !EVERYDAY.contains(&given)).then_some(given)
}
