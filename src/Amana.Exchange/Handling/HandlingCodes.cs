namespace Amana.Exchange.Handling;

/// <summary>What the originator of an item forbids its holders; they combine, and none of them is H0. Source: docs/specs/handling.md.</summary>
[Flags]
public enum HandlingCodes
{
    /// <summary>H0: police use, for any lawful purpose.</summary>
    None = 0,
    /// <summary>H1: not in judicial proceedings without the originator's permission.</summary>
    NotInCourt = 1,
    /// <summary>H2: not passed on without the originator's permission.</summary>
    NotPassedOn = 2,
    /// <summary>H3: the originator's own conditions, in text.</summary>
    Conditions = 4,
}

/// <summary>How reliable the source is, from the best to what cannot be assessed.</summary>
public enum SourceGrade { A, B, C, X }

/// <summary>How reliable the information is: 1 not in doubt; 2 known to the source itself; 3 corroborated; 4 neither.</summary>
public enum InformationGrade
{
    Certain = 1,
    KnownToSource,
    Corroborated,
    Uncorroborated,
}

/// <summary>How an item is protected; independent of its handling codes.</summary>
public enum ConfidentialityLevel { Official, Restricted, Confidential }

public static class HandlingCodeWords
{
    public const string Free = "H0", NotInCourt = "H1", NotPassedOn = "H2", Conditions = "H3";

    extension(HandlingCodes codes)
    {
        /// <summary><c>H0</c> alone, or those that hold, in order.</summary>
        public IReadOnlyList<string> Words => codes is HandlingCodes.None ? [Free] :
        [
            .. codes.HasFlag(HandlingCodes.NotInCourt) ? [NotInCourt] : Array.Empty<string>(),
            .. codes.HasFlag(HandlingCodes.NotPassedOn) ? [NotPassedOn] : Array.Empty<string>(),
            .. codes.HasFlag(HandlingCodes.Conditions) ? [Conditions] : Array.Empty<string>(),
        ];

        /// <summary>The one that is shown where there is room for one.</summary>
        public string Strictest => codes.Words[^1];
    }

    /// <summary>One word; H0 adds nothing.</summary>
    public static bool TryParse(string? word, out HandlingCodes code)
    {
        code = word switch
        {
            NotInCourt => HandlingCodes.NotInCourt,
            NotPassedOn => HandlingCodes.NotPassedOn,
            Conditions => HandlingCodes.Conditions,
            _ => HandlingCodes.None,
        };
        return code is not HandlingCodes.None || word == Free;
    }
}
