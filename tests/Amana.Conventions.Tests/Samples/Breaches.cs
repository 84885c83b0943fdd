#pragma warning disable // what stands here breaks the conventions on purpose: the rules are tried on it
namespace Amana.Conventions.Tests.Samples.Lower
{
    public sealed class Open { public static int Seen() => 1; internal static int Hidden() => Upper.Later.Count; }
    internal sealed class Closed { public static int Inside() => 2; }
}

namespace Amana.Conventions.Tests.Samples.Upper
{
    public sealed class Later { public static int Count => Lower.Open.Seen() + Lower.Open.Hidden() + Lower.Closed.Inside(); }
    internal sealed class OnlyArguments { public static object Make() => new System.Collections.Generic.List<Lower.Closed>(); }
}

namespace Amana.Conventions.Tests.Samples.Async
{
    public sealed class Slow
    {
        public Task Wrong(CancellationToken cancel) => Task.CompletedTask;
        public Task WithoutCancelAsync() => Task.CompletedTask;
        public Task NotLastAsync(CancellationToken cancel, int more) => Task.CompletedTask;
        public Task WithDefaultAsync(CancellationToken cancel = default) => Task.CompletedTask;
        public Task RightAsync(int more, CancellationToken cancel) => Task.CompletedTask;
        public async void Lost() => await Task.Yield();
        public int Blocks() => Task.FromResult(1).Result + DateTime.Now.Hour + Guid.NewGuid().GetHashCode();
    }
    public sealed class PageManager;
}
#pragma warning restore
