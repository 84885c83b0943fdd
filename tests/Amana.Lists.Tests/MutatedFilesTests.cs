using System.Text;
using CsCheck;

namespace Amana.Lists.Tests;

/// <summary>Whatever is done to the bytes of a list, reading it ends in entities and rejected rows, or in a
/// <see cref="ListFileException"/>; in nothing else.</summary>
public sealed class MutatedFilesTests
{
    private const int Rounds = 4_000;

    private static readonly string[] Inserts =
        ["\"", "\0", "\n", "{", "}", "[", "]", ",", "\\ud800", "\\u0000", "<", ">", "&x;", "<!DOCTYPE a>", "\u202e", "-0-", "9999999999", "null", ";", "DOB ", "\r", "]]>"];

    private static readonly Gen<(int Kind, int At, int Length, int Value)[]> Mutations =
        Gen.Select(Gen.Int[0, 5], Gen.Int[0, 1_000_000], Gen.Int[1, 40], Gen.Int[0, 1_000]).Array[1, 8];

    [Theory]
    [InlineData(ListFormat.OfacCsv)]
    [InlineData(ListFormat.UnXml)]
    [InlineData(ListFormat.FollowTheMoney)]
    [InlineData(ListFormat.Notices)]
    [InlineData(ListFormat.Corpus)]
    [InlineData(ListFormat.Csv)]
    public void A_mutated_file_never_raises_anything_else(ListFormat format)
    {
        byte[] sample = Encoding.UTF8.GetBytes(Samples.Of(format));
        Mutations.Sample(mutations =>
        {
            byte[] mutated = Mutate(sample, mutations);
            Try(Shared.Made("sdn.csv", mutated), format);
            Try(Shared.Made("any", mutated), null);
        }, iter: Rounds, threads: 1);
    }

    private static void Try(ListFile file, ListFormat? format)
    {
        try
        {
            var (entities, rejected) = Shared.ReadAll("t", format, null, file);
            foreach (var entity in entities)
            {
                Subjects.Of(entity).Names.ShouldNotBeEmpty();
                EntityBodyTests.Stored(entity).Hash.Length.ShouldBe(16);
                EntityBody.Read(entity.Id, EntityBodyTests.Stored(entity).Body).Schema.ShouldBe(entity.Schema);
            }
            rejected.ShouldAllBe(r => r.Excerpt.Length <= 500 && r.Line >= 0);
        }
        catch (ListFileException e)
        {
            e.Code.ShouldStartWith("list.");
        }
    }

    private static byte[] Mutate(byte[] sample, (int Kind, int At, int Length, int Value)[] mutations)
    {
        var bytes = new List<byte>(sample);
        foreach (var (kind, where, length, value) in mutations)
        {
            if (bytes.Count == 0) break;
            int at = where % bytes.Count;
            int n = Math.Min(length, bytes.Count - at);
            switch (kind)
            {
                case 0: bytes[at] = (byte)value; break;
                case 1: bytes.RemoveRange(at, n); break;
                case 2: bytes.InsertRange(at, Encoding.UTF8.GetBytes(Inserts[value % Inserts.Length])); break;
                case 3: bytes.InsertRange(at, bytes.GetRange(at, n)); break;
                case 4 when value % 10 == 0: bytes.RemoveRange(at, bytes.Count - at); break;
                default: bytes[at] ^= (byte)(1 << (value % 8)); break;
            }
        }
        return [.. bytes];
    }
}
