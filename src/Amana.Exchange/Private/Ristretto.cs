using System.Runtime.InteropServices;

namespace Amana.Exchange.Private;

/// <summary>The group ristretto255 (RFC 9496), by libsodium: elements and scalars of 32 bytes.</summary>
internal static partial class Ristretto
{
    public const int Bytes = 32, HashBytes = 64;
    private const string Sodium = "libsodium";

    // NSec loads and starts libsodium; its own types do not have this group.
    static Ristretto() => _ = NSec.Cryptography.SignatureAlgorithm.Ed25519.PublicKeySize;

    /// <param name="uniform">64 bytes of a hash.</param>
    public static byte[] FromHash(ReadOnlySpan<byte> uniform)
    {
        byte[] element = new byte[Bytes];
        return FromHash(element, uniform) == 0 ? element : throw new InvalidOperationException("libsodium refused a hash.");
    }

    /// <returns>Null when <paramref name="element"/> is none, or the result is the neutral one.</returns>
    public static byte[]? Multiply(ReadOnlySpan<byte> scalar, ReadOnlySpan<byte> element)
    {
        byte[] product = new byte[Bytes];
        return ScalarMult(product, scalar, element) == 0 ? product : null;
    }

    public static bool IsElement(ReadOnlySpan<byte> element) => element.Length == Bytes && IsValidPoint(element) == 1 && element.ContainsAnyExcept((byte)0);

    /// <param name="wide">64 bytes, taken modulo the group's order.</param>
    public static byte[] Reduce(ReadOnlySpan<byte> wide)
    {
        byte[] scalar = new byte[Bytes];
        ScalarReduce(scalar, wide);
        return scalar;
    }

    /// <returns>Null when the scalar is zero.</returns>
    public static byte[]? Invert(ReadOnlySpan<byte> scalar)
    {
        byte[] inverse = new byte[Bytes];
        return ScalarInvert(inverse, scalar) == 0 ? inverse : null;
    }

    public static byte[] RandomScalar()
    {
        byte[] scalar = new byte[Bytes];
        ScalarRandom(scalar);
        return scalar;
    }

    /// <summary>The generator times the scalar.</summary>
    /// <returns>Null when the scalar is zero.</returns>
    public static byte[]? MultiplyBase(ReadOnlySpan<byte> scalar)
    {
        byte[] product = new byte[Bytes];
        return ScalarMultBase(product, scalar) == 0 ? product : null;
    }

    /// <returns>Null when one of them is no element.</returns>
    public static byte[]? Add(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other)
    {
        byte[] sum = new byte[Bytes];
        return PointAdd(sum, one, other) == 0 ? sum : null;
    }

    /// <summary>one − other × third, in scalars.</summary>
    public static byte[] SubtractProduct(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other, ReadOnlySpan<byte> third)
    {
        byte[] product = new byte[Bytes], difference = new byte[Bytes];
        ScalarMul(product, other, third);
        ScalarSub(difference, one, product);
        return difference;
    }

    [LibraryImport(Sodium, EntryPoint = "crypto_core_ristretto255_from_hash")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories | DllImportSearchPath.AssemblyDirectory)]
    private static partial int FromHash(Span<byte> element, ReadOnlySpan<byte> hash);

    [LibraryImport(Sodium, EntryPoint = "crypto_scalarmult_ristretto255")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories | DllImportSearchPath.AssemblyDirectory)]
    private static partial int ScalarMult(Span<byte> product, ReadOnlySpan<byte> scalar, ReadOnlySpan<byte> element);

    [LibraryImport(Sodium, EntryPoint = "crypto_core_ristretto255_is_valid_point")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories | DllImportSearchPath.AssemblyDirectory)]
    private static partial int IsValidPoint(ReadOnlySpan<byte> element);

    [LibraryImport(Sodium, EntryPoint = "crypto_core_ristretto255_scalar_reduce")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories | DllImportSearchPath.AssemblyDirectory)]
    private static partial void ScalarReduce(Span<byte> scalar, ReadOnlySpan<byte> wide);

    [LibraryImport(Sodium, EntryPoint = "crypto_core_ristretto255_scalar_invert")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories | DllImportSearchPath.AssemblyDirectory)]
    private static partial int ScalarInvert(Span<byte> inverse, ReadOnlySpan<byte> scalar);

    [LibraryImport(Sodium, EntryPoint = "crypto_core_ristretto255_scalar_random")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories | DllImportSearchPath.AssemblyDirectory)]
    private static partial void ScalarRandom(Span<byte> scalar);

    [LibraryImport(Sodium, EntryPoint = "crypto_scalarmult_ristretto255_base")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories | DllImportSearchPath.AssemblyDirectory)]
    private static partial int ScalarMultBase(Span<byte> product, ReadOnlySpan<byte> scalar);

    [LibraryImport(Sodium, EntryPoint = "crypto_core_ristretto255_add")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories | DllImportSearchPath.AssemblyDirectory)]
    private static partial int PointAdd(Span<byte> sum, ReadOnlySpan<byte> one, ReadOnlySpan<byte> other);

    [LibraryImport(Sodium, EntryPoint = "crypto_core_ristretto255_scalar_mul")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories | DllImportSearchPath.AssemblyDirectory)]
    private static partial void ScalarMul(Span<byte> product, ReadOnlySpan<byte> one, ReadOnlySpan<byte> other);

    [LibraryImport(Sodium, EntryPoint = "crypto_core_ristretto255_scalar_sub")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories | DllImportSearchPath.AssemblyDirectory)]
    private static partial void ScalarSub(Span<byte> difference, ReadOnlySpan<byte> one, ReadOnlySpan<byte> other);
}
