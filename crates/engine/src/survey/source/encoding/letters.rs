//! Letters and words by which languages are recognised in short texts, as people write them in surveys.

/// A language in one of its encodings.
pub(super) struct Language {
    /// The label of the encoding.
    pub(super) encoding: &'static str,
    /// Its lower-case non-ASCII letters, or its most frequent characters.
    pub(super) letters: &'static str,
    /// Words of surveys and their answers.
    pub(super) words: &'static str,
    /// True for an alphabet, of which all letters are listed; false for a script of thousands of characters.
    pub(super) is_alphabet: bool,
}

/// Creates a language with an alphabet.
const fn new_alphabet(encoding: &'static str, letters: &'static str, words: &'static str) -> Language {
    Language { encoding, letters, words, is_alphabet: true }
}

const fn new_script(encoding: &'static str, letters: &'static str, words: &'static str) -> Language {
    Language { encoding, letters, words, is_alphabet: false }
}

/// All languages; among equals the first wins.
pub(super) const LANGUAGES: &[Language] = &[
    new_alphabet(
        "windows-1252",
        "äöüß",
        "sehr für über zufrieden unzufrieden würde würden möglich können geschäft straße größe qualität schön gefällt köln münchen käse müller grün früh nächste später hätte wäre schlüssel männlich präferenz öffnungszeiten führung hotelfrühstück getränke räume gäste",
    ),
    new_alphabet(
        "windows-1252",
        "àâçéèêëîïôùûüÿœæ",
        "très à été être réponse qualité accueil équipe problème après même déjà élevé satisfait insatisfait pas du tout plutôt région âge première expérience délai café hôtel à l’arrivée déçu évaluation",
    ),
    new_alphabet(
        "windows-1252",
        "áéíóúüñ",
        "sí qué más también atención satisfacción opinión años edad región habitación muy experiencia está información español nº número rápido fácil difícil todavía señor niños",
    ),
    new_alphabet(
        "windows-1252",
        "ãõáâàéêíóôúçü",
        "não são você satisfação muito região opinião avaliação atenção também já está até serviço preço ótimo informações recepção café",
    ),
    new_alphabet(
        "windows-1252",
        "àèéìòù",
        "è più perché qualità città però così già età né soddisfatto servizio possibilità felicità disponibilità",
    ),
    new_alphabet(
        "windows-1252",
        "åäöé",
        "är på för något också mycket nöjd missnöjd väldigt bra år kön förväntan åsikt från även kött tjänst hög låg",
    ),
    new_alphabet(
        "windows-1252",
        "æøåé",
        "på og for også meget tilfreds utilfreds år alder køn godt dårlig når være både oplevelse første så får",
    ),
    new_alphabet(
        "windows-1252",
        "ëéïóöüè",
        "één ervaring tevreden ontevreden zeer reünie categorieën financiële officiële café ideeën coördinatie",
    ),
    new_alphabet(
        "windows-1250",
        "ąćęłńóśźż",
        "bardzo się proszę pomoc większy mogę chcę jest nie są również średnio zadowolony niezadowolony obsługa że został pracownik płeć wiek może jakość źle dobrze książka żaden wątpliwości",
    ),
    new_alphabet(
        "windows-1250",
        "áčďéěíňóřšťúůýž",
        "velmi spokojený nespokojený není služby když které protože muž žena věk příliš děkuji určitě možná špatně dobře zákazník čekání také již",
    ),
    new_alphabet(
        "windows-1250",
        "áäčďéíĺľňóôŕšťúýž",
        "veľmi spokojný nespokojný služby alebo môže dobrý zákazník čakanie vôbec ešte ďakujem nie je určite",
    ),
    new_alphabet(
        "windows-1250",
        "áéíóöőúüű",
        "nagyon és nem elégedett elégedetlen szolgáltatás minőség könnyű gyors kérdés válasz férfi nő életkor több jövő először idő",
    ),
    new_alphabet(
        "windows-1250",
        "čćđšž",
        "vrlo zadovoljan nezadovoljan usluga dobro loše možda žena muškarac što više također kvaliteta čekanje",
    ),
    new_alphabet(
        "windows-1250",
        "ăâîşţ",
        "foarte mulţumit nemulţumit şi în să este calitate servicii vârsta câteva aşteptare bună după",
    ),
    new_alphabet(
        "windows-1254",
        "çğıöşüâî",
        "çok iyi değil memnun memnuniyet hizmet için müşteri şikayet kadın erkek yaş kötü hiç güzel teşekkürler görüş öneri ürün şube kalite çalışan",
    ),
    new_alphabet(
        "windows-1251",
        "абвгдежзийклмнопрстуфхцчшщъыьэюяё",
        "очень хорошо плохо удовлетворен доволен недоволен да нет качество обслуживание вопрос ответ пол возраст мужской женский не и в на за все было сервис отлично",
    ),
    new_alphabet(
        "windows-1251",
        "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
        "дуже добре погано задоволений незадоволений так ні якість обслуговування питання відповідь стать вік не і та на все було",
    ),
    new_alphabet(
        "windows-1251",
        "абвгдежзийклмнопрстуфхцчшщъьюя",
        "много добре лошо доволен недоволен да не качество обслужване въпрос отговор пол възраст и на за беше",
    ),
    new_alphabet(
        "koi8-r",
        "абвгдежзийклмнопрстуфхцчшщъыьэюяё",
        "очень хорошо плохо удовлетворен доволен недоволен да нет качество обслуживание вопрос ответ пол возраст мужской женский не и в на за все было сервис отлично",
    ),
    new_alphabet(
        "windows-1253",
        "αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐΰ",
        "πολύ καλό κακό ικανοποιημένος ναι όχι εξυπηρέτηση ποιότητα ηλικία και δεν είναι το με για άνδρας γυναίκα",
    ),
    new_alphabet(
        "windows-1256",
        "ابتثجحخدذرزسشصضطظعغفقكلمنهويىةءآأؤإئًٌٍَُِّْ",
        "جدا راض غير خدمة جيد ممتاز نعم لا العمر الجنس ذكر أنثى في من على إلى هل ما",
    ),
    new_script(
        "gb18030",
        SIMPLIFIED,
        "满意 不满意 非常 一般 服务 质量 时间 年龄 性别 男 女 是 否 很好 问题 评分 推荐 建议 体验",
    ),
    new_script(
        "big5",
        TRADITIONAL,
        "滿意 不滿意 非常 一般 普通 服務 品質 時間 年齡 性別 男 女 是 否 很好 問題 評分 推薦 建議 體驗",
    ),
    new_script(
        "shift_jis",
        JAPANESE,
        "です ます とても 満足 不満 普通 はい いいえ 年齢 性別 男性 女性 回答 質問 評価 サービス ください ました",
    ),
    new_script(
        "euc-kr",
        KOREAN,
        "매우 만족 불만족 보통 그렇다 않다 서비스 품질 시간 나이 성별 남성 여성 남자 여자 예 아니오 응답 질문 평가 추천 입니다 습니다 합니다",
    ),
];

const SIMPLIFIED: &str = "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里\
用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日军者意无力它与长把机十民第\
公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化\
老给世位次度门任常先海通教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结反受目太量再\
感建务做接必场件计管期市直德资命山金指克许统区保至队形社便空决治展马科司五基眼书非则听白却界达光放强即像难且权思王象完设式色路记\
南品住告类求据程北边死张该交规万取拉格望觉术领共确传师观清今切院让识候带导争运满服评价度推荐客户购买网店产差速快慢员工建议态环境\
质量店男女年龄岁城市省购物流程退款价格便宜贵方便周末上午下午晚上姓名电话邮箱备注渠道您谢谢请无暂希望改进办理等待排队柜台办卡热情专业耐心非常满意般很挺还行太喜欢错误";

const TRADITIONAL: &str = "的一是不了在人有我他這個們中來上大為和國地到以說時要就出會可也你對生能而子那得於著下自之年過發後作裡\
用道行所然家種事成方多經麼去法學如都同現當沒動面起看定天分還進好小部其些主樣理心她本前開但因只從想實日軍者意無力它與長把機十民第\
公此已工使情明性知全三又關點正業外將兩高間由問很最重並物手應戰向頭文體政美相見被利什二等產或新己制身果加西月話合回特代內信表化\
老給世位次度門任常先海通教兒原東聲提立及比員解水名真論處走義各入幾口認條平系氣題活更別打女變四神總何電數安少報才結反受目太量再\
感建務做接必場件計管期市直德資命山金指許統區保至隊形社便空決治展馬科司五基眼書非則聽白卻界達光放強即像難且權思王象完設式色路記\
南品住告類求據程北邊死張該交規萬取拉格望覺術領共確傳師觀清今切院讓識候帶導爭運滿服評價推薦客戶購買網店差速快慢議態環境\
質量男女齡歲城縣省流退款錢便宜貴週末上午下午晚姓電郵備註管道您謝謝請暫希改辦待排櫃臺台卡熱專耐非常般挺行喜歡錯誤普通填答問卷灣";

const JAPANESE: &str = "あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわをんがぎぐげござじずぜぞだぢづでどばびぶべぼぱぴぷぺぽゃゅょっぁぃぅぇぉ\
アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲンガギグゲゴザジズゼゾダヂヅデドバビブベボパピプペポャュョッァィゥェォヴー\
日一国人年大十二本中長出三時行見月後前生五間上東四今金九入学高円子外八六下来気小七山話女北午百書先名川千水半男西電校語土木聞食車何南万毎白天母火右読友左休父雨\
満足不普通回答質問評価年齢性別店員対応商品接客価格説明良悪非常利用理由意見感想改善要望予約部屋場所料理味温泉親切丁寧早遅待付設備清潔全体総合満点推奨友人家族方法内容思使分自由記述県市区代歳会社職業購入配送届";

const KOREAN: &str = "이다는을에가의로하고한지도기사어서자나시리은대들아보니라정수부해과인전있일으제그스스마주상여구원우적성었면것장를게동안신생\
모공간만와무않오용비회요경문세소선되연국방조화물미계치중내력체실발속업등매통운불점분관명심행당당산진교학더유식품객질개현재여러습좋았입니까하합습겠네예매우만족불그렇편않전혀보통응답\
질평추천별남녀자나이령서비스품시간직원친절가격배송빠르느림음식맛깨끗객실호텔매장방문고객의견건사항없음감사최고별로괜찮쉬움어려움확인처리상담대기년월";
