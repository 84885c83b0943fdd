#:property PublishAot=false
#:property NoWarn=$(NoWarn);CA1303;CA1861;CA1852;MA0047;MA0048;CA1050;CA1515;MA0008

// Makes data/han/variants.tsv, data/han/readings.tsv and data/han/spellings.tsv:
//   dotnet run tools/make-han-tables.cs -- UNIHAN-DIRECTORY OUTPUT-DIRECTORY
// UNIHAN-DIRECTORY holds Unihan_Readings.txt, Unihan_Variants.txt and Unihan_OtherMappings.txt of the Unicode Character
// Database (Debian package unicode-data). What is taken and why: data/han/SOURCE.md.
using System.Globalization;
using System.Text;

string from = args[0], to = args[1];
var readings = Fields("Unihan_Readings.txt");
var variants = Fields("Unihan_Variants.txt");
var mappings = Fields("Unihan_OtherMappings.txt");

// Japanese forms that Unihan does not tie to the others, beside the form used here.
const string Shinjitai = "沢泽 浜滨 辺边 邉边 邊边 桜樱 広广 関关 竜龙 滝泷 瀧泷 恵惠 徳德 栄荣 円圆 実实 眞真 亜亚 穂穗 鉄铁 戸户 戶户 黃黄 瀬濑 豊丰 塩盐 寿寿 壽寿 将将 剣剑 衛卫 衞卫 郷乡 満满 条条 蔵藏 渋涩 権权 県县 発发 仏佛 変变 弁辩 歩步 両两 緑绿 麗丽 鶏鸡 渓溪 経经 継继 鎮镇 鎭镇 靜静 摂摄 繊纤 双双 装装 聡聪 総总 続续 単单 団团 弾弹 昼昼 庁厅 聴听 伝传 稲稻 読读 悩恼 売卖 麦麦 姫姬 兪俞 裵裴 曺曹 産产 斎斋 斉齐 黒黑 増增 応应 薫薰 顕显 桧桧 檜桧 槙槙 槇槙 尭尧 高高 髙高 﨑崎 嵜崎 島岛 嶋岛 嶌岛 峯峰 閒间 來来 吳吴 呉吴 內内 戻戾 步步 圡土 𠮷吉 濵滨 濱滨 淸清 靑青 敎教 說说 鄕乡 黑黑 卽即 旣既 尙尚 柬柬 衆众 奧奥 壯壮 莊庄 荘庄 巖岩 巌岩 礼礼 禮礼 參参 図图 国国 國国 気气 氣气 沖冲 囲围 栃枥 畑畑 辻辻 込込 峠峠 榊榊 凪凪 笹笹 枠枠 働动 匂匂 喰喰 塀塀 搾榨 杢杢 枡枡 栞栞 樫樫 糀糀 鰯鰯 鴫鴫";

var folded = new SortedDictionary<string, string>(StringComparer.Ordinal);
foreach (var (letter, fields) in variants)
    if (fields.TryGetValue("kSimplifiedVariant", out string? value) && value.Split(' ').Select(Letter).FirstOrDefault(l => l != letter) is { } simple
        && !value.Split(' ').Select(Letter).Contains(letter)) folded[letter] = simple;
foreach (string pair in Shinjitai.Split(' '))
{
    var two = pair.EnumerateRunes().Select(r => r.ToString()).ToArray();
    if (two[0] != two[1]) folded[two[0]] = two[1];
}
foreach (string letter in folded.Keys.ToArray())
    for (int steps = 0; steps < 3 && folded.TryGetValue(folded[letter], out string? further) && further != letter; steps++) folded[letter] = further;
Write("variants.tsv", ["# A Han letter and the one it is compared as.", "# letter TAB letter"],
    folded.Where(p => p.Key.Length == 1 && p.Value.Length == 1 && Used(p.Key)).Select(p => $"{p.Key}\t{p.Value}"));

var all = new SortedDictionary<string, HashSet<string>[]>(StringComparer.Ordinal);
foreach (var (letter, fields) in readings)
{
    if (letter.Length != 1 || !Used(letter)) continue;
    string target = folded.GetValueOrDefault(letter, letter);
    if (target.Length != 1) continue;
    if (!all.TryGetValue(target, out var row)) all[target] = row = [[], [], [], [], []];
    foreach (string s in Words(fields, "kMandarin")) row[0].Add(Toneless(s));
    foreach (string s in Words(fields, "kHanyuPinlu")) row[0].Add(Toneless(s[..s.IndexOf('(')]));
    foreach (string s in Words(fields, "kCantonese")) row[1].Add(s.TrimEnd('1', '2', '3', '4', '5', '6'));
    foreach (string s in Words(fields, "kHangul")) row[2].Add(s[..1]);
    if (mappings.TryGetValue(letter, out var maps) && (maps.ContainsKey("kJoyoKanji") || maps.ContainsKey("kJinmeiyoKanji")))
    {
        foreach (string s in Words(fields, "kJapaneseOn").Take(2)) row[3].Add(s.ToLowerInvariant());
        foreach (string s in Words(fields, "kJapaneseKun").Where(k => k.Length <= 7).Take(4)) row[3].Add(s.ToLowerInvariant());
    }
    foreach (string s in Words(fields, "kVietnamese").Take(2)) row[4].Add(Toneless(s));
}
Write("readings.tsv", ["# How a Han letter is read in names.", "# letter TAB Mandarin TAB Cantonese TAB Korean TAB Japanese TAB Vietnamese, each with spaces between readings"],
    all.Where(p => p.Value.Any(v => v.Count > 0)).Select(p => p.Key + "\t" + string.Join('\t', p.Value.Select(v => string.Join(' ', v)))));

var spellings = new List<string>();
foreach (string s in all.Values.SelectMany(r => r[0]).Distinct().Order(StringComparer.Ordinal)) Spell("m", s, Mandarin.Spellings(s));
foreach (string s in all.Values.SelectMany(r => r[1]).Distinct().Order(StringComparer.Ordinal)) Spell("c", s, Cantonese.Spellings(s));
foreach (string s in all.Values.SelectMany(r => r[2]).Distinct().Order(StringComparer.Ordinal)) Spell("k", s, Korean.Spellings(s));
foreach (string s in all.Values.SelectMany(r => r[3]).Distinct().Order(StringComparer.Ordinal)) Spell("j", s, Japanese.Spellings(s));
Write("spellings.tsv", ["# How a reading is spelled in Latin names.", "# language (m Mandarin, c Cantonese, k Korean, j Japanese) TAB reading TAB spelling TAB share"], spellings);
Console.WriteLine($"{folded.Count} variants, {all.Count} letters, {spellings.Count} spellings");

void Spell(string language, string reading, IEnumerable<(string Latin, double Share)> ways)
{
    var some = ways.Where(w => w.Latin.Length is > 0 and <= 8).GroupBy(w => w.Latin).Select(g => (g.Key, Share: g.Sum(w => w.Share))).OrderByDescending(w => w.Share).Take(10).ToArray();
    double sum = some.Sum(w => w.Share);
    foreach (var (latin, share) in some)
        if (share / sum >= 0.02) spellings.Add(string.Create(CultureInfo.InvariantCulture, $"{language}\t{reading}\t{latin}\t{share / sum:0.###}"));
}

bool Used(string letter) => readings.TryGetValue(letter, out var f) && (f.ContainsKey("kHangul") || f.ContainsKey("kTGHZ2013"))
    || mappings.TryGetValue(letter, out var m) && (m.ContainsKey("kJoyoKanji") || m.ContainsKey("kJinmeiyoKanji"))
    || variants.TryGetValue(letter, out var v) && v.ContainsKey("kSimplifiedVariant") || Shinjitai.Contains(letter, StringComparison.Ordinal);

static string[] Words(Dictionary<string, string> fields, string name) => fields.TryGetValue(name, out string? value) ? value.Split(' ') : [];
static string Letter(string code) => char.ConvertFromUtf32(int.Parse(code.Split('<')[0][2..], NumberStyles.HexNumber, CultureInfo.InvariantCulture));

static string Toneless(string s)
{
    var kept = new StringBuilder();
    foreach (char c in s.Replace('đ', 'd').Replace("ü", "v", StringComparison.Ordinal).Normalize(NormalizationForm.FormD))
        if (c == '\u0308' && kept.Length > 0 && kept[^1] == 'u') kept[^1] = 'v';
        else if (char.IsAsciiLetter(c)) kept.Append(c);
    return kept.ToString();
}

Dictionary<string, Dictionary<string, string>> Fields(string file)
{
    var found = new Dictionary<string, Dictionary<string, string>>(StringComparer.Ordinal);
    foreach (string line in File.ReadLines(Path.Combine(from, file)))
    {
        if (line.Length == 0 || line[0] == '#') continue;
        string[] parts = line.Split('\t');
        string letter = Letter(parts[0]);
        if (!found.TryGetValue(letter, out var fields)) found[letter] = fields = new(StringComparer.Ordinal);
        fields[parts[1]] = parts[2];
    }
    return found;
}

void Write(string file, string[] heading, IEnumerable<string> rows) =>
    File.WriteAllText(Path.Combine(to, file), string.Join('\n', heading.Concat(rows)) + "\n");

/// <summary>Pinyin, and Wade-Giles as people write it: without apostrophes and marks.</summary>
internal static class Mandarin
{
    private static readonly (string, string)[] Initials =
        [("zh", "ch"), ("ch", "ch"), ("sh", "sh"), ("b", "p"), ("p", "p"), ("d", "t"), ("t", "t"), ("g", "k"), ("k", "k"), ("j", "ch"), ("q", "ch"),
         ("x", "hs"), ("z", "ts"), ("c", "ts"), ("r", "j"), ("m", "m"), ("f", "f"), ("n", "n"), ("l", "l"), ("h", "h"), ("s", "s"), ("y", "y"), ("w", "w")];
    private static readonly Dictionary<string, string> Finals = new(StringComparer.Ordinal)
    {
        ["ian"] = "ien", ["ie"] = "ieh", ["iong"] = "iung", ["ong"] = "ung", ["uo"] = "o", ["ve"] = "ueh", ["ue"] = "ueh", ["v"] = "u", ["e"] = "o", ["er"] = "erh", ["ui"] = "ui", ["iu"] = "iu",
    };

    public static IEnumerable<(string, double)> Spellings(string pinyin)
    {
        string plain = pinyin.Replace('v', 'u');
        yield return (plain, 0.80);
        if (pinyin.Contains('v')) yield return (pinyin.Replace("v", "yu", StringComparison.Ordinal), 0.2);
        yield return (WadeGiles(pinyin), 0.14);
        if (plain.StartsWith('x')) yield return ("s" + plain[1..], 0.03);
        if (plain.StartsWith("zh", StringComparison.Ordinal)) yield return ("z" + plain[2..], 0.02);
        if (plain.EndsWith("ui", StringComparison.Ordinal)) yield return (plain[..^2] + "uei", 0.02);
        if (plain.StartsWith("qi", StringComparison.Ordinal) && plain.Length > 2) yield return ("ch" + plain[2..], 0.02);
    }

    private static string WadeGiles(string pinyin)
    {
        string fixedForm = pinyin switch
        {
            "zi" => "tzu", "ci" => "tzu", "si" => "ssu", "zhi" or "chi" => "chih", "shi" => "shih", "ri" => "jih", "you" => "yu", "yan" => "yen", "ye" => "yeh",
            "yi" => "i", "yong" => "yung", "er" => "erh", "yue" => "yueh", "ju" or "qu" => "chu", "xu" => "hsu", "juan" or "quan" => "chuan", "xuan" => "hsuan",
            "jun" or "qun" => "chun", "xun" => "hsun", "ge" => "ko", "ke" => "ko", "he" => "ho", "e" => "o", "zhe" or "che" => "che", "she" => "she", "re" => "je",
            "guo" or "kuo" => "kuo", "huo" => "huo", "shuo" => "shuo", "gui" or "kui" => "kuei", _ => "",
        };
        if (fixedForm.Length > 0) return fixedForm;
        foreach (var (initial, spelled) in Initials)
            if (pinyin.StartsWith(initial, StringComparison.Ordinal)) return spelled + Finals.GetValueOrDefault(pinyin[initial.Length..], pinyin[initial.Length..]).Replace('v', 'u');
        return pinyin;
    }
}

/// <summary>Hong Kong spellings of a Jyutping syllable.</summary>
internal static class Cantonese
{
    private static readonly (string, string[])[] Initials =
        [("gw", ["kw", "gw"]), ("kw", ["kw"]), ("ng", ["ng", ""]), ("z", ["ch", "ts", "j", "tz"]), ("c", ["ch", "ts"]), ("s", ["s", "sh"]), ("g", ["k", "g"]), ("k", ["k"]),
         ("d", ["t", "d"]), ("t", ["t"]), ("b", ["p", "b"]), ("p", ["p"]), ("j", ["y"]), ("m", ["m"]), ("f", ["f"]), ("n", ["n", "l"]), ("l", ["l"]), ("h", ["h"]), ("w", ["w"])];
    private static readonly Dictionary<string, string[]> Finals = new(StringComparer.Ordinal)
    {
        ["aa"] = ["a", "ah"], ["aai"] = ["ai"], ["aau"] = ["au"], ["aam"] = ["am"], ["aan"] = ["an"], ["aang"] = ["ang"], ["aap"] = ["ap"], ["aat"] = ["at"], ["aak"] = ["ak"],
        ["ai"] = ["ai"], ["au"] = ["au", "ow"], ["am"] = ["am", "um"], ["an"] = ["an", "un"], ["ang"] = ["ang"], ["ap"] = ["ap"], ["at"] = ["at"], ["ak"] = ["ak"],
        ["e"] = ["e", "eh"], ["ei"] = ["ei", "i", "ee"], ["eng"] = ["eng", "ing"], ["ek"] = ["ek", "ik"], ["i"] = ["i", "ee"], ["iu"] = ["iu"], ["ip"] = ["ip"], ["it"] = ["it"],
        ["im"] = ["im"], ["in"] = ["in"], ["ing"] = ["ing"], ["ik"] = ["ik", "ick"], ["o"] = ["o", "or"], ["oi"] = ["oi", "oy"], ["on"] = ["on"], ["ong"] = ["ong"], ["ot"] = ["ot"], ["ok"] = ["ok"],
        ["ou"] = ["o", "ou", "oo"], ["oe"] = ["eu"], ["oeng"] = ["eung", "eong"], ["oek"] = ["euk", "eok"], ["eoi"] = ["ui", "oy"], ["eon"] = ["un", "on"], ["eot"] = ["ut"],
        ["u"] = ["u", "oo"], ["ui"] = ["ui"], ["un"] = ["un", "oon"], ["ung"] = ["ung"], ["ut"] = ["ut"], ["uk"] = ["uk", "ook"], ["yu"] = ["u", "ue", "yu"], ["yun"] = ["uen", "yuen", "un"], ["yut"] = ["uet", "ut"],
    };

    public static IEnumerable<(string, double)> Spellings(string jyutping)
    {
        if (jyutping is "ng" or "m") return [("ng", 1.0)];
        foreach (var (initial, spelled) in Initials)
            if (jyutping.StartsWith(initial, StringComparison.Ordinal)) return Join(spelled, jyutping[initial.Length..]);
        return Join([""], jyutping);
    }

    private static IEnumerable<(string, double)> Join(string[] starts, string final)
    {
        string[] ends = Finals.GetValueOrDefault(final, [final]);
        for (int s = 0; s < starts.Length; s++)
            for (int e = 0; e < ends.Length; e++)
                yield return ((starts[s] + ends[e]).Replace("yyu", "yu", StringComparison.Ordinal), Math.Pow(0.4, s) * Math.Pow(0.4, e));
    }
}

/// <summary>Spellings of a Hangul syllable in Korean names: Revised, McCune-Reischauer without marks, and what people choose.</summary>
internal static class Korean
{
    private static readonly string[][] Initials =
        [["g", "k"], ["kk"], ["n"], ["d", "t"], ["tt"], ["r", "l"], ["m"], ["b", "p"], ["pp"], ["s"], ["ss"], [""], ["j", "ch"], ["jj"], ["ch"], ["k"], ["t"], ["p"], ["h"]];
    private static readonly string[][] Vowels =
        [["a"], ["ae", "ai"], ["ya"], ["yae"], ["eo", "u", "o"], ["e"], ["yeo", "yu", "you", "yo"], ["ye"], ["o"], ["wa"], ["wae"], ["oe", "oi"], ["yo"], ["u", "oo", "woo"], ["wo"], ["we"], ["wi"], ["yu", "yoo"], ["eu", "u"], ["ui", "eui", "ee"], ["i", "ee"]];
    private static readonly string[][] Finals =
        [[""], ["k", "g"], ["k"], ["k"], ["n"], ["n"], ["n"], ["t"], ["l"], ["k"], ["m"], ["l"], ["l"], ["l"], ["l"], ["l"], ["m"], ["p", "b"], ["p"], ["t"], ["t"], ["ng"], ["t"], ["t"], ["k"], ["t"], ["p"], ["t"]];
    private static readonly Dictionary<string, (string, double)[]> Chosen = new(StringComparer.Ordinal)
    {
        ["이"] = [("lee", 3), ("yi", 0.6), ("rhee", 0.3), ("li", 0.2), ("ri", 0.1)], ["리"] = [("lee", 1), ("rhee", 0.4), ("li", 0.4)], ["박"] = [("park", 3), ("pak", 1)], ["최"] = [("choi", 3), ("choe", 1)],
        ["정"] = [("jung", 2), ("chung", 2), ("jeong", 1), ("jong", 0.5)], ["조"] = [("cho", 2), ("jo", 1)], ["유"] = [("yoo", 2), ("yu", 1.5), ("ryu", 0.7), ("you", 0.3)], ["류"] = [("ryu", 2), ("ryoo", 0.5), ("yoo", 0.5), ("lyu", 0.2)],
        ["임"] = [("lim", 2), ("im", 1), ("rim", 0.3), ("yim", 0.3)], ["림"] = [("lim", 1), ("rim", 1)], ["노"] = [("roh", 1), ("noh", 1), ("no", 1), ("ro", 0.3)], ["우"] = [("woo", 2), ("wu", 0.5)], ["심"] = [("shim", 1.5), ("sim", 1)],
        ["신"] = [("shin", 2), ("sin", 0.6)], ["김"] = [("kim", 4), ("gim", 0.3)], ["강"] = [("kang", 3), ("gang", 0.5)], ["권"] = [("kwon", 2), ("gwon", 0.5)], ["전"] = [("jeon", 1), ("chun", 1), ("jun", 1), ("chon", 0.5)],
        ["영"] = [("young", 2), ("yeong", 1), ("yong", 0.7), ("yung", 0.3)], ["희"] = [("hee", 2), ("hui", 1)], ["선"] = [("sun", 2), ("seon", 1), ("son", 0.3)], ["성"] = [("sung", 2), ("seong", 1), ("song", 0.5)], ["승"] = [("seung", 2), ("sung", 1)],
        ["현"] = [("hyun", 2), ("hyeon", 1), ("hyon", 0.5)], ["주"] = [("joo", 1.5), ("ju", 1), ("chu", 0.5)], ["수"] = [("soo", 1.5), ("su", 1)], ["구"] = [("koo", 1.5), ("goo", 1), ("gu", 0.7), ("ku", 0.5)], ["문"] = [("moon", 2), ("mun", 0.7)], ["준"] = [("jun", 1.5), ("joon", 1), ("chun", 0.3)],
        ["국"] = [("kook", 1), ("guk", 1), ("kuk", 0.5), ("gook", 0.5)], ["오"] = [("oh", 2), ("o", 0.7)], ["안"] = [("ahn", 1), ("an", 1)], ["변"] = [("byun", 1), ("byeon", 0.7), ("pyon", 0.3)], ["배"] = [("bae", 2), ("pae", 0.5), ("bai", 0.2)],
    };

    public static IEnumerable<(string, double)> Spellings(string syllable)
    {
        int index = syllable[0] - 0xAC00;
        if (Chosen.TryGetValue(syllable, out var chosen))
            foreach (var way in chosen) yield return way;
        string[] starts = Initials[index / 588], middles = Vowels[index / 28 % 21], ends = Finals[index % 28];
        for (int s = 0; s < starts.Length; s++)
            for (int m = 0; m < middles.Length; m++)
                for (int e = 0; e < ends.Length; e++)
                {
                    double share = Math.Pow(0.5, s + m) * Math.Pow(0.2, e);
                    yield return (starts[s] + middles[m] + ends[e], share);
                    if (starts[s] == "s" && middles[m] is "i" or "wi" && starts[s] == "s") yield return ("sh" + middles[m] + ends[e], share);
                }
    }
}

/// <summary>Hepburn, with long vowels written or not, and with the voiced start that a second part takes.</summary>
internal static class Japanese
{
    public static IEnumerable<(string, double)> Spellings(string romaji)
    {
        foreach (var (way, share) in Lengths(romaji))
        {
            yield return (way, share);
            string voiced = way[0] switch
            {
                'k' => "g" + way[1..], 't' when way.StartsWith("tsu", StringComparison.Ordinal) => "z" + way[2..], 't' => "d" + way[1..], 'h' => "b" + way[1..], 'f' => "b" + way[1..],
                's' when way.StartsWith("shi", StringComparison.Ordinal) => "j" + way[2..], 's' => "z" + way[1..], _ => "",
            };
            if (voiced.Length > 0) yield return (voiced, share * 0.2);
        }
    }

    private static IEnumerable<(string, double)> Lengths(string romaji)
    {
        string brief = romaji.Replace("ou", "o", StringComparison.Ordinal).Replace("oo", "o", StringComparison.Ordinal).Replace("uu", "u", StringComparison.Ordinal);
        yield return (brief, 0.8);
        if (brief == romaji) yield break;
        yield return (romaji, 0.3);
        if (brief.EndsWith('o')) yield return (brief + "h", 0.1);
    }
}
