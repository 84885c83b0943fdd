using System.Security.Cryptography;
using Amana.Server.Keys;
using Microsoft.IdentityModel.Tokens;

namespace Amana.Server.Access.Machines;

/// <summary>The keys of access tokens: one signs (ECDSA over P-256), one seals, so that a token says nothing to who carries it.
/// Made at the first use, kept with the server's other secrets.</summary>
internal static class OAuthKeys
{
    private const int Bytes = 32;

    public static ECDsaSecurityKey Signing(KeyFolder keys)
    {
        byte[] secret = keys.Secret("oauth-signing", Bytes);
        secret[0] &= 0x7f; // a private key of P-256 is below the curve's order, which begins with 0xffffffff
        return new(ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = secret }));
    }

    public static SymmetricSecurityKey Sealing(KeyFolder keys) => new(keys.Secret("oauth-sealing", Bytes));
}
