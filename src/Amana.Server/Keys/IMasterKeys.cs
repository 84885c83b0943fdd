namespace Amana.Server.Keys;

/// <summary>The keys that close all other keys. The seam where a hardware token stands: it closes and opens, and the keys never
/// leave it.</summary>
/// <remarks>Numbered from 1; the newest closes, older ones only open what they closed.</remarks>
internal interface IMasterKeys
{
    /// <summary>Number of the newest; makes the first when there is none.</summary>
    int Newest { get; }

    /// <summary>Makes another and begins to close with it.</summary>
    int MakeNext();

    /// <summary>Forgets all before <see cref="Newest"/>: nothing that they closed can be opened after it.</summary>
    void ForgetOlder();

    /// <param name="place">What is closed, such as <c>data/3</c>; the same word opens it, and no other.</param>
    byte[] Close(ReadOnlySpan<byte> secret, string place);

    /// <exception cref="KeyException">The key is gone, or this is not what was closed at that place.</exception>
    byte[] Open(int number, ReadOnlySpan<byte> closed, string place);
}

/// <summary>A key is missing, or something sealed is not what was sealed. Never an outsider's fault.</summary>
public sealed class KeyException(string message) : Exception(message);
