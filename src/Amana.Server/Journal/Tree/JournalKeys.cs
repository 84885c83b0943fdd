using Amana.Sealing.Notes;
using Amana.Server.Foundation;
using Amana.Server.Keys;

namespace Amana.Server.Journal.Tree;

/// <summary>With what this server signs its journal, and under which name. Made at the first start, the same for good.</summary>
internal sealed class JournalKeys : IDisposable
{
    public const string VerifierFile = "journal.vkey";
    private const int NameBytes = 6;

    public JournalKeys(Instance instance, KeyFolder keys)
    {
        byte[] seed = keys.Secret("journal-seed", NoteSigner.SeedBytes);
        // The name is that of the key and not of the bureau: a journal begins before the bureau has been named.
        using (var unnamed = NoteSigner.Of("unnamed", NoteAlgorithm.Ed25519, seed)) Signer = NoteSigner.Of(NameOf(unnamed), NoteAlgorithm.Ed25519, seed);
        Acts = new PublicAct(keys.Secret("journal-pseudonyms", 32));
        File.WriteAllText(Path.Combine(instance.DataFolder, VerifierFile), Signer.Verifier + "\n");
    }

    public NoteSigner Signer { get; }
    public NoteKey Verifier => Signer.Verifier;
    public PublicAct Acts { get; }

    public void Dispose() => Signer.Dispose();

    private static string NameOf(NoteSigner signer) =>
        "amana-journal-" + Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(signer.Verifier.ToString())).AsSpan(0, NameBytes));
}
