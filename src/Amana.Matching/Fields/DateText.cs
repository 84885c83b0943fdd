using System.Globalization;
using System.Text;

namespace Amana.Matching.Fields;

/// <summary>Reads dates as lists, documents and officers write them.</summary>
internal static class DateText
{
    private const int RangeYearsMax = 20;

    private enum Kind : byte { Number, Month, About, Era, To, Other }

    /// <param name="Digits">Of a number as written, 0 for a word.</param>
    private readonly record struct Piece(Kind Kind, int Value, int Digits, Era Era, char Before);

    public static IReadOnlyList<PartialDate> Read(string? text, out FieldRefusal? refusal)
    {
        refusal = null;
        if (string.IsNullOrWhiteSpace(text)) return Refuse(FieldRefusals.DateEmpty, out refusal);
        if (text.Length > PartialDate.TextCharsMax) return Refuse(FieldRefusals.DateTooLong, out refusal);
        if (Cut(text) is not { } pieces) return Refuse(FieldRefusals.DateNotRead, out refusal);
        bool about = pieces.Exists(p => p.Kind is Kind.About);
        var era = pieces.Find(p => p.Kind is Kind.Era or Kind.Month && p.Era is not Era.Gregorian).Era;
        var parts = pieces.FindAll(p => p.Kind is Kind.Number or Kind.Month);
        if (Range(parts, pieces.Exists(p => p.Kind is Kind.To)) is { } range) return Years(range.First, range.Last, era, about, out refusal);
        return One(parts, era, about, out refusal);
    }

    private static IReadOnlyList<PartialDate> One(List<Piece> parts, Era era, bool about, out FieldRefusal? refusal)
    {
        refusal = null;
        if (Order(parts, out refusal) is not { } ymd) return [];
        var (year, month, day) = ymd;
        if (Calendars.ToGregorian(era, year, month, day, about) is { } date) return [date];
        return Refuse(Calendars.Check(era, year, month, day) ?? FieldRefusals.DateNotRead, out refusal);
    }

    /// <summary>Which of the numbers is the year, which the month, which the day; 0 for what is missing.</summary>
    private static (int Year, int Month, int Day)? Order(List<Piece> parts, out FieldRefusal? refusal)
    {
        refusal = null;
        int named = parts.FindIndex(p => p.Kind is Kind.Month);
        var numbers = parts.FindAll(p => p.Kind is Kind.Number);
        if (parts.Count - numbers.Count > 1 || numbers.Count is 0 or > 3 || (named >= 0 && numbers.Count > 2))
            return No(FieldRefusals.DateNotRead, out refusal);
        if (numbers.Count == 1 && named < 0 && numbers[0].Digits == 8) return Packed(numbers[0].Value);
        int year = numbers.FindIndex(p => p.Digits is 3 or 4);
        if (year < 0) return No(numbers.Count > 1 || named >= 0 || numbers[0].Digits <= 2 ? FieldRefusals.YearNeedsFourDigits : FieldRefusals.DateNotRead, out refusal);
        int y = numbers[year].Value;
        var rest = numbers.Where((_, i) => i != year).ToArray();
        if (rest.Any(r => r.Digits > 2)) return No(FieldRefusals.DateNotRead, out refusal);
        if (named >= 0) return (y, parts[named].Value, rest.Length > 0 ? rest[0].Value : 0);
        if (rest.Length == 0) return (y, 0, 0);
        if (rest.Length == 1) return (y, rest[0].Value, 0);
        var (a, b) = (rest[0].Value, rest[1].Value);
        if (year == 0) return (y, a, b);
        if (year == 1) return No(FieldRefusals.DateNotRead, out refusal);
        return b > 12 && a <= 12 ? (y, a, b) : (y, b, a); // the day first, unless it cannot be
    }

    private static (int, int, int)? Packed(int number) =>
        number >= 1_000_00_00 ? (number / 10_000, number / 100 % 100, number % 100) : null;

    private static (int, int, int)? No(FieldRefusal why, out FieldRefusal? refusal)
    {
        refusal = why;
        return null;
    }

    private static (int First, int Last)? Range(List<Piece> parts, bool said)
    {
        if (parts.Count != 2 || parts.Exists(p => p.Kind is not Kind.Number || p.Digits != 4)) return null;
        return said || parts[1].Before is '-' or '/' ? (parts[0].Value, parts[1].Value) : null;
    }

    private static IReadOnlyList<PartialDate> Years(int first, int last, Era era, bool about, out FieldRefusal? refusal)
    {
        if (last < first) return Refuse(FieldRefusals.RangeBackwards, out refusal);
        if (last - first > RangeYearsMax) return Refuse(FieldRefusals.RangeTooWide, out refusal);
        var years = new List<PartialDate>();
        for (int year = first; year <= last; year++)
            if (Calendars.ToGregorian(era, year, 0, 0, about) is { } date) years.Add(date);
        refusal = years.Count == 0 ? FieldRefusals.YearOutOfRange : null;
        return years;
    }

    private static IReadOnlyList<PartialDate> Refuse(FieldRefusal why, out FieldRefusal? refusal)
    {
        refusal = why;
        return [];
    }

    /// <summary>Numbers and known words; null when there is anything else.</summary>
    private static List<Piece>? Cut(string text)
    {
        var pieces = new List<Piece>();
        char before = ' ';
        for (int i = 0; i < text.Length;)
        {
            char c = text[i];
            if (CharUnicodeInfo.GetDecimalDigitValue(c) >= 0)
            {
                if (Number(text, ref i, before) is not { } number) return null;
                pieces.Add(number);
                before = ' ';
            }
            else if (char.IsLetter(c) || c is '~' or '\u0640')
            {
                if (Word(text, ref i) is not { } word) return null;
                if (word.Kind is not Kind.Other) pieces.Add(word);
            }
            else if (char.IsWhiteSpace(c) || char.GetUnicodeCategory(c) is UnicodeCategory.Format) i++;
            else if (c is '-' or '/' or '.' or ',' or '\u2013' or '\u2014' or '\u2010' or '\u060C' or '(' or ')' or '?' or ':' or '+')
            {
                before = c is '\u2013' or '\u2014' or '\u2010' ? '-' : c;
                if (c is '?') pieces.Add(new Piece(Kind.About, 0, 0, Era.Gregorian, ' '));
                i++;
            }
            else return null;
        }
        return pieces;
    }

    private static Piece? Number(string text, ref int i, char before)
    {
        int value = 0, digits = 0;
        for (; i < text.Length && CharUnicodeInfo.GetDecimalDigitValue(text[i]) is >= 0 and var digit; i++, digits++)
            if (digits < 8) value = (value * 10) + digit;
        if (digits > 8) return null;
        if (digits == 8 || i >= text.Length || text[i] is not ('T' or 't')) return new Piece(Kind.Number, value, digits, Era.Gregorian, before);
        i = text.Length; // an instant: what follows the T is the time of day
        return new Piece(Kind.Number, value, digits, Era.Gregorian, before);
    }

    private static Piece? Word(string text, ref int i)
    {
        int start = i;
        while (i < text.Length && (char.IsLetter(text[i]) || text[i] is '~' or '\'' or '\u2019' or '\u0640' or '\u200D' || char.GetUnicodeCategory(text[i]) is UnicodeCategory.NonSpacingMark)) i++;
        string word = DateWords.Fold(text.AsSpan(start, i - start));
        if (word is "st" or "nd" or "rd" or "th" && start > 0 && char.IsDigit(text[start - 1])) return new Piece(Kind.Other, 0, 0, Era.Gregorian, ' ');
        return DateWords.Known.TryGetValue(word, out var known) ? known switch
        {
            ("month", _, _) => new Piece(Kind.Month, known.Number, 0, known.Era, ' '),
            ("about", _, _) => new Piece(Kind.About, 0, 0, Era.Gregorian, ' '),
            ("era", _, _) => new Piece(Kind.Era, 0, 0, known.Era, ' '),
            ("to", _, _) => new Piece(Kind.To, 0, 0, Era.Gregorian, ' '),
            _ => new Piece(Kind.Other, 0, 0, Era.Gregorian, ' '),
        } : null;
    }
}
