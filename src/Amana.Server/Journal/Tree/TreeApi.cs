using Amana.Sealing.Logs;
using Amana.Server.Foundation;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Amana.Server.Journal.Tree;

/// <summary>The tree for everybody: checkpoint, key and tiles. C2SP tlog-tiles; docs/specs/journal.md.</summary>
internal static class TreeApi
{
    private const string Bytes = "application/octet-stream", Text = "text/plain; charset=utf-8";

    public static void Map(IEndpointRouteBuilder routes)
    {
        var journal = routes.MapGroup("/journal").AllowAnonymous().WithTags("Journal");
        journal.MapGet("/checkpoint", ReadCheckpoint).ProducesProblem(404);
        journal.MapGet("/witnessed", ReadWitnessed).ProducesProblem(404);
        journal.MapGet("/key", ReadKey);
        journal.MapGet("/tile/{**path}", ReadTile).ProducesProblem(404);
    }

    /// <summary>The newest signed checkpoint of the journal: its name, its size, its root, and signatures.</summary>
    internal static Task<Results<FileContentHttpResult, ProblemHttpResult>> ReadCheckpoint(HttpContext http, JournalTree tree, CancellationToken cancel) =>
        ReadNoteAsync(TileFolder.CheckpointFile, http, tree, cancel);

    /// <summary>The newest checkpoint that at least one witness has signed too.</summary>
    internal static Task<Results<FileContentHttpResult, ProblemHttpResult>> ReadWitnessed(HttpContext http, JournalTree tree, CancellationToken cancel) =>
        ReadNoteAsync(JournalTree.WitnessedFile, http, tree, cancel);

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> ReadNoteAsync(string file, HttpContext http, JournalTree tree, CancellationToken cancel)
    {
        http.Response.Headers.CacheControl = "no-cache";
        byte[]? note = await new TileFolder(tree.Folder).ReadAsync(file, cancel);
        return note is null ? JournalRefusals.NoCheckpoint.ToProblem() : TypedResults.Bytes(note, Text);
    }

    /// <summary>The key that verifies the checkpoint: name, key id, algorithm and key.</summary>
    internal static ContentHttpResult ReadKey(JournalKeys keys) => TypedResults.Text($"{keys.Verifier}\n", Text);

    /// <summary>A tile of hashes, <c>0/x001/234</c>, or a bundle of public entries, <c>entries/x001/234</c>; a partial one ends in <c>.p/</c> and its width.</summary>
    internal static async Task<Results<FileContentHttpResult, ProblemHttpResult>> ReadTile(string path, HttpContext http, JournalTree tree, CancellationToken cancel)
    {
        // Only what a checkpoint speaks of: what stands beyond it may still be written over.
        if (!TilePath.TryParse("tile/" + path, out var tile) || tree.Signed is not { } signed || !IsUnder(tile!, signed.Size)) return JournalRefusals.NoTile.ToProblem();
        byte[]? bytes = await new TileFolder(tree.Folder).ReadAsync(tile!.ToString(), cancel);
        if (bytes is null) return JournalRefusals.NoTile.ToProblem();
        http.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        return TypedResults.Bytes(bytes, Bytes);
    }

    private static bool IsUnder(TilePath tile, long size)
    {
        UInt128 last = (UInt128)tile.Number * TilePath.Width + (UInt128)tile.Count;
        return last <= (UInt128)(size >> (tile.IsEntries ? 0 : tile.Level * 8));
    }
}
