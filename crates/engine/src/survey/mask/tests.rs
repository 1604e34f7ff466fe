//! Tests of the masked parts of texts, and of those that stay.

use super::*;

const ENGLISH: &MaskWords =
    &MaskWords { name: "[name]", mail: "[e-mail]", link: "[link]", number: "[number]", address: "[address]" };
const CHINESE: &MaskWords =
    &MaskWords {
        name: "[姓名]", mail: "[邮箱]", link: "[网址]", number: "[号码]", address: "[地址]"
    };

fn check(masks: &MaskWords, pairs: &[(&str, &str)]) {
    let wrong = pairs.iter().filter(|(text, expected)| mask_text(text, masks) != *expected);
    let wrong: Vec<String> = wrong.map(|(text, _)| format!("{text} -> {}", mask_text(text, masks))).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_reaches_a_person_is_masked() {
    check(
        ENGLISH,
        &[
            ("write to jane.o'doe+x@mail.example.co.uk.", "write to [e-mail]."),
            ("邮箱li@example.cn谢谢", "邮箱[e-mail]谢谢"),
            ("ask @jane_doe, late @ gate 5. Bad", "ask [name], late @ gate 5. Bad"),
            ("see https://x.de/a?b=1, or WWW.x.org!", "see [link], or [link]!"),
            ("on facebook.com/jane.doe now", "on [link] now"),
            ("ring +44 (0)171 123-45 67 now", "ring [number] now"),
            ("手机13812345678。", "手机[number]。"),
            ("booking XK12345Q failed", "booking [number] failed"),
            ("born 29 07 1940", "born [number]"),
            ("I live at 221b Baker Street, London", "I live at [address], London"),
            ("in der Hauptstr. 12 und SW5 9QX", "in der [address] und [address]"),
        ],
    );
}

#[test]
fn names_are_masked_where_a_title_or_an_introduction_tells_them() {
    check(
        ENGLISH,
        &[
            ("Mr Smith and Mrs. de la Cruz", "Mr [name] and Mrs. [name]"),
            ("Prof. Dr. Müller's team", "Prof. Dr. [name]'s team"),
            ("dr jones was late, my dr called", "dr [name] was late, my dr called"),
            ("Nurse J. P. Kelly The best", "Nurse [name] The best"),
            ("my name is jane and I", "my name is [name] and I"),
            ("Ich heiße Jürgen von Stein.", "Ich heiße [name]."),
            ("Great. Kind regards,\nJane Doe", "Great. Kind regards,\n[name]"),
            ("DR WAS GREAT", "DR WAS GREAT"),
        ],
    );
}

#[test]
fn chinese_names_and_addresses_are_masked() {
    check(
        CHINESE,
        &[
            ("我叫李小明，电话13812345678", "我叫[姓名]，电话[号码]"),
            ("谢谢王医生和欧阳女士", "谢谢[姓名]医生和[姓名]女士"),
            ("王小明先生、张万先生", "[姓名]先生、[姓名]先生"),
            ("我姓王。我叫小张", "我姓[姓名]。我叫[姓名]"),
            ("我叫了客服，任何医生都好", "我叫了客服，任何医生都好"),
            ("我住在中山路12号3栋502室，很近", "我住在[地址]，很近"),
            ("地铁2号线3层", "地铁2号线3层"),
        ],
    );
}

#[test]
fn numbers_stay_where_they_are_days() {
    let text = "Dr Smith, jane@x.org, 2026-05-12 20260512";
    assert_eq!(mask_except_numbers(text, ENGLISH), "Dr [name], [e-mail], 2026-05-12 20260512");
    assert_eq!(mask_text(text, ENGLISH), "Dr [name], [e-mail], [number]");
}

#[test]
fn plain_comments_stay_as_they_are() {
    for text in [
        "Booked in 2019-2023, paid 1,200.50 for 2 seats at 8:30; gate B12 to T4, 9/10.",
        "I miss flying. The nurse was kind, the doctor too. Call me when the 10 minute drive is over",
        "Sitz 14C, 100 % zufrieden – danke!",
        "航班CA1234晚点2小时，登机口12号，服务员态度好",
        "",
    ] {
        assert_eq!(mask_text(text, ENGLISH), text);
    }
}

#[test]
fn any_text_is_masked_without_a_panic_and_what_was_masked_stays() {
    let odd =
        "@@.＠ www. http:// +( 1 (((( 路1号 号 先生 我叫 Dr. Mr. ' ’ - 12 , Dr\u{0301} 𠀀先生 '''s Mr 's";
    let signs: Vec<char> = odd.chars().collect();
    for start in 0..signs.len() {
        let part: String = signs.iter().skip(start).collect();
        let once = mask_text(&part, ENGLISH);
        assert_eq!(mask_text(&once, ENGLISH), once, "{part}");
    }
}

#[test]
fn honorifics_and_phrases_of_five_languages_lead_to_names() {
    check(
        ENGLISH,
        &[
            (
                "Herr Weber, Herrn Dr. med. Klaus Vogt und Hr. Lang",
                "Herr [name], Herrn Dr. med. [name] und Hr. [name]",
            ),
            ("Mister Quill, Mrs Ode and Ms. Pike", "Mister [name], Mrs [name] and Ms. [name]"),
            ("M. Dupont et Mme Lefèvre, Mlle Roux", "M. [name] et Mme [name], Mlle [name]"),
            ("El Sr. Gómez y la Sra. Ruiz, Srta. Paz", "El Sr. [name] y la Sra. [name], Srta. [name]"),
            ("Interview with Karen Fairbanks, May", "Interview with [name], May"),
            ("Interview with store manager Karen", "Interview with store manager [name]"),
            (
                "feedback from Susan and according to Wrenfield",
                "feedback from [name] and according to [name]",
            ),
            ("Interview mit Jürgen Müllerstein", "Interview mit [name]"),
            (
                "Rückmeldung von Karin; laut Filialleiter Müller",
                "Rückmeldung von [name]; laut Filialleiter [name]",
            ),
            ("Entretien avec Amélie Rousset", "Entretien avec [name]"),
            ("Entrevista con Lucía Peralta, según Marta", "Entrevista con [name], según [name]"),
            ("采访王建国，访谈李梅", "采访[name]，访谈[name]"),
            ("与张伟沟通后，据陈静反映", "与[name]沟通后，据[name]反映"),
            ("王总监和刘律师，联系人：赵敏", "[name]总监和[name]律师，联系人：[name]"),
        ],
    );
}

#[test]
fn codes_plates_and_hidden_addresses_are_masked() {
    check(
        ENGLISH,
        &[
            ("PNR X7K2LM, booking code ZXQWKL", "PNR [number], booking code [number]"),
            ("Buchungscode: QK3T9P; réservation AB12CD", "Buchungscode: [number]; réservation [number]"),
            ("passport C01X00T47, Reisepass-Nr. L8K3M2", "passport [number], Reisepass-Nr. [number]"),
            ("护照号码：E1234567，订单号A1B2C3", "护照号码：[number]，订单号[number]"),
            ("B-AB 1234 und HH-XY 99E", "[number] und [number]"),
            ("car AB12 CDE, voiture AB-123-CD", "car [number], voiture [number]"),
            ("matrícula 4821 KLM, plate 7ABC123", "matrícula [number], plate [number]"),
            ("京A·12345和粤B12345D", "[number]和[number]"),
            ("karen[at]web.de, k.f (at) gmx (dot) net", "[e-mail], [e-mail]"),
            ("susan at gmail.com, li_wei at firm.cn", "[e-mail], [e-mail]"),
            ("微信号：karen_88，加微信 lihua2020", "微信号：[name]，加微信 [name]"),
            ("WeChat ID: lihua-home, WhatsApp: karen_f", "WeChat ID: [name], WhatsApp: [name]"),
        ],
    );
}

/// Texts that teams write every day; a mask in them would make a map hard to read.
const ORDINARY: &str = "M. 3 and size M. Danach passt alles. In Größe M. Good fit
Mr by itself, and Dr. too; Ms or Mrs
Business travellers wait, a commuter pays, the frequent flyer boards first
Feedback from customers, interview with passengers, according to our survey
According to Google and the Apple Watch; feedback from Berlin; quote from Trustpilot
Interview with the Head of Sales; call with Customer Service; meeting with IT
Flight LH1234 to FRA, BA12 LHR, gate B12, row 14C, terminal T2, A320, 4K TV
Meet me at the gate, find us at booking counters, look at page 3, arrive at noon
WeChat Pay and WeChat mini program work; scan WhatsApp code; WeChat: scan
USB-C 30, LED-TV 55, ISO-9001 audit, Wi-Fi 6, COVID-19, B2B and B2C
Order confirmation arrives late; booking reference is missing; ticket price rises
The captain announces delays; the doctor calls; nurse and sister help; sir or madam
Passport control takes long; plate of food; licence to operate; registration desk
24 hr Service, 7 days; 09:30 Fr. bis 12 Uhr; Sa. und So. geschlossen
Interview mit Kunden, Rückmeldung von Mitarbeitern, laut Umfrage, Gespräch mit Vertrieb
Eine Frau Mitte vierzig; ein Herr mit Hut; jede Frau Und jeder Mann
Laut Statistik sinkt die Zufriedenheit; Aussage von Nutzern; Hinweis von Betreuern
Kennzeichen wird erfasst; Reisepass vergessen; Buchungscode fehlt in der App
Wir rufen zurück. Danach Rechnung. Herr oder Frau wählen im Formular
Selon les clients, le retour de l'équipe est bon; avis de voyageurs; d'après l'enquête
Madame ou Monsieur; la réservation est confirmée; le passeport est valide
Según los clientes, la opinión de usuarios; entrevista con viajeros; comentario de la tienda
El señor paga en caja; la reserva se cancela; el pasaporte caduca
采访高频用户，访谈任务安排，采访顾客和游客，据统计，根据反馈调整，来自客户的建议
与客户沟通，和旅客确认，对方先生不在，产品经理和客户经理，大堂经理，任何老师都行
马上反馈，金额说明，方案确认，高铁二维码，白金会员，黄山门票，江苏用户
微信支付，关注微信公众号，扫描微信二维码，护照办理，订单号缺失，车牌识别
先生您好，女士优先，老师讲解，司机迟到，主任医师坐诊，班主任老师
京东购物，沪深指数，川菜，新版App";

#[test]
fn ordinary_texts_of_five_languages_stay_as_they_are() {
    check(ENGLISH, &ORDINARY.lines().map(|text| (text, text)).collect::<Vec<_>>());
}

#[test]
fn a_short_text_is_people_a_role_or_in_doubt() {
    let mut wrong = Vec::new();
    for text in [
        "Anna Weber, Pendlerin",
        "Mei",
        "林悦，首次购车",
        "Karen Fairbanks",
        "Ms Adler",
        "王建国（市场部）",
        "Will",
        "J. Quill",
        "Mei Lin",
    ] {
        wrong.extend((kind_of_person(text) != WhoKind::People).then_some(text));
    }
    for text in [
        "Commuter",
        "Business traveller",
        "Business Traveller",
        "Frequent flyer (gold)",
        "IT",
        "Front desk",
        "Ground handling",
        "Cabin design",
        "Catering",
        "Physician",
        "售后部",
        "经销商",
        "呼叫中心",
        "数字营销部",
        "白领",
        "商务旅客",
        "Pendlerin",
        "Vertriebsleitung Nord",
        "Équipe digitale",
        "Atención al cliente",
        "Digital",
        "Administration",
        "",
    ] {
        wrong.extend((kind_of_person(text) != WhoKind::Role).then_some(text));
    }
    assert_eq!((wrong, kind_of_person("Backpacker")), (vec![], WhoKind::Unsure));
}

#[test]
fn a_name_is_known_by_its_parts() {
    let parts = |text: &str| people_in(text).into_iter().map(|name| name.text).collect::<Vec<_>>();
    assert_eq!(parts("Karen Fairbanks"), ["Karen Fairbanks", "Karen", "Fairbanks"]);
    assert_eq!(parts("Herr Jürgen von Stein / Sales"), ["Jürgen von Stein", "Jürgen", "Stein"]);
    assert_eq!(parts("王建国、李梅"), ["王建国", "建国", "李梅"]);
    assert_eq!(parts("karen.fairbanks@corp.com"), ["karen", "fairbanks"]);
    assert_eq!(parts("Digital team, IT"), Vec::<String>::new());
    let names: Vec<String> =
        named_in("Interview mit Karin Sandvoss, 采访王建国").into_iter().map(|name| name.text).collect();
    assert_eq!(names, ["Karin Sandvoss", "Karin", "Sandvoss", "王建国", "建国"]);
}

/// Texts that once were read anew at each of their words.
#[test]
fn the_time_for_a_text_grows_with_its_length_alone() {
    for part in
        ["plate A ", "a11111", "a11111 ", "_at_", "-at-", "x@", "(at) ", "采访", "王", "1 ", " dot ", "--"]
    {
        let text = part.repeat(100_000 / part.len());
        let begun = std::time::Instant::now();
        assert!(!mask_text(&text, ENGLISH).is_empty());
        assert!(!named_in(&text).iter().any(|name| name.text.is_empty()));
        assert!(begun.elapsed().as_secs() < 20, "{part:?}: {:?}", begun.elapsed());
    }
}

#[test]
fn numbers_in_one_run_of_letters_are_masked_as_one() {
    assert_eq!(mask_text("ab11111cd22222ef then 3", ENGLISH), "[number] then 3");
    assert_eq!(mask_text("a11111b111 222 333", ENGLISH), "[number]");
    assert_eq!(mask_text("call +(49)x12345y now", ENGLISH), "call +(49)[number] now");
}
