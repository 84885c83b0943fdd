using System.Security.Cryptography;
using System.Text;
using Amana.Sealing.Notes;
using Amana.Server.Keys;

namespace Amana.Server.Witness;

/// <summary>With what this server co-signs the journals of others. Another key than its own journal's.</summary>
internal sealed class WitnessKeys : IDisposable
{
    public WitnessKeys(KeyFolder keys)
    {
        byte[] seed = keys.Secret("witness-seed", NoteSigner.SeedBytes);
        using var unnamed = NoteSigner.Of("unnamed", NoteAlgorithm.Cosignature, seed);
        string name = "amana-witness-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(unnamed.Verifier.ToString())).AsSpan(0, 6));
        Signer = NoteSigner.Of(name, NoteAlgorithm.Cosignature, seed);
    }

    public NoteSigner Signer { get; }

    public void Dispose() => Signer.Dispose();
}
