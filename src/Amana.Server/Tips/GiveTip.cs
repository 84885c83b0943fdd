using System.Text.Json;
using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Amana.Server.Keys;
using Amana.Server.Notices;
using Amana.Server.PublicNotices;
using Amana.Server.Uploads;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Amana.Server.Tips;

/// <summary>Takes what a stranger says. Nobody is signed in: the form's own signature, the pace of the network and the bound of all tips
/// together decide.</summary>
internal sealed class GiveTip(AmanaDb db, UploadGate uploads, JournalWriter journal, FieldSealer sealer, StrangerForms forms, ShownNotices shown, IOptions<TipOptions> options, TimeProvider clock)
{
    public const string FormUse = "tip";

    /// <param name="Form">As the page gave it out.</param>
    /// <param name="Trap">A field that people do not see.</param>
    /// <param name="Notice">Public id with a hyphen, <c>2026-123</c>; empty for none.</param>
    public sealed record Request(string? Form, string? Trap, string? Notice, string? What, string? Where, string? When, byte[]? Picture);

    /// <param name="Code">With it the giver comes back; it is shown once and cannot be found again.</param>
    public sealed record Receipt(string Reference, string Code);

    public async Task<Result<Receipt>> RunAsync(Request request, CancellationToken cancel)
    {
        if (!string.IsNullOrEmpty(request.Trap)) return TipRefusals.Trap;
        if (WhyNot(request.What, request.Where, request.When) is { } wrong) return wrong;
        if (forms.Read(FormUse, request.Form, out string form) is not FormStanding.Good and var standing) return standing is FormStanding.TooFast ? TipRefusals.TooFast : TipRefusals.FormStale;
        string? notice = string.IsNullOrWhiteSpace(request.Notice) ? null : request.Notice.Trim().Replace('-', '/');
        if (notice is not null && shown.Find(notice) is null) return TipRefusals.NoticeGone;
        byte[]? clean = null;
        string mediaType = "";
        if (request.Picture is { Length: > 0 and <= CleanPicture.BytesMax } sent && await uploads.CheckAsync(sent, "tip", Actor.Server, cancel) is { } infected) return infected;
        if (request.Picture is { Length: > 0 } picture && !CleanPicture.TryRead(picture, out mediaType, out clean)) return TipRefusals.PictureUnreadable;

        var receipt = new Receipt($"TIP-{forms.ShortOf(FormUse, form)}", forms.CodeOf(FormUse, form));
        if (await db.Tips.AnyAsync(t => t.Form == form, cancel)) return receipt; // the same form twice is one tip
        if (await db.Tips.SumAsync(t => t.Bytes, cancel) > options.Value.BytesMax) return TipRefusals.Full;
        Add(new TipContent(request.What!.Trim(), Trimmed(request.Where), Trimmed(request.When)), form, receipt, notice, clean, mediaType);
        journal.Record(Actor.Server, "tip.given", receipt.Reference, details: new { notice, picture = clean is not null });
        await db.SaveChangesAsync(cancel);
        return receipt;
    }

    private void Add(TipContent content, string form, Receipt receipt, string? notice, byte[]? picture, string mediaType)
    {
        var id = Id<Tip>.New(clock);
        byte[] body = sealer.Seal(JsonSerializer.SerializeToUtf8Bytes(content, JsonRules.Options), $"tip/{id}");
        var tip = new Tip { Id = id, Reference = receipt.Reference, Notice = notice, Form = form, CodeHash = forms.HashOf(FormUse, receipt.Code), At = clock.GetUtcNow(), Body = body };
        tip.Keeps(body.Length + (picture?.Length ?? 0));
        db.Tips.Add(tip);
        if (picture is not null) db.TipPictures.Add(new TipPicture { Tip = id, MediaType = mediaType, Body = sealer.Seal(picture, TipPicture.PlaceOf(id)) });
    }

    /// <summary>What can be said of the texts before the form is sent.</summary>
    public static Refusal? WhyNot(string? what, string? where, string? when)
    {
        if (string.IsNullOrWhiteSpace(what)) return TipRefusals.Empty;
        if (what.Length > TipContent.WhatCharsMax) return TipRefusals.TooLong("what");
        if (where is { Length: > TipContent.WhereCharsMax }) return TipRefusals.TooLong("where");
        return when is { Length: > TipContent.WhenCharsMax } ? TipRefusals.TooLong("when") : null;
    }

    private static string? Trimmed(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
