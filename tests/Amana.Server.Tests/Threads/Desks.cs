using Amana.Exchange.Post;
using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Exchange;
using Amana.Server.Foundation;
using Amana.Server.Tests.Exchange;
using Amana.Server.Threads;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Server.Tests.Threads;

/// <summary>What officers of the bureaus of a circle do.</summary>
internal static class Desks
{
    public const string Purpose = "investigation";

    public static readonly HandlingForm Free = new(Source: "A", Information: 1);

    public static Task<Result<SendMessage.Sent>> SendAsync(this Circle circle, int from, SendMessage.Request request) =>
        circle[from].RunAsync<SendMessage, Result<SendMessage.Sent>>(act => act.RunAsync(request with { Purpose = Purpose }, circle[from].ServerCaller, default));

    public static SendMessage.Request To(this SendMessage.Request request, params int[] to) => request with { To = [.. to.Select(t => Circle.Code(t).Value)] };

    public static SendMessage.Request Letter(string text, HandlingForm? handling = null, string? subject = null, string? thread = null) => new(thread, [], subject, text, handling ?? Free);

    /// <summary>Sent, and taken by all its recipients.</summary>
    public static async Task<SendMessage.Sent> SentAsync(this Circle circle, int from, SendMessage.Request request)
    {
        (await circle.SendAsync(from, request)).Succeeded(out var sent, out var refusal).ShouldBeTrue($"{refusal?.Code} {refusal?.Detail}");
        await Circle.UntilAsync(async () => (await circle.DeliveriesAsync(from, sent!.Letter)).All(d => d.State is not DeliveryState.Waiting));
        (await circle.DeliveriesAsync(from, sent!.Letter)).ShouldAllBe(d => d.State == DeliveryState.Delivered, (await circle.DeliveriesAsync(from, sent.Letter))[0].Fault);
        return sent;
    }

    public static async Task<string> CodeAsync(this Circle circle, int from, SendMessage.Request request)
    {
        (await circle.SendAsync(from, request)).Succeeded(out _, out var refusal).ShouldBeFalse();
        return refusal!.Code;
    }

    public static async Task<ListThreads.View> ListAsync(this Circle circle, int at, string? query = null, string? filter = null)
    {
        var result = await circle[at].RunAsync<ListThreads, Result<ListThreads.View>>(act => act.RunAsync(new(filter, query), circle[at].ServerCaller, default));
        result.Succeeded(out var view, out var refusal).ShouldBeTrue(refusal?.Detail);
        return view!;
    }

    /// <summary>The one thread there.</summary>
    public static async Task<string> ReferenceAsync(this Circle circle, int at) => (await circle.ListAsync(at)).Threads.ShouldHaveSingleItem().Reference;

    public static async Task<ThreadView> ReadAsync(this Circle circle, int at, string? reference = null)
    {
        reference ??= await circle.ReferenceAsync(at);
        var result = await circle[at].RunAsync<ReadThread, Result<ThreadView>>(act => act.RunAsync(new(reference, Purpose), circle[at].ServerCaller, default));
        result.Succeeded(out var view, out var refusal).ShouldBeTrue(refusal?.Detail);
        return view!;
    }

    public static Task UntilReadAsync(this Circle circle, int at, Func<ThreadView, bool> isSo) => Circle.UntilAsync(async () => (await circle.ListAsync(at)).Threads.Count == 1 && isSo(await circle.ReadAsync(at)));

    public static Task<Refusal?> DoAsync<TAct>(this Circle circle, int at, Func<TAct, Caller, Task<Refusal?>> call) where TAct : notnull =>
        circle[at].RunAsync<TAct, Refusal?>(act => call(act, circle[at].ServerCaller));

    public static async Task<string> ExportAsync(this Circle circle, int at, string reference, bool court = false, ThreadForm form = ThreadForm.Text, params string[] confirmed)
    {
        var result = await circle[at].RunAsync<ExportThread, Result<ExportThread.Sheet>>(act => act.RunAsync(new(reference, form, court, confirmed, Purpose), circle[at].ServerCaller, default));
        result.Succeeded(out var sheet, out var refusal).ShouldBeTrue(refusal?.Detail);
        return System.Text.Encoding.UTF8.GetString(form is ThreadForm.Json ? ExportThread.AsJson(sheet!) : ExportThread.AsText(sheet!));
    }

    /// <summary>A letter that came there, as it would be quoted.</summary>
    public static async Task<QuotedItem> QuoteAsync(this Circle circle, int at, Guid letter)
    {
        await using var scope = circle[at].Services.CreateAsyncScope();
        var message = await scope.ServiceProvider.GetRequiredService<AmanaDb>().ThreadMessages.SingleAsync(m => m.Id == letter);
        return new(letter, message.Sender, message.WrittenAt, message.Content.Text, message.Content.Handling!.Value, message.Content.Mark);
    }

    /// <summary>A letter of any kind and body, as another implementation, or a hostile one, might write it.</summary>
    public static async Task<Guid> PostAsync(this Circle circle, int from, string kind, object body, int to)
    {
        await using var scope = circle[from].Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Outbox>().Add(kind, body, [Circle.Code(to)]).Succeeded(out var id, out var refusal).ShouldBeTrue(refusal?.Detail);
        await scope.ServiceProvider.GetRequiredService<AmanaDb>().SaveChangesAsync();
        return id;
    }

    public static Task<int> LookAsync(this Circle circle, int at) => circle[at].Services.GetRequiredService<ThreadClock>().LookAsync(default);
}
