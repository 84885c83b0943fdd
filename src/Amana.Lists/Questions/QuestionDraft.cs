using Amana.Matching;

namespace Amana.Lists.Questions;

/// <summary>The fields of one line as text, becoming a question.</summary>
public sealed class QuestionDraft(long number)
{
    private readonly List<string> _names = [];
    private readonly List<PartialDate> _birthDates = [];
    private readonly List<string> _countries = [];
    private readonly List<string> _idNumbers = [];
    private readonly List<QuestionNote> _warnings = [];
    private SubjectKind _kind = SubjectKind.Any;
    private Sex _sex;
    private string? _schema;
    private string? _id;
    private bool _idIsNumber;
    private QuestionNote? _error;

    public static bool IsField(string name) =>
        name is "name" or "names" or "schema" or "birthDate" or "country" or "gender" or "idNumber";

    public static bool MayRepeat(string field) => field is not ("schema" or "gender");

    public void SetId(string id, bool isNumber) => (_id, _idIsNumber) = (id, isNumber);

    /// <summary>The first reason stays.</summary>
    public void Refuse(QuestionNote why) => _error ??= why;

    public void Add(string field, string text)
    {
        string line = CleanText.OneLine(text, out var fault);
        if (fault is CleanText.Fault.Nul or CleanText.Fault.BrokenSurrogate) { Refuse(QuestionNotes.NotText(field)); return; }
        if (fault is CleanText.Fault.BidiControl) _warnings.Add(QuestionNotes.DirectionMarks(field));
        text = line.Trim();
        if (text.Length == 0) return;
        switch (field)
        {
            case "name" or "names": AddName(text); break;
            case "schema": SetSchema(text); break;
            case "birthDate": AddBirthDate(text); break;
            case "country": AddCountry(text); break;
            case "gender": SetSex(text); break;
            case "idNumber": AddTo(_idNumbers, text, field); break;
            default: throw new ArgumentOutOfRangeException(nameof(field));
        }
    }

    public QuestionLine Finish()
    {
        if (_names.Count == 0 && _idNumbers.Count == 0) Refuse(QuestionNotes.NoName);
        return new QuestionLine
        {
            Number = number,
            Id = _id,
            IdIsNumber = _idIsNumber,
            Schema = _schema,
            Error = _error,
            Warnings = _warnings,
            Question = _error is not null ? null : new Question
            {
                Names = _names, Kind = _kind, BirthDates = _birthDates, Countries = _countries, Sex = _sex, IdNumbers = _idNumbers,
            },
        };
    }

    private void AddName(string text)
    {
        if (text.Length > Question.NameCharsMax) { Refuse(QuestionNotes.NameTooLong); return; }
        if (_names.Count == Question.NamesMax) { Refuse(QuestionNotes.TooManyNames); return; }
        _names.Add(text);
        if (!text.Any(char.IsLetterOrDigit) && !text.Any(char.IsSurrogate)) _warnings.Add(QuestionNotes.NoLetter);
    }

    private void SetSchema(string text)
    {
        if (QuestionSchemas.TryKindOf(text, out _kind)) _schema = text;
        else Refuse(QuestionNotes.UnknownSchema(text));
    }

    private void AddBirthDate(string text)
    {
        if (QuestionFields.TryDate(text, out var date)) AddTo(_birthDates, date, "birthDate");
        else _warnings.Add(QuestionNotes.NoSuchDate(text));
    }

    private void AddCountry(string text)
    {
        if (QuestionFields.TryCountry(text, out string code)) AddTo(_countries, code, "country");
        else _warnings.Add(QuestionNotes.UnknownCountry(text));
    }

    private void SetSex(string text)
    {
        if (QuestionFields.TrySex(text, out var sex)) _sex = sex;
        else _warnings.Add(QuestionNotes.UnknownSex(text));
    }

    private void AddTo<T>(List<T> values, T value, string field)
    {
        if (values.Count == QuestionNotes.ValuesMax) Refuse(QuestionNotes.TooManyValues with { Field = field });
        else values.Add(value);
    }
}
