using System.Globalization;
using System.Text;

namespace Amana.Exchange.Fields;

/// <summary>Writes HTTP structured fields in their one form: RFC 9651, section 4.1.</summary>
public static class FieldWriter
{
    private const long IntegerMost = 999_999_999_999_999, DecimalMost = 999_999_999_999;

    /// <exception cref="FormatException">A value that the field cannot hold.</exception>
    public static string Write(FieldMember member)
    {
        var text = new StringBuilder();
        Member(text, member);
        return text.ToString();
    }

    /// <inheritdoc cref="Write(FieldMember)"/>
    public static string Write(IEnumerable<FieldMember> list) => string.Join(", ", list.Select(Write));

    /// <inheritdoc cref="Write(FieldMember)"/>
    public static string Write(IEnumerable<KeyValuePair<string, FieldMember>> dictionary) => string.Join(", ", dictionary.Select(member =>
    {
        var text = new StringBuilder();
        Key(text, member.Key);
        if (member.Value is FieldItem { Bare: FieldFlag { Value: true } } flag) Parameters(text, flag.Parameters);
        else Member(text.Append('='), member.Value);
        return text.ToString();
    }));

    private static void Member(StringBuilder text, FieldMember member)
    {
        if (member is FieldItem item)
        {
            Bare(text, item.Bare);
        }
        else
        {
            text.Append('(');
            foreach (var inner in ((FieldInnerList)member).Items)
            {
                if (text[^1] != '(') text.Append(' ');
                Member(text, inner);
            }

            text.Append(')');
        }

        Parameters(text, member.Parameters);
    }

    private static void Parameters(StringBuilder text, FieldParameters parameters)
    {
        foreach (var (name, value) in parameters.All)
        {
            Key(text.Append(';'), name);
            if (value is not FieldFlag { Value: true }) Bare(text.Append('='), value);
        }
    }

    private static void Key(StringBuilder text, string key)
    {
        if (key.Length == 0 || !FieldLetters.BeginsKey(key[0]) || !key.All(FieldLetters.IsOfKey)) throw new FormatException("This is no key of a structured field.");
        text.Append(key);
    }

    private static void Bare(StringBuilder text, BareItem bare)
    {
        switch (bare)
        {
            case FieldInteger integer: Integer(text, integer.Value); break;
            case FieldDecimal number: Decimal(text, number.Value); break;
            case FieldText written: Text(text, written.Value); break;
            case FieldToken token:
                if (token.Value.Length == 0 || !FieldLetters.BeginsToken(token.Value[0]) || !token.Value.All(FieldLetters.IsOfToken)) throw new FormatException("This is no token.");
                text.Append(token.Value);
                break;
            case FieldBytes bytes: text.Append(':').Append(Convert.ToBase64String(bytes.Value.Span)).Append(':'); break;
            case FieldFlag flag: text.Append(flag.Value ? "?1" : "?0"); break;
            case FieldDate date: Integer(text.Append('@'), date.Value); break;
            case FieldDisplay display: Display(text, display.Value); break;
            default: throw new System.Diagnostics.UnreachableException();
        }
    }

    private static void Integer(StringBuilder text, long value)
    {
        if (value is < -IntegerMost or > IntegerMost) throw new FormatException("An integer has at most fifteen digits.");
        text.Append(value.ToString(CultureInfo.InvariantCulture));
    }

    private static void Decimal(StringBuilder text, decimal value)
    {
        decimal rounded = Math.Round(value, 3, MidpointRounding.ToEven);
        if (Math.Abs(Math.Truncate(rounded)) > DecimalMost) throw new FormatException("A decimal has at most twelve digits before the point.");
        text.Append(rounded.ToString("0.0##", CultureInfo.InvariantCulture));
    }

    private static void Text(StringBuilder text, string value)
    {
        if (value.Any(c => c is < ' ' or > '~')) throw new FormatException("A string holds printable ASCII.");
        text.Append('"').Append(value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)).Append('"');
    }

    private static void Display(StringBuilder text, string value)
    {
        byte[] bytes;
        try
        {
            bytes = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetBytes(value);
        }
        catch (EncoderFallbackException half)
        {
            throw new FormatException("Half of a surrogate pair cannot be written.", half);
        }

        text.Append("%\"");
        foreach (byte b in bytes)
        {
            if (b is (byte)'%' or (byte)'"' or < 0x20 or > 0x7e) text.Append(CultureInfo.InvariantCulture, $"%{b:x2}");
            else text.Append((char)b);
        }

        text.Append('"');
    }
}
