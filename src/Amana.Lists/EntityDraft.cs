using Amana.Lists.Questions;
using Amana.Matching;

namespace Amana.Lists;

/// <summary>One entity while its row is read: takes values, sets aside those that cannot be, and closes into a
/// <see cref="ListedEntity"/>. Used again for each row.</summary>
/// <remarks>The rule for bad values: when an identifier and one good name remain, only the bad value is set aside and the
/// rest of the row is taken; otherwise the whole row is, with the reason of its first bad name or identifier.</remarks>
internal sealed class EntityDraft(RejectedRows rejected, EntityIds ids)
{
    /// <summary>Most values of one property; the Security Council's longest entry has 60.</summary>
    public const int ValuesMax = 2_000;

    private static readonly Property BirthDate = KnownProperties.Of("birthDate");
    private static readonly Property BirthDateAbout = KnownProperties.Of("birthDateAbout");

    private readonly List<(Property Property, List<string> Values)> _properties = [];
    private readonly Stack<List<string>> _spare = new();
    private readonly List<RejectedRow> _notes = [];
    private readonly List<string> _referents = [];
    private readonly List<PartialDate> _dates = [];
    private readonly List<string> _codes = [];
    private readonly CountryTexts _countries = new();

    public string? Id { get; set; }
    public string? Schema { get; set; }
    public string? Caption { get; set; }
    public bool Target { get; set; } = true;
    public DateTimeOffset? FirstSeen { get; set; }
    public DateTimeOffset? LastSeen { get; set; }
    public DateTimeOffset? LastChange { get; set; }

    public void Clear()
    {
        foreach (var (_, values) in _properties)
        {
            values.Clear();
            _spare.Push(values);
        }
        _properties.Clear();
        _notes.Clear();
        _referents.Clear();
        (Id, Schema, Caption, Target, FirstSeen, LastSeen, LastChange) = (null, null, null, true, null, null, null);
    }

    public void AddReferent(string id)
    {
        if (_referents.Count < ValuesMax && !_referents.Contains(id)) _referents.Add(id);
    }

    public void Add(string property, string? value) => Add(KnownProperties.Of(property), value);

    /// <summary>Checks the value as its property asks. Null and blank are no value.</summary>
    public void Add(Property property, string? value)
    {
        if (string.IsNullOrWhiteSpace(value)) return;
        string clean = property.Kind is ValueKind.Block
            ? CleanText.Block(value, out var fault)
            : CleanText.OneLine(value, out fault);
        if (fault is not CleanText.Fault.None) NoteFault(property, fault, value);
        if (clean.Length == 0) return;
        if (IsTooLong(property, clean)) return;
        switch (property.Kind)
        {
            case ValueKind.Date: AddDate(property, clean, about: false); break;
            case ValueKind.Country: AddCountry(property, clean); break;
            case ValueKind.Sex: AddSex(property, clean); break;
            default: Keep(property, clean); break;
        }
    }

    public void Note(string property, string code, string reason, string value)
    {
        if (_notes.Count < ValuesMax)
            _notes.Add(new RejectedRow(rejected.File, rejected.Line, property, code, reason, RejectedRows.Cut(value)) { RestTaken = true });
    }

    /// <summary>For a value that cannot be shown: one note a column is enough.</summary>
    public void NoteOnce(string property, string code, string reason)
    {
        if (!_notes.Exists(n => n.Column == property && n.Code == code)) Note(property, code, reason, "");
    }

    /// <summary>A date, or the years between two.</summary>
    /// <param name="about">The list says so beside the text.</param>
    public void AddDates(string property, string? text, bool about)
    {
        if (string.IsNullOrWhiteSpace(text)) return;
        string clean = CleanText.OneLine(text, out var fault);
        var known = KnownProperties.Of(property);
        if (fault is not CleanText.Fault.None) NoteFault(known, fault, text);
        if (clean.Length > 0 && !IsTooLong(known, clean)) AddDate(known, clean, about);
    }

    /// <summary>FollowTheMoney's schemas are one word of letters; new ones are added by its makers from time to time.</summary>
    public static bool IsSchema(string schema) => schema.Length is > 0 and <= 50 && schema.All(char.IsAsciiLetter);

    public bool Has(string property) => _properties.Exists(p => p.Property.Name == property && p.Values.Count > 0);

    /// <summary>The entity; null when the row was set aside.</summary>
    public ListedEntity? Close(ReadOnlySpan<byte> row)
    {
        string? name = Has("name") ? First("name") : Has("alias") ? First("alias") : First("weakAlias") ?? ComposedName();
        if (string.IsNullOrEmpty(Id)) return Refuse(ListCodes.NoId, "The row has no identifier.", "id", row);
        if (!EntityIds.IsWellFormed(Id))
            return Refuse(ListCodes.BadId, $"An identifier has 1 to {EntityIds.CharsMax} characters and no controls.", "id", row);
        if (Schema is not null && !IsSchema(Schema))
            return Refuse(ListCodes.BadSchema, "The schema is no FollowTheMoney schema, such as Person or Company.", "schema", row);
        if (name is null) return RefuseNameless(row);
        if (!ids.Add(Id)) return Refuse(ListCodes.DuplicateId, $"The identifier {RejectedRows.Cut(Id)} was on an earlier row, which counts.", "id", row);
        foreach (var note in _notes) rejected.Put(note);
        return Whole(Id, name);
    }

    private ListedEntity Whole(string id, string name)
    {
        string[] names = new string[_properties.Count];
        string[][] values = new string[_properties.Count][];
        for (int i = 0; i < names.Length; i++) (names[i], values[i]) = (_properties[i].Property.Name, [.. _properties[i].Values]);
        string caption = CleanText.OneLine(Caption ?? "", out var fault);
        bool usable = caption.Length is > 0 and <= CleanText.NameCharsMax && fault is CleanText.Fault.None;
        return new ListedEntity
        {
            Id = id,
            Schema = Schema ?? "Person",
            Caption = usable ? caption : name,
            Properties = new PropertyBag(names, values),
            Referents = _referents.Count == 0 ? [] : [.. _referents],
            Target = Target,
            FirstSeen = FirstSeen,
            LastSeen = LastSeen,
            LastChange = LastChange,
        };
    }

    private ListedEntity? RefuseNameless(ReadOnlySpan<byte> row)
    {
        var bad = _notes.Find(n => n.Column is not null && KnownProperties.Of(n.Column).Kind is ValueKind.Name);
        return bad is null
            ? Refuse(ListCodes.NoName, "The row has no name.", "name", row)
            : Refuse(bad.Code, bad.Reason + " There is no other name on the row.", bad.Column, row);
    }

    public ListedEntity? Refuse(string code, string reason, string? column, ReadOnlySpan<byte> row)
    {
        rejected.Row(code, reason, row, column);
        return null;
    }

    private string? First(string property)
    {
        int at = _properties.FindIndex(p => p.Property.Name == property);
        return at < 0 || _properties[at].Values is not [var first, ..] ? null : first;
    }

    private string? ComposedName()
    {
        string name = Subjects.ComposedName(First);
        return name.Length == 0 ? null : name;
    }

    private void Keep(Property property, string value)
    {
        var values = ValuesOf(property);
        if (values.Contains(value)) return;
        if (values.Count < ValuesMax) values.Add(value);
        else if (!_notes.Exists(n => n.Code == ListCodes.TooManyValues && n.Column == property.Name))
            Note(property.Name, ListCodes.TooManyValues, $"Only the first {ValuesMax} values of a property are taken.", value);
    }

    private List<string> ValuesOf(Property property)
    {
        foreach (var (known, values) in _properties)
            if (ReferenceEquals(known, property) || known.Name == property.Name) return values;
        var fresh = _spare.Count > 0 ? _spare.Pop() : [];
        _properties.Add((property, fresh));
        return fresh;
    }

    private bool IsTooLong(Property property, string value)
    {
        if (property.Kind is ValueKind.Text or ValueKind.Block)
        {
            if (value.Length <= CleanText.ValueCharsMax) return false;
            Note(property.Name, ListCodes.ValueTooLong, $"The value has {value.Length} characters; {CleanText.ValueCharsMax} are taken.", value);
            return true;
        }
        if (value.Length <= CleanText.NameCharsMax) return false;
        string code = property.Kind is ValueKind.Name ? ListCodes.NameTooLong : ListCodes.ValueTooLong;
        Note(property.Name, code, $"The value has {value.Length} characters; {CleanText.NameCharsMax} are taken.", value);
        return true;
    }

    private void NoteFault(Property property, CleanText.Fault fault, string value)
    {
        var (code, reason) = fault switch
        {
            CleanText.Fault.Nul => (ListCodes.Nul, "The value holds a NUL character."),
            CleanText.Fault.BrokenSurrogate => (ListCodes.BrokenSurrogate, "The value holds half a character (an unpaired surrogate)."),
            _ => (ListCodes.BidiControl, "The value holds controls that turn the reading direction. It was taken without them."),
        };
        Note(property.Name, code, reason, value);
    }

    private void AddDate(Property property, string value, bool about)
    {
        _dates.Clear();
        if (!DateTexts.TryRead(value, about, _dates))
            Note(property.Name, ListCodes.ImpossibleDate, "This is no date that can be.", value);
        foreach (var date in _dates)
        {
            string iso = DateTexts.Iso(date);
            Keep(property, iso);
            if (date.IsAbout && ReferenceEquals(property, BirthDate)) Keep(BirthDateAbout, iso);
        }
    }

    private void AddCountry(Property property, string value)
    {
        _codes.Clear();
        if (!_countries.TryRead(value, _codes))
            Note(property.Name, ListCodes.UnknownCountry, "There is no such country.", value);
        foreach (string code in _codes) Keep(property, code);
    }

    private void AddSex(Property property, string value)
    {
        if (QuestionFields.TrySex(value, out var sex)) Keep(property, sex switch { Sex.Female => "female", Sex.Male => "male", _ => "other" });
        else if (value.ToUpperInvariant() is not ("U" or "UNKNOWN" or "-" or "N/A"))
            Note(property.Name, ListCodes.UnknownSex, "Sex is female, male, other or unknown.", value);
    }
}
