namespace Amana.Exchange.Fields;

/// <summary>A value of an HTTP structured field (RFC 9651, 3.3).</summary>
public abstract record BareItem;

/// <param name="Value">-999,999,999,999,999 to 999,999,999,999,999.</param>
public sealed record FieldInteger(long Value) : BareItem;

/// <param name="Value">At most twelve digits before the point and three after it.</param>
public sealed record FieldDecimal(decimal Value) : BareItem;

/// <param name="Value">Printable ASCII.</param>
public sealed record FieldText(string Value) : BareItem;

/// <param name="Value">Such as <c>application/json</c>: begins with a letter or an asterisk.</param>
public sealed record FieldToken(string Value) : BareItem;

public sealed record FieldBytes(ReadOnlyMemory<byte> Value) : BareItem
{
    public bool Equals(FieldBytes? other) => other is not null && Value.Span.SequenceEqual(other.Value.Span);
    public override int GetHashCode() => Value.Length;
}

public sealed record FieldFlag(bool Value) : BareItem;

/// <param name="Value">Seconds since 1970.</param>
public sealed record FieldDate(long Value) : BareItem;

/// <param name="Value">Any text.</param>
public sealed record FieldDisplay(string Value) : BareItem;

/// <summary>Parameters in their order; a name stands once.</summary>
public sealed class FieldParameters
{
    private readonly List<KeyValuePair<string, BareItem>> _all = [];

    public static FieldParameters None => new();

    public IReadOnlyList<KeyValuePair<string, BareItem>> All => _all;

    /// <summary>Takes the place of one with the same name.</summary>
    public FieldParameters With(string name, BareItem value)
    {
        int at = _all.FindIndex(p => p.Key == name);
        if (at < 0) _all.Add(new(name, value));
        else _all[at] = new(name, value);
        return this;
    }

    public BareItem? Find(string name) => _all.Find(p => p.Key == name).Value;
}

/// <summary>A member of a list or dictionary.</summary>
public abstract record FieldMember(FieldParameters Parameters);

public sealed record FieldItem(BareItem Bare, FieldParameters Parameters) : FieldMember(Parameters);

public sealed record FieldInnerList(IReadOnlyList<FieldItem> Items, FieldParameters Parameters) : FieldMember(Parameters);
