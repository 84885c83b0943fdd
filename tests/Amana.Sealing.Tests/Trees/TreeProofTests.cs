using System.IO.Compression;
using System.Text.Json;
using Amana.Sealing.Trees;
using Amana.Tests;

namespace Amana.Sealing.Tests.Trees;

public class TreeProofTests
{
    private static readonly TreeHash[] Leaves = [.. Enumerable.Range(0, 130).Select(i => TreeHash.OfLeaf([(byte)i]))];

    /// <summary>transparency-dev/merkle, testdata: good proofs and broken ones of RFC 6962.</summary>
    private static Dictionary<string, JsonElement> Vectors(string kind)
    {
        using var file = File.OpenRead(SharedData.PathOf("vectors", "merkle", "rfc6962-proofs.json.gz"));
        using var json = new GZipStream(file, CompressionMode.Decompress);
        return JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(json)!.Where(v => v.Key.StartsWith(kind, StringComparison.Ordinal)).ToDictionary();
    }

    [Fact]
    public void Every_inclusion_vector_is_judged_as_it_says()
    {
        var vectors = Vectors("inclusion/");
        vectors.Count.ShouldBe(98);
        foreach (var (name, v) in vectors)
        {
            bool good = Hash(v.GetProperty("root"), out var root) & Hash(v.GetProperty("leafHash"), out var leaf) & Proof(v, out var proof)
                && TreeProof.Includes(root, Number(v, "treeSize"), leaf, Number(v, "leafIdx"), proof);
            good.ShouldBe(!v.GetProperty("wantErr").GetBoolean(), name);
        }
    }

    [Fact]
    public void Every_growth_vector_is_judged_as_it_says()
    {
        var vectors = Vectors("consistency/");
        vectors.Count.ShouldBe(98);
        foreach (var (name, v) in vectors)
        {
            bool good = Hash(v.GetProperty("root1"), out var old) & Hash(v.GetProperty("root2"), out var root) & Proof(v, out var proof)
                && TreeProof.GrewFrom(old, Number(v, "size1"), root, Number(v, "size2"), proof);
            good.ShouldBe(!v.GetProperty("wantErr").GetBoolean(), name);
        }
    }

    [Fact]
    public void A_growing_tree_has_the_root_of_the_definition_at_every_size()
    {
        var tree = new GrowingTree();
        tree.Root.ShouldBe(TreeHash.OfNothing);
        for (int size = 1; size <= Leaves.Length; size++)
        {
            tree.Add(Leaves[size - 1]);
            tree.Root.ShouldBe(NaiveTree.Root(Leaves.AsSpan(0, size)));
        }
    }

    [Fact]
    public void Every_leaf_of_every_size_is_proved_and_no_other_leaf_is()
    {
        for (int size = 1; size <= 70; size++)
        {
            var root = NaiveTree.Root(Leaves.AsSpan(0, size));
            for (int i = 0; i < size; i++)
            {
                var proof = NaiveTree.Inclusion(i, Leaves.AsSpan(0, size));
                TreeProof.Includes(root, size, Leaves[i], i, proof).ShouldBeTrue();
                TreeProof.Includes(root, size, Leaves[size], i, proof).ShouldBeFalse();
                if (size > 1) TreeProof.Includes(root, size, Leaves[i], (i + 1) % size, proof).ShouldBeFalse();
            }
        }
    }

    [Fact]
    public void Every_size_is_proved_to_grow_from_every_smaller_one_and_not_from_another_tree()
    {
        for (int size = 1; size <= 70; size++)
        {
            var root = NaiveTree.Root(Leaves.AsSpan(0, size));
            for (int old = 1; old <= size; old++)
            {
                var proof = NaiveTree.Growth(old, Leaves.AsSpan(0, size));
                TreeProof.GrewFrom(NaiveTree.Root(Leaves.AsSpan(0, old)), old, root, size, proof).ShouldBeTrue();
                TreeProof.GrewFrom(NaiveTree.Root(Leaves.AsSpan(1, old)), old, root, size, proof).ShouldBeFalse();
            }
        }
    }

    // Some roots are words ("don't care 1") that stand for any hash.
    private static bool Hash(JsonElement text, out TreeHash hash)
    {
        byte[] bytes = text.GetBytesFromBase64();
        hash = bytes.Length == TreeHash.Bytes ? TreeHash.Of(bytes) : TreeHash.OfLeaf(bytes);
        return bytes.Length > 0;
    }

    /// <summary>-1, which is no size and no place, for a number that no tree of ours can have.</summary>
    private static long Number(JsonElement vector, string name) => vector.GetProperty(name).TryGetInt64(out long number) ? number : -1;

    private static bool Proof(JsonElement vector, out IReadOnlyList<TreeHash> proof)
    {
        var hashes = new List<TreeHash>();
        proof = hashes;
        var given = vector.GetProperty("proof");
        if (given.ValueKind is JsonValueKind.Null) return true;
        foreach (var text in given.EnumerateArray())
        {
            if (text.GetBytesFromBase64().Length != TreeHash.Bytes || !Hash(text, out var hash)) return false;
            hashes.Add(hash);
        }

        return true;
    }
}
