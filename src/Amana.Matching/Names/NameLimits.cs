namespace Amana.Matching.Names;

internal static class NameLimits
{
    /// <summary>Tokens of one name that are compared; a name has rarely more than ten. One bit each in the alignment.</summary>
    public const int TokensMax = 32;
}
