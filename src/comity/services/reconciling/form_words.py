"""Words for forms of state in some twenty languages that name states, by what they say.

Those of the other official languages are in `official_words`.
"""

from __future__ import annotations

from typing import Final

FORM_WORDS: Final[dict[str, str]] = {
    "republic": (
        "republic república republica république republik repubblica republiek republiken "
        "republikken republika republiky republike republiku republică republicii respublika "
        "respublikası respublikasi tasavalta vabariik cumhuriyet cumhuriyeti köztársaság "
        "lýðveldið rzeczpospolita gweriniaeth poblacht errepublika jamhuri jumhuriyati "
        "republikk bundesrepublik volksrepublik folkrepubliken folkerepublikken "
        "volksrepubliek liittotasavalta kansantasavalta népköztársaság δημοκρατία республика "
        "республики республику республіка рэспубліка република републике републиката "
        "ҷумҳурии جمهورية الجمهورية جمهوری جمهوریہ جمہوریہ جمهوريت רפובליקת הרפובליקה "
        "הרפובליקת რესპუბლიკა հանրապետություն गणराज्य गणतन्त्र সাধারণতন্ত্র প্রজাতন্ত্র "
        "共和国 共和國 공화국 สาธารณรัฐ "
        "jumhuriya jumhuriyya jumhuriyah jumhuriyyah jumhuriyat jumhuriyyat jomhuri jumhooriyya "
        "jomhuriye ganarajya ganatantra gongheguo gonghwaguk konghwaguk minguk nainngandaw "
        "جمہوری repubulika repubilika ripabliki riphabliki iriphabliki rephaboliki "
        "jamhuuriyadda republikang ਗਣਰਾਜ குடியரசு ജനാധിപത്യ గణతంత్ర ಗಣರಾಜ್ಯ ප්‍රජාතාන්ත්‍රික "
        "ජනරජය ሪፐብሊክ gonosastra prajatantra gônôprôjatôntri"
    ),
    "people": (
        "people peoples popular popolare populaire ludowa lidová ľudová narodna народна "
        "народная народной volksrepublik volksrepubliek folkrepubliken folkerepublikken "
        "kansantasavalta rahvavabariik népköztársaság halk xalq الشعبية خلق 人民 인민 "
        "renmin inmin xalqaro sha'biyya shabiyya shaabiya paxaxon "
        "عوامی lidové lidovej ludowej ľudovej narodne narodni narodnega népi народної народнай "
        "rahva kansan folkets ประชาชน"
    ),
    "democratic": (
        "democratic democrática democratica démocratique democrático democratico "
        "demokratische demokratischen democratische demokratska demokratická demokratyczna "
        "demokratiska demokratiske demokratik demokratikus demokraattinen demokraatlik "
        "demokratična демократическая демократична демократска демократической الديمقراطية "
        "الديموقراطية دموکراتیک דמוקרטית הדמוקרטית 民主主義 民主 민주주의 민주 "
        "dimuqratiyya dimuqratiyah minzhu minjujuui loktantrik paxathipatai "
        "demokratické demokratickej demokratskog demokratycznej демократичної демократычная "
        "demokraattisen ประชาธิปไตย ዲሞክራሲያዊ சனநாயக ජනතාවාදී"
    ),
    "kingdom": (
        "kingdom reino royaume regno königreich koninkrijk konungariket kongeriket "
        "kongeriget království kráľovstvo kraljevina kraljevstvo królestwo kuningaskunta "
        "kuningriik királyság krallık krallığı kralligi padşahlığı regatul teyrnas erresuma "
        "ríocht βασίλειο королевство кралство краљевина королівство المملكة مملكة پادشاهی "
        "مملکت ממלכת הממלכה 王国 王國 왕국 "
        "mamlaka mamlakah mamlakat ราชอาณาจักร "
        "سلطنت kongedømmet konungsríkið kungadömet kunglig královstvi ufalme umbuso mmuso "
        "kerajaan gonagasriika regatului fanjakana  "
        "hashemite haszymidzkie haschemitisches hasjemitische hachémite hachemita hascemita "
        "haşimi hášimovské hašemitsko hasemita ハシミテ هاشمی الهاشمية суверенной"
    ),
    "state": (
        "state states estado estados état états stato stati staat staaten staten stát štát "
        "država države państwo valtio riik állam devlet devleti dövlət dövləti státy štáty "
        "штаты государство држава دولة دولت 国家 國家 independent independiente indépendant "
        "unabhängiger indipendente independente onafhankelijke nezavisna nezávislý "
        "niezależne itsenäinen iseseisev bağımsız független självständiga независимое 独立国 "
        "獨立國 독립국 "
        "dawla dawlah dawlat medinat medinah daulat negara ประเทศ улс land shtati "
        "sovereign serene most serenissima serenísima sérénissime "
        "ریاست állama lefatshe dziko eyalet государства државе свободное libre "
        "associado asociado freistaat fristaten soberano suverenní suverénní suverén suverän "
        "souverän souveräner آزاد مستقل nước naciya нация ulus "
        "stany 城国 城國 市国 城邦"
    ),
    "federal": (
        "federal federated federation fédération fédérale fédérative federación federação "
        "federativa federale federazione federativă föderation föderale föderative federatie "
        "federace federácia federacija federacja federativní federatívna federativna "
        "federalna federalny federálna federální federalni bundesrepublik förbundsrepubliken "
        "liittovaltio liittotasavalta liitvabariik szövetségi federasyonu federatif "
        "federativ федерация федеративная федеративна федеральная федеративной الاتحادية "
        "الفيدرالية فدرال ομοσπονδιακή ομοσπονδία 連邦 联邦 聯邦 연방 "
        "وفاقی فدراسیون федеративне федеративної federatsioon ፌዴራላዊ สหพันธ์ "
        "federaalka "
        "föderáció fedération federasi فدراتیو وفاق federacia federatsiooni"
    ),
    "united": (
        "united unidos unida unido unis unie uni unite unito vereinigte vereinigtes "
        "vereinigten verenigde verenigd förenade forenede forente spojené spojená ujedinjeno "
        "ujedinjene združeno združene zjednoczone yhdistynyt yhdistyneet ühendatud ühend "
        "egyesült birleşik birləşmiş соединённое соединённые объединённая обединено "
        "уједињено المتحدة المتحده متحده 合衆国 連合 联合 聯合 연합"
    ),
    "islamic": (
        "islamic islámica islamica islamique islamische islamischen islamitische islamska "
        "islámská islamská islamiska islamiske islamilainen islami iszlám i̇slam islam "
        "исламская исламска الإسلامية اسلامی イスラム 伊斯兰 伊斯蘭 이슬람 "
        "islami islamiyya islamiyah islamiyyah eslami eslamiye "
        "islamitisk islamischer islamske"
    ),
    "arab": (
        "arab árabe arabe araba arabische arabischen arabska arabská arabiska arabiske "
        "арабская арабска العربية عربی アラブ 阿拉伯 아랍 "
        "arabiyya arabiyyah arabiyah"
    ),
    "socialist": (
        "socialist socialista socialiste sozialistische socialistische socialistická "
        "socijalistička socialistična socjalistyczna socialistiska sosialistinen "
        "sotsialistlik szocialista sosyalist социалистическая социјалистичка الاشتراكية "
        "سوسیالیستی 社会主義 社会主义 社會主義 사회주의 "
        "shehuizhuyi "
        "socialistické socialistisk سوشلسٹ சோசலிசக் sosialistisk"
    ),
    "union": (
        "union unión união unione unie unia únia unija unionen uniunea unioni szövetség "
        "birliği союз савез اتحاد الاتحاد 联盟 聯盟 "
        "związek statsförbundet liiduvabariik"
    ),
    "emirate": (
        "emirate emirates emirato emiratos emirado émirat émirats emirati إمارة 首長国 "
        "酋长国 首長國 "
        "imarat "
        "امیرنشین əmirliyi"
    ),
    "principality": (
        "principality principado principauté principato fürstentum vorstendom furstendömet "
        "fyrstedømmet knížectví kniežatstvo kneževina księstwo ruhtinaskunta vürstiriik "
        "prensliği hercegség principat княжество кнежевина إمارة 公国 公國 공국 "
        "fyrstendømmet furstendöme شاهزاده نشین شاهزادهنشین امارت kunigaikštystė prinsdom"
    ),
    "duchy": (
        "duchy ducado ducato duché grand gran granducato grão großherzogtum grossherzogtum "
        "groothertogdom storhertugdømmet storhertigdömet velkovévodství veľkovojvodstvo "
        "velikovojvodstvo suurherttuakunta suurhertsogiriik nagyhercegség великое герцогство "
        "大公国 大公國 대공국 "
        "دوک دوکنشین grootvorstendom granduché"
    ),
    "sultanate": (
        "sultanate sultanato sultanat sultanaat sultanát sulttaanikunta sultaniriik "
        "szultanátus sultanlığı султанат سلطنة سلطنت 苏丹国 蘇丹國 술탄국 "
        "saltana saltanat "
        "سلطاننشین"
    ),
    "commonwealth": (
        "commonwealth mancomunidad comunidade comunità společenství spoločenstvo wspólnota "
        "zajednica gemenebest samväldet samveldet kansainyhteisö nemzetközösség содружество "
        "كومنولث "
        "مشترکہ همسود komonvelt komonwelt ühendus társulás liga yhteisö topluluğu topluluk "
        "сообщество співдружність "
        "statssamfund"
    ),
    "confederation": (
        "confederation confederación confédération confederazione confederação "
        "eidgenossenschaft confederatie konfederace konfederácia konfederacija konfederacja "
        "konföderation edsförbundet valaliitto konföderasyonu конфедерация "
        "کنفدراسیون 연방 konfederasi konfederasyon confederatio"
    ),
    "cooperative": (
        "cooperative operative cooperativa coopérative kooperative kooperativa kooperativna "
        "osuustoiminnallinen kooperatif кооперативная "
        "szövetkezeti szövetkezet družstevní zadruga spółdzielcza تعاونی التعاونية"
    ),
    "plurinational": (
        "plurinational plurinacional plurinazionale mnohonárodní wielonarodowe "
        "monikansallinen многонациональное 多民族 다민족 "
        "多民族国 다민족국"
    ),
    "territory": (
        "territory territoire territorio território territorium teritorij teritorija "
        "teritorium terytorium území územie territoriet collectivity collectivité "
        "colectividad collettività department département departamento dipartimento "
        "bailiwick bailliage country nation nación nação nazione территория الإقليم إقليم "
        "special administrative region sar 特别行政区 特別行政區 特別行政区 특별행정구 属地 "
        "領地 领地 지역 territories territoires territorios territori territórios gebiete "
        "teritorije территории територии الأراضي 领土 領土 自治区 自治區 영토 "
        "قلمرو سرزمین علاقہ علاقے grondgebied tiriad teritóriu teritoriya teritoryo wilayah "
        "oblast alue område kolektivitet kolektivita kolektivitás kolektivitesi kollektivität "
        "collectiviteit közösség toprakları toprağı землі територія vogtei foogtkond "
        "baljuwschap bailía bailiado baliado baliato bejlivik bailluage rychtářství kronbesitz "
        "dependency dependencia dependência dépendance dependenza besitzung владение коронное "
        "бейливик overseas outremer ultramar departement departemang departman départements "
        "especial administrativa administrativo région región região regione zvláštní speciální "
        "speciale amministrativa specijalna posebno upravno područje administratívna "
        "administrativna sonderverwaltungsregion sonderverwaltungszone verwaltungsregion "
        "специальный административный район spéciale erityishallintoalue särskilda speciella "
        "különleges közigazgatási erihalduspiirkond özel yönetim bölgesi rejon specjalny خصوصی "
        "انتظامی ویژه اداری منطقة الإدارية autonomous autónoma autonome "
        "autonoma landskapet landschaft provincia provincie "
        "departementsområdet förvaltningsområdet gemeenschap gemeinschaft país pais baliwat "
        "muhafızlığı odjel übersee skupine skupina gruppo groupe gruppe grupo شهرستانی"
    ),
    "bolivarian": (
        "bolivarian bolivariana bolivarienne bolivarische bolivarijanska bolívarovská "
        "boliwariańska bolivaarinen боливарианская البوليفارية ボリバル 玻利瓦尔 볼리바르"
    ),
    "islands": (
        "islands archipelago îles islas ilhas isole inseln eilanden øyene öarna saaret острова "
        "جزر 群島 群岛 諸島 诸岛 諸岛 제도 "
        "otoci otočje ostrva ostrovů ostrovov ostrovy wyspy szigetek saarestik adaları adalar "
        "kepulauan visiwa eyjar öar øerne جزائر جزایر อ่าว หมู่เกาะ "
        "острови"
    ),
}
