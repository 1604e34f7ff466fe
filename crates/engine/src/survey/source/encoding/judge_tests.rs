//! Short texts of surveys in the encodings of many countries.

use super::super::Encoding;

/// Answers as people write them, one per line.
const SIMPLIFIED: &str = "非常满意\n不满意\n一般\n服务很好\n排队时间太长\n很满意\n工作人员态度不错\n价格有点贵\n希望改进网站\n会推荐给朋友\n\
性别\n年龄段\n您对本次服务满意吗\n没有意见\n物流太慢了\n柜台办理\n比较满意\n男\n环境干净\n电话打不通";
const TRADITIONAL: &str = "非常滿意\n不滿意\n普通\n服務很好\n排隊時間太長\n很滿意\n工作人員態度不錯\n價格有點貴\n希望改進網站\n會推薦給朋友\n\
性別\n年齡\n您對本次服務滿意嗎\n沒有意見\n物流太慢了\n櫃檯辦理\n有點不方便\n環境乾淨\n電話打不通\n客服人員親切";
const JAPANESE: &str = "とても満足\n不満\n普通\nサービスが良かった\n待ち時間が長い\n満足しています\nスタッフの対応が丁寧でした\n価格が高い\n説明がわかりやすい\n友人に勧めたい\n\
性別\n年齢を教えてください\n特になし\nはい\nいいえ\n部屋が清潔でした\n駅から近い\n食事がおいしい\nまた利用したい\n予約が取りにくい";
const KOREAN: &str = "매우 만족\n불만족\n보통\n서비스가 좋아요\n대기 시간이 너무 길어요\n만족합니다\n직원이 친절해요\n가격이 비싸요\n홈페이지 개선 바랍니다\n친구에게 추천하겠습니다\n\
성별\n나이\n이번 서비스에 만족하십니까\n의견 없음\n배송이 느려요\n그렇다\n전혀 아니다\n여자\n방이 깨끗했어요\n전화 연결이 안돼요";
const RUSSIAN: &str = "очень доволен\nнедоволен\nвсё хорошо\nобслуживание\nдолго ждать\nда\nнет\nотлично\nвежливый персонал\nМОСКВА";
const TURKISH: &str = "çok iyi\nmemnun değilim\nşikayet\nhiç güzel değil\nçalışanlar ilgili\nkötü\nyaş\nkadın\nbekleme süresi uzun\nteşekkürler";
const POLISH: &str = "bardzo dobrze się czuję\nśrednio\nobsługa\nźle\nnie są mili\nproszę o pomoc\npłeć\ndługo czekałem\nżaden\nwiększy wybór";
const CZECH: &str =
    "velmi spokojený\nnespokojený\ndlouhé čekání\npříjemný personál\nžádné\nmuž\nšpatně\ndobře\nvěk\nděkuji";
const HUNGARIAN: &str = "nagyon elégedett\nelégedetlen\nminőség\nnő\ntöbb időt kérek\nhosszú várakozás\nkönnyű\nkérdés\njövő\nszép idő";
const GERMAN: &str = "sehr zufrieden mit dem Frühstück\nunfreundlich für das Geld\nweiß nicht\nschön\ngrößer\nKöln\nkönnte besser sein\nÄrger\nÜberraschung\nmäßig";
const FRENCH: &str = "très satisfait\ndéçu\nà améliorer\nl’accueil était parfait\nqualité\nça va\nplutôt bien\nâge\nfenêtre cassée\nNoël";
const SPANISH: &str = "atención rápida\nmuy mal, señor\n¿Qué le pareció?\nhabitación\naños\nsí\nmás información\nniños\núltimo\nespañol";
const NORDIC: &str =
    "på gott och ont\nför långsamt\nvældig bra\nsælger\nkø\nålder\nmycket nöjd\nhår\nfør\nbra läge";
const GREEK: &str =
    "πολύ καλό\nόχι\nναι\nικανοποιημένος\nκακή εξυπηρέτηση\nάνδρας\nηλικία\nδεν ξέρω\nποιότητα\nευχαριστώ";
const ARABIC: &str = "راض جدا\nغير راض\nجيد\nخدمة ممتازة\nنعم\nلا\nذكر\nأنثى\nالعمر\nوقت الانتظار طويل";
const UKRAINIAN: &str =
    "дуже добре\nпогано\nякість\nтак\nні\nвідповідь\nобслуговування\nвік\nсподобалося\nще прийду";

/// Returns the samples that are decoded wrongly, in a table with other columns.
fn mistaken_samples(texts: &str, label: &str) -> Vec<String> {
    let encoding = encoding_rs::Encoding::for_label(label.as_bytes()).unwrap();
    let expected: Encoding = label.parse().unwrap();
    let wrong = |text: &&str| {
        let (cell, _, lossy) = encoding.encode(text);
        assert!(!lossy, "{text} is not {label}");
        let mut bytes = b"id,score,comment\n1,4,".to_vec();
        bytes.extend_from_slice(&cell);
        bytes.extend_from_slice(b"\n2,5,fine\n");
        let found = Encoding::guess_from(&bytes);
        // Two encodings in which the text is identical are equally good.
        found != expected && !encoding_of(found, &bytes).contains(*text)
    };
    let name = |text: &str| {
        let (cell, ..) = encoding.encode(text);
        let found = Encoding::guess_from(&cell);
        format!("{text} as {found}: {}", encoding_of(found, &cell))
    };
    texts.lines().filter(wrong).map(name).collect()
}

fn encoding_of(encoding: Encoding, bytes: &[u8]) -> String {
    encoding.0.decode_without_bom_handling(bytes).0.into_owned()
}

#[test]
fn scripts_of_the_east_are_told_apart_by_one_short_answer() {
    for (texts, label) in
        [(SIMPLIFIED, "gb18030"), (TRADITIONAL, "big5"), (JAPANESE, "shift_jis"), (KOREAN, "euc-kr")]
    {
        assert_eq!(texts.lines().count(), 20);
        assert_eq!(mistaken_samples(texts, label), Vec::<String>::new(), "{label}");
    }
}

#[test]
fn alphabets_are_told_apart_by_one_short_answer() {
    for (texts, label) in [
        (RUSSIAN, "windows-1251"),
        (UKRAINIAN, "windows-1251"),
        (RUSSIAN, "koi8-r"),
        (TURKISH, "windows-1254"),
        (POLISH, "windows-1250"),
        (CZECH, "windows-1250"),
        (HUNGARIAN, "windows-1250"),
        (GERMAN, "windows-1252"),
        (FRENCH, "windows-1252"),
        (SPANISH, "windows-1252"),
        (NORDIC, "windows-1252"),
        (GREEK, "windows-1253"),
        (ARABIC, "windows-1256"),
    ] {
        assert_eq!(mistaken_samples(texts, label), Vec::<String>::new(), "{label}");
    }
}

#[test]
fn whole_tables_are_told_apart() {
    for (texts, label) in [
        (SIMPLIFIED, "gb18030"),
        (TRADITIONAL, "big5"),
        (JAPANESE, "shift_jis"),
        (KOREAN, "euc-kr"),
        (RUSSIAN, "windows-1251"),
        (RUSSIAN, "koi8-r"),
        (TURKISH, "windows-1254"),
        (POLISH, "windows-1250"),
        (CZECH, "windows-1250"),
        (GERMAN, "windows-1252"),
        (FRENCH, "windows-1252"),
        (GREEK, "windows-1253"),
        (ARABIC, "windows-1256"),
    ] {
        let (bytes, ..) = encoding_rs::Encoding::for_label(label.as_bytes()).unwrap().encode(texts);
        assert_eq!(Encoding::guess_from(&bytes), label.parse().unwrap(), "{label}");
    }
}

/// Other answers than those above, which were not used for tuning.
const OTHERS: &[(&str, &str)] = &[
    (
        "gb18030",
        "服务员很热情\n菜品口味一般\n停车不方便\n快递包装破损\n客服没人接电话\n下次还会来\n房间隔音差\n退货流程复杂\n优惠力度小\n男士",
    ),
    (
        "big5",
        "服務生很熱情\n菜色口味普通\n停車不方便\n包裝破損\n客服沒人接電話\n下次還會來\n房間隔音差\n退貨流程複雜\n優惠太少\n男",
    ),
    (
        "shift_jis",
        "店員の態度が悪い\n料理は普通\n駐車場が狭い\n包装が破れていた\n電話がつながらない\nまた来ます\n部屋がうるさい\n返品が面倒\n割引が少ない\n男性",
    ),
    (
        "euc-kr",
        "직원 태도가 나빠요\n음식은 보통이에요\n주차가 불편해요\n포장이 찢어졌어요\n전화를 안 받아요\n또 올게요\n방이 시끄러워요\n반품이 복잡해요\n할인이 적어요\n남성",
    ),
    (
        "windows-1251",
        "грубый персонал\nеда так себе\nнет парковки\nникто не отвечает\nприеду ещё\nшумный номер\nсложный возврат\nмало скидок\nмужчина\nдорого",
    ),
    (
        "koi8-r",
        "грубый персонал\nеда так себе\nнет парковки\nникто не отвечает\nприеду ещё\nшумный номер\nсложный возврат\nмало скидок\nмужчина\nдорого",
    ),
    (
        "windows-1254",
        "personel kaba\nyemekler şöyle böyle\notopark yok ama güzel\ntelefona kimse bakmıyor\ntekrar geleceğim\noda gürültülü\niade işlemi zor\nindirim az, ürünler pahalı\nkapı açık\nışık yok",
    ),
    (
        "windows-1250",
        "niegrzeczna obsługa\njedzenie takie sobie, zupełnie\ntrudno znaleźć miejsce\nnikt nie odbiera, szkoda że\njeszcze wrócę\npokój głośny\nzwrot był trudny\nmało zniżek\nmężczyzna\nświetnie",
    ),
    (
        "windows-1250",
        "hrubý personál\njídlo ušlo\nmálo míst k parkování\nnikdo nezvedá telefon, škoda\nještě přijedu\nhlučný pokoj\nsložité vrácení\nmálo slev\nžena\ndraží",
    ),
    (
        "windows-1252",
        "unhöflich\nEssen mäßig\nkein Parkplatz in der Nähe\nniemand hört zu\nkomme wieder, danke schön\nZimmer zu laut, Tür defekt\nRückgabe schwierig\nüberteuert\nMänner\nnaß",
    ),
    (
        "windows-1252",
        "personnel désagréable\nrepas médiocre\ngarage éloigné\npersonne ne répond\nje reviendrai peut-être\nchambre bruyante près de l’ascenseur\nremboursement compliqué, hélas\nforfait très cher\nhomme âgé\nça manque",
    ),
    (
        "windows-1253",
        "αγενές προσωπικό\nμέτριο φαγητό\nδεν έχει πάρκινγκ\nκανείς δεν απαντά\nθα ξαναέρθω\nθόρυβος στο δωμάτιο\nδύσκολη επιστροφή\nλίγες εκπτώσεις\nγυναίκα\nακριβό",
    ),
    (
        "windows-1256",
        "موظف غير مهذب\nالطعام عادي\nلا يوجد موقف\nلا أحد يرد\nسأعود مرة أخرى\nالغرفة مزعجة\nالإرجاع صعب\nخصومات قليلة\nرجل\nغالي",
    ),
];

#[test]
fn most_other_answers_are_told_apart_one_by_one_and_all_together() {
    let mut wrong = Vec::new();
    let mut all = 0;
    for (label, texts) in OTHERS {
        all += texts.lines().count();
        wrong.extend(mistaken_samples(texts, label));
        let (bytes, ..) = encoding_rs::Encoding::for_label(label.as_bytes()).unwrap().encode(texts);
        assert_eq!(Encoding::guess_from(&bytes), label.parse().unwrap(), "{label}");
    }
    assert!(wrong.len() * 20 <= all, "of {all}: {wrong:#?}");
}

#[test]
fn words_that_every_row_repeats_do_not_outweigh_the_others() {
    let mut text = "序号,提交答卷时间,所用时间,来源,1、您的性别,2、值机服务满意度\n".to_owned();
    for row in 0..120 {
        let line = format!("{row},2026/1/2,{}秒,微信,{},4\n", 40 + row, ["男", "女"][row % 2]);
        text.push_str(&line);
    }
    assert_eq!(Encoding::guess_from(&encoding_rs::GB18030.encode(&text).0), Encoding::GB18030);
    let mut greek = "ηλικία,φύλο,πόλη\n".to_owned();
    greek.push_str(&"34,άνδρας,Αθήνα\n".repeat(200));
    let label = encoding_rs::WINDOWS_1253;
    assert_eq!(Encoding::guess_from(&label.encode(&greek).0), "windows-1253".parse().unwrap());
}
